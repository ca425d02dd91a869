// How Rust inspects JavaScript values: each function answers one question in one call from wasm.
//
// None of them throws, whatever the value: an exception that passes through wasm leaks its slots in the table of references,
// and after 512 exceptions no client in the process works any more. A value that cannot be read has the shape `Unreadable`.

import { Shape } from "./generated/shapes.js";

/** Stands for a value whose getter or proxy throws. */
const unreadable: object = Object.freeze({});

type Fields = Readonly<Record<PropertyKey, unknown>>;

export function shapeOf(value: unknown): number {
  switch (typeof value) {
    case "undefined":
      return Shape.Absent;
    case "boolean":
      return Shape.Boolean;
    case "number":
      return Number.isFinite(value) ? Shape.Number : Shape.NotANumber;
    case "string":
      return isWellFormed(value) ? Shape.Text : Shape.MalformedText;
    case "function":
      return Shape.Function;
    case "symbol":
      return Shape.Symbol;
    case "bigint":
      return Shape.BigInt;
  }
  if (value === null) return Shape.Absent;
  if (value === unreadable) return Shape.Unreadable;
  try {
    return shapeOfObject(value as object);
  } catch {
    return Shape.Unreadable;
  }
}

function shapeOfObject(value: object): Shape {
  if (Array.isArray(value)) return Shape.Array;
  const { toJSON, toISOString, getTime } = value as Fields;
  if (typeof toJSON === "function") {
    if (typeof getTime === "function" && Number.isNaN(getTime.call(value))) return Shape.InvalidDate;
    // A date is a time, not a string. Other objects that JSON writes as a string are ids of databases.
    if (typeof toISOString === "function") return Shape.Encodable;
    return typeof toJSON.call(value, "") === "string" ? Shape.Text : Shape.Encodable;
  }
  // `new Number(3)`, `new String("a")`: JSON writes the value inside.
  if (BOXED.includes(Object.prototype.toString.call(value))) return Shape.Encodable;
  return isOpaque(value) ? Shape.Opaque : Shape.Object;
}

const BOXED = ["[object Boolean]", "[object Number]", "[object String]"];

/** Whether `JSON.stringify` loses the content of an object, such as a `Map`, or garbles it, such as a typed array. */
function isOpaque(object: object): boolean {
  if (ArrayBuffer.isView(object)) return true;
  const prototype: unknown = Object.getPrototypeOf(object);
  // `{}`, of this realm or another, has no hidden content.
  if (typeof prototype !== "object" || prototype === null || Object.hasOwn(prototype, "isPrototypeOf")) return false;
  return Object.keys(object).length === 0;
}

/** Matches a lone surrogate, for engines without `String.prototype.isWellFormed` (Safari before 16.4). */
const LONE_SURROGATE = /\p{Surrogate}/u;

/** Whether a string can be encoded in UTF-8. */
function isWellFormed(text: string & { isWellFormed?(): boolean }): boolean {
  return text.isWellFormed === undefined ? !LONE_SURROGATE.test(text) : text.isWellFormed();
}

/** A field of an object, or an item of an array. */
export function fieldOf(object: unknown, name: PropertyKey): unknown {
  try {
    return (object as Fields | null | undefined)?.[name];
  } catch {
    return unreadable;
  }
}

/** The length of an array. */
export function sizeOf(array: unknown): number {
  const size = fieldOf(array, "length");
  return typeof size === "number" ? size : 0;
}

/** A field's string, or undefined for any other value. Most checks need this, so it is one call. */
export function textAt(object: unknown, address: number, length: number): string | undefined {
  const value = fieldAt(object, address, length);
  return typeof value === "string" ? value : encodedText(value);
}

/** The string that JSON writes for an object, such as a MongoDB id; undefined for any other value. */
export function encodedText(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null || shapeOf(value) !== Shape.Text) return undefined;
  try {
    return String((value as { toJSON(key: string): unknown }).toJSON(""));
  } catch {
    return undefined;
  }
}

/** A field's number; NaN when the field is missing, and infinity, which is never valid, when it is not a number. */
export function numberAt(object: unknown, address: number, length: number): number {
  const value = fieldAt(object, address, length);
  if (typeof value === "number" && !Number.isNaN(value)) return value;
  return value === undefined || value === null ? Number.NaN : Number.POSITIVE_INFINITY;
}

