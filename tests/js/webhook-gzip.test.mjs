// Compressed webhook bodies: every runtime accepts and refuses the same ones.

import assert from "node:assert/strict";
import test from "node:test";
import { constants, gunzipSync, gzipSync, inflateRawSync } from "node:zlib";
import { InvalidWebhookError } from "getstream-users";
import { rejection } from "../support/stub.mjs";
import { bytes, client, json, parsed, sign, withGlobal } from "./webhook-fixture.mjs";

const concat = (...parts) => Buffer.concat(parts.map((part) => Buffer.from(part)));
const zeros = (count) => Buffer.alloc(count);

/** A gzip header; the flags are 4 for an extra field, 8 for a name and 16 for a comment. */
const header = (flags, ...more) => concat([0x1f, 0x8b, 8, flags, 0, 0, 0, 0, 0, 3], ...more);
const headerLength = (member) => (member[3] & 4 ? 10 + 5 + "name\0comment\0".length : 10);

const whole = gzipSync(bytes);
const another = gzipSync(json.replace("user.updated", "user.deleted"));
const empty = gzipSync("");
const emptyStored = concat(header(0), [1, 0, 0, 0xff, 0xff], zeros(8));
const emptyInTwoBlocks = concat(header(0), [0, 0, 0, 0xff, 0xff, 3, 0], zeros(8));
const named = concat(header(4 + 8 + 16, [3, 0, 1, 2, 3], "name\0comment\0"), whole.subarray(10));
const flipped = Buffer.from(whole);
flipped[60] ^= 4;

/** An event with JSON of `size` bytes. */
function eventOfSize(size) {
  const event = { type: "message.new", text: "" };
  return JSON.stringify({ ...event, text: "x".repeat(size - JSON.stringify(event).length) });
}

/** A member whose checksum starts with the first byte of another member. */
function checksumLike([first]) {
  for (let size = 40; ; size++) {
    const member = gzipSync(eventOfSize(size));
    if (member.at(-8) === first) return member;
  }
}

/** With zeros behind them. A member ends with its content's size in four bytes, of which up to three are zero, too. */
const accepted = {
  "a member": whole,
  "a member that is not compressed": gzipSync(bytes, { level: 0 }),
  "a member with a name and a comment": named,
  "content of 40 bytes": gzipSync(eventOfSize(40)),
  "content of 255 bytes": gzipSync(eventOfSize(255)),
  "content of 256 bytes": gzipSync(eventOfSize(256)),
  "content of 65,535 bytes": gzipSync(eventOfSize(65_535)),
  "content of 65,536 bytes": gzipSync(eventOfSize(65_536)),
  "content of 200,000 bytes": gzipSync(eventOfSize(200_000)),
  "a member of 20,000 bytes": gzipSync(eventOfSize(20_000), { level: 0 }),
  "a member whose checksum starts with the member's first byte": checksumLike(whole),
};

const refused = {
  "a byte behind the end": concat(whole, [1]),
  "words behind the end": concat(whole, "words"),
  "words behind zeros": concat(whole, zeros(1), "words"),
  "words behind the end, then zeros": concat(whole, "words", zeros(20)),
  "two members": concat(whole, another),
  "the same member twice": concat(whole, whole),
  "the same member three times": concat(whole, whole, whole),
  "the same member twice, then zeros": concat(whole, whole, zeros(9)),
  "zeros between two members": concat(whole, zeros(1), another),
  "zeros between the same member twice": concat(whole, zeros(1), whole),
  "an empty member first": concat(empty, whole),
  "an empty member first, of a stored block": concat(emptyStored, whole),
  "an empty member first, of two blocks": concat(emptyInTwoBlocks, whole),
  "an empty member first, zeros last": concat(empty, whole, zeros(12)),
  "two empty members first": concat(empty, empty, whole),
  "an empty member between two": concat(whole, empty, whole),
  "an empty member last": concat(whole, empty),
  "an empty member last, then zeros": concat(whole, empty, zeros(3)),
  "nothing but an empty member": empty,
  "nothing but an empty member, of a stored block": emptyStored,
  "nothing but an empty member, then zeros": concat(empty, zeros(5)),
  "the end twice": concat(whole, whole.subarray(-8)),
  "the end twice, a zero between": concat(whole, zeros(1), whole.subarray(-8)),
  "two bytes": whole.subarray(0, 2),
  "a header alone": header(0),
  "a header and zeros": concat(header(0), zeros(20)),
  "half a member": whole.subarray(0, 60),
  "half a member, then zeros": concat(whole.subarray(0, 60), zeros(8)),
  "a member without its last byte": whole.subarray(0, -1),
  "a member without its size": whole.subarray(0, -4),
  "a member without its checksum and size": whole.subarray(0, -8),
  "a wrong checksum": concat(whole.subarray(0, -8), [1, 2, 3, 4], whole.subarray(-4)),
  "a wrong size": concat(whole.subarray(0, -4), [9, 1, 0, 0]),
  "a flipped bit": flipped,
  "an unknown compression method": concat([0x1f, 0x8b, 7], whole.subarray(3)),
  "a gzip header's first bytes and no compression": concat(whole.subarray(0, 2), "nonsense"),
};

