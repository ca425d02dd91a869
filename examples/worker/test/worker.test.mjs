// Every route, over HTTP, with the Worker in workerd and an emulator of Stream's API that STREAM_BASE_URL names.
import assert from "node:assert/strict";
import { createHmac, randomUUID } from "node:crypto";
import test, { after, afterEach, before } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { StreamClient } from "getstream-users";
import { bundle, run } from "./deployed.mjs";

const { STREAM_BASE_URL, STREAM_API_KEY, STREAM_API_SECRET } = process.env;
if (!STREAM_BASE_URL) throw new Error("STREAM_BASE_URL is not set: cargo xtask emulator exec -- npm test");

const KEY = Buffer.from("a secret of at least 24 bytes");
const HOOK_SECRET = `whsec_${KEY.toString("base64")}`;
const ALLOWED_ORIGIN = "https://app.example";
const basePath = STREAM_BASE_URL;
const api = new StreamClient(STREAM_API_KEY, STREAM_API_SECRET, { basePath });
const secrets = { STREAM_BASE_URL, STREAM_API_KEY, STREAM_API_SECRET, HOOK_SECRET, ALLOWED_ORIGIN };

let worker;
let logged = "";
let uploaded;

before(async () => {
  uploaded = await bundle();
  worker = await run(secrets, (text) => {
    logged += text;
  });
});
after(() => worker.stop());
afterEach(() => control("DELETE", "faults"));

async function control(method, path, body) {
  const headers = { "content-type": "application/json" };
  const init = body === undefined ? { method } : { method, headers, body: JSON.stringify(body) };
  const response = await fetch(`${basePath}/__emulator/${path}`, init);
  assert.ok(response.ok, `${path}: ${response.status}`);
  return response.json();
}

/** Makes an operation of the emulator go wrong. */
const fault = (operation, fault, times) => control("POST", "faults", { operation, fault, ...(times && { times }) });

function sign(body, { key = KEY, id = randomUUID(), time = Math.floor(Date.now() / 1000) } = {}) {
  const signature = createHmac("sha256", key).update(`${id}.${time}.${body}`).digest("base64");
  return { "webhook-id": id, "webhook-timestamp": String(time), "webhook-signature": `v1,${signature}` };
}

/** Sends a body and returns what came back; `answer` is its JSON. */
async function send(path, body, headers = {}, method = "POST") {
  const response = await fetch(new URL(path, worker.url), { method, headers, body });
  const text = await response.text();
  return { status: response.status, headers: response.headers, answer: text === "" ? undefined : JSON.parse(text) };
}

/** What a backend sends. */
function hook(path, input, how) {
  const body = typeof input === "string" ? input : JSON.stringify(input);
  return send(path, body, sign(body, how));
}

async function until(what, isSo) {
  for (let tries = 0; tries < 200; tries++) {
    if (await isSo()) return;
    await pause(50);
  }
  assert.fail(`never: ${what}`);
}

const unique = (name) => `${name}-${randomUUID().slice(0, 8)}`;
const find = async (id) => (await api.queryUsers({ payload: { filter_conditions: { id } } })).users[0];
const asUser = (token) => StreamClient.withToken(STREAM_API_KEY, token, { basePath });
const look = (client) => client.queryUsers({ payload: { filter_conditions: {} } });

test("wrangler deploy has all it needs", () => {
  assert.match(uploaded, /env\.GUEST_LIMIT \(5 requests\/60s\)/);
  assert.match(uploaded, /--dry-run: exiting now/);
});

test("a sign-up creates the user and returns a token that Stream takes", async () => {
  const id = unique("ada");
  const { status, headers, answer } = await hook("/hooks/sign-up", { id, name: "Ada", role: "admin" });
  assert.equal(status, 201);
  assert.equal(headers.get("cache-control"), "no-store");
  assert.deepEqual({ ...answer, token: "" }, { api_key: STREAM_API_KEY, user_id: id, token: "", expires_in: 3600 });

  const { users } = await look(asUser(answer.token));
  assert.ok(users.length > 0);
  const { name, role } = await find(id);
  assert.deepEqual([name, role], ["Ada", "user"], "a caller cannot choose the role");
});

test("a sign-up that comes twice does no harm", async () => {
  const id = unique("twice");
  assert.equal((await hook("/hooks/sign-up", { id })).status, 201);
  assert.equal((await hook("/hooks/sign-up", { id })).status, 201);
});