/** A field whose name is a constant in Rust. */
export function fieldAt(object: unknown, address: number, length: number): unknown {
  return fieldOf(object, nameAt(address, length));
}

/** Sets a field whose name is a constant in Rust. */
export function setAt(object: Record<string, unknown>, address: number, length: number, value: unknown): void {
  object[nameAt(address, length)] = value;
}

/** Wasm's memory; set when the module starts. */
let memory: WebAssembly.Memory;

export function setMemory(shared: WebAssembly.Memory): void {
  memory = shared;
}

/**
 * Field names that are constants in wasm's memory, by address and length. Decoding a name takes longer (0.3 µs) than reading
 * the field. wasm-bindgen's own cache of such names needs Rust's standard library.
 */
const names = new Map<number, string>();

function nameAt(address: number, length: number): string {
  const place = address * 256 + length;
  let name = names.get(place);
  if (name === undefined) {
    name = textIn(address, length);
    names.set(place, name);
  }
  return name;
}

/** The names of an object's own fields. */
export function namesOf(object: unknown): string[] {
  try {
    return Object.keys(object as object);
  } catch {
    return [];
  }
}

/** Whether a value works like an `AbortSignal`. Not `instanceof`: it may come from another realm. */
export function isSignal(value: unknown): boolean {
  return typeof fieldOf(value, "aborted") === "boolean" && typeof fieldOf(value, "addEventListener") === "function";
}

/** Whether a value is a valid `Date`, or a string that represents a time. */
export function isTime(value: unknown): boolean {
  try {
    const isDate = typeof (value as Partial<Date>).getTime === "function";
    return (typeof value === "string" || isDate) && !Number.isNaN(+new Date(value as string | Date));
  } catch {
    return false;
  }
}

/** Whether a URL keeps a path unchanged. */
export function isPath(path: unknown): boolean {
  try {
    return new URL(`http://a${path}`).pathname === path;
  } catch {
    return false;
  }
}

/**
 * Whether a value consists only of plain objects, arrays, strings, finite numbers, booleans, null and undefined. `false` does
 * not mean invalid: Rust then checks the value in detail, and accepts a `Date` for instance.
 */
export function isPlain(value: unknown): boolean {
  try {
    return isPlainValue(value, 0);
  } catch {
    return false;
  }
}

function isPlainValue(value: unknown, depth: number): boolean {
  switch (typeof value) {
    case "string":
      return isWellFormed(value);
    case "boolean":
    case "undefined":
      return true;
    case "number":
      return Number.isFinite(value);
    case "object":
      return value === null || hasPlainParts(value, depth);
    default:
      return false;
  }
}

/**
 * Every argument is walked, so strings, by far the most values, are checked inline: 100 users take 20 µs, a tenth of the time
 * to encode them.
 */
function hasPlainParts(object: object, depth: number): boolean {
  if (depth > 32) return false;
  if (Array.isArray(object)) {
    for (let index = 0; index < object.length; index++) {
      const item: unknown = object[index];
      if (typeof item === "string" ? !isWellFormed(item) : !isPlainValue(item, depth + 1)) return false;
    }
    return true;
  }
  const prototype: unknown = Object.getPrototypeOf(object);
  if (prototype !== Object.prototype && prototype !== null) return false;
  for (const name in object) {
    const value = (object as Fields)[name];
    if (typeof value === "string" ? !isWellFormed(value) : !isPlainValue(value, depth + 1)) return false;
  }
  return true;
}

/**
 * The ids of a batch of users, one per line; undefined when Rust has to check the batch in detail: it is empty or too long, a
 * user or its custom data is not a plain object or may be too large, an id is missing or occurs twice.
 */
export function plainUserIds(users: unknown, most: number, mostCustomBytes: number): string | undefined {
  try {
    return idsOf(users, most, mostCustomBytes);
  } catch {
    return undefined;
  }
}

