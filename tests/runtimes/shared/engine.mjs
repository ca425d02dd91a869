// What the package has to do in an engine that has little beside ECMAScript: no `crypto`, no `Request`, no streams, and a `fetch`
// that its host lends. `scenario.mjs` is for those that have a platform.

import { counting } from "../../support/assert.mjs";

/** Signed with the secret `secret` by OpenSSL. */
const TOKEN =
  "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ1c2VyX2lkIjoiasO2cmcg8J-mgCIsImlhdCI6MTcwMDAwMDAwMCwiZXhwIjoxOTAwMDAwMDAwfQ." +
  "Iw7z1in26h0RSfXe84rQCsk7t4BKssJPiX9x6W2NgfE";
const BODY = '{"type":"user.updated","created_at":"2026-01-02T03:04:05.678901234Z","user":{"id":"jörg 🦀"}}';
const SIGNATURE = "56e63609161615eee1d9b75a0795096e79f788a61ea2ad30df2205722a6ea785";

/**
 * @param {() => object | Promise<object>} load gives the package's entry
 * @param {{ basePath: string, apiKey: string, apiSecret: string, id?: string }} settings where the emulator's server is,
 *   and the user's id, if what is sent has to be the same each time
 * @param {typeof globalThis.fetch} [fetch] the host's
 * @returns {Promise<{ assertions: number, coldStart: number }>}
 */
export async function inEngine(load, { basePath, apiKey, apiSecret, id = `ann-${Date.now()}` }, fetch) {
  const counter = counting();
  const { assert } = counter;
  const started = Date.now();
  const users = await load();
  const client = new users.StreamClient(apiKey, apiSecret, { basePath, fetch, timeout: 30_000 });
  await client.queryUsers({ payload: { filter_conditions: {}, limit: 1 } });
  const coldStart = Date.now() - started;

  alone(users, assert);
  await calls(client, users, id, assert);
  return { assertions: counter.count, coldStart };
}

/** What needs no server, by itself. */
export function aloneInEngine(users) {
  const counter = counting();
  alone(users, counter.assert);
  return counter.count;
}

function alone({ StreamClient, isStreamError }, assert) {
  const client = new StreamClient("key", "secret");
  const claims = { user_id: "jörg 🦀", iat: 1_700_000_000, exp: 1_900_000_000 };
  assert.equal(client.generateUserToken(claims), TOKEN, "a token, byte by byte");
  assert.same(client.verifyToken(TOKEN), claims, "its claims");
  const caught = (run) => {
    try {
      return run();
    } catch (error) {
      return error;
    }
  };
  const forged = caught(() => client.verifyToken(`${TOKEN.slice(0, -4)}AAAA`));
  assert.ok(isStreamError(forged) && forged.kind === "authentication", "a forged token");
  assert.equal(caught(() => client.generateUserToken({ user_id: "" })).field, "user_id", "an argument that is refused");

  const event = client.parseWebhook(BODY, SIGNATURE);
  assert.equal(event.user.id, "jörg 🦀", "a webhook");
  assert.equal(event.created_at.toISOString(), "2026-01-02T03:04:05.678Z", "its time");
  assert.ok(!client.verifyWebhook(BODY.replace("jörg", "jürg"), SIGNATURE), "a webhook that was changed");
}

async function calls(client, { NotFoundError, isNotFoundError }, id, assert) {
  await client.upsertUsers([{ id, name: "Ann Ł 🦀", custom: { color: "red" } }]);
  const { users } = await client.queryUsers({ payload: { filter_conditions: { id } } });
  assert.same(
    users.map(({ name, custom }) => [name, custom.color]),
    [["Ann Ł 🦀", "red"]],
    "what was written is found",
  );
  assert.ok(users[0].created_at instanceof Date, "dates are dates");
  const { wait } = await client.deleteUsers({ user_ids: [id] });
  assert.equal((await wait({ pollInterval: 10, timeout: 20_000 })).status, "completed", "the task's end");
  const task = "00000000-0000-4000-8000-000000000000";
  const expected = { kind: "not_found", code: 16, status: 404 };
  const error = await assert.rejects(client.getTask({ id: task }), expected, "a task that is not there");
  assert.ok(isNotFoundError(error) && error instanceof NotFoundError, "the error's guard and class");
  const refused = { kind: "invalid_argument", field: "users[0].id" };
  await assert.rejects(client.upsertUsers([{ id: "a b" }]), refused, "an argument that is refused before it is sent");
}
