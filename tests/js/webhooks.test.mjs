// Receives webhooks and queue messages: signed with Node's crypto, compressed with its zlib, and sent by the emulator.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import test from "node:test";
import { gunzipSync, gzipSync } from "node:zlib";
import { InvalidWebhookError, isUserEvent, StreamClient, StreamError } from "getstream-users";
import { createEmulator } from "getstream-users/emulator";
import { rejection } from "../support/stub.mjs";
import { bytes, client, event, json, parsed, requestOf, sign } from "./webhook-fixture.mjs";

test("only the signature of the unchanged body and secret is accepted", () => {
  const signature = sign(json);
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
  const padded = new Uint8Array(bytes.length + 9);
  padded.set(bytes, 5);
  for (const body of [json, bytes, new Uint8Array(bytes), buffer, new DataView(padded.buffer, 5, bytes.length)]) {
    assert.equal(client.verifyWebhook(body, signature), true);
    assert.equal(client.verifyWebhook(body, sign(json, "another")), false);
  }
  for (let at = 0; at < signature.length; at++) {
    const flipped = (Number.parseInt(signature[at], 16) ^ 1).toString(16);
    assert.equal(client.verifyWebhook(json, signature.slice(0, at) + flipped + signature.slice(at + 1)), false);
  }
  for (let bit = 0; bit < bytes.length * 8; bit += 7) {
    const flipped = Buffer.from(bytes);
    flipped[bit >> 3] ^= 1 << (bit & 7);
    assert.equal(client.verifyWebhook(flipped, signature), false);
  }
});

test("a malformed signature is a wrong one", () => {
  const signature = sign(json);
  for (const wrong of [
    "",
    "x",
    signature.slice(1),
    `${signature}0`,
    signature.toUpperCase(),
    ` ${signature}`,
    "é".repeat(64),
  ]) {
    assert.equal(client.verifyWebhook(json, wrong), false, wrong);
  }
  for (const wrong of [undefined, null, 7, {}, [], [signature, signature]]) {
    assert.equal(client.verifyWebhook(json, wrong), false);
  }
  // Some platforms pass headers as arrays.
  assert.equal(client.verifyWebhook(json, [signature]), true);
});

test("`verifyWebhook` accepts an empty body and does not decompress", () => {
  assert.equal(client.verifyWebhook("", sign("")), true);
  assert.equal(client.verifyWebhook(gzipSync(bytes), sign(json)), false);
});

test("a body of a wrong type is refused", () => {
  const detached = new ArrayBuffer(2);
  structuredClone(detached, { transfer: [detached] });
  const hostile = new Proxy({}, { get: () => assert.fail("read") });
  for (const body of [undefined, null, 7, event, [], [1, 2], new Blob(["{}"]), requestOf("{}"), () => {}, hostile]) {
    assert.throws(() => client.verifyWebhook(body, sign(json)), {
      kind: "invalid_argument",
      field: "body",
      message: /^verifyWebhook: body must be the raw body/,
    });
  }
});

test("`verifyAndParseWebhook` returns the event for every form of body", async () => {
  const headers = { "X-Signature": sign(json) };
  for (const compressed of [bytes, gzipSync(bytes)]) {
    assert.deepEqual(await client.verifyAndParseWebhook(compressed, sign(json)), parsed);
    assert.deepEqual(await client.verifyAndParseWebhook(new Uint8Array(compressed).buffer, sign(json)), parsed);
    assert.deepEqual(await client.verifyAndParseWebhook(requestOf(compressed, headers)), parsed);
    const wrong = requestOf(compressed, { "x-signature": "0" });
    assert.deepEqual(await client.verifyAndParseWebhook(wrong, sign(json)), parsed);
  }
  assert.deepEqual(await client.verifyAndParseWebhook(json, sign(json)), parsed);
});

test("`parseWebhook` returns the event synchronously, and refuses compressed bodies", () => {
  const buffer = new Uint8Array(bytes).buffer;
  for (const body of [json, bytes, buffer]) assert.deepEqual(client.parseWebhook(body, sign(json)), parsed);
  for (const [body, signature, kind, message] of [
    [json, sign(json, "another"), "authentication", /^signature mismatch/],
    [json, undefined, "authentication", /^signature mismatch: there is none/],
    ["", sign(""), "response", /^empty body/],
    ["{", sign("{"), "response", /^invalid JSON payload/],
    ["{}", sign("{}"), "response", /^missing 'type' field/],
    [gzipSync(bytes), sign(json), "invalid_argument", /^parseWebhook: body is compressed; await verifyAndParseWebhook/],
    [requestOf(json), sign(json), "invalid_argument", /^parseWebhook: body must be the raw body/],
    [event, sign(json), "invalid_argument", /^parseWebhook: body must be the raw body/],
  ]) {
    assert.throws(
      () => client.parseWebhook(body, signature),
      (error) => {
        assert.deepEqual([error.kind, message.test(error.message)], [kind, true], error.message);
        assert.equal(error instanceof InvalidWebhookError, kind !== "invalid_argument");
        return true;
      },
    );
  }
  assert.throws(() => StreamClient.anonymous("key").parseWebhook(json, sign(json)), { kind: "config" });
});

