// The texts around a field: name, description, limits and problem.

import type { Path } from "../json/value.ts";
import type { JSONSchema } from "../schema.d.ts";
import { Prose } from "../ui/Prose.tsx";
import { limits } from "./kind.ts";

export interface FieldProps {
  name: string;
  schema: JSONSchema;
  path: Path;
  value: unknown;
  required: boolean;
}

export function Label({ target, ...props }: FieldProps & { target: string }) {
  return (
    <label class="field-name" for={target}>
      <Name {...props} />
    </label>
  );
}

export function Name({ name, required, schema }: FieldProps) {
  return (
    <>
      <span class="name">{name}</span>
      {required && <span class="required">required</span>}
      {schema.deprecated === true && <span class="deprecated">deprecated</span>}
    </>
  );
}

interface AboutProps {
  id: string;
  schema: JSONSchema;
  value: unknown;
  problem: string | undefined;
}

/** The problem, description and limits of a value. */
export function About({ id, schema, value, problem }: AboutProps) {
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
