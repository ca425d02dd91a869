// A webhook's headers: its signature, its event's id and its attempt.

import type { WebhookEvent } from "./types.js";

/** A webhook's `X-Signature` header, alone or in a list as some platforms have it, or all the webhook's headers. */
export type WebhookSignature = string | readonly string[] | WebhookHeaders | null | undefined;

/** A webhook's headers: a `Headers`, or an object such as `request.headers` of Node and Express or `event.headers` of Lambda. */
export type WebhookHeaders =
  | { get(name: string): string | null | undefined }
  | { readonly [name: string]: string | readonly string[] | undefined };

/** Which event a webhook brings, and how often it was sent. Headers say so, and only the body is signed. */
export interface WebhookDelivery {
  /** The event's id, `X-Webhook-Id`: the same in every attempt, so that a receiver can drop what it has had already. */
  readonly id: string;
  /** Which attempt it is, `X-Webhook-Attempt`; the first is 1. */
  readonly attempt?: number | undefined;
  /** The key of the app that the event is about, `X-Api-Key`. */
  readonly apiKey?: string | undefined;
}

/** What an event has beside its JSON. */
export interface DeliveredEvent {
  /**
   * Which event the webhook brings, and how often it was sent, if its headers were given: with a `Request`, or in place of
   * the signature. Not a field: it is neither copied nor written as JSON.
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
 * The values of a header: platforms have those of several headers in a list, or in one text with commas. The signature may
 * stand alone, in place of the headers.
 */
function valuesOf(name: string, given: unknown): string[] {
  try {
    const isAlone = typeof given !== "object" || Array.isArray(given);
    if (isAlone && name !== SIGNATURE) return [];
    const value = isAlone ? given : headerOf(given, name);
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    return values.flatMap((each) => (typeof each === "string" && each !== "" ? each.split(/, */) : []));
  } catch {
    // No headers, or such as throw when they are read.
    return [];
  }
}

/** A header, from a `Headers`, or from an object as Node, Express and Lambda have it, where names may have capitals. */
function headerOf(headers: unknown, name: string): unknown {
  const { get } = headers as { get?: unknown };
  if (typeof get === "function") return get.call(headers, name);
  const entry = Object.entries(headers as object).find(([key]) => key.toLowerCase() === name);
  return entry?.[1];
}

/** The signatures in what a caller gave for the signature: itself, alone or in a list, or the headers it is among. */
export function signaturesIn(given: unknown): string[] {
  // As it usually comes: 1 µs less.
  return typeof given === "string" && given !== "" && !given.includes(",") ? [given] : valuesOf(SIGNATURE, given);
}

/** Which event a webhook brings, and how often it was sent, if its headers say so. */
function deliveryOf(headers: unknown): WebhookDelivery | undefined {
  const [id, attempt, apiKey] = ["x-webhook-id", "x-webhook-attempt", "x-api-key"].map(
    (name) => valuesOf(name, headers)[0],
  );
  return id === undefined ? undefined : { id, attempt: Number(attempt) || undefined, apiKey };
}

/** Tells an event how it came. Neither copies nor JSON of the event have it; a field of that name would stay. */
export function attachDelivery(event: WebhookEvent, headers: unknown): void {
  const value = deliveryOf(headers);
  if (value !== undefined && !("delivery" in event)) {
    Object.defineProperty(event, "delivery", { value, configurable: true, writable: true });
  }
}