test("a sign-in returns a token and sends nothing to Stream", async () => {
  await control("DELETE", "requests");
  const { status, answer } = await hook("/hooks/sign-in", { id: "ben" });
  assert.equal(status, 200);
  assert.equal(api.verifyToken(answer.token).user_id, "ben");
  assert.deepEqual((await control("GET", "requests")).requests, []);
});

test("calls that the backend has not signed are refused", async (t) => {
  const body = JSON.stringify({ id: "eve" });
  const signed = sign(body);
  const now = Math.floor(Date.now() / 1000);
  const cases = {
    "without a signature": {},
    "with another secret": sign(body, { key: "not the secret, but long enough" }),
    "for another body": sign(`${body} `),
    "under another id": { ...signed, "webhook-id": "another" },
    "with another version": { ...signed, "webhook-signature": signed["webhook-signature"].replace("v1,", "v2,") },
    "with no base64": { ...signed, "webhook-signature": "v1,?" },
    "from ten minutes ago": sign(body, { time: now - 600 }),
    "from the future": sign(body, { time: now + 600 }),
    "at no time": sign(body, { time: "now" }),
  };
  for (const [name, headers] of Object.entries(cases)) {
    await t.test(name, async () => {
      for (const path of ["/hooks/sign-up", "/hooks/sign-in", "/hooks/account-deleted"]) {
        const { status, answer } = await send(path, body, headers);
        assert.equal(status, 401);
        assert.equal(answer.error.code, "unauthorized");
      }
    });
  }
  assert.equal(await find("eve"), undefined);
});

test("either of two signatures will do, while a secret is replaced", async () => {
  const body = JSON.stringify({ id: "ben" });
  const headers = sign(body);
  headers["webhook-signature"] = `v1,AAAA ${headers["webhook-signature"]}`;
  assert.equal((await send("/hooks/sign-in", body, headers)).status, 200);
});

test("input that is wrong is refused before anything is sent to Stream", async (t) => {
  await control("DELETE", "requests");
  const cases = [
    ["{", 400, "the body must be JSON"],
    ["[]", 400, "the body must be an object"],
    ["null", 400, "the body must be an object"],
    [{ name: "nobody" }, 400, "id must be 1 to 255 letters, digits, @, _ and -"],
    [{ id: "with a space" }, 400, "id must be 1 to 255 letters, digits, @, _ and -"],
    [{ id: "ada", name: 7 }, 400, "name must be a text of at most 255 characters"],
    [{ id: "ada", name: "x".repeat(20_000) }, 413, "the body may have 16384 bytes"],
  ];
  for (const [input, status, message] of cases) {
    await t.test(message, async () => {
      const refused = await hook("/hooks/sign-up", input);
      assert.deepEqual([refused.status, refused.answer.error.message], [status, message]);
    });
  }
  assert.deepEqual((await control("GET", "requests")).requests, []);
});

test("a deleted account's user is deleted, and its end is waited for", async () => {
  const id = unique("gone");
  await api.upsertUsers([{ id }]);
  const { status, answer } = await hook("/hooks/account-deleted", { id });
  assert.equal(status, 202);
  await until("the end is logged", () => logged.includes(`"message":"user deleted","task_id":"${answer.task_id}"`));
  assert.equal((await api.getTask({ id: answer.task_id })).status, "completed");
  assert.equal(await find(id), undefined);
});

test("a deletion that passes over its user is logged", async () => {
  await control("PATCH", "settings", { strict: true });
  try {
    const { answer } = await hook("/hooks/account-deleted", { id: unique("unknown") });
    await until("the failure is logged", () => logged.includes(`has not ended well","task_id":"${answer.task_id}"`));
  } finally {
    await control("PATCH", "settings", { strict: false });
  }
});

test("a deletion whose task cannot be watched is logged with the task", async () => {
  const id = unique("lost");
  await api.upsertUsers([{ id }]);
  await fault("GetTask", { status: 403 });
  const { answer } = await hook("/hooks/account-deleted", { id });
  await until("the failure is logged", () => logged.includes(`has not ended well","task_id":"${answer.task_id}"`));
});

test("Stream's refusal of a user is reported to the backend", async () => {
  const id = unique("deleted");
  await api.upsertUsers([{ id }]);
  await (await api.deleteUsers({ user_ids: [id], user: "hard", messages: "hard", conversations: "hard" })).wait();
  const { status, answer } = await hook("/hooks/sign-up", { id });
  assert.equal(status, 422);
  assert.match(answer.error.message, /UpdateUsers failed with error/);
});

