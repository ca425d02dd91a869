// The named types, and the ways into a schema.

import generated from "./generated/operations.json";
import type { JSONSchema, Schema } from "./schema.d.ts";

export const { $defs } = generated as unknown as Schema;

/** A schema with what it refers to; what it says itself holds for its place. */
export function meant(schema: JSONSchema): JSONSchema {
  if (schema.$ref === undefined) return schema;
  return { ...$defs[schema.$ref.slice("#/$defs/".length)], ...schema };
}

/** The schema of a field of an object; nothing where any field goes. */
export function fieldOf(schema: JSONSchema, name: string): JSONSchema | undefined {
  const { properties = {}, additionalProperties } = schema;
  if (Object.hasOwn(properties, name)) return properties[name];
  return typeof additionalProperties === "object" ? additionalProperties : undefined;
}
