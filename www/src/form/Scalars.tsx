// Inputs for single values. An optional field that is empty is left out.

import type { JSONSchema } from "../schema.d.ts";

export interface ScalarProps {
  id: string;
  schema: JSONSchema;
  value: unknown;
  required: boolean;
  /** The id of the element that describes the field. */
  described: string;
  invalid: boolean;
  /** Takes the next value; `undefined` leaves the field out. */
  onValue: (next: unknown) => void;
}

export function TextInput({ id, schema, value, required, described, invalid, onValue }: ScalarProps) {
  const known = schema.examples ?? [];
  return (
    <>
      <input
        id={id}
        type="text"
        value={typeof value === "string" ? value : ""}
        placeholder={value === null ? "null" : undefined}
        list={known.length > 0 ? `${id}-known` : undefined}
        aria-describedby={described}
        aria-invalid={invalid}
        aria-required={required}
        spellcheck={false}
        autocomplete="off"
        onInput={({ currentTarget }) =>
          onValue(currentTarget.value === "" && !required ? undefined : currentTarget.value)
        }
      />
      {known.length > 0 && (
        <datalist id={`${id}-known`}>
          {known.map((example) => (
            <option key={example} value={example} />
          ))}
        </datalist>
      )}
    </>
  );
}

export function NumberInput({ id, schema, value, required, described, invalid, onValue }: ScalarProps) {
  return (
    <input
      id={id}
      type="number"
      value={typeof value === "number" ? value : ""}
      min={schema.minimum}
      max={schema.maximum}
      step={schema.type === "integer" ? 1 : "any"}
      aria-describedby={described}
      aria-invalid={invalid}
      aria-required={required}
      onInput={({ currentTarget }) => onValue(currentTarget.value === "" ? undefined : Number(currentTarget.value))}
    />
  );
}

export function ChoiceInput({ id, schema, value, required, described, invalid, onValue }: ScalarProps) {
  const choices = schema.enum ?? [];
  const chosen = choices.indexOf(value as string);
  return (
    <select
      id={id}
      value={chosen === -1 ? "" : String(chosen)}
      aria-describedby={described}
      aria-invalid={invalid}
      aria-required={required}
      onChange={({ currentTarget }) =>
        onValue(currentTarget.value === "" ? undefined : choices[Number(currentTarget.value)])
      }
    >
      {(!required || chosen === -1) && <option value="">not set</option>}
      {choices.map((choice, place) => (
        <option key={choice} value={String(place)}>
          {choice}
        </option>
      ))}
    </select>
  );
}

const SWITCH = new Map<string, boolean | undefined>([
  ["", undefined],
  ["true", true],
  ["false", false],
]);

/** Not a checkbox, because an optional field may also be left out, which is not the same as `false`. */
export function SwitchInput({ id, value, required, described, invalid, onValue }: ScalarProps) {
  return (
    <select
      id={id}
      value={typeof value === "boolean" ? String(value) : ""}
      aria-describedby={described}
      aria-invalid={invalid}
      aria-required={required}
      onChange={({ currentTarget }) => onValue(SWITCH.get(currentTarget.value))}
    >
      {(!required || typeof value !== "boolean") && <option value="">not set</option>}
      <option value="true">true</option>
      <option value="false">false</option>
    </select>
  );
}
