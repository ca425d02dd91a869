// Finds the users that the API means when it refuses a request for many: values in, decisions out. The API reports one
// problem per request, and only its message says which; the error code is always the same.

import { read, type StreamError } from "../errors.js";
import type { Chunk, Entry } from "./chunks.js";
import { indexOf } from "./rules.js";

/** The users of a request that an error is about. */
export interface Blame {
  /** Users that would be refused alone, with the same message. */
  readonly meant: Chunk;
  /** Users that may be meant: their values occur in a message that this file does not know. */
  readonly suspects: Chunk;
  /** The undefined role, if that is the problem. */
  readonly role?: string;
}

/** The part of an error that is examined. */
type Failure = Pick<StreamError, "kind" | "field" | "message">;

/** What surrounds the API's reason: the client's text, the operation's name, quotes. */
const AROUND =
  /^(?:Stream error code -?\d+: |task \S+ failed: (?:[\w ]+: )?)?(?:[\w ]+ failed with error: )?["\\]*(.*?)["\\]*$/s;
/** Anchored at the end, because the name of a role may contain such a sentence. */
const ROLE = /^role (\\?")(.+)\1 provided but not defined$/s;
/** Ids contain no spaces or quotes. */
const USER =
  /^(?:the )?user \\?["']?([\w@-]+)\\?["']? (?:was (?:deleted|deactivated)|does not exist|is not (?:deleted|deactivated))/;

/** Longer values do not occur in messages. */
const LONGEST_VALUE = 300;

export function blame(entries: Chunk, error: Failure): Blame {
  const { kind, field, message } = error;
  if (kind === "invalid_argument") {
    const entry = entries[(field === undefined ? undefined : indexOf(field)) ?? -1];
    return { meant: entry === undefined ? [] : [entry], suspects: [] };
  }
  const reason = AROUND.exec(message)?.[1] ?? message;
  const role = ROLE.exec(reason)?.[2];
  const id = USER.exec(reason)?.[1];
  const meant = entries.filter(
    (entry) => (role !== undefined && roleOf(entry.item) === role) || (id !== undefined && entry.id === id),
  );
  if (meant.length === 0) return { meant, suspects: suspectsIn(entries, reason) };
  return role === undefined ? { meant, suspects: [] } : { meant, suspects: [], role };
}

/** The role that an item assigns to its user. */
export function roleOf(item: unknown): unknown {
  return read(item, "role") ?? read(read(item, "set"), "role");
}

/** The users with the most values in a reason. None when that is all users. */
function suspectsIn(entries: Chunk, reason: string): Chunk {
  if (!/["'[]|user /.test(reason)) return [];
  const counts = entries.map((entry) => countIn(reason, entry));
  const most = counts.reduce((one, other) => Math.max(one, other), 0);
  const suspects = entries.filter((_, at) => counts[at] === most);
  if (most > 0) return suspects.length < entries.length ? suspects : [];
  const entry = entries[indexOf(reason) ?? -1];
  return entry === undefined ? [] : [entry];
}

/** How many of a user's values occur in a reason, in quotes or brackets, or the id after the word "user". */
function countIn(reason: string, { id, item }: Entry): number {
  const values = new Set([
    ...textsIn(item),
    ...["set", "custom", "teams", "teams_role"].flatMap((name) => textsIn(read(item, name))),
  ]);
  if (id !== undefined) values.add(id);
  let count = id !== undefined && `${reason} `.includes(`user ${id} `) ? 1 : 0;
  for (const value of values) {
    const around = [`"${value}"`, `'${value}'`, `[${value}]`, `\\"${value}\\"`];
    if (value.length > 0 && value.length <= LONGEST_VALUE && around.some((text) => reason.includes(text))) count++;
  }
  return count;
}

function textsIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  try {
    return Object.values(value).filter((each) => typeof each === "string");
  } catch {
    return [];
  }
}
