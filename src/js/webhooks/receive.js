// Webhooks and messages of queues: what Stream tells an app, unpacked, verified and typed.

import { newError } from "../errors.js";
import { bytesOf } from "../values.js";
import { broken, contentOf, refused, unpacked } from "./content.js";
import { eventOf } from "./event.js";

/** The event of a webhook's call, if the client's secret signed it. */
export async function receive(client, body, signature) {
  const isRequest = typeof body?.headers?.get === "function" && "body" in body;
  const given = isRequest ? await contentOf(body) : bytesOf(body);
  if (given === undefined) {
    const what = "the body as it came (a Request, a string, a Uint8Array or an ArrayBuffer)";
    throw refused(`must be ${what}; one that was parsed and written again has another signature`);
  }
  const json = await unpacked(given);
  const proof = signature ?? (isRequest ? body.headers.get("x-signature") : undefined);
  if (!client.verifyWebhook(json, proof)) {
    const reason = proof ? "the body was not signed with this app's secret, or changed on its way" : "there is none";
    throw newError("authentication", `signature mismatch: ${reason}`);
  }
  return eventOf(json);
}

/** The event in a message of an SQS queue. */
export async function parseSqs(body) {
  return eventOf(await messageOf(body));
}

/** The event in a notification of an SNS topic. */
export async function parseSns(body) {
  return eventOf(await messageOf(notificationIn(body)));
}

/** The JSON in a message of a queue: as it is, or compressed and in base64. */
function messageOf(body) {
  if (typeof body !== "string") throw refused("must be the message's text");
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
