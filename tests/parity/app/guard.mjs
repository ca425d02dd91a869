// The requests that may be sent to a real app: reads, and writes about the run's own users and groups. It is a list of what is
// allowed, so that a fact that is added later cannot do more.

import { claims } from "../tokens.mjs";

/** What may be written, each followed by nothing but an id of the run. */
const WRITES = [
  /^(POST|PATCH) \/api\/v2\/users$/,
  /^POST \/api\/v2\/users\/(deactivate|reactivate|delete|restore|block|unblock)$/,
  /^POST \/api\/v2\/users\/(?<id>[^/]+)\/(deactivate|reactivate)$/,
  /^POST \/api\/v2\/export\/users$/,
  /^POST \/api\/v2\/guest$/,
  /^(POST|DELETE) \/api\/v2\/devices$/,
  /^POST \/api\/v2\/moderation\/(ban|unban|mute|unmute)$/,
  /^POST \/api\/v2\/usergroups$/,
  /^(PUT|DELETE) \/api\/v2\/usergroups\/(?<id>[^/]+)$/,
];

/** Fields of bodies and parameters of queries that name somebody or something. */
const NAMES_SOMETHING = /(^|_)ids?$/;

/**
 * Why a request must not be sent, or nothing when it may.
 *
 * @param {{ method: string, url: URL, authorization?: string, body?: string }} request
 * @param {{ base: string, isOwn: (id: string) => boolean }} run where the app is, and which ids are of the run
 * @returns {string | undefined}
 */
export function objection({ method, url, authorization, body }, { base, isOwn }) {
  if (!url.href.startsWith(base)) return "it would go to another host than the app's";
  const path = url.pathname.slice(new URL(base).pathname.replace(/\/$/, "").length);
  if (path.startsWith("/__emulator")) return "it asks the emulator itself";
  const caller = callerOf(authorization);
  // A user's call creates that user where there is none.
  if (caller !== undefined && !isOwn(caller)) return `it would call as ${caller}, who is not of this run`;
  if (method === "GET") return;
  const allowed = WRITES.map((pattern) => pattern.exec(`${method} ${path}`)).find(Boolean);
  if (!allowed) return `${method} ${path} could change more than what is of this run`;
  if (body !== undefined && typeof body !== "string") return "nobody can look into its body";
  const query = Object.fromEntries([...url.searchParams].filter(([name]) => name !== "api_key"));
  const named = [allowed.groups?.id, ...namedIn(query), ...namedIn(parsed(body))].filter(Boolean).map(decoded);
  const foreign = named.find((id) => !isOwn(id));
  return foreign === undefined ? undefined : `it would write about ${foreign}, which is not of this run`;
}

/** The user that a token names. */
export function callerOf(authorization) {
  try {
    const { user_id } = claims(authorization);
    return user_id === undefined ? undefined : String(user_id);
  } catch {
    return undefined;
  }
}

/** Everything that JSON names, custom data aside. */
function namedIn(value, field = "") {
  if (typeof value === "string") return NAMES_SOMETHING.test(field) ? [value] : [];
  // The fields of a list's items are fields, not ids as those of an object of users.
  if (Array.isArray(value)) return value.flatMap((item) => namedIn(item, typeof item === "string" ? field : ""));
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([name, item]) => {
    if (name === "custom") return [];
    // Users to be written stand under their ids.
    if (field === "users" && typeof item !== "string") return [name, ...namedIn(item, name)];
    return namedIn(item, name);
  });
}

/** Invalid JSON names no user, and is rejected where it is parsed. */
function parsed(body) {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function decoded(id) {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}