test("`parseSqs` and `parseSns` return the event of a queue message", async () => {
  for (const body of [json, `\n${json}`, bytes.toString("base64"), gzipSync(bytes).toString("base64")]) {
    assert.deepEqual(await client.parseSqs(body), parsed);
    assert.deepEqual(await client.parseSns(body), parsed);
    const envelope = { Type: "Notification", MessageId: "1", Message: body };
    assert.deepEqual(await client.parseSns(JSON.stringify(envelope)), parsed);
  }
});

test("times in user events become dates, from strings and from nanoseconds", async () => {
  const of = async (event) => client.parseSqs(JSON.stringify(event));
  const nanoseconds =
    '{"type":"user.banned","created_at":1767323045678901234,"expiration":1767323045679000000,"total_bans":1}';
  const banned = await client.parseSqs(nanoseconds);
  assert.deepEqual(
    [banned.created_at.toISOString(), banned.expiration.toISOString(), banned.total_bans],
    ["2026-01-02T03:04:05.678Z", "2026-01-02T03:04:05.679Z", 1],
  );
  const muted = await of({ type: "user.muted", target_users: [{ id: "a", last_active: "2026-01-01T00:00:00Z" }] });
  assert.ok(muted.target_users[0].last_active instanceof Date);
  const exported = await of({ type: "export.users.success", started_at: 0, finished_at: null, url: "u" });
  assert.deepEqual([exported.started_at, exported.finished_at], [new Date(0), null]);
  const odd = { type: "user.updated", created_at: "soon", user: { updated_at: { at: 1 }, created_at: true } };
  assert.equal(typeof (await of(odd)).created_at, "string");
  assert.deepEqual(await of(odd), odd);
  // Custom data is not changed.
  const own = { type: "user.banned", channel_custom: { created_at: "2026-01-01T00:00:00Z" }, custom: { expires: 7 } };
  assert.deepEqual(await of(own), own);
  const unset = await of({ type: "user.updated", created_at: "0001-01-01T00:00:00Z" });
  assert.equal(unset.created_at.getUTCFullYear(), 1);
});

test("events of other types are returned unchanged", async () => {
  const other = { type: "message.new", created_at: "2026-01-01T00:00:00Z", message: { expires: 7, user: { id: "a" } } };
  const event = await client.parseSqs(JSON.stringify(other));
  assert.deepEqual(event, other);
  assert.deepEqual([isUserEvent(event), isUserEvent(parsed), isUserEvent(undefined)], [false, true, false]);
  assert.equal(isUserEvent({ type: ["user.updated"] }), false);
});

/** The error for a body with a valid signature. */
const refusal = (body) => rejection(client.verifyAndParseWebhook(body, sign(content(body))));

/** The decompressed body, or the body itself if that fails. */
function content(body) {
  try {
    return gunzipSync(body);
  } catch {
    return body;
  }
}

test("webhooks without a valid signature are refused", async () => {
  for (const attempt of [
    () => client.verifyAndParseWebhook(json, sign(json, "another")),
    () => client.verifyAndParseWebhook(json, ""),
    () => client.verifyAndParseWebhook(json, undefined),
    () => client.verifyAndParseWebhook(gzipSync(`${json} `), sign(json)),
    () => client.verifyAndParseWebhook(gzipSync(bytes), sign(gzipSync(bytes))),
    () => client.verifyAndParseWebhook(requestOf(json)),
    () => client.verifyAndParseWebhook(requestOf(json, { "x-signature": sign("x") })),
  ]) {
    const error = await rejection(attempt());
    assert.ok(error instanceof StreamError && error instanceof InvalidWebhookError);
    assert.equal(error.kind, "authentication");
    assert.match(error.message, /^signature mismatch: /);
  }
});

test("a signed but invalid body is refused with a message about the problem", async () => {
  const whole = gzipSync(bytes);
  for (const [body, message] of [
    ["", /^empty body/],
    [new Uint8Array(), /^empty body/],
    ["{", /^invalid JSON payload$/],
    ["hello", /^invalid JSON payload$/],
    ["7", /^invalid JSON payload: an event is an object/],
    ['"text"', /^invalid JSON payload: an event is an object/],
    ["[]", /^invalid JSON payload: an event is an object/],
    ["null", /^invalid JSON payload: an event is an object/],
    // JSON must be UTF-8, even where it could be parsed otherwise.
    [Buffer.from('{"type":"\xff"}', "latin1"), /^invalid JSON payload$/],
    // One of the first two bytes of a gzip body.
    [new Uint8Array([0x1f, 0x20]), /^invalid JSON payload$/],
    [new Uint8Array([0x20, 0x8b]), /^invalid JSON payload$/],
    ["{}", /^missing 'type' field/],
    ['{"type":7}', /^missing 'type' field/],
    ['{"type":""}', /^missing 'type' field/],
    [whole.subarray(0, 2), /^gzip decompression failed/],
    [whole.subarray(0, -9), /^gzip decompression failed/],
    [whole.subarray(0, 30), /^gzip decompression failed/],
    [Buffer.concat([whole.subarray(0, 2), Buffer.from("nonsense")]), /^gzip decompression failed/],
  ]) {
    const error = await refusal(body);
    assert.ok(error instanceof StreamError && error instanceof InvalidWebhookError);
    assert.deepEqual([error.kind, message.test(error.message)], ["response", true], error.message);
  }
  assert.equal((await rejection(client.verifyAndParseWebhook(requestOf(null)))).message, "empty body");
});

