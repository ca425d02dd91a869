// Token providers.

import assert from "node:assert/strict";
import test from "node:test";
import { StreamClient, TimeoutError, TokenProviderError } from "getstream-users";
import { json, recorder, refusal, rejection } from "../support/stub.mjs";

const minter = new StreamClient("key", "secret");
const token = (n) => minter.generateUserToken({ user_id: `u${n}`, iat: 1, exp: 1e9 });
const QUERY = { payload: { filter_conditions: {} } };
const expired = () => refusal(40, "token is expired", 401);

/** A provider that counts, and a client of it. */
function setUp(answer, provide = (n) => token(n)) {
  const asked = { count: 0 };
  const { fetch, requests } = recorder(answer);
  const client = StreamClient.withToken("key", () => provide(++asked.count), { fetch });
  return { client, requests, asked };
}

test("a provider is called once for many calls, and its token is cached", async () => {
  const { client, requests, asked } = setUp(
    () => json({}),
    async (n) => token(n),
  );
  assert.equal(client.userId, undefined);
  await Promise.all(Array.from({ length: 20 }, () => client.queryUsers(QUERY)));
  await client.queryUsers(QUERY);
  assert.equal(asked.count, 1);
  for (const { headers } of requests) {
    assert.equal(headers.authorization, token(1));
    assert.equal(headers["stream-auth-type"], "jwt");
  }
});

test("an expired token is replaced once for all calls that used it", async () => {
  const old = token(1);
  const { client, requests, asked } = setUp(({ headers }) => (headers.authorization === old ? expired() : json({})));
  await Promise.all(Array.from({ length: 5 }, () => client.queryUsers(QUERY)));
  assert.equal(asked.count, 2);
  assert.equal(requests.at(-1).headers.authorization, token(2));
});

test("a server that refuses every token gets a bounded number of requests", async () => {
  const { client, requests, asked } = setUp(expired);
  const error = await rejection(client.queryUsers(QUERY));
  assert.deepEqual([error.kind, error.code, requests.length, asked.count], ["authentication", 40, 3, 3]);
});

test("a failure of the provider is the cause of the call's, and the next call asks again", async () => {
  const cause = new Error("no session");
  const { client, requests, asked } = setUp(
    () => json({}),
    (n) => {
      if (n === 1) throw cause;
      return token(n);
    },
  );
  const error = await rejection(client.queryUsers(QUERY));
  assert.ok(error instanceof TokenProviderError);
  assert.equal(error.outcome, "not_sent");
  assert.equal(error.cause, cause);
  assert.equal(error.message, "the token provider failed; `cause` has the reason");
  assert.equal(requests.length, 0);
  await client.queryUsers(QUERY);
  assert.equal(asked.count, 2);
});

test("the URL that a provider could not reach does not reach a message", async () => {
  const cause = new TypeError("error sending request for url (https://auth.test/token?session=hush)");
  const { client } = setUp(
    () => json({}),
    () => Promise.reject(cause),
  );
  const error = await rejection(client.queryUsers(QUERY));
  assert.deepEqual([error.message, error.cause], ["the token provider failed; `cause` has the reason", cause]);
});

test("what a provider returns is checked, and never repeated in a message", async () => {
  for (const [value, message] of [
    [undefined, /^the token provider must return a string, but returned /],
    [7, /^the token provider must return a string/],
    ["", /^the token provider returned no token: token must not be empty/],
    ["hush.hush", /^the token provider returned no token: token is invalid: /],
  ]) {
    const { client } = setUp(
      () => json({}),
      () => value,
    );
    const error = await rejection(client.queryUsers(QUERY));
    assert.match(error.message, message);
    assert.ok(!error.message.includes("hush"));
  }
});

test("an aborted call does not wait for the provider", async () => {
  const { client } = setUp(
    () => json({}),
    () => new Promise(() => {}),
  );
  const controller = new AbortController();
  const call = client.queryUsers(QUERY, { signal: controller.signal });
  controller.abort("enough");
  assert.equal(await rejection(call), "enough");
});

test("a deadline applies to a provider that does not return", async () => {
  const { client, requests } = setUp(
    () => json({}),
    () => new Promise(() => {}),
  );
  const error = await rejection(client.queryUsers(QUERY, { deadline: 5 }));
  assert.ok(error instanceof TimeoutError);
  assert.match(error.message, /^the call did not end within 5 ms; the `deadline` option/);
  assert.equal(requests.length, 0);
});

test("a call can be aborted between a refused token and the next", async () => {
  const controller = new AbortController();
  const { fetch, requests } = recorder(expired);
  const provide = () => (requests.length === 0 ? token(1) : new Promise(() => {}));
  const onResponse = () => controller.abort("enough");
  const client = StreamClient.withToken("key", provide, { fetch, onResponse });
  assert.equal(await rejection(client.queryUsers(QUERY, { signal: controller.signal })), "enough");
  assert.equal(requests.length, 1);
});

test("a guest is created without asking for a token", async () => {
  const { client, requests, asked } = setUp(() => json({ access_token: token(9), user: {} }));
  await client.createGuest({ user: { id: "gus" } });
  assert.deepEqual([asked.count, requests[0].headers["stream-auth-type"]], [0, "anonymous"]);
  assert.equal(requests[0].headers.authorization, undefined);
});
