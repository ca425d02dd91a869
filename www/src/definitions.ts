// The named types, and the ways into a schema.

import { schema } from "./operations/catalog.ts";
import type { JSONSchema } from "./schema.d.ts";

export const { $defs } = schema;

/** A schema with what it refers to; what stands beside the reference holds for its place. */
export function meant(schema: JSONSchema): JSONSchema {
  const { $ref, ...beside } = schema;
  return $ref === undefined ? schema : { ...$defs[$ref.replace("#/$defs/", "")], ...beside };
}

/** The schema of a field of an object; nothing where any field goes. */
export function fieldOf(schema: JSONSchema, name: string): JSONSchema | undefined {
  const { properties = {}, additionalProperties } = schema;
  if (Object.hasOwn(properties, name)) return properties[name];
  return typeof additionalProperties === "object" ? additionalProperties : undefined;
}
