// Webhooks, and the messages of queues: decompressed, verified and typed.

import { createWebhookError, read, type StreamError } from "../errors.js";
import { bytesOf } from "../values.js";
import { bodyOf, isRequest, refused } from "./content.js";
import { eventOf } from "./event.js";
import { decompressed, isCompressed } from "./gzip.js";
import { attachDelivery, signaturesIn } from "./headers.js";
import type { WebhookEvent } from "./types.js";

/** Whether a signature is that of the JSON, made with one of the client's secrets. */
export type Verify = (json: Uint8Array, signature: string) => boolean;

/** The event of a webhook, if one of the client's secrets signed it. */
export async function receiveWebhook(verify: Verify, body: unknown, signature?: unknown): Promise<WebhookEvent> {
  if (!isRequest(body)) {
    const json = await decompressed(givenBytes("verifyAndParseWebhook", body));
    return verifiedEvent(verify, json, signature, signature);
  }
  const headers = read(body, "headers");
  const json = await decompressed(await bodyOf(body));
  return verifiedEvent(verify, json, signature ?? headers, headers);
}

/** The event of a webhook whose body is not compressed, at once. */
export function parseWebhookSync(verify: Verify, body: unknown, signature: unknown): WebhookEvent {
  const json = givenBytes("parseWebhook", body);
  if (json.length === 0) throw createWebhookError("response", "empty body");
  if (isCompressed(json))
    throw refused("parseWebhook", "is compressed; await verifyAndParseWebhook, which decompresses it");
  return verifiedEvent(verify, json, signature, signature);
}

/** The event in a message of an SQS queue. */
export async function parseSqs(body: unknown): Promise<WebhookEvent> {
  return eventOf(await messageOf("parseSqs", body));
}

/** The event in a notification of an SNS topic. */
export async function parseSns(body: unknown): Promise<WebhookEvent> {
  return eventOf(await messageOf("parseSns", notificationIn(body)));
}

function givenBytes(method: string, body: unknown): Uint8Array {
  const bytes = bytesOf(body);
  if (bytes !== undefined) return bytes;
  const wanted = "must be as it came: a Request (with verifyAndParseWebhook), a string, a Uint8Array or an ArrayBuffer";
  throw refused(method, `${wanted}; one that was parsed and written again has another signature`);
}

/** The event, if its signature is right; `headers` have it, or say how the event came, if they are headers. */
function verifiedEvent(verify: Verify, json: Uint8Array, signature: unknown, headers: unknown): WebhookEvent {
  const given = signaturesIn(signature);
  const [only = ""] = given;
  if (given.length > 1) throw mismatch(`there are ${given.length} signatures, and Stream sends one`);
  if (!verify(json, only)) {
    throw mismatch(
      only === "" ? "there is none" : "the body was not signed with this app's secret, or changed on its way",
    );
  }
  const event = eventOf(json);
  attachDelivery(event, headers);
  return event;
}

function mismatch(reason: string): StreamError {
  return createWebhookError("authentication", `signature mismatch: ${reason}`);
}

/** The JSON in a message of a queue: as it is, or compressed and in base64. */
function messageOf(method: string, body: unknown): Promise<Uint8Array> {
  if (typeof body !== "string") throw refused(method, "must be the message's text");
  const text = body.trim();
  // No base64 begins like that.
  if (text === "" || text.startsWith("{")) return decompressed(new TextEncoder().encode(text));
  let binary: string;
  try {
    binary = atob(text);
  } catch (cause) {
    throw createWebhookError("response", "invalid base64 encoding", cause);
  }
  return decompressed(Uint8Array.from(binary, (character) => character.charCodeAt(0)));
}

/** The message in a notification of a topic, or what came if somebody took it out already. */
function notificationIn(body: unknown): unknown {
  let envelope: { readonly Type?: unknown; readonly Message?: unknown } | null;
  try {
    envelope = JSON.parse(body as string);
  } catch {
    return body;
  }
  if (typeof envelope?.Message !== "string") return body;
  const { Type = "Notification", Message } = envelope;
  if (Type !== "Notification") {
    const sent = typeof Type === "string" ? `a ${Type}` : "something else";
    throw createWebhookError("response", `not a notification: SNS sent ${sent}; to subscribe, open its SubscribeURL`);
  }
  return Message;
}