test("a fault of Stream's that passes is not noticed", async () => {
  await fault("UpdateUsers", { status: 503 }, 1);
  assert.equal((await hook("/hooks/sign-up", { id: unique("patient") })).status, 201);
});

test("while Stream is down, callers get 503 with Retry-After", async () => {
  await fault("UpdateUsers", { status: 503 });
  const { status, headers, answer } = await hook("/hooks/sign-up", { id: unique("down") });
  assert.deepEqual([status, answer.error.code], [503, "unavailable"]);
  assert.match(headers.get("retry-after"), /^\d+$/);
});

test("a rate limit of Stream's is handed on, with its time", async () => {
  await fault("UpdateUsers", { status: 429, retry_after: 30 });
  const { status, headers, answer } = await hook("/hooks/sign-up", { id: unique("many") });
  assert.deepEqual([status, answer.error.code, headers.get("retry-after")], [429, "rate_limit", "30"]);
});

test("a wrong set-up is logged without secrets, and not shown to callers", async () => {
  const broken = await run({ ...secrets, STREAM_API_SECRET: "not the secret" }, (text) => {
    logged += text;
  });
  try {
    const body = JSON.stringify({ id: "ada" });
    const response = await fetch(new URL("/hooks/sign-up", broken.url), { method: "POST", headers: sign(body), body });
    assert.equal(response.status, 500);
    assert.deepEqual((await response.json()).error, { code: "internal", message: "Something went wrong on this side" });
    await until("the reason is logged", () => logged.includes("AuthenticationError"));
    assert.ok(!logged.includes("not the secret") && !logged.includes(STREAM_BASE_URL));
  } finally {
    await broken.stop();
  }
});

test("a ban on Stream revokes the user's tokens, by a webhook that Stream has signed", async () => {
  const id = unique("rude");
  const { answer } = await hook("/hooks/sign-up", { id });
  await look(asUser(answer.token));
  const webhook_url = new URL("/hooks/stream", worker.url).href;
  const types = ["user.banned", "user.deactivated"];
  await api.updateApp({
    event_hooks: [{ hook_type: "webhook", enabled: true, event_types: types, product: "all", webhook_url }],
  });
  await api.upsertUsers([{ id: "moderator" }]);
  // Revocations have a resolution of a second, so the ban is a second later than the token.
  await control("POST", "clock", { advance_ms: 2000 });
  await api.moderation.ban({ target_user_id: id, banned_by_id: "moderator" });
  const isRefused = (error) => error.kind === "authentication";
  await until("the token is refused", () => look(asUser(answer.token)).then(() => false, isRefused));

  await api.deactivateUser({ user_id: id });
  await until("the deactivation is logged", () => logged.includes('"message":"user.deactivated"'));
  await api.updateApp({ event_hooks: [] });
});

test("webhooks of anybody else are refused", async (t) => {
  const event = JSON.stringify({ type: "user.banned", user: { id: "victim" }, created_at: "2026-01-01T00:00:00Z" });
  const signature = createHmac("sha256", STREAM_API_SECRET);
  const cases = {
    "without a signature": [event, {}, 401],
    "with a wrong one": [event, { "x-signature": "0".repeat(64) }, 401],
    "with Stream's signature of something else": [event, { "x-signature": signature.update("{}").digest("hex") }, 401],
    "without a body": ["", { "x-signature": "0".repeat(64) }, 400],
  };
  for (const [name, [body, headers, expected]] of Object.entries(cases)) {
    await t.test(name, async () => assert.equal((await send("/hooks/stream", body, headers)).status, expected));
  }
});

test("events that mean nothing here are taken, and a webhook that we cannot act on is asked for again", async () => {
  const call = (event) => {
    const body = JSON.stringify({ created_at: "2026-01-01T00:00:00Z", ...event });
    return send("/hooks/stream", body, {
      "x-signature": createHmac("sha256", STREAM_API_SECRET).update(body).digest("hex"),
    });
  };
  assert.equal((await call({ type: "message.new" })).status, 200);

  await fault("UpdateUsersPartial", { status: 503 });
  assert.equal((await call({ type: "user.banned", user: { id: "ada" }, cid: "messaging:1" })).status, 200);
  assert.equal((await call({ type: "user.banned", user: { id: "ada" }, shadow: true })).status, 200);
  assert.equal((await call({ type: "user.banned", user: { id: "ada" } })).status, 503);
});

