// `getstream-users/webhooks`: what Stream tells an app, unpacked, verified and typed. Own entry, because few Workers take
// webhooks and all of them would carry it.

import { date } from "../dates.js";
import { newError, ResponseError, withCause } from "../errors.js";
import { bytesOf } from "../values.js";

/** Far more than any event has; a few kB of gzip can hold gigabytes. */
const LONGEST = 10_485_760;

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

export function isUserEvent(event) {
  return USER_EVENTS.has(event?.type);
}

export async function verifyAndParseWebhook(client, body, signature) {
  if (typeof client?.verifyWebhook !== "function") {
    throw invalid("client", "must be a StreamClient, or something else that has its verifyWebhook");
  }
  const isRequest = typeof body?.headers?.get === "function" && "body" in body;
  const given = isRequest ? await contentOf(body) : bytesOf(body);
  if (given === undefined) {
    const what = "the body as it came (a Request, a string, a Uint8Array or an ArrayBuffer)";
    throw invalid("body", `must be ${what}; one that was parsed and written again has another signature`);
  }
  const json = await unpacked(given);
  const proof = signature ?? (isRequest ? body.headers.get("x-signature") : undefined);
  if (!client.verifyWebhook(json, proof)) {
    const reason = proof ? "the body was not signed with this app's secret, or changed on its way" : "there is none";
    throw newError("authentication", `signature mismatch: ${reason}`);
  }
  return eventOf(json);
}

export async function parseSqs(body) {
  return eventOf(await messageOf(body));
}

export async function parseSns(body) {
  return eventOf(await messageOf(notificationIn(body)));
}

/** The body of a request, which nobody may have read before. */
async function contentOf(request) {
  if (request.bodyUsed) throw invalid("body", "was read before; pass a clone of the request, or what was read");
  try {
    return request.body === null ? new Uint8Array() : await collected(request.body);
  } catch (cause) {
    throw cause instanceof ResponseError ? cause : broken("the body broke off", cause);
  }
}

/** The bytes that Stream signed. */
async function unpacked(bytes) {
  if (bytes.length === 0) throw broken("empty body");
  // Whether it is compressed is seen by its first bytes: a server in front may have unpacked it and left the header.
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    const content = await collected(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip")));
    // Not every runtime notices that the end is missing, which says how long the content is.
    const end = new DataView(bytes.buffer, bytes.byteOffset + bytes.length - 4);
    if (end.getUint32(0, true) !== content.length) throw new TypeError("it ends too early");
    return content;
  } catch (cause) {
    throw cause instanceof ResponseError ? cause : broken("gzip decompression failed", cause);
  }
}

/** All that a stream holds, up to the limit. */
async function collected(stream) {
  const reader = stream.getReader();
  const chunks = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > LONGEST) {
      // Nobody waits for it, and nobody would know what to do about its failure.
      reader.cancel().catch(() => {});
      throw broken(`too large: the body has more than ${LONGEST} bytes`);
    }
    chunks.push(value);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/** The JSON in a message of a queue: as it is, or compressed and in base64. */
function messageOf(body) {
  if (typeof body !== "string") throw invalid("body", "must be the message's text");
  const text = body.trim();
  // No base64 begins like that.
  if (text === "" || text.startsWith("{")) return unpacked(bytesOf(text));
  let binary;
  try {
    binary = atob(text);
  } catch (cause) {
    throw broken("invalid base64 encoding", cause);
  }
  return unpacked(Uint8Array.from(binary, (character) => character.charCodeAt(0)));
}

/** The message in a notification of a topic, or what came if somebody took it out already. */
function notificationIn(body) {
  let envelope;
  try {
    envelope = JSON.parse(body);
  } catch {
    return body;
  }
  if (typeof envelope?.Message !== "string") return body;
  const { Type = "Notification", Message } = envelope;
  if (Type !== "Notification") {
    throw broken(`not a notification: SNS sent a ${Type}; to subscribe, open its SubscribeURL`);
  }
  return Message;
}

function eventOf(json) {
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

function broken(words, cause) {
  const error = newError("response", words);
  return cause === undefined ? error : withCause(error, cause);
}

function invalid(field, problem) {
  return newError("invalid_argument", `${field} ${problem}`, field);
}
