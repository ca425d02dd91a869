// Reads the body of a webhook, up to a limit.

import { createError, createWebhookError, read, type StreamError } from "../errors.js";
import { bytesOf } from "../values.js";

/** Far more than any event has. Needed because a few kB of gzip can expand to gigabytes. */
const MOST_BYTES = 10_485_760;
/** A body of that size has fewer chunks. Empty chunks could continue forever, and millions of tiny ones fill the memory. */
const MOST_CHUNKS = 16_384;

/** The part of a `Request` that is used here. A library's `Request` may have another kind of stream, or none. */
interface Readable {
  arrayBuffer(): Promise<unknown>;
}

/** Whether a value is like a `Request`. It may come from another realm or a library. */
export function isRequest(value: unknown): value is Readable {
  return typeof read(read(value, "headers"), "get") === "function" && typeof read(value, "arrayBuffer") === "function";
}

/** Reads the body of a request, which must be unread. */
export async function bodyOf(request: Readable): Promise<Uint8Array> {
  const stream = read(request, "body");
  if (read(request, "bodyUsed") === true || read(stream, "locked") === true) {
    throw refused("verifyAndParseWebhook", "was read before; pass a clone of the request, or what was read");
  }
  let bytes: Uint8Array | undefined;
  try {
    bytes = isStream(stream) ? await collected(stream) : bytesIn(await request.arrayBuffer());
  } catch (cause) {
    throw createWebhookError("response", "reading the body failed", cause);
  }
  return notTooLarge(bytes);
}

function isStream(value: unknown): value is ReadableStream<unknown> {
  return typeof read(value, "getReader") === "function";
}

/** Reads a whole stream; undefined when it is too large. */
export async function collected(stream: ReadableStream<unknown>): Promise<Uint8Array | undefined> {
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    while (size <= MOST_BYTES && chunks.length <= MOST_CHUNKS) {
      const { done, value } = await reader.read();
      if (done) return joined(chunks, size);
      const chunk = bytesIn(value);
      size += chunk.length;
      chunks.push(chunk);
    }
    cancel(reader);
    return undefined;
  } catch (thrown) {
    cancel(reader);
    throw thrown;
  }
}

/** Cancels a stream. Not awaited, and its failure does not matter. */
function cancel(reader: ReadableStreamDefaultReader<unknown>): void {
  Promise.resolve()
    .then(() => reader.cancel())
    .catch(() => {});
}

/** Throws if a body was too large. */
export function notTooLarge(bytes: Uint8Array | undefined): Uint8Array {
  if (bytes !== undefined) return bytes;
  const limits = `${MOST_BYTES} bytes or ${MOST_CHUNKS} chunks`;
  throw createWebhookError("response", `too large: the body has more than ${limits}`);
}

function bytesIn(chunk: unknown): Uint8Array {
  const bytes = bytesOf(chunk);
  if (bytes === undefined) throw new TypeError("the body is not made of bytes");
  return bytes;
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/** The error for an invalid `body` argument. */
export function refused(method: string, problem: string): StreamError {
  return createError("invalid_argument", `${method}: body ${problem}`, { field: "body" });
}
