// A field of the form, rendered according to its schema.

import type { ComponentChildren } from "preact";
import { meant } from "../definitions.ts";
import { pathText } from "../json/value.ts";
import { setValue } from "../state/input.ts";
import { Fields } from "./Fields.tsx";
import { JsonField } from "./JsonField.tsx";
import { kindOf } from "./kind.ts";
import { About, type FieldProps, idOf, Label, Name } from "./Labels.tsx";
import { List } from "./List.tsx";
import { problemAt } from "./problems.ts";
import { ChoiceInput, NumberInput, type ScalarProps, SwitchInput, TextInput } from "./Scalars.tsx";

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
