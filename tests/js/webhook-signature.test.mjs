// Webhook signatures, with each of the three implementations: `node:crypto`, `crypto.subtle` and wasm.

import assert from "node:assert/strict";
import test from "node:test";
import { InvalidWebhookError, StreamClient } from "getstream-users";
import { noFetch, rejection } from "../support/stub.mjs";
import { client, secret, sign, withGlobal } from "./webhook-fixture.mjs";

const throwing = () => {
  throw new Error("not here");
};

/** Hosts with different implementations; each runs a function as such a host. */
const hosts = {
  "node:crypto": (run) => run(),
  "no node:crypto": (run) => withGlobal("process", { versions: process.versions }, run),
  "a node:crypto that only throws": (run) =>
    withGlobal("process", { getBuiltinModule: () => ({ createHmac: throwing }) }, run),
  "a process without node:crypto": (run) => withGlobal("process", { getBuiltinModule: () => undefined }, run),
  "neither node:crypto nor crypto.subtle": (run) =>
    withGlobal("process", undefined, () => withGlobal("crypto", { getRandomValues: throwing }, run)),
  "a crypto.subtle that only throws": (run) =>
    withGlobal("process", undefined, () =>
      withGlobal("crypto", { subtle: { importKey: async () => throwing(), sign: throwing } }, run),
    ),
};

/** JSON of about `size` bytes, with characters beyond ASCII. */
const jsonOf = (size) => {
  const empty = JSON.stringify({ type: "message.new", text: "jörg 🦀" });
  return JSON.stringify({ type: "message.new", text: `jörg 🦀${"x".repeat(Math.max(0, size - empty.length - 5))}` });
};

for (const [name, on] of Object.entries(hosts)) {
  test(`with ${name}, the same signatures are accepted`, async () => {
    const rotated = new StreamClient("key", "new-secret", { previousSecrets: ["older", secret], fetch: noFetch });
    for (const size of [60, 4000, 4095, 4096, 4097, 50_000]) {
      const json = jsonOf(size);
      const bytes = Buffer.from(json);
      const signature = sign(bytes);
      const flipped = signature.replace(/.$/, (digit) => (digit === "0" ? "1" : "0"));
      await on(async () => {
        for (const own of [client, rotated]) {
          for (const body of [json, bytes, new Uint8Array(bytes).buffer]) {
            assert.equal(own.verifyWebhook(body, signature), true, `${size}`);
            assert.equal((await own.verifyAndParseWebhook(body, signature)).type, "message.new");
            assert.equal(own.parseWebhook(body, signature).type, "message.new");
          }
          for (const wrong of [flipped, signature.toUpperCase(), "0".repeat(64), sign(json, "another"), "", "é"]) {
            assert.equal(own.verifyWebhook(bytes, wrong), false, wrong);
            assert.ok((await rejection(own.verifyAndParseWebhook(bytes, wrong))) instanceof InvalidWebhookError);
          }
        }
        assert.equal(client.verifyWebhook("", sign("")), true);
        // A lone surrogate counts as U+FFFD, as in UTF-8.
        assert.equal(client.verifyWebhook("\ud800", sign(Buffer.from("\ufffd"))), true);
      });
    }
  });
}

for (const [name, on] of Object.entries(hosts)) {
  test(`with ${name}, comparing a wrong signature reads the same number of characters wherever it differs`, async (t) => {
    const json = jsonOf(60);
    const signature = sign(json);
    const wrongAt = (place) => {
      const digit = signature[place] === "0" ? "1" : "0";
      return signature.slice(0, place) + digit + signature.slice(place + 1);
    };
    /** How many characters of any string are read. */
    const reads = (given) => {
      const { mock } = t.mock.method(String.prototype, "charCodeAt");
      assert.equal(client.verifyWebhook(json, given), given === signature);
      const count = mock.callCount();
      mock.restore();
      return count;
    };
    await on(() => {
      const counts = [0, 1, 31, 62, 63].map((place) => reads(wrongAt(place)));
      assert.ok(counts[0] >= 64, `${counts[0]}`);
      assert.deepEqual(new Set(counts), new Set([counts[0]]));
      assert.equal(reads("0".repeat(64)), counts[0]);
      // The length makes no difference either.
      assert.equal(reads(signature.slice(0, 40)), counts[0]);
    });
  });
}

test("with a host that computes an empty signature, nothing is verified", async () => {
  const empty = { createHmac: () => ({ update: () => ({ digest: () => "" }) }) };
  await withGlobal("process", { getBuiltinModule: () => empty }, async () => {
    assert.equal(client.verifyWebhook("{}", "0".repeat(64)), false);
    assert.equal(client.verifyWebhook("{}", ""), false);
  });
});

test("`node:crypto` comes first, then `crypto.subtle` for large bodies in asynchronous calls", async () => {
  const used = [];
  const real = process;
  const record = (name, value) => {
    used.push(name);
    return value;
  };
  const host = { getBuiltinModule: (name) => record(name, real.getBuiltinModule?.(name)) };
  const { subtle } = crypto;
  const watched = {
    importKey: async (...given) => {
      const key = await subtle.importKey(...given);
      return record(`importKey, extractable: ${key.extractable}`, key);
    },
    sign: async (name, key, data) => record(`sign ${data.byteLength}`, await subtle.sign(name, key, data)),
  };
  const sized = (size) => JSON.stringify({ type: "message.new", text: "x".repeat(size - 32) });
  const [small, large] = [sized(4095), sized(4096)];
  assert.deepEqual([small.length, large.length], [4095, 4096]);
  await withGlobal("crypto", { subtle: watched }, async () => {
    for (const body of [small, large]) client.verifyWebhook(body, sign(body));
    assert.deepEqual(used.splice(0), []);
    const all = async (on) => {
      for (const body of [small, large]) {
        await on(async () => {
          assert.equal(client.verifyWebhook(body, sign(body)), true);
          await client.verifyAndParseWebhook(body, sign(body));
        });
      }
      return used.splice(0);
    };
    const keys = ["importKey, extractable: false", "sign 4096"];
    assert.deepEqual(await all((run) => withGlobal("process", undefined, run)), keys);
    // Node has it from 20.16 on.
    if (real.getBuiltinModule === undefined) return;
    assert.deepEqual(await all((run) => withGlobal("process", host, run)), ["node:crypto"]);
  });
});
