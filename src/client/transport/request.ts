// The URL, headers and body of a request.

import type { Route } from "getstream-users-core";
import type { CallSettings } from "../options.js";
import { encodedText } from "../values.js";

/** A request as `fetch` takes it, without its headers, which are made for each attempt. */
export interface EncodedRequest {
  readonly method: string;
  /** The path, with the name of an id in place of the id. */
  readonly path: string;
  readonly url: string;
  readonly body: string | undefined;
  /** Whether it may run twice. */
  readonly repeatable: boolean;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * Writes a request.
 *
 * @param segment - the encoded id for the path
 * @throws what the engine throws for what is neither JSON nor a part of a URL
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

/** A request that is no operation of ours. */
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
      // What stands in the URL does not stand in the body.
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

/** The body of an upsert: users under their ids. */
function usersById(users: readonly User[]): string {
  const [user] = users;
  // The usual upsert is one user, and an object made for it takes longer to encode than two texts.
  if (users.length === 1 && user !== undefined) {
    // A getter may say something else now than when it was checked; it stays JSON all the same.
    return `{"users":{${JSON.stringify(String(idOf(user)))}:${JSON.stringify(user) ?? null}}}`;
  }
  // Without a prototype, so that `__proto__` is an id like any other.
  const map = Object.create(null) as Record<string, User>;
  for (const user of users) map[idOf(user)] = user;
  return JSON.stringify({ users: map });
}

/** A user's id, which may be an object that JSON has as a text. */
function idOf({ id }: User): string {
  return encodedText(id) ?? id;
}

function without(object: Fields, names: readonly string[]): object {
  // As entries, so that `__proto__` is a name like any other.
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

/** Fields as the end of a query, in the way of the official SDK. */
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
  // An invalid date throws, where JSON would make nothing of it.
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
