// How a client detects its runtime, which it sends with every call.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import test from "node:test";
import { StreamClient } from "getstream-users";
import { importSource } from "../support/source.mjs";
import { recorder } from "../support/stub.mjs";

const { runtimeKey } = await importSource("runtime.ts");

/** The key in a runtime with these globals. */
function keyWith(t, globals) {
  const absent = { navigator: undefined, process: undefined };
  for (const [name, value] of Object.entries({ ...absent, ...globals })) {
    const before = Object.getOwnPropertyDescriptor(globalThis, name);
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
    t.after(() => (before === undefined ? delete globalThis[name] : Object.defineProperty(globalThis, name, before)));
  }
  return runtimeKey();
}

const node = { versions: { node: "20.0.0" } };
for (const [key, globals] of [
  ["node", { process: node }],
  ["node", { process: node, navigator: { userAgent: "Node.js/22" } }],
  ["workerd", { navigator: { userAgent: "Cloudflare-Workers" } }],
  ["workerd", { WebSocketPair: class {}, process: node }],
  ["deno", { Deno: {}, process: node, navigator: { userAgent: "Deno/2" } }],
  ["bun", { Bun: {}, process: node, navigator: { userAgent: "Bun/1" } }],
  ["edge-light", { EdgeRuntime: "edge-runtime" }],
  ["fastly", { fastly: {}, navigator: { userAgent: "Fastly" } }],
  ["browser", { window: { document: {} } }],
  ["browser", { WorkerGlobalScope: class {} }],
  ["unknown", {}],
]) {
  test(`${key} is detected by ${Object.keys(globals).join(" and ") || "nothing"}`, async (t) => {
    assert.equal(keyWith(t, globals), key);
  });
}

test("every call sends the version and the runtime", async () => {
  const { version } = createRequire(import.meta.url)("getstream-users/package.json");
  const { fetch, requests } = recorder();
  await new StreamClient("key", "secret", { fetch }).getTask({ id: "a" });
  assert.equal(requests[0].headers["x-stream-client"], `getstream-users-${version}|node`);
});
