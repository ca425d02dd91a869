// Decompresses bodies.
//
// Stream compresses a body as one gzip member, and a proxy may pad it with zeros. This file accepts exactly that, in every
// runtime. `DecompressionStream` alone behaves differently in each: only Node 20 accepts trailing zeros, Node 20, 22 and Bun
// accept several members, and workerd accepts a truncated body when its compatibility date is before August 2023. So this
// file finds the end of the member, passes on nothing behind it, and compares the content with the member's checksum and size.
// An inflate of our own (1.2 kB) would not need this, but would block for 0.8 s on 10 MB; the runtime takes 0.05 s in the
// background.

import { createError, createWebhookError } from "../errors.js";
import { collected, notTooLarge } from "./content.js";

/** Whether a body is compressed, by its first bytes: a proxy may have decompressed it and kept the `Content-Encoding`. */
export function isCompressed(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** The JSON that Stream signed: the body, decompressed if it is compressed. */
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
 * The offsets where the member may end. Its last four bytes are the size of its content, little-endian. The last byte is
 * zero, since 16 MiB are refused, and the two before it may be zero: they look like padding.
 */
function possibleEnds(bytes: Uint8Array): number[] {
  let last = bytes.length;
  while (bytes[last - 1] === 0) last--;
  return [3, 2, 1, 0].map((zeros) => last + zeros).filter((end) => end <= bytes.length);
}

/** Some runtimes keep the whole content of a chunk in memory, up to 1,032 times its size. */
const CHUNK = 8192;

/** Decompresses a member with the runtime. Not through a `Blob`, which jsdom cannot stream. */
async function inflate(member: Uint8Array): Promise<Uint8Array | undefined> {
  const { readable, writable } = new DecompressionStream("gzip");
  const writer = writable.getWriter();
  // The reader reports every failure.
  const ignore = () => {};
  for (let at = 0; at < member.length; at += CHUNK) writer.write(member.slice(at, at + CHUNK)).catch(ignore);
  writer.close().catch(ignore);
  writer.closed.catch(ignore);
  return collected(readable);
}

/** The end of an empty member, whose checksum and size are 0, followed by another member. */
const EMPTY_MEMBER = [0, 0, 0, 0, 0, 0, 0, 0, 0x1f, 0x8b];

/** Whether the bytes are exactly one member with this content. */
function isWhole(member: Uint8Array, content: Uint8Array): boolean {
  const trailer = member.slice(-8);
  const numbers = new DataView(trailer.buffer);
  if (content.length === 0 || content.length !== numbers.getUint32(4, true)) return false;
  if (checksum(content) !== numbers.getUint32(0, true)) return false;
  // A runtime that stops after the first member does not see what follows, and one that continues gets the same content if
  // the first member is empty.
  return indexOf(member, [...trailer]) === member.length - 8 && indexOf(member, EMPTY_MEMBER) < 0;
}

/** The index of a sequence of bytes. */
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
