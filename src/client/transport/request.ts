// The URL, headers and body of a request.

import type { Route } from "getstream-users-core";
import type { CallSettings } from "../options.js";
import { encodedText } from "../values.js";

/** A request for `fetch`, without its headers, which differ for each attempt. */
export interface EncodedRequest {
  readonly method: string;
  /** The path, with a placeholder for the id. */
  readonly path: string;
  readonly url: string;
  readonly body: string | undefined;
  /** Whether the request may run twice. */
  readonly repeatable: boolean;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * Encodes a request.
 *
 * @param segment - the encoded id for the path
 * @throws what the engine throws for a value that cannot be written as JSON or in a URL
 */
export function encodeRequest(route: Route, segment: string | undefined, argument: unknown): EncodedRequest {
  if (route.input === "request") return encodeRawRequest(route, argument as RawRequest);
  const { method, path, before, after, repeatable } = route;
  const query = route.query === "" ? [] : route.query.split(",");
  const url = segment === undefined ? before : before + segment + after;
  return {
    method,
    path,
    url: query.length === 0 ? url : url + queryOf(argument as Fields | undefined, query),
    body: bodyOf(route, query, argument),
    repeatable,
  };
}

/** The argument of `client.request`. */
interface RawRequest {
  readonly method: string;
  readonly path: string;
  readonly query?: Fields | null;
  readonly body?: unknown;
  readonly idempotent?: boolean;
}

function encodeRawRequest(route: Route, { method, path, query, body, idempotent }: RawRequest): EncodedRequest {
  return {
    method,
    path,
    url: route.before + path + route.after + queryOf(query ?? {}, Object.keys(query ?? {})),
    body: JSON.stringify(body ?? undefined),
    repeatable: idempotent === true || method === "GET",
  };
}

function bodyOf({ input, parameter }: Route, query: readonly string[], argument: unknown): string | undefined {
  switch (input) {
    case "body":
      if (parameter === undefined && query.length === 0) return JSON.stringify(argument ?? {});
      // Fields that are in the URL are left out of the body.
      return JSON.stringify(without(argument as Fields, parameter === undefined ? query : [parameter, ...query]));
    case "users":
      return usersById(argument as User[]);
    case "revocation":
      return revocation(argument as Revocation);
    default:
      return undefined;
  }
}

interface User {
  readonly id: string;
}

/** The body of an upsert: users by id. */
function usersById(users: readonly User[]): string {
  const [user] = users;
  // Most upserts have one user, and two calls of `JSON.stringify` are faster than one with a new object.
  if (users.length === 1 && user !== undefined) {
    // A getter may return something else than when it was checked: the body must be JSON all the same.
    return `{"users":{${JSON.stringify(String(idOf(user)))}:${JSON.stringify(user) ?? null}}}`;
  }
  // No prototype, so that `__proto__` is an ordinary id.
  const map = Object.create(null) as Record<string, User>;
  for (const user of users) map[idOf(user)] = user;
  return JSON.stringify({ users: map });
}

/** A user's id, which may be an object that JSON writes as a string. */
function idOf({ id }: User): string {
  return encodedText(id) ?? id;
}

function without(object: Fields, names: readonly string[]): object {
  // By entries, so that `__proto__` is an ordinary name.
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));
}

interface Revocation {
  readonly userId?: string;
  readonly userIds?: readonly string[];
  readonly before?: Date | string | null;
}

/** The body that revokes the tokens of one user or several. */
function revocation({ userId, userIds, before = new Date() }: Revocation): string {
  const ids = userIds ?? [userId];
  return JSON.stringify({ users: ids.map((id) => ({ id, set: { revoke_tokens_issued_before: before } })) });
}

/** Fields, to be appended to a query as the official SDK does. */
function queryOf(fields: Fields | undefined, names: readonly string[]): string {
  let query = "";
  for (const name of names) {
    const value = fields?.[name];
    if (value !== undefined && value !== null) {
      query += `&${encodeURIComponent(name)}=${encodeURIComponent(queryValue(value))}`;
    }
  }
  return query;
}

function queryValue(value: unknown): string {
  if (typeof value !== "object" || value === null) return String(value);
  const { toISOString } = value as Partial<Date>;
  // `toISOString` throws for an invalid date, where JSON would write null.
  if (typeof toISOString === "function") return toISOString.call(value);
  const isFlat = Array.isArray(value) && value.every((item) => typeof item !== "object");
  return isFlat ? value.join() : JSON.stringify(value);
}

/** The headers of an attempt. */
export function headersOf(
  { headers }: Route,
  clientRequestId: string,
  token: string | undefined,
  own: CallSettings["headers"],
): Record<string, string> {
  const all = own === undefined ? { ...headers } : { ...headers, ...own };
  if (token !== undefined) all.authorization = token;
  all["x-client-request-id"] = clientRequestId;
  return all;
}
