// The named types, and how to look up parts of a schema.

import { schema } from "./operations/catalog.ts";
import type { JSONSchema } from "./schema.d.ts";

export const { $defs } = schema;

/** A schema with its reference resolved. Keywords next to the reference take precedence. */
export function meant(schema: JSONSchema): JSONSchema {
  const { $ref, ...beside } = schema;
  return $ref === undefined ? schema : { ...$defs[$ref.replace("#/$defs/", "")], ...beside };
}

/** The schema of a field of an object; undefined when any value is allowed. */
export function fieldOf(schema: JSONSchema, name: string): JSONSchema | undefined {
  const { properties = {}, additionalProperties } = schema;
  if (Object.hasOwn(properties, name)) return properties[name];
  return typeof additionalProperties === "object" ? additionalProperties : undefined;
}