test("guests get a token, until their address has made enough of them", async () => {
  const from = (address) => send("/guests", JSON.stringify({ name: "A visitor" }), { "cf-connecting-ip": address });
  for (let number = 0; number < 5; number++) {
    const { status, answer } = await from("192.0.2.1");
    assert.equal(status, 201);
    if (number === 0) await look(asUser(answer.token));
  }
  const sixth = await from("192.0.2.1");
  assert.deepEqual([sixth.status, sixth.answer.error.code], [429, "too_many"]);
  assert.equal(sixth.headers.get("retry-after"), "60");
  assert.equal((await from("192.0.2.2")).status, 201);
});

test("a network of IPv6 counts as one address, however it is written", async () => {
  const from = async (address) => (await send("/guests", "{}", { "cf-connecting-ip": address })).status;
  for (const host of ["::1", ":aaaa::", ":1:2:3:4", "::", ":ffff:0:0:9"]) {
    assert.equal(await from(`2001:db8:0:7${host}`), 201, host);
  }
  assert.equal(await from("2001:0DB8:0000:0007:1:1:1:1"), 429);
  for (const other of ["2001:db8:0:8::1", "::ffff:192.0.2.10", "::ffff:192.0.2.11"]) {
    assert.equal(await from(other), 201, other);
  }
});

test("a page elsewhere makes no guests", async () => {
  const ask = (origin) =>
    send("/guests", "{}", { origin, "cf-connecting-ip": "192.0.2.4", "content-type": "text/plain" });
  assert.equal((await ask("https://evil.example")).status, 403);
  assert.equal((await ask("null")).status, 403);
  assert.equal((await ask(new URL(worker.url).origin)).status, 201);
});

test("a ban that arrives late does not make revoked tokens valid again", async () => {
  const id = unique("late");
  await api.upsertUsers([{ id }]);
  const revoked = new Date(Math.floor(Date.now() / 1000) * 1000);
  await api.revokeUserToken(id, revoked);
  const ban = (created_at) => {
    const body = JSON.stringify({ type: "user.banned", created_at, user: { id } });
    const signature = createHmac("sha256", STREAM_API_SECRET).update(body).digest("hex");
    return send("/hooks/stream", body, { "x-signature": signature });
  };
  assert.equal((await ban("2020-01-01T00:00:00Z")).status, 200);
  assert.deepEqual((await find(id)).revoke_tokens_issued_before, revoked);
  const later = new Date(revoked.getTime() + 60_000);
  assert.equal((await ban(later.toISOString())).status, 200);
  assert.deepEqual((await find(id)).revoke_tokens_issued_before, later);
});

test("a body that does not say its size may be no larger", async () => {
  const body = new Blob(["x".repeat(20_000)]).stream();
  const response = await fetch(new URL("/hooks/sign-up", worker.url), { method: "POST", body, duplex: "half" });
  assert.equal(response.status, 413);
});

test("only the allowed page may read the responses for guests", async () => {
  const ask = (origin, method = "POST") =>
    send("/guests", method === "POST" ? "{}" : undefined, { origin, "cf-connecting-ip": "192.0.2.3" }, method);
  const allowed = (answer) => answer.headers.get("access-control-allow-origin");
  assert.equal((await ask(ALLOWED_ORIGIN, "OPTIONS")).status, 204);
  assert.equal(allowed(await ask(ALLOWED_ORIGIN, "OPTIONS")), ALLOWED_ORIGIN);
  assert.equal(allowed(await ask(ALLOWED_ORIGIN)), ALLOWED_ORIGIN);
  assert.equal(allowed(await ask("https://evil.example")), null);
});

test("other paths and methods are refused", async () => {
  assert.equal((await send("/", "{}")).status, 404);
  assert.equal((await send("/constructor", "{}")).status, 404);
  const wrong = await send("/hooks/sign-up", undefined, {}, "GET");
  assert.deepEqual([wrong.status, wrong.headers.get("allow")], [405, "POST"]);
});

test("overlapping calls do not mix up", async () => {
  const ids = Array.from({ length: 50 }, () => unique("crowd"));
  const answers = await Promise.all(ids.map((id) => hook("/hooks/sign-up", { id })));
  assert.deepEqual(
    answers.map(({ answer }) => api.verifyToken(answer.token).user_id),
    ids,
  );
});
