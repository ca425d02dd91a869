// Webhooks and queue messages: decompressed, verified and parsed.

import type { Core } from "getstream-users-core";
import { createWebhookError, read, type StreamError } from "../errors.js";
import { bytesOf } from "../values.js";
import { bodyOf, isRequest, refused } from "./content.js";
import { eventOf } from "./event.js";
import { decompressed, isCompressed } from "./gzip.js";
import { attachDelivery, signaturesIn } from "./headers.js";
import { isSigned, isSignedSoon } from "./signature.js";
import type { WebhookEvent } from "./types.js";

/** Whether one of the client's secrets signed the body. */
export function verifyWebhook(core: Core, body: unknown, signature: unknown): boolean {
  const json = typeof body === "string" ? body : bytesOf(body);
  if (json === undefined)
    throw refused("verifyWebhook", "must be the raw body: a string, a Uint8Array or an ArrayBuffer");
  const given = signaturesIn(signature);
  return isSigned(core, json, given.length === 1 ? (given[0] ?? "") : "");
}

/** The event of a webhook that one of the client's secrets signed. */
export async function receiveWebhook(core: Core, body: unknown, signature?: unknown): Promise<WebhookEvent> {
  const headers = isRequest(body) ? read(body, "headers") : signature;
  const json = await decompressed(isRequest(body) ? await bodyOf(body) : givenBytes("verifyAndParseWebhook", body));
  const given = signatureIn(signature ?? headers);
  return verifiedEvent(await isSignedSoon(core, json, given), json, given, headers);
}

/** The same for an uncompressed body, synchronously. */
export function parseWebhookSync(core: Core, body: unknown, signature: unknown): WebhookEvent {
  const json = givenBytes("parseWebhook", body);
  if (json.length === 0) throw createWebhookError("response", "empty body");
  if (isCompressed(json))
    throw refused("parseWebhook", "is compressed; await verifyAndParseWebhook, which decompresses it");
  const given = signatureIn(signature);
  return verifiedEvent(isSigned(core, json, given), json, given, signature);
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
  const wanted =
    "must be the raw body: a Request (with verifyAndParseWebhook), a string, a Uint8Array or an ArrayBuffer";
  throw refused(method, `${wanted}; parsing and serializing it again would change the signature`);
}

/** The signature; empty when there is none. */
function signatureIn(given: unknown): string {
  const [only = "", ...others] = signaturesIn(given);
  if (others.length > 0) throw mismatch(`there are ${others.length + 1} signatures, and Stream sends one`);
  return only;
}

/** The event, if its signature is right. `headers` may be headers, which add the delivery, or anything else. */
function verifiedEvent(isRight: boolean, json: Uint8Array, signature: string, headers: unknown): WebhookEvent {
  if (!isRight) {
    throw mismatch(
      signature === "" ? "there is none" : "the body was not signed with this app's secret, or was changed",
    );
  }
  const event = eventOf(json);
  attachDelivery(event, headers);
  return event;
}

function mismatch(reason: string): StreamError {
  return createWebhookError("authentication", `signature mismatch: ${reason}`);
}

/** The JSON in a queue message, which may be compressed and in base64. */
function messageOf(method: string, body: unknown): Promise<Uint8Array> {
  if (typeof body !== "string") throw refused(method, "must be the message's text");
  const text = body.trim();
  // Base64 cannot begin with a brace.
  if (text === "" || text.startsWith("{")) return decompressed(new TextEncoder().encode(text));
  let binary: string;
  try {
    binary = atob(text);
  } catch (cause) {
    throw createWebhookError("response", "invalid base64 encoding", cause);
  }
  return decompressed(Uint8Array.from(binary, (character) => character.charCodeAt(0)));
}

/** The message in an SNS notification. A body that is not a notification is taken for the message itself. */
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
