// Values while they are edited: JSON values, and paths into them.

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type Path = readonly (string | number)[];

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

/** The maximum nesting of objects and arrays, which is more than the client accepts. */
const DEEPEST = 200;

/** Whether a value is nested deeper than the client accepts and the page can show. */
export function isTooDeep(value: unknown, levels = DEEPEST): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isTooDeep(inner, levels - 1));
}

/** The value at a path; `undefined` if there is none. */
export function at(value: unknown, path: Path): unknown {
  let found = value;
  for (const key of path) {
    if (typeof found !== "object" || found === null) return undefined;
    found = Object.hasOwn(found, key) ? (found as Record<string | number, unknown>)[key] : undefined;
  }
  return found;
}

/** A copy with another value at a path; `undefined` removes the value. */
export function withValue(value: unknown, path: Path, next: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return next;
  if (typeof key === "number") return withItem(Array.isArray(value) ? value : [], key, rest, next);
  const fields = isObject(value) ? value : {};
  const field = withValue(Object.hasOwn(fields, key) ? fields[key] : undefined, rest, next);
  // Built from entries: a field may be called `__proto__`.
  if (field === undefined) return Object.fromEntries(Object.entries(fields).filter(([name]) => name !== key));
  if (Object.hasOwn(fields, key)) {
    return Object.fromEntries(Object.entries(fields).map(([name, old]) => [name, name === key ? field : old]));
  }
  return Object.fromEntries([...Object.entries(fields), [key, field]]);
}

function withItem(items: unknown[], index: number, rest: Path, next: unknown): unknown[] {
  const item = withValue(items[index], rest, next);
  if (item === undefined) return items.filter((_, place) => place !== index);
  const copy = [...items];
  copy[index] = item;
  return copy;
}

/** A path as text: `request.users[3].id`. */
export function pathText(path: Path): string {
  return path.map((key, place) => (typeof key === "number" ? `[${key}]` : place === 0 ? key : `.${key}`)).join("");
}
