// A field of the form, with its name, what it means, its limits and what is wrong with it.

import type { ComponentChildren } from "preact";
import { meant } from "../definitions.ts";
import { type Path, pathText } from "../json/value.ts";
import type { JSONSchema } from "../schema.d.ts";
import { setValue } from "../state/input.ts";
import { Prose } from "../ui/Prose.tsx";
import { Fields } from "./Fields.tsx";
import { JsonField } from "./JsonField.tsx";
import { kindOf, limits } from "./kind.ts";
import { List } from "./List.tsx";
import { problemAt } from "./problems.ts";
import { ChoiceInput, NumberInput, SwitchInput, TextInput } from "./Scalars.tsx";

export interface FieldProps {
  name: string;
  schema: JSONSchema;
  path: Path;
  value: unknown;
  required: boolean;
}

export function Field(props: FieldProps) {
  const schema = meant(props.schema);
  const resolved = { ...props, schema };
  switch (kindOf(schema)) {
    case "fields":
      return <Group {...resolved} content={<Fields schema={schema} path={props.path} value={props.value} />} />;
    case "list":
      return <Group {...resolved} content={<List schema={schema} path={props.path} value={props.value} />} />;
    case "json":
      return <JsonField {...resolved} />;
    default:
      return <Scalar {...resolved} />;
  }
}

function Scalar(props: FieldProps) {
  const { schema, path, value, required } = props;
  const id = idOf(path);
  const problem = problemAt(path);
  const common = {
    id,
    schema,
    value,
    required,
    described: `${id}-about`,
    invalid: problem !== undefined,
    onValue: (next: unknown) => setValue(path, next),
  };
  return (
    <div class={problem === undefined ? "field" : "field wrong"} data-path={pathText(path)}>
      <Label {...props} target={id} />
      <div class="field-input">
        <ScalarInput {...common} />
      </div>
      <About id={`${id}-about`} schema={schema} value={value} problem={problem} />
    </div>
  );
}

export interface ScalarProps {
  id: string;
  schema: JSONSchema;
  value: unknown;
  required: boolean;
  /** The id of what describes the field. */
  described: string;
  invalid: boolean;
  /** Takes the next value; `undefined` leaves the field out. */
  onValue: (next: unknown) => void;
}

function ScalarInput(props: ScalarProps) {
  switch (kindOf(props.schema)) {
    case "choice":
      return <ChoiceInput {...props} />;
    case "switch":
      return <SwitchInput {...props} />;
    case "number":
      return <NumberInput {...props} />;
    default:
      return <TextInput {...props} />;
  }
}

function Group({ content, ...props }: FieldProps & { content: ComponentChildren }) {
  const id = idOf(props.path);
  const problem = problemAt(props.path);
  return (
    <fieldset
      class={problem === undefined ? "group" : "group wrong"}
      data-path={pathText(props.path)}
      aria-describedby={`${id}-about`}
    >
      <legend>
        <Name {...props} />
      </legend>
      <About id={`${id}-about`} schema={props.schema} value={props.value} problem={problem} />
      {content}
    </fieldset>
  );
}

export function Label({ target, ...props }: FieldProps & { target: string }) {
  return (
    <label class="field-name" for={target}>
      <Name {...props} />
    </label>
  );
}

function Name({ name, required, schema }: FieldProps) {
  return (
    <>
      <span class="name">{name}</span>
      {required && <span class="required">required</span>}
      {schema.deprecated === true && <span class="deprecated">deprecated</span>}
    </>
  );
}

export function About({
  id,
  schema,
  value,
  problem,
}: {
  id: string;
  schema: JSONSchema;
  value: unknown;
  problem: string | undefined;
}) {
  const chosen = schema.enum?.indexOf(value as string) ?? -1;
  const meaning = schema.enumDescriptions?.[chosen];
  return (
    <div class="about" id={id}>
      {problem !== undefined && <p class="problem">{problem}</p>}
      {schema.description !== undefined && (
        <p>
          <Prose text={schema.description} />
        </p>
      )}
      {meaning !== undefined && (
        <p class="meaning">
          <Prose text={meaning} />
        </p>
      )}
      {limits(schema) !== "" && <p class="limits">{limits(schema)}</p>}
    </div>
  );
}

export function idOf(path: Path): string {
  return `field-${path.join("-")}`;
}
