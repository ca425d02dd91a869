// Parses events. In events about users, dates become `Date`s; other events stay as JSON has them.

import { createWebhookError, read } from "../errors.js";
import { date } from "../generated/dates.js";
import type { BanResponse, FullUserResponse, PushPreferencesResponse, UserMuteResponse } from "../generated/models.js";
import type { WebhookEvent } from "./types.js";
import type { EventFields, UserEvent } from "./user-events.js";

/** The types of events about users. `satisfies` makes the list complete. */
const USER_EVENTS = {
  "user.updated": 1,
  "user.deleted": 1,
  "user.deactivated": 1,
  "user.reactivated": 1,
  "user.banned": 1,
  "user.unbanned": 1,
  "user.muted": 1,
  "user.unmuted": 1,
  "user.flagged": 1,
  "user.messages.deleted": 1,
  "user.unread_message_reminder": 1,
  "user_group.created": 1,
  "user_group.updated": 1,
  "user_group.deleted": 1,
  "user_group.member_added": 1,
  "user_group.member_removed": 1,
  "export.users.success": 1,
  "export.users.error": 1,
} satisfies Record<UserEvent["type"], 1>;

/** The names of all date fields in a type, at any depth. */
type DateNames<T> = T extends readonly (infer Item)[]
  ? DateNames<Item>
  : T extends object
    ? { [Name in keyof T & string]: NameIfDate<Name, NonNullable<T[Name]>> }[keyof T & string]
    : never;
type NameIfDate<Name, Value> = Value extends Date ? Name : DateNames<Value>;

/** The types that occur in events. */
type InEvents = UserEvent | FullUserResponse | BanResponse | UserMuteResponse | PushPreferencesResponse;

/** The date fields whose names do not end with `_at`. `satisfies` makes the list complete. */
const DATES = {
  ban_expires: 1,
  disabled_until: 1,
  expiration: 1,
  expires: 1,
  last_active: 1,
  revoke_tokens_issued_before: 1,
} satisfies Record<Exclude<DateNames<InEvents>, `${string}_at`>, 1>;

/**
 * Deeper JSON is refused. Custom data of 5 kB can have 2,500 levels; and `JSON.stringify`, which receivers call on events,
 * handles 4,100 in Node.
 */
const MOST_LEVELS = 3000;

/** Whether an event is about users. If so, it has the fields and `Date`s of its type. */
export function isUserEvent<Event extends { type: string }>(
  event: Event,
): event is Extract<Event, EventFields & { type: UserEvent["type"] }> {
  const type = read(event, "type");
  return typeof type === "string" && Object.hasOwn(USER_EVENTS, type);
}

/** Parses the JSON of an event. */
export function eventOf(json: Uint8Array): WebhookEvent {
  const event = parsed(json);
  if (typeof event !== "object" || event === null || Array.isArray(event)) {
    throw createWebhookError("response", "invalid JSON payload: an event is an object");
  }
  const { type } = event as { readonly type?: unknown };
  if (typeof type !== "string" || type === "") throw createWebhookError("response", "missing 'type' field");
  if (isUserEvent({ type })) convertDates(event);
  return event as WebhookEvent;
}

function parsed(json: Uint8Array): unknown {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(json);
    if (!isTooDeep(text)) return JSON.parse(text);
  } catch (cause) {
    throw createWebhookError("response", "invalid JSON payload", cause);
  }
  throw createWebhookError("response", `invalid JSON payload: it has more than ${MOST_LEVELS} levels`);
}

/** Checks the depth before parsing, because the depth that `JSON.parse` handles differs between runtimes. */
function isTooDeep(text: string): boolean {
  if (!opensOften(text)) return false;
  let levels = 0;
  let isText = false;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 0x22) isText = !isText;
    else if (isText) at += unit === 0x5c ? 1 : 0;
    else if (unit === 0x5b || unit === 0x7b) levels++;
    else if (unit === 0x5d || unit === 0x7d) levels--;
    if (levels > MOST_LEVELS) return true;
  }
  return false;
}

/** Whether there are enough brackets for so many levels: 15 times faster than counting levels, and rarely true. */
function opensOften(text: string): boolean {
  let opened = 0;
  for (const opening of "[{") {
    for (let at = text.indexOf(opening); at >= 0 && opened <= MOST_LEVELS; at = text.indexOf(opening, at + 1)) opened++;
  }
  return opened > MOST_LEVELS;
}

/** Converts dates to `Date` in place, at any depth, except in custom data. */
function convertDates(event: object): void {
  const parts: object[] = [event];
  for (const part of parts) {
    const fields = part as Record<string, unknown>;
    for (const [name, value] of Object.entries(fields)) {
      if (name === "custom" || name === "channel_custom") continue;
      if (typeof value === "object" && value !== null) parts.push(value);
      else if (name.endsWith("_at") || Object.hasOwn(DATES, name)) fields[name] = validDate(value);
    }
  }
}

/** The date, or the original value when it is not a valid date. */
function validDate(value: unknown): unknown {
  const converted = date(value);
  return converted instanceof Date && Number.isNaN(converted.getTime()) ? value : converted;
}
