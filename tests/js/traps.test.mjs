// What becomes of a call in which the module panics or runs out of memory, both real traps: that call fails as a defect, and the
// next one works.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import test from "node:test";

/** A module whose one function traps, as a panic of Rust's does. */
const TRAP = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 116, 0, 0, 10, 5, 1, 3, 0, 0, 11,
]);
const trap = new WebAssembly.Instance(new WebAssembly.Module(TRAP)).exports.t;

/** How many bytes the module may have; more than it begins with, and less than some arguments take. */
const PAGES = 40;

/** The module with an end to its memory. Its section says how many pages there are, and with a flag of 1, how many at most. */
function limited(bytes) {
  const module = new Uint8Array(bytes);
  for (let at = 8; at < module.length; ) {
    const id = module[at];
    const [size, begin] = number(module, at + 1);
    if (id === 5) {
      const [initial] = number(module, begin + 2);
      assert.ok(module[begin + 1] === 0 && initial < PAGES, "a memory without an end, that begins small");
      const section = [5, 4 + (initial > 127 ? 1 : 0), 1, 1, ...encoded(initial), PAGES];
      const rest = module.subarray(begin + size);
      section[1] = section.length - 2;
      return new Uint8Array([...module.subarray(0, at), ...section, ...rest]);
    }
    at = begin + size;
  }
  throw new Error("the module has no memory");
}

/** An unsigned LEB128 number, and where it ends. */
function number(bytes, at) {
  let [value, shift] = [0, 0];
  for (;;) {
    const byte = bytes[at++];
    value |= (byte & 127) << shift;
    if (byte < 128) return [value, at];
    shift += 7;
  }
}

const encoded = (value) => (value < 128 ? [value] : [(value & 127) | 128, value >> 7]);

/** The export that is to trap, once. */
let armed;
const names = [];
const { Module, Instance } = WebAssembly;
WebAssembly.Module = class extends Module {
  constructor(bytes) {
    super(limited(bytes.buffer ? bytes : new Uint8Array(bytes)));
  }
};
WebAssembly.Instance = class {
  constructor(...given) {
    const instance = new Instance(...given);
    const wrapped = Object.entries(instance.exports).map(([name, value]) => {
      if (typeof value !== "function") return [name, value];
      names.push(name);
      const call = (...args) => {
        if (armed !== name) return value(...args);
        armed = undefined;
        return trap();
      };
      return [name, call];
    });
    this.exports = Object.fromEntries(wrapped);
  }
};
const { StreamClient, StreamError } = await import("getstream-users");

const ok = { status: 200, ok: true, headers: new Headers(), json: async () => ({ users: {} }), text: async () => "{}" };
const no = { ...ok, status: 400, ok: false, text: async () => '{"code":4,"message":"no"}' };
let answer = ok;
const client = new StreamClient("key", "secret", { fetch: async () => answer, retry: false });
const calls = {
  write: () => client.upsertUsers([{ id: "ann", custom: { color: "green" } }]),
  read: () => client.queryUsers({ payload: { filter_conditions: { id: "ann" } } }),
  mint: async () => client.createToken("ann"),
  verify: async () => client.verifyToken(client.createToken("ann")),
  make: async () => new StreamClient("key", "another"),
};

test("a call in which the module panics fails as a defect, and the same call works after it", async (t) => {
  assert.ok(names.length > 5, `${names}`);
  let hits = 0;
  for (const name of names) {
    for (const [what, call] of Object.entries(calls)) {
      armed = name;
      const error = await call().then(
        () => undefined,
        (reason) => reason,
      );
      const isHit = armed === undefined;
      armed = undefined;
      if (!isHit) continue;
      hits++;
      assert.ok(error instanceof StreamError && error.kind === "internal", `${name} in ${what}: ${error}`);
      assert.doesNotMatch(error.message, /secret/);
      await call();
    }
  }
  t.diagnostic(`${hits} panics in ${names.length} exports`);
  assert.ok(hits >= 5, `${hits} of ${names.length} exports were called`);
});

test("a refusal whose judgement panics fails as a defect, too", async () => {
  let hits = 0;
  answer = no;
  for (const name of names) {
    armed = name;
    const error = await client.getTask({ id: "task" }).catch((reason) => reason);
    if (armed === undefined) {
      hits++;
      assert.equal(error.kind, "internal", name);
    }
    armed = undefined;
    assert.equal((await client.getTask({ id: "task" }).catch((reason) => reason)).kind, "invalid_request");
  }
  answer = ok;
  assert.ok(hits >= 1);
});

test("a call for which the module has no memory left fails as a defect, and the next one works", async () => {
  const large = "x".repeat(PAGES * 65_536);
  for (let turn = 0; turn < 3; turn++) {
    assert.throws(
      () => client.createToken(large),
      (error) => error instanceof StreamError && error.kind === "internal",
    );
    assert.equal(client.verifyToken(client.createToken("ann")).user_id, "ann");
    await client.upsertUsers([{ id: "ann", custom: { color: "green" } }]);
  }
});

test("the client's module holds no words of a panic, so that no path to one is in it", () => {
  const manifest = createRequire(import.meta.url).resolve("getstream-users/package.json");
  const text = readFileSync(path.join(path.dirname(manifest), "dist/getstream_users_bg.wasm"), "latin1");
  // What Rust says when it panics, and where.
  for (const words of [
    "panicked at",
    "called `",
    "index out of bounds",
    "range end index",
    "attempt to ",
    "library/",
    ".rs",
  ]) {
    assert.ok(!text.includes(words), words);
  }
});
