// Webhook bodies that are too large, endless, broken, already read, nested too deeply or hostile.

import assert from "node:assert/strict";
import test from "node:test";
import { gzipSync } from "node:zlib";
import { InvalidWebhookError, StreamError } from "getstream-users";
import { rejection } from "../support/stub.mjs";
import { bytes, client, json, parsed, requestOf, sign } from "./webhook-fixture.mjs";

const tooLarge = "too large: the body has more than 10485760 bytes or 16384 chunks";

test("a gzip bomb is refused", async () => {
  const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024), { level: 9 });
  for (const attempt of [
    () => client.verifyAndParseWebhook(bomb, sign(json)),
    () => client.verifyAndParseWebhook(Buffer.concat([bomb, Buffer.alloc(8)]), sign(json)),
    () => client.verifyAndParseWebhook(requestOf(bomb)),
    () => client.parseSqs(bomb.toString("base64")),
  ]) {
    const error = await rejection(attempt());
    assert.deepEqual([error.kind, error.message], ["response", tooLarge]);
  }
});

for (const [name, size] of Object.entries({ "large chunks": 1024 * 1024, "empty chunks": 0 })) {
  test(`an endless body of ${name} is refused and cancelled`, async () => {
    let isCancelled = false;
    const endless = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(size)),
      cancel: () => {
        isCancelled = true;
      },
    });
    const error = await rejection(client.verifyAndParseWebhook(requestOf(endless)));
    assert.deepEqual([error.kind, error.message, error instanceof InvalidWebhookError], ["response", tooLarge, true]);
    await new Promise(setImmediate);
    assert.ok(isCancelled);
  });
}

/** A webhook request whose body arrives in these chunks. */
const inChunks = (chunks) =>
  requestOf(ReadableStream.from(chunks), { "x-signature": sign(Buffer.concat([...chunks])) });

test("a body may have at most 10 MiB and 16,384 chunks", async () => {
  const sized = (size) => {
    const empty = JSON.stringify({ type: "message.new", text: "" });
    return Buffer.from(empty.replace('""', `"${"x".repeat(size - empty.length)}"`));
  };
  /** A body in `count` chunks of one byte. */
  const small = (count) => Array.from(sized(count), (byte) => new Uint8Array([byte]));
  for (const [request, isRight] of [
    [inChunks([sized(10_485_760)]), true],
    [inChunks([sized(10_485_761)]), false],
    [inChunks(small(16_384)), true],
    [inChunks(small(16_385)), false],
  ]) {
    if (isRight) assert.equal((await client.verifyAndParseWebhook(request)).type, "message.new");
    else assert.equal((await rejection(client.verifyAndParseWebhook(request))).message, tooLarge);
  }
});

test("a body that fails while it is read is an error with a cause, and is cancelled", async () => {
  const reset = new Error("ECONNRESET");
  const broken = new ReadableStream({ pull: (controller) => controller.error(reset) });
  const error = await rejection(client.verifyAndParseWebhook(requestOf(broken)));
  assert.deepEqual([error.kind, error.message, error.cause], ["response", "reading the body failed", reset]);

  let isCancelled = false;
  const objects = { getReader: () => ({ read: async () => ({ done: false, value: { a: 1 } }), cancel }) };
  async function cancel() {
    isCancelled = true;
    throw new Error("ignored");
  }
  const request = { headers: new Headers(), body: objects, arrayBuffer: () => assert.fail("read twice") };
  const failed = await rejection(client.verifyAndParseWebhook(request));
  assert.deepEqual(
    [failed.message, failed.cause.message],
    ["reading the body failed", "the body is not made of bytes"],
  );
  await new Promise(setImmediate);
  assert.ok(isCancelled);
});

test("a request of another library is read with `arrayBuffer()` if its body is not a ReadableStream", async () => {
  const headers = { get: (name) => (name === "x-signature" ? sign(json) : null) };
  for (const body of [undefined, { pipe() {} }]) {
    const arrayBuffer = async () => new Uint8Array(gzipSync(bytes)).buffer;
    assert.deepEqual(await client.verifyAndParseWebhook({ headers, body, arrayBuffer }), parsed);
  }
});

