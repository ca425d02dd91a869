// Hostile ids, servers, proxies and `fetch` functions.

import assert from "node:assert/strict";
import http from "node:http";
import test from "node:test";
import { StreamClient, StreamError } from "getstream-users";
import { json, recorder, rejection } from "../support/stub.mjs";

const server = (options) => new StreamClient("hushkey", "hushsecret", options);
const never = () => new Promise(() => {});

test("an id with a line break is one bad id, not two good ones", async () => {
  const { fetch, requests } = recorder();
  for (const call of [
    (client) => client.upsertUsers([{ id: "a\nb" }]),
    (client) => client.updateUsers({ users: { "a\nb": { id: "a\nb" } } }),
  ]) {
    assert.match((await rejection(call(server({ fetch })))).message, /\.id may hold letters .* but has U\+000A$/);
  }
  assert.equal(requests.length, 0);
});

test("the user_id of a query must be a valid id", async () => {
  const { fetch } = recorder();
  const query = { payload: { filter_conditions: {}, user: { id: "bad id" } } };
  assert.equal((await rejection(server({ fetch }).queryUsers(query))).field, "payload.user.id");
});

test("timeouts and aborts work with a fetch that ignores its signal", async () => {
  const stuck = { ok: true, status: 200, headers: new Headers(), json: never };
  const refusing = { ...stuck, ok: false, status: 500, text: never };
  for (const [fetch, kind] of [
    [never, "timeout"],
    [async () => stuck, "timeout"],
    [async () => refusing, "server"],
  ]) {
    const error = await rejection(server({ fetch, timeout: 5 }).getTask({ id: "a" }));
    assert.equal(error.kind, kind);
    const controller = new AbortController();
    const call = server({ fetch }).getTask({ id: "a" }, { signal: controller.signal });
    controller.abort("enough");
    assert.equal(await rejection(call), "enough");
  }
});

test("undefined and null mean no signal", async () => {
  const { fetch } = recorder(() => json({ task_id: "t", status: "completed" }));
  assert.equal((await server({ fetch }).getTask({ id: "a" }, { signal: null })).task_id, "t");
  assert.equal((await server({ fetch }).waitForTask("a", { signal: null })).task_id, "t");
});

test("a redirect is an error, so that no other host gets the body and no write becomes a read", async () => {
  let followed = 0;
  const listener = http.createServer((request, response) => {
    if (request.url.startsWith("/elsewhere")) followed += 1;
    response.writeHead(Number(request.headers["x-status"]), { location: "/elsewhere" }).end();
  });
  await new Promise((resolve) => listener.listen(0, "127.0.0.1", resolve));
  const client = server({ basePath: `http://127.0.0.1:${listener.address().port}` });
  for (const status of [301, 302, 307, 308]) {
    const call = client.upsertUsers([{ id: "ann" }], { headers: { "x-status": String(status) } });
    const error = await rejection(call);
    assert.deepEqual([error.kind, error.status], ["response", status]);
  }
  listener.close();
  assert.equal(followed, 0);
});

test("a base path that is not a URL is refused when the client is created", () => {
  for (const basePath of ["https://[", "https://a:99999", "https://exa%mple", "https://u:hush@a"]) {
    assert.throws(
      () => server({ basePath }),
      (error) => error.kind === "config" && !error.message.includes("hush"),
    );
  }
});

test("a URL or token in an error of fetch does not reach a message", async () => {
  const atHost = (url) => `https://${new URL(url).host} at /api/v2/tasks/ann`;
  for (const tell of [(url) => url, atHost, (_, init) => init.headers.authorization]) {
    const fetch = async (url, init) => {
      throw new TypeError(`cannot send ${tell(url, init)}`);
    };
    const error = await rejection(server({ fetch }).getTask({ id: "ann" }));
    assert.equal(error.message, "no connection to chat.stream-io-api.com: the reason is in `cause`");
    assert.match(error.cause.message, /^cannot send /);
  }
});

test("a JSON response that is not an object is not the API's", async () => {
  for (const body of ["[]", "null", "7", '"text"', "true"]) {
    const error = await rejection(server({ fetch: async () => new Response(body) }).getTask({ id: "a" }));
    assert.deepEqual([error.kind, error instanceof StreamError], ["response", true], body);
  }
});

test("the status is kept when the error body is truncated or endless", async () => {
  const broken = () => new ReadableStream({ pull: (controller) => controller.error(new Error("cut")) });
  const endless = () => new ReadableStream();
  for (const body of [broken, endless]) {
    const fetch = async () => new Response(body(), { status: 429, headers: { "retry-after": "0" } });
    const error = await rejection(server({ fetch, timeout: 5 }).restoreUsers({ user_ids: ["ann"] }));
    assert.deepEqual([error.kind, error.status, error.attempts], ["rate_limit", 429, 3]);
  }
});

test("unexpected numbers and texts in headers and bodies are ignored", async () => {
  const answer = (body) => async () => json(body, { status: 500 });
  const odd = await rejection(server({ fetch: answer({ code: 4294967312, message: "m" }) }).getTask({ id: "a" }));
  assert.deepEqual([odd.kind, odd.code], ["server", undefined]);
  const long = await rejection(server({ fetch: answer({ code: -1, message: "m".repeat(1e6) }) }).getTask({ id: "a" }));
  assert.ok(long.message.length < 2100);
});

