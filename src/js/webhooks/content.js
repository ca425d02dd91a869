// The bytes that Stream signed, out of what came: read to the end, and unpacked.

import { newError, ResponseError, withCause } from "../errors.js";

/** Far more than any event has; a few kB of gzip can hold gigabytes. */
const LONGEST = 10_485_760;

/** The body of a request, which nobody may have read before. */
export async function contentOf(request) {
  if (request.bodyUsed) throw refused("was read before; pass a clone of the request, or what was read");
  try {
    return request.body === null ? new Uint8Array() : await collected(request.body);
  } catch (cause) {
    throw cause instanceof ResponseError ? cause : broken("the body broke off", cause);
  }
}

/** The bytes that Stream signed. */
export async function unpacked(bytes) {
  if (bytes.length === 0) throw broken("empty body");
  // Whether it is compressed is seen by its first bytes: a server in front may have unpacked it and left the header.
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    const content = await collected(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip")));
    // Not every runtime notices that the end is missing, which says how long the content is.
    const end = new DataView(bytes.buffer, bytes.byteOffset + bytes.length - 4);
    if (end.getUint32(0, true) !== content.length) throw new TypeError("it ends too early");
    return content;
  } catch (cause) {
    throw cause instanceof ResponseError ? cause : broken("gzip decompression failed", cause);
  }
}

/** All that a stream holds, up to the limit. */
async function collected(stream) {
  const reader = stream.getReader();
  const chunks = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > LONGEST) {
      // Nobody waits for it, and nobody would know what to do about its failure.
      reader.cancel().catch(() => {});
      throw broken(`too large: the body has more than ${LONGEST} bytes`);
    }
    chunks.push(value);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/** The error for what is not what Stream sends. */
export function broken(words, cause) {
  const error = newError("response", words);
  return cause === undefined ? error : withCause(error, cause);
}

/** The error for what nobody can read as a body. */
export function refused(problem) {
  return newError("invalid_argument", `body ${problem}`, "body");
}