test("a body that was read or is locked is refused", async () => {
  const read = requestOf(json);
  await read.text();
  const locked = requestOf(json);
  locked.body.getReader();
  // A request of another library, with `bodyUsed` and without a stream.
  const used = { headers: new Headers(), bodyUsed: true, arrayBuffer: () => assert.fail("read twice") };
  for (const request of [read, locked, used]) {
    const error = await rejection(client.verifyAndParseWebhook(request));
    assert.deepEqual([error.kind, error.field], ["invalid_argument", "body"]);
    assert.match(error.message, /^verifyAndParseWebhook: body was read before; pass a clone/);
  }
});

const nested = (levels, open = '{"a":', close = "}") => `${open.repeat(levels)}1${close.repeat(levels)}`;

test("JSON with more than 3000 levels is refused", async () => {
  for (const type of ["user.updated", "message.new"]) {
    const of = (value) => `{"type":"${type}","x":${value}}`;
    for (const value of [
      nested(2999),
      nested(2999, "[", "]"),
      '"[[[\\"[[["',
      // Brackets in a string add no level, and an escaped quote does not end a string.
      JSON.stringify("[".repeat(5000)),
      JSON.stringify(`"${"[".repeat(5000)}`),
      `[${JSON.stringify("\\")},${"[".repeat(10)}${"]".repeat(10)},${JSON.stringify("[".repeat(5000))}]`,
      // Many arrays and objects, but not nested.
      JSON.stringify(Array(4000).fill([])),
      JSON.stringify(Array(4000).fill({})),
      `${nested(2999)},"y":[]`,
    ]) {
      assert.equal((await client.parseSqs(of(value))).type, type);
    }
    for (const value of [nested(3000), nested(3000, "[", "]"), nested(50_000), "[".repeat(1_000_000)]) {
      for (const attempt of [
        client.parseSqs(of(value)),
        client.parseSns(JSON.stringify({ Message: of(value) })),
        client.verifyAndParseWebhook(of(value), sign(of(value))),
      ]) {
        const error = await rejection(attempt);
        assert.ok(error instanceof InvalidWebhookError);
        assert.deepEqual(
          [error.kind, error.message],
          ["response", "invalid JSON payload: it has more than 3000 levels"],
        );
      }
    }
  }
});

test("dates are parsed at every level", async () => {
  const deep = nested(2990).replace("1", '{"created_at":"2026-01-01T00:00:00Z"}');
  let part = (await client.parseSqs(`{"type":"user.updated","x":${deep}}`)).x;
  while (part.a !== undefined) part = part.a;
  assert.deepEqual(part.created_at, new Date("2026-01-01T00:00:00Z"));
});

/** Values that throw a revoked proxy whenever they are used. */
function hostileValues() {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  const fail = () => {
    throw proxy;
  };
  const traps = Object.fromEntries(Object.getOwnPropertyNames(Reflect).map((name) => [name, fail]));
  return [proxy, new Proxy({}, traps), Object.defineProperty({}, "headers", { get: fail })];
}

test("hostile values cause errors of this package", async () => {
  const [revoked, trapped, getter] = hostileValues();
  const headers = new Headers({ "x-signature": sign(json) });
  const failing = (thrown) => ({
    headers,
    arrayBuffer: async () => {
      throw thrown;
    },
  });
  const stream = (reader) => ({ headers, arrayBuffer() {}, body: { getReader: () => reader } });
  for (const [attempt, kind] of [
    ...[revoked, trapped, getter].flatMap((value) => [
      [() => client.verifyAndParseWebhook(value, sign(json)), "invalid_argument"],
      [() => client.verifyAndParseWebhook(json, value), "authentication"],
      [() => client.verifyAndParseWebhook(json, [value]), "authentication"],
      [() => client.verifyAndParseWebhook(json, { get: () => value }), "authentication"],
      [() => client.verifyAndParseWebhook(failing(value)), "response"],
      [() => client.verifyAndParseWebhook(stream(value)), "response"],
      [() => client.verifyAndParseWebhook(stream({ read: async () => ({ value }) })), "response"],
      [async () => client.parseWebhook(value, sign(json)), "invalid_argument"],
      [async () => client.parseWebhook(json, value), "authentication"],
      [() => client.parseSqs(value), "invalid_argument"],
      [() => client.parseSns(value), "invalid_argument"],
    ]),
    [() => client.parseSns('{"Message":"{}","Type":{"toString":1}}'), "response"],
  ]) {
    const error = await rejection(attempt());
    assert.ok(error instanceof StreamError, String(attempt));
    assert.equal(error.kind, kind, String(attempt));
  }
});