test("an invalid queue message is refused with a message about the problem", async () => {
  for (const [body, message] of [
    ["", /^empty body/],
    [" ", /^empty body/],
    ["not base64!", /^invalid base64 encoding/],
    ["abc=d", /^invalid base64 encoding/],
    [Buffer.from("hello").toString("base64"), /^invalid JSON payload/],
    [gzipSync(bytes).subarray(0, -9).toString("base64"), /^gzip decompression failed/],
    ["{}", /^missing 'type' field/],
    // "null" is valid base64.
    ["null", /^invalid JSON payload/],
  ]) {
    for (const parse of [
      (body) => client.parseSqs(body),
      (body) => client.parseSns(body),
      (body) => client.parseSns(JSON.stringify({ Message: body })),
    ]) {
      const error = await rejection(parse(body));
      assert.deepEqual([error.kind, message.test(error.message)], ["response", true], error.message);
    }
  }
  const subscribe = { Type: "SubscriptionConfirmation", Message: "You have chosen to subscribe", SubscribeURL: "u" };
  const error = await rejection(client.parseSns(JSON.stringify(subscribe)));
  assert.match(error.message, /^not a notification: SNS sent a SubscriptionConfirmation/);
  const other = await rejection(client.parseSns(JSON.stringify({ Type: 7, Message: "{}" })));
  assert.match(other.message, /^not a notification: SNS sent something else/);
});

test("invalid arguments reject the promise", async () => {
  for (const [method, body] of [
    ["verifyAndParseWebhook", event],
    ["verifyAndParseWebhook", undefined],
    // Not a request: a property is missing.
    ["verifyAndParseWebhook", new Blob([json])],
    ["verifyAndParseWebhook", { headers: new Headers(), body: json }],
    ["parseSqs", event],
    ["parseSns", undefined],
  ]) {
    const error = await rejection(client[method](body, sign(json)));
    assert.deepEqual([error.kind, error.field], ["invalid_argument", "body"], error.message);
    assert.ok(error.message.startsWith(`${method}: body must be `), error.message);
  }
});

test("a client without a secret parses queue messages but verifies no webhook", async () => {
  const visitor = StreamClient.anonymous("key");
  const error = await rejection(visitor.verifyAndParseWebhook(json, sign(json)));
  assert.deepEqual([error.kind, /secret/.test(error.message)], ["config", true]);
  assert.deepEqual([await visitor.parseSqs(json), await visitor.parseSns(json)], [parsed, parsed]);
});

for (const [name, { settings, app }] of Object.entries({
  uncompressed: { settings: {}, app: {} },
  compressed: { settings: {}, app: { enable_hook_payload_compression: true } },
  "with times in nanoseconds": { settings: { webhook_times: "nanoseconds" }, app: {} },
})) {
  test(`webhooks of the emulator are received: ${name}`, async () => {
    const events = [];
    const emulator = createEmulator({
      async webhookFetch(url, init) {
        events.push(await server.verifyAndParseWebhook(new Request(url, init)));
        return new Response();
      },
    });
    const server = new StreamClient(emulator.apiKey, emulator.apiSecret, { fetch: emulator.fetch });
    const base = "https://emulator.test";
    const headers = { authorization: tokenOf(emulator.apiSecret), "stream-auth-type": "jwt" };
    const hook = { hook_type: "webhook", enabled: true, event_types: [], webhook_url: "https://app.test/hook" };
    const patch = (url, body) => emulator.fetch(url, { method: "PATCH", headers, body: JSON.stringify(body) });
    assert.equal((await patch(`${base}/__emulator/settings`, settings)).status, 200);
    assert.equal(
      (await patch(`${base}/api/v2/app?api_key=${emulator.apiKey}`, { event_hooks: [hook], ...app })).status,
      200,
    );

    const { users } = await server.upsertUsers([{ id: "ann", custom: { color: "red" } }]);
    await server.deactivateUser({ user_id: "ann" });
    await emulator.webhooks.settled();
    assert.deepEqual(
      events.map(({ type, user }) => [type, user.id, user.custom.color]),
      [
        ["user.updated", "ann", "red"],
        ["user.deactivated", "ann", "red"],
      ],
    );
    assert.equal(events[0].user.created_at.getTime(), users.ann.created_at.getTime());
    assert.ok(events.every((event) => isUserEvent(event) && event.created_at instanceof Date));
  });
}

function tokenOf(apiSecret) {
  const encode = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const signed = `${encode({ alg: "HS256", typ: "JWT" })}.${encode({ server: true })}`;
  return `${signed}.${createHmac("sha256", apiSecret).update(signed).digest("base64url")}`;
}
