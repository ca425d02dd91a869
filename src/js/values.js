// How Rust looks at values: each function answers one question in one crossing.
//
// None of them throws, whatever it is given: an exception that leaves through wasm does not give back what was borrowed
// from the table of references, and after 512 of them no client of the process works any more. What cannot be read has a
// shape of its own.

// The numbers are the order of `Shape` in `src/operation/argument.rs`.
const ABSENT = 0;
const BOOLEAN = 1;
const NUMBER = 2;
const NOT_A_NUMBER = 3;
const TEXT = 4;
const ARRAY = 5;
const OBJECT = 6;
const ENCODABLE = 7;
const OPAQUE = 8;
const FUNCTION = 9;
const SYMBOL = 10;
const BIG_INT = 11;
const UNREADABLE = 12;

/** Stands for a value whose getter, or whose proxy, throws. */
const unreadable = Object.freeze({});

export function shapeOf(value) {
  switch (typeof value) {
    case "undefined":
      return ABSENT;
    case "boolean":
      return BOOLEAN;
    case "number":
      return Number.isFinite(value) ? NUMBER : NOT_A_NUMBER;
    case "string":
      return TEXT;
    case "function":
      return FUNCTION;
    case "symbol":
      return SYMBOL;
    case "bigint":
      return BIG_INT;
  }
  if (value === null) return ABSENT;
  if (value === unreadable) return UNREADABLE;
  try {
    if (Array.isArray(value)) return ARRAY;
    if (typeof value.toJSON === "function") return ENCODABLE;
    return isOpaque(value) ? OPAQUE : OBJECT;
  } catch {
    return UNREADABLE;
  }
}

/** Whether `JSON.stringify` loses what is in an object, such as a `Map`, or misreads it, such as an array of bytes. */
function isOpaque(object) {
  if (ArrayBuffer.isView(object)) return true;
  const prototype = Object.getPrototypeOf(object);
  // `{}` itself, of this realm or another, has nothing to lose.
  if (prototype === null || Object.hasOwn(prototype, "isPrototypeOf")) return false;
  return Object.keys(object).length === 0;
}

/** A field of an object, or an item of an array. */
export function fieldOf(object, name) {
  try {
    return object?.[name];
  } catch {
    return unreadable;
  }
}

/** The length of an array. */
export function sizeOf(array) {
  const size = fieldOf(array, "length");
  return typeof size === "number" ? size : 0;
}

/** A field's text, or undefined for every other value: what most checks need, in one crossing. */
export function textAt(object, address, length) {
  return textField(object, nameAt(address, length));
}

function textField(object, name) {
  const value = fieldOf(object, name);
  return typeof value === "string" ? value : undefined;
}

/** A field's number: NaN where there is none, and an infinity, which no field may be, for everything else. */
export function numberAt(object, address, length) {
  const value = fieldAt(object, address, length);
  if (typeof value === "number" && !Number.isNaN(value)) return value;
  return value == null ? Number.NaN : Number.POSITIVE_INFINITY;
}

/** A field whose name is a constant of Rust's. */
export function fieldAt(object, address, length) {
  return fieldOf(object, nameAt(address, length));
}

/** Wasm's memory; set when the module starts. @type {WebAssembly.Memory} */
let memory;

export function setMemory(shared) {
  memory = shared;
}

/** Names that are constants in wasm's memory, by where they stand and how long they are. */
const names = new Map();

function nameAt(address, length) {
  const place = address * 256 + length;
  let name = names.get(place);
  if (name === undefined) {
    name = textOf(new Uint8Array(memory.buffer, address, length));
    names.set(place, name);
  }
  return name;
}

/** The names of an object's own fields. */
export function namesOf(object) {
  try {
    return Object.keys(object);
  } catch {
    return [];
  }
}

/** Whether a value can be listened to like an `AbortSignal`. Not `instanceof`: it may come from another realm. */
export function isSignal(value) {
  return typeof fieldOf(value, "aborted") === "boolean" && typeof fieldOf(value, "addEventListener") === "function";
}

/** Whether a value is a `Date` that is valid, or a text that names a time. */
export function isTime(value) {
  try {
    return (typeof value === "string" || typeof value.getTime === "function") && !Number.isNaN(+new Date(value));
  } catch {
    return false;
  }
}

/** Whether a URL carries a path as it stands. */
export function isPath(path) {
  try {
    return new URL(`http://a${path}`).pathname === path;
  } catch {
    return false;
  }
}

