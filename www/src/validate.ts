// The problems of an operation's arguments: from their schemas before a call, and from the client's error after one.

import type { StreamError } from "getstream-users";
import { fieldOf, meant } from "./definitions.ts";
import type { JSONSchema, Operation, TypeName } from "./schema.d.ts";

/** A problem at a path in the arguments. */
export interface Problem {
  /** The path from the list of arguments: `[0, "user_ids", 3]`. */
  path: (string | number)[];
  /** `must not be empty` */
  message: string;
}

/** The message for an unknown field: the client refuses a likely misspelling, and the API ignores others. */
export const UNKNOWN = "is not a known field";

type Path = Problem["path"];

/** Checks the arguments of an operation against their schemas. */
export function validate(operation: Operation, input: readonly unknown[]): Problem[] {
  const problems = operation.arguments.flatMap(({ schema, required }, index) =>
    field(schema, input[index], [index], required),
  );
  const rest = input.slice(operation.arguments.length);
  return problems.concat(rest.map((_, index) => problem([operation.arguments.length + index], "is one too many")));
}

/** The problem in an error of the client's checks; undefined for errors of other kinds. */
export function problemOf(operation: Operation, error: StreamError): Problem | undefined {
  if (error.kind !== "invalid_argument" || error.field === undefined) return undefined;
  const lead = `${operation.name}: ${error.field} `;
  const message = error.message.startsWith(lead) ? error.message.slice(lead.length) : error.message;
  return { path: pathOf(operation, error.field), message };
}

/** The path for an error's field: `users[3].id`, `users["a b"].custom`. */
function pathOf(operation: Operation, name: string): Path {
  const steps = Array.from(
    name.matchAll(/\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]|([^.[\]]+)/g),
    ([, index, quoted, plain]) => (index === undefined ? (quoted ?? plain ?? "") : Number(index)),
  );
  const named = operation.arguments.findIndex((argument) => argument.name === steps[0]);
  if (named !== -1) return [named, ...steps.slice(1)];
  // The client names a list of users as it is on the wire, and gives no name to an argument that is not an object.
  if (operation.input === "users" || name === "the argument") return [0, ...steps.slice(1)];
  return [0, ...steps];
}

function field(schema: JSONSchema, value: unknown, path: Path, required: boolean): Problem[] {
  if (value !== undefined) return check(meant(schema), value, path);
  return required ? [problem(path, "is missing")] : [];
}

function check(schema: JSONSchema, value: unknown, path: Path): Problem[] {
  const types = [schema.type ?? []].flat();
  const type = types.find((name) => isOf(name, value));
  if (type === undefined && types.length > 0) {
    return [problem(path, `must be ${types.map((name) => NAMES[name]).join(" or ")}, but was ${describe(value)}`)];
  }
  const own = problemIn(schema, value);
  if (own !== undefined) return [problem(path, own)];
  if (Array.isArray(value)) {
    const { items } = schema;
    return items === undefined ? [] : value.flatMap((item, index) => field(items, item, [...path, index], true));
  }
  return isObject(value) ? fields(schema, value, path) : [];
}

function fields(schema: JSONSchema, value: Record<string, unknown>, path: Path): Problem[] {
  const { required = [], additionalProperties } = schema;
  const missing = required.filter((name) => !Object.hasOwn(value, name));
  const given = Object.entries(value).flatMap(([name, inner]) => {
    const place = [...path, name];
    const own = fieldOf(schema, name);
    if (own !== undefined) return field(own, inner, place, required.includes(name));
    return additionalProperties === false ? [problem(place, UNKNOWN)] : [];
  });
  return [...missing.map((name) => problem([...path, name], "is missing")), ...given];
}

/** The problems of a value of the right type, without those of its items and fields. */
function problemIn(schema: JSONSchema, value: unknown): string | undefined {
  if (schema.enum !== undefined && !schema.enum.includes(value as string | number)) {
    const words = schema.enum.map((word) => JSON.stringify(word)).join(", ");
    return `must be one of ${words}, but was ${JSON.stringify(value)}`;
  }
  if (typeof value === "string") return problemInText(schema, value);
  if (typeof value === "number") return problemInNumber(schema, value);
  if (Array.isArray(value)) return problemInSize(schema.minItems, schema.maxItems, value.length);
  return isObject(value)
    ? problemInSize(schema.minProperties, schema.maxProperties, Object.keys(value).length)
    : undefined;
}

function problemInText(schema: JSONSchema, text: string): string | undefined {
  const { minLength = 0, maxLength = Infinity, pattern, patternDescription, format } = schema;
  // Characters, not UTF-16 code units.
  const length = Array.from(text).length;
  if (length < minLength) return "must not be empty";
  if (length > maxLength) return `must have at most ${maxLength} characters, but has ${length}`;
  if (pattern !== undefined && !new RegExp(pattern, "u").test(text)) return patternDescription ?? "has another form";
  if (format === "date-time" && Number.isNaN(Date.parse(text))) return "must be a time such as 2026-01-31T12:00:00Z";
  return undefined;
}

function problemInNumber(schema: JSONSchema, number: number): string | undefined {
  const { minimum = -Infinity, maximum = Infinity } = schema;
  if (number >= minimum && number <= maximum) return undefined;
  if (maximum === Infinity) return `must be at least ${minimum}, but was ${number}`;
  if (minimum === -Infinity) return `must be at most ${maximum}, but was ${number}`;
  return `must be from ${minimum} to ${maximum}, but was ${number}`;
}

function problemInSize(least = 0, most = Infinity, size: number): string | undefined {
  if (size < least) return size === 0 ? "must not be empty" : `must hold at least ${least}, but holds ${size}`;
  return size > most ? `must hold at most ${most}, but holds ${size}` : undefined;
}

function problem(path: Path, message: string): Problem {
  return { path, message };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isOf(type: TypeName, value: unknown): boolean {
  switch (type) {
    case "integer":
      return Number.isSafeInteger(value);
    case "number":
      return Number.isFinite(value);
    case "object":
      return isObject(value);
    case "array":
      return Array.isArray(value);
    case "null":
      return value === null;
    default:
      return typeof value === type;
  }
}

const NAMES: Record<TypeName, string> = {
  string: "a string",
  number: "a number",
  integer: "a whole number",
  boolean: "a boolean",
  object: "an object",
  array: "an array",
  null: "null",
};

function describe(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  if (typeof value === "number") return Number.isInteger(value) ? "a number" : "a fraction";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