function idsOf(users: unknown, most: number, mostCustomBytes: number): string | undefined {
  if (!Array.isArray(users) || users.length === 0 || users.length > most) return undefined;
  const seen = new Set<string>();
  let ids = "";
  for (let index = 0; index < users.length; index++) {
    const user: unknown = users[index];
    if (typeof user !== "object" || user === null || Array.isArray(user) || !hasPlainParts(user, 1)) return undefined;
    const { id, custom } = user as Fields;
    // A line end would make one bad id look like two good ones.
    if (typeof id !== "string" || id.includes("\n")) return undefined;
    if (custom !== undefined && custom !== null) {
      if (typeof custom !== "object" || Array.isArray(custom)) return undefined;
      if (largestSize(custom) > mostCustomBytes) return undefined;
    }
    seen.add(id);
    ids = index === 0 ? id : `${ids}\n${id}`;
  }
  return seen.size === users.length ? ids : undefined;
}

/** The maximum size of plain data in bytes of JSON: an escaped character has up to 6, a number up to 25. */
function largestSize(data: object): number {
  let size = 2;
  for (const name in data) {
    const value = (data as Fields)[name];
    size += 6 * name.length + 4;
    if (typeof value === "string") size += 6 * value.length + 2;
    else size += typeof value === "object" && value !== null ? largestSize(value) : 25;
  }
  return size;
}

/** The size of a value in bytes of JSON; 0 when it cannot be written as JSON. */
export function encodedSize(value: unknown): number {
  try {
    return new TextEncoder().encode(JSON.stringify(value)).length;
  } catch {
    return 0;
  }
}

/** Whether a token's payload has custom claims. */
export function hasOwnClaims(payload: unknown): boolean {
  try {
    for (const name in payload as Fields) {
      if (name !== "user_id" && name !== "iat" && name !== "exp" && name !== "validity_in_seconds") return true;
    }
    return false;
  } catch {
    return true;
  }
}

/**
 * The claims of a token as JSON, including custom ones; an empty string when `server` is among them, undefined when they
 * cannot be read. A copy is checked and written, so a getter cannot return two different values.
 */
export function ownClaims(payload: unknown, user_id: string, iat?: number, exp?: number): string | undefined {
  try {
    const { validity_in_seconds: _, ...claims } = payload as Record<string, unknown>;
    if (claims.server !== undefined && claims.server !== null) return "";
    // A `toJSON` would replace all claims.
    if (claims.toJSON !== undefined) return undefined;
    return JSON.stringify({ ...claims, user_id, iat, exp });
  } catch {
    return undefined;
  }
}

/** The payload of a token, from the arguments of `createToken` and `createCallToken`. */
export function tokenPayload(user: unknown, exp: unknown, iat: unknown, call_cids: unknown): object {
  try {
    const id = typeof user === "string" ? user : encodedText(user);
    const payload = { ...(id === undefined ? (user as object) : { user_id: id }), exp, iat };
    return call_cids === undefined ? payload : { ...payload, call_cids };
  } catch {
    return {};
  }
}

const decoder = new TextDecoder();

/** Decodes UTF-8 in wasm's memory. */
export function textIn(address: number, length: number): string {
  return decoder.decode(viewOf(address, length));
}

/** Copies bytes from wasm's memory. */
export function bytesIn(address: number, length: number): Uint8Array {
  return viewOf(address, length).slice();
}

function viewOf(address: number, length: number): Uint8Array {
  return new Uint8Array(memory.buffer, address, length);
}

/** Parses JSON in wasm's memory; undefined when it is not an object. */
export function objectIn(address: number, length: number): object | undefined {
  try {
    // The BOM is kept, so that `JSON.parse` refuses it: Stream does not skip it.
    const value: unknown = JSON.parse(
      new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(viewOf(address, length)),
    );
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** A time in a token that is not written as an integer. JSON allows that; Stream does not. */
const NON_INTEGER_TIME = /"(?:exp|nbf|iat)"\s*:\s*-?\d+[.eE]/;

/** Parses the claims of a token; undefined when Stream would not read them. */
export function claimsIn(address: number, length: number): object | undefined {
  return NON_INTEGER_TIME.test(textIn(address, length)) ? undefined : objectIn(address, length);
}

/** The bytes of a string in UTF-8, or of a buffer of any realm; undefined for any other value. */
export function bytesOf(value: unknown): Uint8Array | undefined {
  try {
    if (typeof value === "string") return new TextEncoder().encode(value);
    if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    const buffer = value as ArrayBuffer;
    return typeof buffer.slice(0, 0).byteLength === "number" ? new Uint8Array(buffer) : undefined;
  } catch {
    return undefined;
  }
}
