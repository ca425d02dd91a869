// Compressed bodies.
//
// Stream compresses a body as one gzip member, and a server in between may fill it up with zeros. That is accepted in every
// runtime, and nothing else is. What `DecompressionStream` makes of the rest differs: zeros behind the end pass in Node 20
// alone, several members in Node 20, 22 and Bun, and workerd takes a body that is cut off for a whole one when its
// compatibility date is before August 2023. So the member's end is looked for here, nothing behind it is handed over, and
// the content is compared with the member's own checksum and size. An inflate of our own, 1.2 kB, would do without all this;
// but 10 MB would take it 0.8 s, in which nothing else runs, and the runtime takes 0.05 s beside everything else.

import { createError, createWebhookError } from "../errors.js";
import { collected, notTooLarge } from "./content.js";

/** Whether a body is compressed, by its first bytes: a server in between may have decompressed it and left the header. */
export function isCompressed(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** The JSON that Stream signed: a compressed body is decompressed, any other is what it is. */
export async function decompressed(bytes: Uint8Array): Promise<Uint8Array> {
  if (bytes.length === 0) throw createWebhookError("response", "empty body");
  if (!isCompressed(bytes)) return bytes;
  if (typeof DecompressionStream === "undefined") {
    const wayOut = "decompress the body, with node:zlib for instance, and pass the JSON, which is what Stream signed";
    throw createError("config", `compressed bodies need DecompressionStream, which is missing here: ${wayOut}`);
  }
  let cause: unknown;
  for (const end of possibleEnds(bytes)) {
    const member = bytes.subarray(0, end);
    let inflated: Uint8Array | undefined;
    try {
      inflated = await inflate(member);
    } catch (thrown) {
      cause ??= thrown;
      continue;
    }
    const content = notTooLarge(inflated);
    if (isWhole(member, content)) return content;
  }
  const message =
    "gzip decompression failed: the body must be one whole gzip member, with content and nothing behind it";
  throw createWebhookError("response", message, cause);
}

/**
 * Where the member may end. Its last four bytes are the size of its content, the lowest first. The last is zero, since
 * content of 16 MiB is refused, and so may be the two before it: they look like the zeros behind a member.
 */
function possibleEnds(bytes: Uint8Array): number[] {
  let last = bytes.length;
  while (bytes[last - 1] === 0) last--;
  return [3, 2, 1, 0].map((zeros) => last + zeros).filter((end) => end <= bytes.length);
}

/** A chunk's whole content waits in memory in some runtimes: 1,032 times as much at the most. */
const CHUNK = 8192;

/** What the runtime makes of a member. Not by way of a `Blob`, which cannot be streamed in jsdom. */
async function inflate(member: Uint8Array): Promise<Uint8Array | undefined> {
  const { readable, writable } = new DecompressionStream("gzip");
  const writer = writable.getWriter();
  // The reader hears of every failure.
  const ignore = () => {};
  for (let at = 0; at < member.length; at += CHUNK) writer.write(member.slice(at, at + CHUNK)).catch(ignore);
  writer.close().catch(ignore);
  writer.closed.catch(ignore);
  return collected(readable);
}

/** Before another member: the end of one without content, whose checksum and size are 0. */
const EMPTY_MEMBER = [0, 0, 0, 0, 0, 0, 0, 0, 0x1f, 0x8b];

/** Whether the content is that of a member which ends where the bytes end, and begins where they begin. */
function isWhole(member: Uint8Array, content: Uint8Array): boolean {
  const trailer = member.slice(-8);
  const numbers = new DataView(trailer.buffer);
  if (content.length === 0 || content.length !== numbers.getUint32(4, true)) return false;
  if (checksum(content) !== numbers.getUint32(0, true)) return false;
  // A runtime that stops at the first member's end would not see that something follows; and one that goes on would find
  // the same content if the first member had none.
  return indexOf(member, [...trailer]) === member.length - 8 && indexOf(member, EMPTY_MEMBER) < 0;
}

/** Where some bytes stand first. */
function indexOf(bytes: Uint8Array, wanted: readonly number[]): number {
  for (let at = 0; ; at++) {
    at = bytes.indexOf(wanted[0] ?? 0, at);
    if (at < 0 || wanted.every((byte, offset) => bytes[at + offset] === byte)) return at;
  }
}

/** The checksum that gzip uses: CRC-32. */
function checksum(bytes: Uint8Array): number {
  const table = Uint32Array.from({ length: 256 }, (_, byte) => {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
    return crc;
  });
  let crc = -1;
  for (const byte of bytes) crc = (crc >>> 8) ^ (table[(crc ^ byte) & 0xff] ?? 0);
  return ~crc >>> 0;
}
