// A `fetch` that records requests and responses, with secrets removed first.

import type { PageFetch } from "./fetch.ts";
import { redactedBody, redactedHeaders, redactedUrl } from "./redact.ts";

export interface Exchange {
  method: string;
  url: string;
  requestHeaders: [string, string][];
  requestBody: unknown;
  /** When it was sent and when it was answered, as `performance.now()` has it. */
  start: number;
  end?: number;
  status?: number;
  responseHeaders?: [string, string][];
  responseBody?: unknown;
  /** Why no answer came. */
  failure?: string;
}

/** Calls `report` when a request is sent, when it is answered and when its body is there, with what is known by then. */
export function recording(fetch: PageFetch, report: (exchange: Exchange) => void): PageFetch {
  return async (url, init = {}) => {
    let exchange = sent(url, init);
    const learn = (more: Partial<Exchange>) => {
      exchange = { ...exchange, ...more };
      report(exchange);
    };
    report(exchange);
    try {
      const response = await fetch(url, init);
      learn({ end: performance.now(), status: response.status, responseHeaders: redactedHeaders(response.headers) });
      const copy = response.clone();
      copy.text().then(
        (body) => learn({ responseBody: redactedBody(body) }),
        () => learn({ failure: "the body broke off" }),
      );
      return response;
    } catch (error) {
      learn({ end: performance.now(), failure: init.signal?.aborted ? "called off" : reason(error) });
      throw error;
    }
  };
}

function sent(url: string, init: RequestInit): Exchange {
  return {
    method: init.method ?? "GET",
    url: redactedUrl(url),
    requestHeaders: redactedHeaders(new Headers(init.headers)),
    requestBody: typeof init.body === "string" ? redactedBody(init.body) : undefined,
    start: performance.now(),
  };
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : "the connection failed";
}
