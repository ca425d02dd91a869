// A value of any type, edited as JSON. Invalid JSON stays in the field and changes nothing.

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { JsonEditor } from "../json/JsonEditor.tsx";
import { pathText } from "../json/value.ts";
import { setValue } from "../state/input.ts";
import { About, type FieldProps, idOf, Label } from "./Labels.tsx";
import { problemAt } from "./problems.ts";

export function JsonField(props: FieldProps) {
  const { path, value, required, schema, name } = props;
  const id = idOf(path);
  const text = useSignal(toText(value));
  const syntax = useSignal<string | undefined>(undefined);

  // The value may also change through the JSON editor or an example.
  const now = toText(value);
  useEffect(() => {
    if (parsed(text.peek()).json === now) return;
    text.value = now;
    syntax.value = undefined;
  }, [now, text, syntax]);

  const onText = (next: string) => {
    text.value = next;
    if (next.trim() === "" && !required) {
      syntax.value = undefined;
      return setValue(path, undefined);
    }
    const { problem, value } = parsed(next);
    syntax.value = problem;
    if (problem === undefined) setValue(path, value);
  };
  const problem = problemAt(path);
  return (
    <div class={problem === undefined ? "field json-field" : "field json-field wrong"} data-path={pathText(path)}>
      <Label {...props} target={id} />
      <JsonEditor
        id={id}
        label={name}
        text={text.value}
        onText={onText}
        problem={syntax.value}
        about={`${id}-about`}
        rows={1}
      />
      <About id={`${id}-about`} schema={schema} value={value} problem={problem} />
    </div>
  );
}

function toText(value: unknown): string {
  return value === undefined ? "" : JSON.stringify(value, null, 2);
}

/** The parsed value of a text and its formatted text, or the syntax error. */
function parsed(text: string): { value?: unknown; json?: string; problem?: string } {
  if (text.trim() === "") return { json: "" };
  try {
    const value: unknown = JSON.parse(text);
    return { value, json: toText(value) };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : "no JSON" };
  }
}
