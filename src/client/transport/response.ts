// Reads the headers of a response, and the body of an error.

import { read } from "../errors.js";
import type { FetchResponse, RateLimit, RequestMetadata } from "../types.js";

/** Longer than any message of the API, and short enough for logs. */
const LONGEST_MESSAGE = 2000;
/** The API's error bodies have a few hundred bytes; a proxy or a hostile server may send any amount. */
const LONGEST_BODY = 65_536;
/** More chunks than a body of that length has. Ends an endless stream of empty chunks. */
const MOST_CHUNKS = 10_000;

export function metadataOf(clientRequestId: string, response: FetchResponse): RequestMetadata {
  const { headers } = response;
  return {
    clientRequestId,
    // A custom `fetch` may return headers of another class.
    responseHeaders: headers as Headers,
    responseCode: response.status,
    rateLimit: rateLimitOf(headers),
  };
}

function rateLimitOf(headers: FetchResponse["headers"]): RateLimit {
  const limit = headers.get("x-ratelimit-limit");
  const remaining = headers.get("x-ratelimit-remaining");
  const reset = headers.get("x-ratelimit-reset");
  return {
    rateLimit: limit === null ? undefined : Number(limit),
    rateLimitRemaining: remaining === null ? undefined : Number(remaining),
    rateLimitReset: reset === null ? undefined : new Date(Number(reset) * 1000),
  };
}

/**
 * Milliseconds to wait before a retry: `Retry-After`, in seconds or as a date; for status 429 without it, the end of the
 * rate-limit window.
 */
export function retryAfterOf({ status, headers }: FetchResponse): number | undefined {
  const text = headers.get("retry-after");
  const reset = status === 429 ? headers.get("x-ratelimit-reset") : null;
  let milliseconds = Number.NaN;
  if (text) milliseconds = /^[\d.]+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now();
  if (Number.isNaN(milliseconds) && reset) milliseconds = Number(reset) * 1000 - Date.now();
  return Number.isNaN(milliseconds) ? undefined : Math.max(0, milliseconds);
}

/**
 * The beginning of an error's body. The rest is cancelled, because an unread body occupies one of a Worker's six
 * connections.
 */
export async function readText(response: FetchResponse & { readonly body?: unknown }): Promise<string> {
  const body = response.body as Partial<ReadableStream<Uint8Array>> | null | undefined;
  const reader = body?.getReader?.();
  if (reader === undefined) return response.text();
  const decoder = new TextDecoder();
  let text = "";
  for (let chunks = 0; text.length < LONGEST_BODY && chunks < MOST_CHUNKS; chunks++) {
    const { done, value } = await reader.read();
    if (done) return text;
    text += decoder.decode(value, { stream: true });
  }
  // Not awaited, and its failure does not matter.
  reader.cancel().catch(() => {});
  return text;
}

/** The fields of an error body, if it is one of the API's. */
export interface ApiProblem {
  readonly code?: number;
  readonly message?: string;
  readonly unrecoverable?: boolean;
  readonly exceptionFields?: Record<string, string>;
}

export function problemOf(text: string): ApiProblem {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    // A proxy's page, or nothing: only the status is known.
    return {};
  }
  const [code, message] = [read(body, "code"), read(body, "message")];
  if (typeof code !== "number" || (code | 0) !== code || typeof message !== "string") return {};
  const fields = read(body, "exception_fields");
  return {
    code,
    message: message.slice(0, LONGEST_MESSAGE),
    unrecoverable: Boolean(read(body, "unrecoverable")),
    ...(typeof fields === "object" && fields !== null && { exceptionFields: fields as Record<string, string> }),
  };
}
