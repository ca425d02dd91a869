// A `fetch` that records requests and responses, with secrets removed first.

import type { PageFetch } from "./fetch.ts";
import { redactedBody, redactedHeaders, redactedUrl } from "./redact.ts";

export interface Exchange {
  method: string;
  url: string;
  requestHeaders: [string, string][];
  requestBody: unknown;
  /** When the request was sent and when the response came, in `performance.now()` time. */
  start: number;
  end?: number;
  status?: number;
  responseHeaders?: [string, string][];
  responseBody?: unknown;
  /** Why there was no response. */
  failure?: string;
}

/** Calls `report` with what is known when a request is sent, when its response comes and when its body is complete. */
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
        () => learn({ failure: "reading the body failed" }),
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
