// The facts about the official SDKs in docs/compare.md, tested with the versions that it names. Those about Workers are in
// tests/workerd/comparison.test.mjs.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import test from "node:test";
import { StreamClient as SdkClient } from "@stream-io/node-sdk";
import { StreamClient } from "getstream-users";
import { StreamChat } from "stream-chat";
import { apiKey, apiSecret, basePath, unique } from "../support/api.mjs";
import { countingServer } from "../support/counting-server.mjs";
import { repository } from "../support/paths.mjs";

const document = readFileSync(path.join(repository, "docs/compare.md"), "utf8");

/** The manifest of an installed package, whose `exports` may hide it. */
function manifest(name) {
  return JSON.parse(readFileSync(path.join(repository, "tests/node_modules", name, "package.json"), "utf8"));
}

const ours = (base = basePath) => new StreamClient(apiKey, apiSecret, { basePath: base });
const sdk = (base = basePath) => new SdkClient(apiKey, apiSecret, { basePath: base });
const chat = (base = basePath) => new StreamChat(apiKey, apiSecret, { baseURL: base });

/** How many requests a client sends for an upsert whose first response is a failure. */
async function requestsAfter(make, status) {
  const body = JSON.stringify({ code: status === 429 ? 9 : -1, message: "not now", StatusCode: status });
  const { url, counts, stop } = await countingServer((index) =>
    index === 0
      ? { status, headers: { "retry-after": "0" }, body }
      : { body: JSON.stringify({ users: {}, duration: "0ms" }) },
  );
  try {
    await make(url)
      .upsertUsers([{ id: "ada" }])
      .catch(() => {});
    return counts.requests;
  } finally {
    await stop();
  }
}

test("the document names the versions that are installed here", () => {
  for (const name of ["@stream-io/node-sdk", "stream-chat"]) {
    assert.ok(document.includes(`\`${name}\` ${manifest(name).version}`), name);
  }
});

test("the oldest Node and the dependencies are those of the manifests", () => {
  const facts = (name) => {
    const { engines, dependencies = {} } = manifest(name);
    return [engines.node, Object.keys(dependencies).filter((dependency) => !dependency.startsWith("@types/"))];
  };
  assert.deepEqual(facts("getstream-users"), [">=20", []]);
  assert.deepEqual(facts("@stream-io/node-sdk"), [">=18.0.0", ["jsonwebtoken"]]);
  const chats = ["axios", "base64-js", "form-data", "isomorphic-ws", "jsonwebtoken", "linkifyjs", "ws"];
  assert.deepEqual(facts("stream-chat"), [">=18", chats]);
});

test("only this client retries a failed upsert", async () => {
  for (const status of [429, 503]) {
    const requests = await Promise.all([ours, sdk, chat].map((make) => requestsAfter(make, status)));
    assert.deepEqual(requests, [2, 1, 1], `${status}`);
  }
});

test("the timeout is three seconds with each", () => {
  assert.equal(sdk().apiClient.apiConfig.timeout, 3_000);
  assert.equal(chat().options.timeout, 3_000);
  assert.match(document, /\| timeout \| 3 s an attempt/);
});

test("a signal aborts a call here, the next request of stream-chat, and none of the Node SDK", async () => {
  const id = unique("aborted");
  const reason = new Error("enough");
  await assert.rejects(ours().upsertUsers([{ id }], { signal: AbortSignal.abort(reason) }), reason);

  const chatClient = chat();
  chatClient.createAbortControllerForNextRequest().abort();
  await assert.rejects(chatClient.upsertUsers([{ id }]), /cancel/i);

  const { users } = await sdk().upsertUsers([{ id }], { signal: AbortSignal.abort(reason) });
  assert.ok(users[id]);
});

test("custom data is in `custom`, and with stream-chat beside the other fields", async () => {
  const [id, chatId] = [unique("custom"), unique("custom")];
  await sdk().upsertUsers([{ id, custom: { plan: "pro" } }]);
  await chat().upsertUsers([{ id: chatId, plan: "pro" }]);
  const { users } = await ours().queryUsers({ payload: { filter_conditions: { id: { $in: [id, chatId] } } } });
  assert.deepEqual(
    users.map(({ custom }) => custom),
    [{ plan: "pro" }, { plan: "pro" }],
  );
  const read = await chat().queryUsers({ id });
  assert.equal(read.users[0].plan, "pro");
});

test("every client's errors have a message and a code; this client's also have an outcome", async () => {
  const failure = (client) => client.upsertUsers([{ id: "not an id", role: "king" }]).catch((error) => error);
  const [own, theirs, chats] = [await failure(ours()), await failure(sdk()), await failure(chat())];
  assert.deepEqual([own.kind, own.outcome], ["invalid_argument", "not_sent"]);
  assert.deepEqual([theirs.code, theirs.outcome], [4, undefined]);
  assert.deepEqual([chats.code, chats.status, chats.outcome], [4, 400, undefined]);
});
