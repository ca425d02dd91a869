// The selected operation: its description, its input as form, JSON and code, and the button that runs it.

import { Keys } from "../app/KeyMap.tsx";
import { fragmentOf } from "../app/link.ts";
import { RUN_KEYS } from "../app/shortcuts.ts";
import { CodePane } from "../code/CodePane.tsx";
import { meant } from "../definitions.ts";
import { Field } from "../form/Field.tsx";
import { Fields } from "../form/Fields.tsx";
import { kindOf } from "../form/kind.ts";
import { List } from "../form/List.tsx";
import { problemAt, problems } from "../form/problems.ts";
import { JsonEditor } from "../json/JsonEditor.tsx";
import { pathText } from "../json/value.ts";
import type { Operation } from "../schema.d.ts";
import { draft, input, isSingle, setText, useExample } from "../state/input.ts";
import { operation } from "../state/place.ts";
import { cancel, running, start } from "../state/run.ts";
import { type InputTab, inputTab } from "../state/view.ts";
import { CopyButton } from "../ui/CopyButton.tsx";
import { Icon } from "../ui/Icon.tsx";
import { MethodTag } from "../ui/MethodTag.tsx";
import { Prose } from "../ui/Prose.tsx";
import { Tabs } from "../ui/Tabs.tsx";
import { UNKNOWN } from "../validate.ts";

const TABS = [
  { name: "form", label: "Form" },
  { name: "json", label: "JSON" },
  { name: "code", label: "As code" },
];

export function RequestPane() {
  const { value: shown } = operation;
  if (shown === undefined) return null;
  return (
    <section class="pane request" aria-labelledby="operation-title" data-operation-shown={shown.name}>
      <Heading shown={shown} />
      <Tabs
        id="input"
        label="Input"
        tabs={TABS}
        selected={inputTab.value}
        onSelect={(name) => (inputTab.value = name as InputTab)}
        extra={
          <div class="tab-extra">
            <button type="button" class="button quiet" onClick={useExample}>
              Example
            </button>
            <CopyButton label="Link" icon="link" text={link} />
          </div>
        }
      >
        <InputView shown={shown} />
      </Tabs>
      <RunBar />
    </section>
  );
}

function Heading({ shown }: { shown: Operation }) {
  return (
    <header class="pane-head">
      <h2 id="operation-title">{shown.name}</h2>
      <p class="route">
        <MethodTag method={shown.method} />
        <code>{shown.path}</code>
        {shown.auth === "server" && <span class="badge">server only</span>}
        {shown.task && <span class="badge">task</span>}
      </p>
      <p class="summary">
        <Prose text={`${shown.summary} ${shown.description}`} />
      </p>
    </header>
  );
}

function InputView({ shown }: { shown: Operation }) {
  if (inputTab.value === "code") return <CodePane shown={shown} />;
  if (shown.arguments.length === 0) return <p class="empty">This operation takes no input.</p>;
  return inputTab.value === "json" ? <Text shown={shown} /> : <Form shown={shown} />;
}

function Form({ shown }: { shown: Operation }) {
  return (
    <form class="form" onSubmit={(event) => event.preventDefault()} key={shown.name}>
      {draft.value.syntax !== undefined && (
        <p class="notice">The JSON is not valid at the moment; the form shows the last valid input.</p>
      )}
      {isSingle(shown) && <Whole />}
      <Arguments shown={shown} />
    </form>
  );
}

/** The problem of the single argument as a whole, which has no field in the form. */
function Whole() {
  const problem = problemAt([0]);
  return problem === undefined ? null : <p class="problem">The input {problem}.</p>;
}

/** The fields of the single argument, if it is an object or a list; otherwise a field for each argument. */
function Arguments({ shown }: { shown: Operation }) {
  const [only, more] = shown.arguments;
  const schema = meant(only?.schema ?? {});
  if (more === undefined && kindOf(schema) === "fields") {
    return <Fields schema={schema} path={[0]} value={input.value[0]} />;
  }
  if (more === undefined && kindOf(schema) === "list") {
    return <List schema={schema} path={[0]} value={input.value[0]} />;
  }
  return shown.arguments.map(({ name, schema, required }, place) => (
    <Field key={name} name={name} schema={schema} path={[place]} value={input.value[place]} required={required} />
  ));
}

function Text({ shown }: { shown: Operation }) {
  const { text, syntax } = draft.value;
  return (
    <>
      {!isSingle(shown) && (
        <p class="about">The arguments, as a list: {shown.arguments.map(({ name }) => name).join(", ")}</p>
      )}
      <JsonEditor id="editor" label="Input as JSON" text={text} onText={setText} problem={syntax} rows={8} />
      <ul class="problems">
        {problems.value.map(({ path, message }) => (
          <li key={pathText(path) + message}>
            <code>{pathText(path)}</code> {message}
          </li>
        ))}
      </ul>
    </>
  );
}

function RunBar() {
  const blocked = draft.value.syntax !== undefined;
  return (
    <div class="run-bar">
      {running.value ? (
        <button type="button" class="button danger" id="cancel" onClick={cancelUnlessDoubled}>
          <Icon name="stop" />
          Cancel
          <Keys keys={["Esc"]} />
        </button>
      ) : (
        <button type="button" class="button primary" id="run" disabled={blocked} onClick={() => void start()}>
          <Icon name="run" />
          Run
          <Keys keys={RUN_KEYS} />
        </button>
      )}
      <Hint blocked={blocked} />
    </div>
  );
}

/** This button takes the place of Run, so the second half of a double click lands on it. */
function cancelUnlessDoubled(event: MouseEvent) {
  if (event.detail < 2) cancel();
}

function Hint({ blocked }: { blocked: boolean }) {
  if (blocked) return <p class="problem">The JSON is not valid.</p>;
  const unknown = problems.value.filter(({ message }) => message === UNKNOWN).length;
  const wrong = problems.value.length - unknown;
  if (wrong > 0) {
    return (
      <p class="hint">
        {wrong === 1 ? "One field is not valid yet" : `${wrong} fields are not valid yet`}; the call will be refused.
      </p>
    );
  }
  if (unknown === 0) return null;
  return (
    <p class="hint">
      {unknown === 1 ? "One field is unknown" : `${unknown} fields are unknown`}: the client refuses a misspelling of a
      known one, and Stream ignores any other.
    </p>
  );
}

function link(): string {
  const shown = operation.peek();
  if (shown === undefined) return location.href;
  const fragment = fragmentOf({ view: "operation", operation: shown.name, input: input.peek() });
  return new URL(fragment, location.href).href;
}
