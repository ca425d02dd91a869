// The Worker's responses: successes and errors.
import { isStreamError, type StreamError } from "getstream-users";

/** An error response, to be thrown. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly headers: Record<string, string> = {},
  ) {
    super(message);
  }
}

export function json(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return Response.json(body, { status, headers: { "cache-control": "no-store", ...headers } });
}

/** The response for a thrown value. Errors of this Worker or its set-up are logged, and not shown to the caller. */
export function refusal(error: unknown): Response {
  const { status, code, message, headers } = refusalOf(error);
  if (status >= 500) console.error(JSON.stringify({ code, error: isStreamError(error) ? error : String(error) }));
  return json(status, { error: { code, message } }, headers);
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  return isStreamError(error) ? ofStream(error) : INTERNAL;
}

function ofStream(error: StreamError): Refusal {
  switch (error.kind) {
    case "rate_limit":
      return new Refusal(429, "rate_limit", "Stream takes no more calls for now", retryAfter(error, 60));
    case "server":
    case "connection":
    case "timeout":
    case "response":
      return new Refusal(503, "unavailable", "Stream cannot be reached", retryAfter(error, 10));
    case "invalid_argument":
    case "invalid_request":
    case "not_found":
      return new Refusal(422, "refused", error.message);
    default:
      // A wrong key or secret, or a call that the app does not allow: the caller cannot fix that.
      return INTERNAL;
  }
}

function retryAfter({ retryAfter }: StreamError, otherwise: number): Record<string, string> {
  return { "retry-after": String(retryAfter === undefined ? otherwise : Math.ceil(retryAfter / 1000)) };
}

const INTERNAL = new Refusal(500, "internal", "Something went wrong on this side");
