// Schemas as a form needs them: references followed, and what kind of field shows a value.

import { schema as catalog } from "../operations/catalog.ts";
import type { JSONSchema } from "../schema.d.ts";

export type FieldKind = "choice" | "switch" | "number" | "text" | "list" | "fields" | "json";

/** The schema that a reference means; what stands beside the reference holds for its place. */
export function resolve(schema: JSONSchema): JSONSchema {
  if (schema.$ref === undefined) return schema;
  const { $ref, ...beside } = schema;
  const meant = catalog.$defs[$ref.replace("#/$defs/", "")];
  return meant === undefined ? beside : { ...resolve(meant), ...beside };
}

export function kindOf(schema: JSONSchema): FieldKind {
  if (schema.enum !== undefined) return "choice";
  const type = Array.isArray(schema.type) ? schema.type.find((name) => name !== "null") : schema.type;
  switch (type) {
    case "boolean":
      return "switch";
    case "integer":
    case "number":
      return "number";
    case "string":
      return "text";
    case "array":
      return schema.items === undefined ? "json" : "list";
    case "object":
      return Object.keys(schema.properties ?? {}).length > 0 ? "fields" : "json";
    default:
      return "json";
  }
}

/** A value to begin with when an item is added to a list. */
export function blank(schema: JSONSchema): unknown {
  const resolved = resolve(schema);
  switch (kindOf(resolved)) {
    case "fields": {
      const required = resolved.required ?? [];
      return Object.fromEntries(required.map((name) => [name, blank(resolved.properties?.[name] ?? {})]));
    }
    case "list":
      return [];
    case "choice":
      return resolved.enum?.[0];
    case "switch":
      return false;
    case "number":
      return resolved.minimum ?? 0;
    case "text":
      return "";
    case "json":
      return {};
  }
}

/** The limits of a value, in words; nothing where there are none. */
export function limits(schema: JSONSchema): string {
  return [
    range(schema.minItems, schema.maxItems, "items"),
    range(schema.minLength === 1 ? undefined : schema.minLength, schema.maxLength, "characters"),
    range(schema.minimum, schema.maximum, ""),
    schema.format === "date-time" ? "a time: 2026-01-31T12:00:00Z" : "",
  ]
    .filter(Boolean)
    .join(", ");
}

function range(least: number | undefined, most: number | undefined, of: string): string {
  const unit = of === "" ? "" : ` ${of}`;
  if (least !== undefined && most !== undefined) return `${least} to ${most}${unit}`;
  if (most !== undefined) return `at most ${most}${unit}`;
  return least === undefined ? "" : `at least ${least}${unit}`;
}
