// Misspelt fields of requests: the API ignores unknown fields, so `usr: "hard"` would be a soft deletion. Other unknown
// fields pass, because they may be newer than this client.

import { createError } from "./errors.js";
import { FIELDS, USER_FIELDS } from "./generated/fields.js";
import { slipOf } from "./nearest.js";

/** An object of a request that has the API's fields alone. */
interface ClosedObject {
  /** Where it stands in the request, which itself has no name. */
  readonly name: string;
  readonly fields: readonly string[];
  /** Other names that were looked at, and are no slips. */
  readonly passed: Set<string>;
}

/** By operation; made when the operation is first used. */
const known: (readonly ClosedObject[])[] = [];

/** So many names are remembered: what a program's own code says, and not what its users do. */
const MOST_PASSED = 100;

/** @throws `invalid_argument` for a field that is a slip of one that exists */
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

/** Looks at an object, or at those in a list or a map of users. */
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
    const message = `${method}: ${field} is no field that the API knows; did you mean ${meant}?`;
    throw createError("invalid_argument", message, { field, outcome: "not_sent" });
  }
}