/** Whether requests can be sent to what begins with this. */
export function isUrl(text) {
  try {
    return new URL(text).host !== "";
  } catch {
    return false;
  }
}

/**
 * Whether a value is nothing but plain objects, arrays, strings, finite numbers, booleans, null and undefined. `false`
 * means "look closer", not "wrong": a `Date` is fine, and Rust says so.
 */
export function isPlain(value) {
  try {
    return isPlainValue(value, 0);
  } catch {
    return false;
  }
}

function isPlainValue(value, depth) {
  switch (typeof value) {
    case "string":
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
 * Every argument takes this walk, so strings, by far the most of it, are told apart where they stand: 100 users take
 * 20 µs, a tenth of what encoding them takes.
 */
function hasPlainParts(object, depth) {
  if (depth > 32) return false;
  if (Array.isArray(object)) {
    for (let index = 0; index < object.length; index++) {
      const item = object[index];
      if (typeof item !== "string" && !isPlainValue(item, depth + 1)) return false;
    }
    return true;
  }
  const prototype = Object.getPrototypeOf(object);
  if (prototype !== Object.prototype && prototype !== null) return false;
  for (const name in object) {
    const value = object[name];
    if (typeof value !== "string" && !isPlainValue(value, depth + 1)) return false;
  }
  return true;
}

/**
 * The ids of a batch of users, one a line, or undefined when something about it wants a closer look: the batch is
 * empty or too long, a user or its custom data is not a plain object, an id is missing or comes twice.
 */
export function plainUserIds(users, max) {
  try {
    return idsOf(users, max);
  } catch {
    return undefined;
  }
}

function idsOf(users, max) {
  if (!Array.isArray(users) || users.length === 0 || users.length > max) return undefined;
  const seen = new Set();
  let ids = "";
  for (let index = 0; index < users.length; index++) {
    const user = users[index];
    if (typeof user !== "object" || user === null || Array.isArray(user) || !hasPlainParts(user, 1)) return undefined;
    const { id, custom } = user;
    // A line end would make one bad id look like two good ones.
    if (typeof id !== "string" || id.includes("\n")) return undefined;
    if (custom != null && (typeof custom !== "object" || Array.isArray(custom))) return undefined;
    seen.add(id);
    ids = index === 0 ? id : `${ids}\n${id}`;
  }
  return seen.size === users.length ? ids : undefined;
}

/** Whether a token's payload has claims beside those that have a meaning of their own. */
export function hasOwnClaims(payload) {
  try {
    for (const name in payload) {
      if (name !== "user_id" && name !== "iat" && name !== "exp" && name !== "validity_in_seconds") return true;
    }
    return false;
  } catch {
    return true;
  }
}

/** The claims of a token with the caller's own among them, as JSON, or undefined when they cannot be read. */
export function ownClaims(payload, user_id, iat, exp) {
  try {
    const { validity_in_seconds: _, ...claims } = payload;
    // The id that was checked, and no `toJSON` that would say something else altogether.
    if (claims.toJSON !== undefined) return undefined;
    return JSON.stringify({ ...claims, user_id, iat, exp });
  } catch {
    return undefined;
  }
}

/** The payload of a token, from the arguments of `createToken` and `createCallToken`. */
export function tokenPayload(user, exp, iat, call_cids) {
  try {
    const payload = { ...(typeof user === "string" ? { user_id: user } : user), exp, iat };
    return call_cids === undefined ? payload : { ...payload, call_cids };
  } catch {
    return {};
  }
}

const decoder = new TextDecoder();

/** The text that bytes are in UTF-8. */
export function textOf(bytes) {
  return decoder.decode(bytes);
}

/** What the bytes of JSON say, or undefined where they are none. */
export function parsed(json) {
  try {
    return JSON.parse(textOf(json));
  } catch {
    return undefined;
  }
}

/** The bytes of a text, in UTF-8, or of a buffer of any realm; undefined for any other value. */
export function bytesOf(value) {
  try {
    if (typeof value === "string") return new TextEncoder().encode(value);
    if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    return typeof value.slice(0, 0).byteLength === "number" ? new Uint8Array(value) : undefined;
  } catch {
    return undefined;
  }
}

/** An object of one field. */
export function single(name, value) {
  return { [name]: value };
}

/** Headers by their lower-case names, the later ones over the earlier. */
export function mergeHeaders(headers, own) {
  const merged = { ...headers };
  for (const name of namesOf(own)) merged[name.toLowerCase()] = fieldOf(own, name);
  return merged;
}
