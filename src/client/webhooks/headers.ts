// Reads a webhook's headers: the signature, the event's id and the attempt.

import type { WebhookEvent } from "./types.js";

/** The `X-Signature` header of a webhook, alone or in an array as some platforms have it, or all headers of the webhook. */
export type WebhookSignature = string | readonly string[] | WebhookHeaders | null | undefined;

/** Headers: a `Headers`, or an object such as `request.headers` in Node and Express or `event.headers` in Lambda. */
export type WebhookHeaders =
  | { get(name: string): string | null | undefined }
  | { readonly [name: string]: string | readonly string[] | undefined };

/** The delivery of an event. It comes from the headers, which Stream does not sign. */
export interface WebhookDelivery {
  /** The event's id, `X-Webhook-Id`. It is the same in every attempt, so that a receiver can drop repeats. */
  readonly id: string;
  /** The number of the attempt, `X-Webhook-Attempt`; the first is 1. */
  readonly attempt?: number | undefined;
  /** The API key of the app, `X-Api-Key`. */
  readonly apiKey?: string | undefined;
}

/** What an event has besides its JSON. */
export interface DeliveredEvent {
  /**
   * The event's id and attempt, if the headers were given: with a `Request`, or in place of the signature. Not enumerable, so
   * copies and JSON leave it out.
   *
   * ```ts
   * const event = await client.verifyAndParseWebhook(request);
   * const isRepeat = event.delivery !== undefined && (await isKnown(event.delivery.id));
   * ```
   */
  readonly delivery?: WebhookDelivery;
}

const SIGNATURE = "x-signature";

/**
 * The values of a header. Platforms put repeated headers into an array, or into one string with commas. The signature may be
 * given alone, in place of the headers.
 */
function valuesOf(name: string, given: unknown): string[] {
  try {
    const isAlone = typeof given !== "object" || Array.isArray(given);
    if (isAlone && name !== SIGNATURE) return [];
    const value = isAlone ? given : headerOf(given, name);
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    return values.flatMap((each) => (typeof each === "string" && each !== "" ? each.split(/, */) : []));
  } catch {
    // The headers are missing, or throw when they are read.
    return [];
  }
}

/** A header from a `Headers`, or from an object as in Node, Express and Lambda, whose names may have capitals. */
function headerOf(headers: unknown, name: string): unknown {
  const { get } = headers as { get?: unknown };
  if (typeof get === "function") return get.call(headers, name);
  const entry = Object.entries(headers as object).find(([key]) => key.toLowerCase() === name);
  return entry?.[1];
}

/** The signatures in a `signature` argument: a string, an array or headers. */
export function signaturesIn(given: unknown): string[] {
  // The usual case, 1 µs faster.
  return typeof given === "string" && given !== "" && !given.includes(",") ? [given] : valuesOf(SIGNATURE, given);
}

/** The delivery in a webhook's headers, if they have the event's id. */
function deliveryOf(headers: unknown): WebhookDelivery | undefined {
  const [id, attempt, apiKey] = ["x-webhook-id", "x-webhook-attempt", "x-api-key"].map(
    (name) => valuesOf(name, headers)[0],
  );
  return id === undefined ? undefined : { id, attempt: Number(attempt) || undefined, apiKey };
}

/** Adds `delivery` to an event, not enumerable. A field of that name in the event wins. */
export function attachDelivery(event: WebhookEvent, headers: unknown): void {
  const value = deliveryOf(headers);
  if (value !== undefined && !("delivery" in event)) {
    Object.defineProperty(event, "delivery", { value, configurable: true, writable: true });
  }
}
