// Engines that lack more than WebAssembly: with only ECMAScript, or with single classes missing or incomplete.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import test from "node:test";
import { pathToFileURL } from "node:url";
import vm from "node:vm";
import { repository } from "../support/paths.mjs";
import { sign, withGlobal } from "./webhook-fixture.mjs";

const dist = path.dirname(createRequire(import.meta.url).resolve("getstream-users/js"));
const timers = { setTimeout, clearTimeout };
const NAMES = ["AbortController", "TextDecoder", "TextEncoder", "URL"];

/** The entry in an engine with these globals besides ECMAScript's. */
function inEngine(globals) {
  const context = vm.createContext({ ...globals });
  vm.runInContext("delete globalThis.WebAssembly; delete globalThis.console;", context);
  const run = (file) => {
    const module = { exports: {} };
    const source = readFileSync(path.join(dist, file), "utf8");
    const wrapped = vm.runInContext(`(function (module, exports, require) {${source}\n})`, context);
    wrapped(module, module.exports, run);
    return module.exports;
  };
  return { ...run("index.cjs"), keys: () => vm.runInContext("Object.keys(globalThis)", context) };
}

/** The stand-ins, in place of everything that Node provides. */
async function standIns() {
  let load = () => import(pathToFileURL(path.join(repository, "pkg-template/js/standins.js")).href);
  for (const name of NAMES) {
    const next = load;
    load = () => withGlobal(name, undefined, next);
  }
  return load();
}

const answer = (body, status = 200) => ({
  ok: status === 200,
  status,
  headers: { get: () => null },
  json: async () => body,
  text: async () => JSON.stringify(body),
});

test("with only timers besides ECMAScript it mints, verifies, checks and calls", async () => {
  const { StreamClient, isStreamError, keys } = inEngine(timers);
  const requests = [];
  const fetch = async (url, init) => {
    requests.push([url, init.body]);
    return answer({ users: { ada: { id: "ada", created_at: 1_700_000_000_000_000_000 } } });
  };
  const client = new StreamClient("key", "secret", { fetch, basePath: "https://proxy.test:8443/stream/" });
  const token = client.generateUserToken({ user_id: "jörg 🦀", iat: 1_700_000_000, exp: 4_000_000_000 });
  assert.equal(client.verifyToken(token).user_id, "jörg 🦀");
  const { users } = await client.upsertUsers([{ id: "ada", name: "Ada Ł 🦀" }]);
  assert.equal(users.ada.created_at.toISOString(), "2023-11-14T22:13:20.000Z");
  await client.request("GET", "/api/v2/app");
  assert.deepEqual(requests.map(([url]) => url).sort(), [
    "https://proxy.test:8443/stream/api/v2/app?api_key=key",
    "https://proxy.test:8443/stream/api/v2/users?api_key=key",
  ]);
  assert.match(requests[0][1], /Ada Ł 🦀/);
  const refused = await client.upsertUsers([{ id: "a b" }]).catch((error) => error);
  assert.deepEqual([isStreamError(refused), refused.field], [true, "users[0].id"]);
  assert.throws(() => new StreamClient("key", "secret", { basePath: "https://a test/" }), { kind: "config" });
  assert.deepEqual(Array.from(keys()), Object.keys(timers), "nothing is put into the global object");
});

test("loading it in Fastly's compiler reads no random value and no time", async () => {
  let isBuilt = false;
  const asked = [];
  const ask = (what, value) => {
    if (!isBuilt) asked.push(what);
    return value;
  };
  const performance = { now: () => ask("now", 0) };
  Object.defineProperty(performance, "timeOrigin", { get: () => ask("timeOrigin", 1) });
  const own = { getRandomValues: (array) => ask("getRandomValues", array.fill(7)) };
  const { StreamClient } = inEngine({ ...timers, fastly: {}, performance, crypto: own });
  const seen = [];
  const fetch = async (_, { headers }) => {
    seen.push(headers["x-client-request-id"]);
    return answer({});
  };
  const client = new StreamClient("key", "secret", { fetch });
  assert.deepEqual(asked, []);
  isBuilt = true;
  await client.getTask({ id: "a" });
  assert.match(seen[0], /^[0-9a-f-]{36}$/);
});

test("calls time out and are aborted without the platform's AbortController", async () => {
  const { StreamClient } = inEngine(timers);
  const client = new StreamClient("key", "secret", { fetch: () => new Promise(() => {}), retry: false });
  await assert.rejects(client.getTask({ id: "a" }, { timeout: 20 }), { kind: "timeout" });
  const controller = new AbortController();
  const reason = new Error("left");
  const call = client.getTask({ id: "a" }, { signal: controller.signal });
  controller.abort(reason);
  await assert.rejects(call, (error) => error === reason);
});

test("a webhook is verified and read, and a forged one refused", async () => {
  const { StreamClient } = inEngine({});
  const client = new StreamClient("key", "secret");
  const body = '{"type":"user.updated","created_at":0,"user":{"id":"jörg 🦀"}}';
  assert.equal(client.verifyWebhook(body, sign(body, "another")), false);
  const event = client.parseWebhook(body, sign(body, "secret"));
  assert.equal(event.user.id, "jörg 🦀");
});

test("a class of the platform that throws when used is replaced", () => {
  class ReactNativeUrl {
    get host() {
      throw new Error("URL.host is not implemented");
    }
  }
  const { StreamClient } = inEngine({ URL: ReactNativeUrl });
  assert.ok(new StreamClient("key", "secret", { fetch: async () => answer({}), basePath: "http://10.0.2.2:8737" }));
});

test("bytes are decoded as in Node, whole and in pieces", async () => {
  const { TextDecoder: StandIn, TextEncoder: Encoder } = await standIns();
  assert.notEqual(StandIn, TextDecoder);
  const texts = [
    "",
    "a",
    "ä",
    "€",
    "🦀",
    "\ufeffa",
    "a\ufeff",
    "\u0000",
    "\ud800",
    "a\udfffb",
    "\u{10ffff}",
    "x".repeat(9000),
  ];
  for (const text of texts) assert.deepEqual(new Encoder().encode(text), new TextEncoder().encode(text), text);
  // Every first byte before bytes at the borders of what may follow it.
  const borders = [0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xff];
  const samples = borders.flatMap((two) => borders.map((three) => [two, three, 0x80]));
  const cases = Array.from({ length: 256 }, (_, lead) =>
    samples.map((more) => Uint8Array.of(lead, ...more, 0x61)),
  ).flat();
  for (const options of [{}, { fatal: true }, { fatal: true, ignoreBOM: true }]) {
    for (const bytes of [...cases, ...texts.map((text) => new TextEncoder().encode(text)), Uint8Array.of(0xe2, 0x82)]) {
      const outcome = (Class) => {
        try {
          return new Class("utf-8", options).decode(bytes);
        } catch (error) {
          return error.constructor;
        }
      };
      if (outcome(StandIn) !== outcome(TextDecoder))
        assert.equal(outcome(StandIn), outcome(TextDecoder), String(bytes));
    }
  }
  const bytes = new TextEncoder().encode("\ufeffjörg € 🦀");
  const [one, other] = [new StandIn(), new TextDecoder()];
  for (const byte of [...bytes, 0xf0, 0x9f]) {
    assert.equal(
      one.decode(Uint8Array.of(byte), { stream: true }),
      other.decode(Uint8Array.of(byte), { stream: true }),
    );
  }
  assert.equal(one.decode(), other.decode());
});
