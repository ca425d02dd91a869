// The scenario for every runtime: a user's short life against the emulator's server, then against the emulator in process.
// `tests/js/lifecycle.mjs` tests more; this fits into any project.

import { counting } from "../../support/assert.mjs";

export { counting };

/**
 * @param {() => object | Promise<object>} load gives the package's entries, as `entries.mjs` has them, or `client.mjs`
 * @param {{ basePath: string, apiKey: string, apiSecret: string, step?: "first" }} settings where the emulator's server
 *   is; with the step `first` nothing follows the first answer
 * @returns {Promise<{ assertions: number, coldStart: number }>} how much was shown, and the milliseconds from `load` to
 *   the first answer
 */
export async function scenario(load, { basePath, apiKey, apiSecret, step }) {
  const started = performance.now();
  const { client: users, bulk, emulator } = await load();
  // A secret that everybody knows may be in a browser.
  const options = { basePath, timeout: 30_000, dangerouslyAllowBrowser: true };
  const client = new users.StreamClient(apiKey, apiSecret, options);
  await client.queryUsers({ payload: { filter_conditions: {}, limit: 1 } });
  const coldStart = performance.now() - started;
  if (step === "first") return { assertions: 0, coldStart };

  const { assert, count } = counted();
  await life(client, users, assert);
  await crowd(client, bulk, assert);
  await webhook(client, users, apiSecret, assert);
  if (emulator !== undefined) await inProcess(users, emulator, assert);
  return { assertions: count(), coldStart };
}

/** An outcome that is none. What browsers call a stack does not begin with the error's words everywhere. */
export function failure(error) {
  return { failed: `${error}\n${error?.stack ?? ""}` };
}

function counted() {
  const counter = counting();
  return { assert: counter.assert, count: () => counter.count };
}

async function life(client, { StreamError, NotFoundError, isNotFoundError, isStreamError }, assert) {
  const id = `ann-${crypto.randomUUID().slice(0, 8)}`;
  const token = client.generateUserToken({ user_id: id, validity_in_seconds: 60 });
  assert.equal(client.verifyToken(token).user_id, id, "the token's user");

  await client.upsertUsers([{ id, name: "Ann", custom: { color: "red" } }]);
  const { users } = await client.queryUsers({ payload: { filter_conditions: { id } } });
  assert.same(
    users.map(({ name, custom }) => [name, custom.color]),
    [["Ann", "red"]],
    "what was written is found",
  );
  assert.ok(users[0].created_at instanceof Date, "dates are dates of this realm");

  const { wait } = await client.deactivateUsers({ user_ids: [id] });
  const { status } = await wait({ pollInterval: 10, timeout: 20_000 });
  assert.equal(status, "completed", "the task's end");

  const expected = { kind: "not_found", code: 16, status: 404 };
  const error = await assert.rejects(client.getTask({ id: crypto.randomUUID() }), expected, "a task that is not there");
  assert.ok(isNotFoundError(error) && isStreamError(error), "the error's guards know it");
  assert.ok(error instanceof NotFoundError && error instanceof StreamError && error instanceof Error, "its classes");

  const controller = new AbortController();
  const reason = { left: true };
  const call = client.queryUsers({ payload: { filter_conditions: {} } }, { signal: controller.signal });
  controller.abort(reason);
  assert.equal(await call.catch((error) => error), reason, "what an aborted call rejects with");
}

async function crowd(client, { upsertMany }, assert) {
  const team = `team-${crypto.randomUUID().slice(0, 8)}`;
  const members = Array.from({ length: 120 }, (_, index) => ({ id: `${team}-${index}`, teams: [team] }));
  const { succeeded } = await upsertMany(client, members);
  assert.equal(succeeded, members.length, "users in two calls");
  let walked = 0;
  for await (const user of client.users({ teams: { $contains: team } })) walked += user.teams.length;
  assert.equal(walked, members.length, "users on two pages");
}

/** A small one and a large one: which of wasm and the platform checks the signature depends on the size. */
async function webhook(client, { isUserEvent }, secret, assert) {
  for (const bio of ["", "é".repeat(10_000)]) {
    const body = JSON.stringify({ type: "user.updated", created_at: 0, user: { id: "ann", custom: { bio } } });
    const call = (signature) =>
      new Request("https://app.test/", { method: "POST", headers: { "x-signature": signature }, body });
    const signature = await hmac(secret, body);
    assert.ok(client.verifyWebhook(body, signature), "a webhook's signature");
    const event = await client.verifyAndParseWebhook(call(signature));
    assert.ok(isUserEvent(event) && event.user.id === "ann", "the webhook's event");
    const forged = await hmac(`not ${secret}`, body);
    assert.ok(!client.verifyWebhook(body, forged), "a forged signature");
    await assert.rejects(client.verifyAndParseWebhook(call(forged)), { kind: "authentication" }, "a forged webhook");
  }
}

/** By the platform's own means, so that it is not compared with itself. */
export async function hmac(secret, text) {
  const bytes = (text) => new TextEncoder().encode(text);
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", bytes(secret), algorithm, false, ["sign"]);
  const signed = new Uint8Array(await crypto.subtle.sign("HMAC", key, bytes(text)));
  return Array.from(signed, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function inProcess({ StreamClient }, { createEmulator }, assert) {
  const { apiKey, apiSecret, fetch } = createEmulator();
  const client = new StreamClient(apiKey, apiSecret, { fetch, dangerouslyAllowBrowser: true });
  await client.upsertUsers([{ id: "ben" }, { id: "ann" }]);
  const { users } = await client.queryUsers({ payload: { filter_conditions: {}, sort: [{ field: "id" }] } });
  assert.same(
    users.map(({ id }) => id),
    ["ann", "ben"],
    "users of the emulator in the process",
  );
}
