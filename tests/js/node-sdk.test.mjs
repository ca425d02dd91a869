// Stream's own SDK for Node and this package's client, on the same emulator: what one did, the other sees. That they say the
// same of every operation is shown in `drop-in.test.mjs`, and what that SDK finds of the emulator in `tests/parity`. Run
// over HTTP, since it takes no `fetch`.

import assert from "node:assert/strict";
import test from "node:test";
import * as sdk from "@stream-io/node-sdk";
import { StreamClient } from "getstream-users";
import { apiKey, apiSecret, overHttp, unique } from "../support/api.mjs";

const theirs = new sdk.StreamClient(apiKey, apiSecret, overHttp);
const ours = new StreamClient(apiKey, apiSecret, overHttp);

/** The SDK's exception, whose class it does not export. */
async function refusal(promise) {
  const error = await promise.then(
    () => assert.fail("nothing was thrown"),
    (error) => error,
  );
  assert.equal(error.constructor.name, "StreamError", error.stack);
  return error;
}

test("errors have the same code, message and metadata as the SDK's", async () => {
  const id = unique("king");
  const failures = [
    (client) => client.upsertUsers([{ id, role: "king" }]),
    (client) => client.getTask({ id: "no-such-task" }),
    (client) => client.exportUser({ user_id: id }),
    (client) => client.queryUsers({ payload: { filter_conditions: { banned: "yes" } } }),
    (client) => client.updateUsersPartial({ users: [{ id, set: { created_at: 1 } }] }),
  ];
  for (const fail of failures) {
    const error = await refusal(fail(theirs));
    const own = await fail(ours).catch((error) => error);
    assert.equal(own.message, error.message);
    assert.match(own.message, /^Stream error code \d+: \w+ failed with error: ".+"$/s);
    assert.equal(own.code, error.code);
    assert.equal(own.metadata.responseCode, error.metadata.responseCode);
    assert.deepEqual(Object.keys(own.metadata).sort(), Object.keys(error.metadata).sort());
    assert.ok(error.metadata.rateLimit.rateLimitReset instanceof Date);
    assert.deepEqual(Object.keys(own.metadata.rateLimit).sort(), Object.keys(error.metadata.rateLimit).sort());
  }
  const stranger = new sdk.StreamClient(apiKey, "another secret", overHttp);
  const unknown = new sdk.StreamClient("another-key", apiSecret, overHttp);
  assert.equal((await refusal(stranger.upsertUsers([{ id }]))).code, 5);
  assert.equal((await refusal(unknown.upsertUsers([{ id }]))).code, 2);
});

test("both clients read the same data, whichever wrote it", async () => {
  const user = (id) => ({
    id,
    name: "Zoë",
    role: "user",
    language: "de",
    teams: ["red", "blue"],
    invisible: true,
    privacy_settings: { read_receipts: { enabled: false } },
    custom: { deep: { list: [1, "two", null, { three: 3.5 }] }, when: "2024-01-01T00:00:00.000Z", emoji: "🦀" },
  });
  const [one, other] = [unique("theirs"), unique("ours")];
  await theirs.upsertUsers([user(one)]);
  await ours.upsertUsers([user(other)]);
  // Dates are compared elsewhere: the SDK's are a millisecond early one time in eight.
  const plain = ({ users }) =>
    users.map((user) => Object.fromEntries(Object.entries(user).filter(([, value]) => !(value instanceof Date))));
  const query = {
    payload: { filter_conditions: { id: { $in: [one, other] } }, sort: [{ field: "id", direction: 1 }] },
  };
  const [readByThem, readByUs] = [plain(await theirs.queryUsers(query)), plain(await ours.queryUsers(query))];
  assert.deepEqual(readByUs, readByThem);
  assert.deepEqual({ ...readByUs[0], id: one }, { ...readByUs[1], id: one });
});

test("a revoked token is refused until the revocation is undone", async () => {
  const id = unique("revoked");
  await ours.upsertUsers([{ id }]);
  const query = { payload: { filter_conditions: { id } } };
  const user = StreamClient.withToken(apiKey, ours.generateUserToken({ user_id: id }), { ...overHttp, retry: false });
  await user.queryUsers(query);
  const { users } = await ours.revokeUserToken(id, new Date(Date.now() + 5000));
  assert.ok(users[id].revoke_tokens_issued_before instanceof Date);
  assert.equal((await user.queryUsers(query).catch((error) => error)).code, 40);
  await ours.revokeUserTokens([id], null);
  await user.queryUsers(query);
});

test("any other request is answered as the operations are", async () => {
  const answer = await ours.request("GET", "/api/v2/rate_limits", { query: { web: true, endpoints: ["GetApp"] } });
  assert.deepEqual(Object.keys(answer.web), ["GetApp"]);
  assert.equal(answer.metadata.responseCode, 200);
  const error = await ours.request("DELETE", "/api/v2/roles/nobody-has-it").catch((error) => error);
  assert.deepEqual([error.kind, error.path], ["invalid_request", "/api/v2/roles/nobody-has-it"]);
});

test("tokens of either client work in requests of the other", async () => {
  const id = unique("token");
  await ours.upsertUsers([{ id }]);
  for (const token of [theirs.generateUserToken({ user_id: id }), theirs.createToken(id)]) {
    const client = StreamClient.withToken(apiKey, token, overHttp);
    const { users } = await client.queryUsers({ payload: { filter_conditions: { id } } });
    assert.equal(users[0].id, id);
  }
});
