// What stands in an answer beside a success's result.

/** Longer than any message of the API, and short enough for every log. */
const LONGEST_MESSAGE = 2000;
/** The API's error bodies have a few hundred bytes; a proxy's page, or a hostile server's, may have any number. */
const LONGEST_BODY = 65_536;

export function metadata(clientRequestId, response) {
  const { headers } = response;
  return {
    clientRequestId,
    responseHeaders: headers,
    responseCode: response.status,
    rateLimit: rateLimit(headers),
  };
}

function rateLimit(headers) {
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
 * Milliseconds until the server wants to be asked again: `Retry-After` as seconds or as a date, else the end of the
 * rate-limit window that is used up.
 */
export function retryAfter({ status, headers }) {
  const text = headers?.get?.("retry-after");
  const reset = status === 429 ? headers?.get?.("x-ratelimit-reset") : null;
  let milliseconds = Number.NaN;
  if (text) milliseconds = /^[\d.]+$/.test(text) ? text * 1000 : Date.parse(text) - Date.now();
  if (Number.isNaN(milliseconds) && reset) milliseconds = reset * 1000 - Date.now();
  return Number.isNaN(milliseconds) ? undefined : Math.max(0, milliseconds);
}

/**
 * The text of an error's body, as much of it as matters. What remains is called off: an unread body keeps one of a
 * Worker's six connections.
 */
export async function readText(response) {
  const reader = response.body?.getReader?.();
  if (reader === undefined) return response.text();
  const decoder = new TextDecoder();
  let text = "";
  while (text.length < LONGEST_BODY) {
    const { done, value } = await reader.read();
    if (done) return text;
    text += decoder.decode(value, { stream: true });
  }
  // Nobody waits for it, and nobody would know what to do about its failure.
  reader.cancel().catch(() => {});
  return text;
}

/** What an error body says, as far as it says it the way the API does. */
export function problemOf(text) {
  try {
    const { code, message, unrecoverable, exception_fields, details } = JSON.parse(text);
    if ((code | 0) === code && typeof message === "string") {
      return { code, message: message.slice(0, LONGEST_MESSAGE), unrecoverable, exception_fields, details };
    }
  } catch {
    // A proxy's page, or nothing at all: the status has to do.
  }
  return {};
}
