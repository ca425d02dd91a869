// Which users the API means when it refuses a request for many: values in, decisions out. The API reports one fault per
// request, in words alone; the code is the same for all.

import { read, type StreamError } from "../errors.js";
import type { Chunk, Entry } from "./chunks.js";
import { indexOf } from "./rules.js";

/** Whom an error means among the users of a call. */
export interface Blame {
  /** Who would be refused alone too, with the same words. */
  readonly meant: Chunk;
  /** Who may be meant: what they hold stands in the error, in words that are not known. */
  readonly suspects: Chunk;
  /** The role that is not defined, if that is the fault. */
  readonly role?: string;
}

/** As much of an error as is looked at. */
type Failure = Pick<StreamError, "kind" | "field" | "message">;

/** What stands around the API's reason: the client's words, the operation's name, quotes. */
const AROUND =
  /^(?:Stream error code -?\d+: |task \S+ failed: (?:[\w ]+: )?)?(?:[\w ]+ failed with error: )?["\\]*(.*?)["\\]*$/s;
/** Nothing may follow: a role may have the rest of such a sentence in its name. */
const ROLE = /^role (\\?")(.+)\1 provided but not defined$/s;
/** No id has a space or a quote in it. */
const USER =
  /^(?:the )?user \\?["']?([\w@-]+)\\?["']? (?:was (?:deleted|deactivated)|does not exist|is not (?:deleted|deactivated))/;

/** Longer values are in no message. */
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

/** The role that a user is to have. */
export function roleOf(item: unknown): unknown {
  return read(item, "role") ?? read(read(item, "set"), "role");
}

/** Those of whom most stands in a reason. All of them are nobody in particular. */
function suspectsIn(entries: Chunk, reason: string): Chunk {
  if (!/["'[]|user /.test(reason)) return [];
  const counts = entries.map((entry) => countIn(reason, entry));
  const most = counts.reduce((one, other) => Math.max(one, other), 0);
  const suspects = entries.filter((_, at) => counts[at] === most);
  if (most > 0) return suspects.length < entries.length ? suspects : [];
  const entry = entries[indexOf(reason) ?? -1];
  return entry === undefined ? [] : [entry];
}

/** How many of a user's values stand in a reason, in quotes or brackets, or the id after the word user. */
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
