// A client as an object: copied, proxied, destructured, printed, mocked and subclassed.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import test, { mock } from "node:test";
import { inspect } from "node:util";
import { StreamClient } from "getstream-users";
import { recorder, rejection } from "../support/stub.mjs";

const server = (options) => new StreamClient("key", "secret", options);
const keyOf = ({ url }) => new URL(url).searchParams.get("api_key");

test("no copy of a client acts as a client, or as another one", async () => {
  const { fetch, requests } = recorder();
  const client = server({ fetch });
  const prototype = Object.getPrototypeOf(client);
  const refusing = {
    spread: { ...client },
    "assigned to its prototype": Object.assign(Object.create(prototype), client),
    "made of its prototype": Object.create(prototype),
    JSON: JSON.parse(JSON.stringify(client)),
    "a structured clone of what shows": structuredClone({ ...client }),
  };
  for (const [name, copy] of Object.entries(refusing)) {
    const call = StreamClient.prototype.queryUsers.call(copy, { payload: { filter_conditions: {} } });
    const error = await rejection(call);
    assert.deepEqual([error.kind, error.outcome], ["config", "not_sent"], name);
    assert.match(error.message, /is not a StreamClient, such as a copy/, name);
    assert.throws(() => StreamClient.prototype.generateUserToken.call(copy, { user_id: "ann" }), { kind: "config" });
  }
  assert.equal(requests.length, 0);
  // A copy of the methods includes their client.
  const whole = Object.create(prototype, Object.getOwnPropertyDescriptors(client));
  await whole.getApp();
  assert.deepEqual(requests.map(keyOf), ["key"]);
});

test("a copy that outlives its client never becomes another tenant's", () => {
  const program = `
    import { StreamClient } from "getstream-users";
    let one = new StreamClient("keyA", "secretA");
    const copies = [{ ...one }, Object.assign(Object.create(Object.getPrototypeOf(one)), one)];
    one = undefined;
    for (let round = 0; round < 20; round++) {
      gc();
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    new StreamClient("keyB", "secretB");
    const { generateUserToken } = StreamClient.prototype;
    for (const copy of copies) {
      try {
        console.log(generateUserToken.call(copy, { user_id: "ada" }));
      } catch (error) {
        console.log(error.kind);
      }
    }
  `;
  const run = ["--expose-gc", "--input-type=module", "--eval", program];
  const out = execFileSync(process.execPath, run, { cwd: import.meta.dirname, encoding: "utf8" });
  assert.equal(out, "config\nconfig\n");
});

test("a client's state cannot be enumerated, and it prints its identity", () => {
  const client = server();
  assert.deepEqual(Object.keys(client), []);
  assert.deepEqual({ ...client }, {});
  const symbols = Object.getOwnPropertySymbols(client);
  assert.deepEqual(
    symbols.filter((symbol) => Object.prototype.propertyIsEnumerable.call(client, symbol)),
    [],
  );
  for (const [made, shown] of [
    [client, '{"apiKey":"key","kind":"server"}'],
    [
      StreamClient.withToken("key", client.generateUserToken({ user_id: "ann" })),
      '{"apiKey":"key","kind":"user","userId":"ann"}',
    ],
    [StreamClient.anonymous("key"), '{"apiKey":"key","kind":"anonymous"}'],
    [StreamClient.withToken("key", () => "x"), '{"apiKey":"key","kind":"provider"}'],
  ]) {
    assert.equal(JSON.stringify(made), shown);
    assert.equal(inspect(made), `StreamClient ${shown}`);
    for (const text of [inspect(made, { showHidden: true }), inspect(made, { depth: 9 }), String(made)]) {
      assert.doesNotMatch(text, /secret|__wbg|eyJ/);
    }
  }
});

test("detached methods and accessors work", async () => {
  const { fetch, requests } = recorder();
  const client = server({ fetch });
  const { queryUsers, generateUserToken, parseSqs, verifyToken, apiKey, userId, moderation, tasks } = client;
  await queryUsers({ payload: { filter_conditions: {} } });
  const { ban } = moderation;
  await ban({ target_user_id: "ann", banned_by_id: "bob" });
  await tasks("t").get();
  assert.equal((await parseSqs('{"type":"x"}')).type, "x");
  assert.equal(verifyToken(generateUserToken({ user_id: "ann" })).user_id, "ann");
  assert.deepEqual([apiKey, userId], ["key", undefined]);
  assert.equal(requests.length, 3);
});

