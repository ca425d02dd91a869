// Webhook headers: the signature in all the forms in which platforms pass headers, the delivery's id and its attempt.

import assert from "node:assert/strict";
import test from "node:test";
import { gzipSync } from "node:zlib";
import { InvalidWebhookError, StreamClient } from "getstream-users";
import { createEmulator } from "getstream-users/emulator";
import { noFetch, rejection } from "../support/stub.mjs";
import { bytes, client, json, parsed, requestOf, secret, sign } from "./webhook-fixture.mjs";

const signature = sign(json);
const [id, attempt, apiKey] = ["0d0b6f4e-5d0f-4a53-9c9b-0c8f5b4a3f10", 2, "key"];

/** The headers with capitals; below, with values in arrays and in lower case. */
const fields = { "X-Signature": signature, "X-Webhook-Id": id, "X-Webhook-Attempt": "2", "X-Api-Key": apiKey };
const inLists = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, [value]]));
const lowerCase = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name.toLowerCase(), value]));

test("the signature may be a string or an array of one", async () => {
  for (const given of [signature, [signature]]) {
    assert.deepEqual(await client.verifyAndParseWebhook(json, given), parsed);
    assert.deepEqual(await client.verifyAndParseWebhook(requestOf(json), given), parsed);
    assert.deepEqual(client.parseWebhook(json, given), parsed);
  }
});

test("header values that are not strings are ignored", async () => {
  for (const given of [[undefined, 7, signature], { "X-Signature": [null, signature] }]) {
    assert.deepEqual(await client.verifyAndParseWebhook(json, given), parsed);
  }
});

test("headers may be passed instead of the signature, and then set `delivery`", async () => {
  for (const headers of [new Headers(fields), new Map(Object.entries(lowerCase)), fields, lowerCase, inLists]) {
    for (const body of [json, gzipSync(bytes)]) {
      const event = await client.verifyAndParseWebhook(body, headers);
      assert.deepEqual(event, parsed);
      assert.deepEqual(event.delivery, { id, attempt, apiKey });
    }
    assert.deepEqual(client.parseWebhook(json, headers).delivery, { id, attempt, apiKey });
  }
});

test("a request sets `delivery`, also when the signature is passed", async () => {
  for (const given of [undefined, null, signature]) {
    const event = await client.verifyAndParseWebhook(requestOf(json, fields), given);
    assert.deepEqual(event.delivery, { id, attempt, apiKey });
  }
});

test("`delivery` is not enumerable, and can be changed and deleted", async () => {
  const event = await client.verifyAndParseWebhook(json, fields);
  assert.deepEqual(Object.keys(event), Object.keys(parsed));
  assert.equal(JSON.stringify(event), JSON.stringify(parsed));
  assert.equal("delivery" in { ...event }, false);
  event.delivery = { id: "mine" };
  assert.deepEqual(event.delivery, { id: "mine" });
  delete event.delivery;
  assert.equal("delivery" in event, false);
});

test("missing headers leave `delivery`, or its fields, undefined", async () => {
  const alone = { "x-signature": signature };
  for (const [given, delivery] of [
    [signature, undefined],
    [[signature], undefined],
    [alone, undefined],
    [{ ...alone, "x-webhook-id": "" }, undefined],
    [
      { ...alone, "x-webhook-id": "a" },
      { id: "a", attempt: undefined, apiKey: undefined },
    ],
    [
      { ...alone, "x-webhook-id": "a", "x-webhook-attempt": "often" },
      { id: "a", attempt: undefined, apiKey: undefined },
    ],
  ]) {
    const event = await client.verifyAndParseWebhook(json, given);
    assert.deepEqual(event.delivery, delivery);
    assert.equal("delivery" in event, delivery !== undefined);
  }
  assert.equal((await client.parseSqs(json)).delivery, undefined);
});

test("an event's own field `delivery` is kept", async () => {
  const own = JSON.stringify({ type: "order.shipped", delivery: { by: "ship" } });
  const event = await client.verifyAndParseWebhook(own, { ...fields, "X-Signature": sign(own) });
  assert.deepEqual(event.delivery, { by: "ship" });
});

test("several signatures are refused, with their number in the message", async () => {
  for (const several of [
    [signature, signature],
    `${signature}, ${signature}`,
    `${signature},${signature}`,
    { "X-Signature": [signature, "x"] },
    new Headers([
      ["x-signature", signature],
      ["x-signature", signature],
    ]),
  ]) {
    for (const run of [
      () => client.verifyAndParseWebhook(json, several),
      async () => client.parseWebhook(json, several),
    ]) {
      const error = await rejection(run());
      assert.ok(error instanceof InvalidWebhookError);
      assert.deepEqual(
        [error.kind, error.message],
        ["authentication", "signature mismatch: there are 2 signatures, and Stream sends one"],
      );
    }
  }
});

test("a missing and a wrong signature have different messages", async () => {
  const wrong = "signature mismatch: the body was not signed with this app's secret, or was changed";
  for (const [given, message] of [
    [undefined, "signature mismatch: there is none"],
    [null, "signature mismatch: there is none"],
    ["", "signature mismatch: there is none"],
    [[], "signature mismatch: there is none"],
    [{}, "signature mismatch: there is none"],
    [7, "signature mismatch: there is none"],
    [new Headers(), "signature mismatch: there is none"],
    [sign("x"), wrong],
    [[sign("x")], wrong],
    [{ "X-SIGNATURE": sign("x") }, wrong],
  ]) {
    const error = await rejection(client.verifyAndParseWebhook(json, given));
    assert.deepEqual([error.kind, error.message], ["authentication", message]);
    assert.ok(error instanceof InvalidWebhookError);
  }
});

test("during a rotation, signatures of the old and the new secret are accepted", async () => {
  const rotated = new StreamClient("key", "the new secret", { fetch: noFetch, previousSecrets: [secret] });
  for (const key of [secret, "the new secret"]) {
    assert.deepEqual(await rotated.verifyAndParseWebhook(json, sign(json, key)), parsed);
    assert.deepEqual(rotated.parseWebhook(json, sign(json, key)), parsed);
  }
  const error = await rejection(rotated.verifyAndParseWebhook(json, sign(json, "another")));
  assert.equal(error.kind, "authentication");
});

test("a receiver can recognize a repeated delivery of the emulator by its id", async () => {
  const seen = [];
  const emulator = createEmulator({
    async webhookFetch(url, init) {
      const event = await server.verifyAndParseWebhook(new Request(url, init));
      seen.push({ type: event.type, ...event.delivery });
      return new Response(null, { status: seen.length === 1 ? 503 : 200 });
    },
  });
  const server = new StreamClient(emulator.apiKey, emulator.apiSecret, { fetch: emulator.fetch });
  const webhook_url = "https://app.test/hook";
  const hook = { hook_type: "webhook", enabled: true, event_types: [], webhook_url };
  await server.request("PATCH", "/api/v2/app", { body: { event_hooks: [hook] } });
  await server.upsertUsers([{ id: "ann" }]);
  await emulator.webhooks.settled();
  emulator.advance(60_000);
  await emulator.webhooks.settled();

  assert.deepEqual(
    seen.map(({ type, attempt, apiKey }) => [type, attempt, apiKey]),
    [
      ["user.updated", 1, emulator.apiKey],
      ["user.updated", 2, emulator.apiKey],
    ],
  );
  assert.equal(seen[0].id, seen[1].id);
});
