// The fields of an object. Where there are many, those that are neither required nor set are folded away.

import { useSignal } from "@preact/signals";
import { isObject, type Path } from "../json/value.ts";
import type { JSONSchema } from "../schema.d.ts";
import { Field } from "./Field.tsx";

interface FieldsProps {
  schema: JSONSchema;
  path: Path;
  value: unknown;
}

/** The number of fields shown without folding. */
const FEW = 6;

export function Fields({ schema, path, value }: FieldsProps) {
  const unfolded = useSignal(false);
  const properties = Object.entries(schema.properties ?? {});
  const required = schema.required ?? [];
  const fields = isObject(value) ? value : {};
  const isAtHand = (name: string) => required.includes(name) || Object.hasOwn(fields, name);
  const all = unfolded.value || properties.length <= FEW;
  const shown = all ? properties : properties.filter(([name]) => isAtHand(name));
  const folded = properties.length - shown.length;
  return (
    <div class="fields">
      {shown.map(([name, property]) => (
        <Field
          key={name}
          name={name}
          schema={property}
          path={[...path, name]}
          value={Object.hasOwn(fields, name) ? fields[name] : undefined}
          required={required.includes(name)}
        />
      ))}
      {folded > 0 && (
        <button type="button" class="button quiet more" onClick={() => (unfolded.value = true)}>
          {folded === 1 ? "1 more field" : `${folded} more fields`}
        </button>
      )}
    </div>
  );
}