test("no response changes a prototype", async () => {
  const body = '{"users":{"__proto__":{"id":"__proto__","polluted":true}},"__proto__":{"polluted":true},"duration":""}';
  const { users } = await server({ fetch: async () => new Response(body) }).upsertUsers([{ id: "__proto__" }]);
  assert.equal({}.polluted, undefined);
  assert.ok(Object.hasOwn(users, "__proto__"));
});

test("an argument whose JSON differs from its fields is refused", async () => {
  const { fetch, requests } = recorder();
  const toJSON = () => ({ user_ids: ["ann"], user: "hard", messages: "hard", conversations: "hard" });
  for (const call of [
    (client) => client.deleteUsers({ user_ids: ["ben"], user: "soft", toJSON }),
    (client) => client.moderation.unmute({ target_ids: ["ben"], user_id: "ann", toJSON: () => 7 }),
    (client) => client.updateUsers({ users: { ann: { id: "ann" } }, toJSON }),
  ]) {
    const { kind, message } = await rejection(call(server({ fetch })));
    assert.equal(kind, "invalid_argument");
    assert.match(message, /: the argument must be an object, but was a value with its own toJSON/);
  }
  assert.equal(requests.length, 0);
});

test("a user that changes while it is read is still sent as valid JSON", async () => {
  const { fetch, requests } = recorder();
  for (const later of [undefined, 7, () => {}]) {
    let asked = 0;
    const id = () => (asked++ < 3 ? "ann" : later);
    await server({ fetch }).upsertUsers([Object.defineProperty({}, "id", { get: id, enumerable: true })]);
  }
  assert.deepEqual(
    requests.map(({ json }) => Object.keys(json)),
    [["users"], ["users"], ["users"]],
  );
});

test("a key, a secret and a token must be strings, and the error names the type", () => {
  const url = new URL("https://example.com");
  for (const make of [
    () => new StreamClient(url, "secret"),
    () => new StreamClient("key", url),
    () => StreamClient.withToken("key", url),
  ]) {
    assert.throws(make, /must be a string, but was a value with its own toJSON/);
  }
  const { proxy, revoke } = Proxy.revocable(() => {}, {});
  revoke();
  assert.throws(
    () => new StreamClient(proxy, "secret"),
    (error) => error.kind === "config" && error.message === "apiKey must be a string, but was a function",
  );
});

test("a token contains what was checked, and is never a server's", () => {
  class Payload {
    role = "user";
    get user_id() {
      return "ann";
    }
  }
  const claims = (token) => JSON.parse(Buffer.from(token.split(".")[1], "base64url"));
  assert.equal(claims(server().generateUserToken(new Payload())).user_id, "ann");
  for (const payload of [
    { user_id: "ann", server: true },
    { user_id: "ann", toJSON: () => ({ server: true }) },
  ]) {
    assert.throws(
      () => server().generateUserToken(payload),
      (error) => error.kind === "invalid_argument",
    );
  }
});

test("a progress callback that fails later fails the wait, and nothing else", async () => {
  const { fetch } = recorder(() => json({ task_id: "t", status: "pending" }));
  const onProgress = async () => {
    throw new RangeError("later");
  };
  const error = await rejection(server({ fetch }).waitForTask("t", { pollInterval: 1, onProgress }));
  assert.equal(error.message, "later");
});

test("a guest's client keeps its options when the caller changes them", async () => {
  const seen = [];
  const fetch = async (url) => {
    seen.push(new URL(url).host);
    return json({ access_token: "e30.e30.devtoken", user: { id: "g" }, task_id: "t" });
  };
  const options = { fetch, basePath: "https://good.example" };
  const user = { id: "visitor" };
  const joining = StreamClient.guest("key", user, options);
  options.basePath = "https://evil.example";
  user.id = "bad id";
  await (await joining).getTask({ id: "t" });
  assert.deepEqual(seen, ["good.example", "good.example"]);
  const empty = await rejection(StreamClient.guest("key", { id: "visitor" }, { fetch: async () => json({}) }));
  assert.equal(empty.kind, "response");
});

test("a copy of a client's fields is not a client", async () => {
  const { fetch, requests } = recorder();
  const client = server({ fetch });
  const { getTask } = StreamClient.prototype;
  for (const fake of [
    { ...client },
    { __wbg_ptr: 8 },
    Object.create(StreamClient.prototype),
    Object.assign(Object.create(Object.getPrototypeOf(client)), client),
    structuredClone({ ...client }),
    undefined,
  ]) {
    assert.equal((await rejection(getTask.call(fake, { id: "a" }))).kind, "config");
  }
  assert.equal(requests.length, 0);
});

test("setting the clock back does not make a wait endless", async (context) => {
  const { fetch } = recorder(() => json({ task_id: "t", status: "running" }));
  let now = 1e12;
  context.mock.method(Date, "now", () => (now -= 1000));
  const error = await rejection(server({ fetch }).waitForTask("t", { pollInterval: 5, timeout: 20 }));
  assert.equal(error.kind, "timeout");
});