/** A `DecompressionStream` that passes all its input to `inflate`, and returns the result. */
const standIn = (inflate) =>
  class {
    constructor() {
      const chunks = [];
      const { readable, writable } = new TransformStream({
        transform: (chunk) => void chunks.push(chunk),
        flush: (controller) => controller.enqueue(new Uint8Array(inflate(Buffer.concat(chunks)))),
      });
      Object.assign(this, { readable, writable });
    }
  };

/** The differences between runtimes, as observed in these releases. */
const runtimes = {
  "this runtime": DecompressionStream,
  "a runtime that continues with the next member and skips zeros (Node 20)": standIn(gunzipSync),
  "a runtime that refuses anything after the member (Node 24, Deno, workerd, Chromium)": standIn((body) => {
    const start = headerLength(body);
    const { engine } = inflateRawSync(body.subarray(start), { info: true });
    const end = start + engine.bytesWritten + 8;
    if (end !== body.length) throw new TypeError("trailing junk");
    return gunzipSync(body);
  }),
  "a runtime that ignores a missing end and anything after the member (workerd before August 2023)": standIn((body) => {
    if (body[2] !== 8) throw new TypeError("unknown method");
    return inflateRawSync(body.subarray(headerLength(body)), { finishFlush: constants.Z_SYNC_FLUSH });
  }),
};

for (const [runtime, Decompression] of Object.entries(runtimes)) {
  test(`one gzip member, also followed by zeros, is accepted: ${runtime}`, () =>
    withGlobal("DecompressionStream", Decompression, async () => {
      for (const [name, member] of Object.entries(accepted)) {
        const content = gunzipSync(member);
        for (const count of [0, 1, 2, 3, 4, 16, 5000]) {
          const event = await client.verifyAndParseWebhook(concat(member, zeros(count)), sign(content));
          assert.equal(event.type, JSON.parse(content).type, `${name}, ${count} zeros`);
        }
      }
    }));

  test(`any other gzip body is refused with the same message: ${runtime}`, () =>
    withGlobal("DecompressionStream", Decompression, async () => {
      for (const [name, body] of Object.entries(refused)) {
        const error = await rejection(client.verifyAndParseWebhook(body, sign(json)));
        assert.ok(error instanceof InvalidWebhookError, name);
        assert.deepEqual(
          [error.kind, error.message],
          [
            "response",
            "gzip decompression failed: the body must be one whole gzip member, with content and nothing behind it",
          ],
          name,
        );
      }
    }));
}

test("the runtime's error about a damaged body is the `cause`", async () => {
  const error = await rejection(client.verifyAndParseWebhook(flipped, sign(json)));
  assert.ok(error.cause instanceof Error);
});

test("decompression does not use Blob, which some test environments cannot stream", async () => {
  await withGlobal("Blob", undefined, async () => {
    assert.deepEqual(await client.verifyAndParseWebhook(whole, sign(json)), parsed);
  });
});

test("a runtime without DecompressionStream gets a `config` error, not one about the body", async () => {
  await withGlobal("DecompressionStream", undefined, async () => {
    for (const attempt of [
      () => client.verifyAndParseWebhook(whole, sign(json)),
      () => client.parseSqs(whole.toString("base64")),
    ]) {
      const error = await rejection(attempt());
      assert.equal(error.kind, "config");
      assert.match(error.message, /need DecompressionStream, which is missing here: decompress the body/);
      assert.ok(!(error instanceof InvalidWebhookError));
    }
    assert.deepEqual(await client.verifyAndParseWebhook(gunzipSync(whole), sign(json)), parsed);
  });
});