test("a client works behind a proxy", async () => {
  const { fetch, requests } = recorder();
  const client = server({ fetch });
  const plain = new Proxy(client, {});
  // As reactive stores do: they also wrap the objects that they return.
  const wrap = (object) =>
    new Proxy(object, {
      get(target, name, receiver) {
        const value = Reflect.get(target, name, receiver);
        return typeof value === "object" && value !== null ? wrap(value) : value;
      },
    });
  for (const proxy of [plain, wrap(client), wrap({ client }).client]) {
    await proxy.getApp();
    await proxy.moderation.ban({ target_user_id: "ann", banned_by_id: "bob" });
    assert.equal(proxy.apiKey, "key");
    assert.equal((await proxy.safe.getApp()).error, undefined);
  }
  assert.equal(requests.length, 9);
  // Vue leaves objects alone that say what they are.
  assert.equal(Object.prototype.toString.call(client), "[object StreamClient]");
});

test("methods can be replaced and spied on, on a client and on the class", async (t) => {
  const { fetch, requests } = recorder();
  const client = server({ fetch });
  const watched = t.mock.method(client, "getApp");
  await client.getApp();
  assert.equal(watched.mock.callCount(), 1);
  watched.mock.restore();
  const onClass = mock.method(StreamClient.prototype, "getApp", async () => "of the class");
  assert.equal(await client.getApp(), "of the class");
  onClass.mock.restore();
  client.getApp = async () => "a fake";
  assert.equal(await client.getApp(), "a fake");
  client.moderation = { ban: () => "another" };
  assert.equal(client.moderation.ban(), "another");
  assert.equal(requests.length, 1);
});

test("a subclass can override methods and call super", async () => {
  const { fetch, requests } = recorder();
  class Mine extends StreamClient {
    seen = 0;
    async getApp(options) {
      this.seen++;
      return super.getApp(options);
    }
    whole() {
      return this.getApp();
    }
  }
  const mine = new Mine("key", "secret", { fetch });
  const { getApp } = mine;
  await getApp();
  await mine.whole();
  assert.deepEqual([mine.seen, requests.length, mine instanceof StreamClient], [2, 2, true]);
  const user = Mine.withToken("key", mine.generateUserToken({ user_id: "ann" }), { fetch });
  assert.ok(user instanceof Mine);
  assert.equal(user.userId, "ann");
});

test("a method has its name and is defined on its class", () => {
  assert.equal(StreamClient.name, "StreamClient");
  assert.equal(StreamClient.prototype.upsertUsers.name, "upsertUsers");
  assert.match(String(StreamClient.prototype.upsertUsers), /^upsertUsers\(/);
  const client = server();
  assert.equal(client.getApp, client.getApp);
});

test("a guest's token creates the client of the same guest again", async () => {
  const minted = server().generateUserToken({ user_id: "guest-1-ann" });
  const { fetch } = recorder(() => Response.json({ access_token: minted, user: { id: "guest-1-ann" } }));
  const guest = await StreamClient.guest("key", { id: "ann" }, { fetch });
  assert.deepEqual([guest.userId, await guest.token()], ["guest-1-ann", minted]);
  const again = StreamClient.withToken("key", await guest.token());
  assert.equal(again.userId, "guest-1-ann");
});

test("a provider's token and user are known after its first call", async () => {
  const { fetch } = recorder();
  const minted = server().generateUserToken({ user_id: "ann" });
  const client = StreamClient.withToken("key", async () => minted, { fetch });
  assert.equal(client.userId, undefined);
  assert.equal(await client.token(), minted);
  assert.equal(client.userId, "ann");
  for (const none of [server(), StreamClient.anonymous("key")]) {
    assert.equal((await rejection(none.token())).kind, "config");
  }
});

test("previous secrets verify, and do not sign", () => {
  const [old, rotated] = [new StreamClient("key", "old"), new StreamClient("key", "new", { previousSecrets: ["old"] })];
  const token = old.generateUserToken({ user_id: "ann" });
  assert.equal(rotated.verifyToken(token).user_id, "ann");
  const own = rotated.generateUserToken({ user_id: "ann" });
  assert.throws(() => old.verifyToken(own), { code: 43 });
  assert.throws(() => new StreamClient("key", "new").verifyToken(token), { code: 43 });
  for (const previousSecrets of ["old", [7]]) {
    assert.throws(() => new StreamClient("key", "new", { previousSecrets }), { field: "previousSecrets" });
  }
  assert.throws(() => new StreamClient("key", "new", { previousSecrets: [""] }), { kind: "config" });
});
