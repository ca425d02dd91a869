// What the form derives from schemas: the kind of field, the initial value, the limits as text.

import { meant } from "../definitions.ts";
import type { JSONSchema } from "../schema.d.ts";

export type FieldKind = "choice" | "switch" | "number" | "text" | "list" | "fields" | "json";

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

/** The initial value of an item that is added to a list. */
export function blank(schema: JSONSchema): unknown {
  const resolved = meant(schema);
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

/** The limits of a value as text; undefined when there are none or the description has them. */
export function limits(schema: JSONSchema): string {
  const said = [schema.maxItems, schema.maxLength, schema.maximum].find((most) => most !== undefined);
  if (said !== undefined && schema.description?.includes(String(said))) return "";
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
