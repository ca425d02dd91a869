// What Stream tells an app: an event about users has dates, any other is left as its JSON is.

import { date } from "../dates.js";
import { broken } from "./content.js";

const USER_EVENTS = new Set([
  "user.updated",
  "user.deleted",
  "user.deactivated",
  "user.reactivated",
  "user.banned",
  "user.unbanned",
  "user.muted",
  "user.unmuted",
  "user.flagged",
  "user.messages.deleted",
  "user.unread_message_reminder",
  "user_group.created",
  "user_group.updated",
  "user_group.deleted",
  "user_group.member_added",
  "user_group.member_removed",
  "export.users.success",
  "export.users.error",
]);

/** The times whose names do not end with `_at`. */
const TIMES = new Set([
  "last_active",
  "expires",
  "expiration",
  "ban_expires",
  "mute_expires",
  "disabled_until",
  "revoke_tokens_issued_before",
]);

/** Whether an event is about users. */
export function isUserEvent(event) {
  return USER_EVENTS.has(event?.type);
}

/** The event in the JSON that Stream wrote. */
export function eventOf(json) {
  let event;
  try {
    event = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(json));
  } catch (cause) {
    throw broken("invalid JSON payload", cause);
  }
  if (typeof event !== "object" || event === null || Array.isArray(event)) {
    throw broken("invalid JSON payload: an event is an object");
  }
  if (typeof event.type !== "string" || event.type === "") throw broken("missing 'type' field");
  if (isUserEvent(event)) convertTimes(event);
  return event;
}

/** Turns times into `Date`, in place, wherever they stand but in an app's own data. */
function convertTimes(object) {
  for (const [name, value] of Object.entries(object)) {
    if (name === "custom" || name === "channel_custom") continue;
    if (typeof value === "object" && value !== null) convertTimes(value);
    else if (name.endsWith("_at") || TIMES.has(name)) object[name] = timeOf(value);
  }
}

/** A time, or what came in its place. */
function timeOf(value) {
  const time = date(value);
  return Number.isNaN(time?.getTime?.()) ? value : time;
}
