// Refuses misspelt request fields: the API ignores unknown fields, so `usr: "hard"` would be a soft deletion. Other
// unknown fields pass, because they may be newer than this client.

import { createError } from "./errors.js";
import { FIELDS, USER_FIELDS } from "./generated/fields.js";
import { slipOf } from "./nearest.js";

/** An object in a request whose fields are all defined by the API. */
interface ClosedObject {
  /** Its name in the request; empty for the request itself. */
  readonly name: string;
  readonly fields: readonly string[];
  /** Unknown names that were checked and are not misspellings. */
  readonly passed: Set<string>;
}

/** By operation; created on its first use. */
const known: (readonly ClosedObject[])[] = [];

/** Limits the remembered names: enough for those in a program's code, and bounded when names come from its users. */
const MOST_PASSED = 100;

/** @throws `invalid_argument` for a field that misspells an existing one */
export function checkNames(operation: number, method: string, argument: unknown): void {
  known[operation] ??= objectsOf(FIELDS[operation] ?? "");
  for (const object of known[operation]) {
    if (object.name === "") checkEach(method, Array.isArray(argument) ? "users" : "", argument, object);
    else checkEach(method, object.name, (argument as Fields | undefined)?.[object.name], object);
  }
}

type Fields = Readonly<Record<string, unknown>>;

function objectsOf(text: string): ClosedObject[] {
  if (text === "") return [];
  return text.split("|").map((object) => {
    const [name = "", fields = ""] = object.split(":");
    return { name, fields: fields.replace("*", USER_FIELDS).split(" "), passed: new Set() };
  });
}

/** Checks an object, or each object in a list or a map of users. */
function checkEach(method: string, path: string, value: unknown, known: ClosedObject): void {
  if (typeof value !== "object" || value === null) return;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) checkFields(method, `${path}[`, index, value[index], known);
  } else if (path === "users") {
    for (const id in value) checkFields(method, `${path}[`, id, (value as Fields)[id], known);
  } else {
    checkFields(method, path, undefined, value, known);
  }
}

function checkFields(
  method: string,
  path: string,
  place: string | number | undefined,
  object: unknown,
  { fields, passed }: ClosedObject,
): void {
  for (const name in object as object) {
    if (fields.includes(name) || passed.has(name)) continue;
    const meant = slipOf(name, fields);
    if (meant === undefined) {
      if (passed.size < MOST_PASSED) passed.add(name);
      continue;
    }
    const where = place === undefined ? path : `${path}${typeof place === "number" ? place : JSON.stringify(place)}]`;
    const field = where === "" ? name : `${where}.${name}`;
    const message = `${method}: ${field} is not a field of the API; did you mean ${meant}?`;
    throw createError("invalid_argument", message, { field, outcome: "not_sent" });
  }
}
