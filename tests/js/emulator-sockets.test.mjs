// Connecting to the emulator inside the process, as a page does: with a class in place of the global `WebSocket`.

import assert from "node:assert/strict";
import test from "node:test";
import { StreamClient } from "getstream-users";
import { createEmulator } from "getstream-users/emulator";

const serverOf = ({ apiKey, apiSecret, fetch }) => new StreamClient(apiKey, apiSecret, { fetch });

/** The URL at which stream-chat connects a user. */
function chatUrl(emulator, id, details = {}) {
  const token = serverOf(emulator).generateUserToken({ user_id: id });
  const json = encodeURIComponent(JSON.stringify({ user_id: id, user_details: { id, ...details } }));
  return `wss://chat.stream-io-api.com/connect?json=${json}&api_key=${emulator.apiKey}&authorization=${token}&stream-auth-type=jwt`;
}

/** A socket and the messages that come over it. */
function opened(emulator, url) {
  const socket = new emulator.WebSocket(url);
  const messages = [];
  const waiting = [];
  socket.onmessage = ({ data }) => {
    const message = JSON.parse(data);
    const next = waiting.shift();
    if (next) next(message);
    else messages.push(message);
  };
  const next = () =>
    messages.length > 0 ? Promise.resolve(messages.shift()) : new Promise((resolve) => waiting.push(resolve));
  const closed = new Promise((resolve) => {
    socket.onclose = ({ code, reason, wasClean }) => resolve({ code, reason, wasClean });
  });
  return { socket, next, messages, closed };
}

test("a user connects, gets a first message, and is online until it disconnects", async () => {
  const emulator = createEmulator();
  const server = serverOf(emulator);
  const ann = opened(emulator, chatUrl(emulator, "ann", { color: "red" }));
  assert.equal(ann.socket.readyState, emulator.WebSocket.CONNECTING);
  const welcome = await ann.next();
  assert.equal(ann.socket.readyState, emulator.WebSocket.OPEN);
  assert.deepEqual([welcome.type, welcome.me.id, welcome.me.color], ["health.check", "ann", "red"]);
  ann.socket.send(JSON.stringify([{ type: "health.check" }]));
  assert.equal((await ann.next()).connection_id, welcome.connection_id);
  const online = async () =>
    (await server.queryUsers({ payload: { filter_conditions: { id: "ann" } } })).users[0].online;
  assert.equal(await online(), true);
  ann.socket.close(1000, "bye");
  assert.deepEqual(await ann.closed, { code: 1000, reason: "bye", wasClean: true });
  assert.equal(await online(), false);
});

test("SDKs for feeds and video introduce themselves in their first message", async () => {
  const emulator = createEmulator();
  const url = `wss://feeds.stream-io-api.com/api/v2/connect?api_key=${emulator.apiKey}&stream-auth-type=jwt`;
  const bob = opened(emulator, url);
  await new Promise((resolve) => bob.socket.addEventListener("open", resolve));
  const token = serverOf(emulator).generateUserToken({ user_id: "bob" });
  bob.socket.send(JSON.stringify({ token, user_details: { id: "bob", custom: { a: 1 } }, products: ["feeds"] }));
  const welcome = await bob.next();
  assert.deepEqual([welcome.type, welcome.me.custom], ["connection.ok", { a: 1 }]);
});

test("events of calls arrive in order", async () => {
  const emulator = createEmulator();
  const server = serverOf(emulator);
  const ann = opened(emulator, chatUrl(emulator, "ann"));
  await ann.next();
  await server.upsertUsers([{ id: "bob" }]);
  await server.upsertUsers([{ id: "ann", name: "Ann" }]);
  await server.moderation.mute({ target_ids: ["bob"], user_id: "ann" });
  await server.chat.sendUserCustomEvent({ user_id: "ann", event: { type: "nudge", custom: { by: "bob" } } });
  const [updated, muted, nudge] = [await ann.next(), await ann.next(), await ann.next()];
  assert.deepEqual([updated.type, updated.user.name], ["user.updated", "Ann"]);
  assert.deepEqual([muted.type, muted.me.mutes[0].target.id], ["notification.mutes_updated", "bob"]);
  assert.deepEqual([nudge.type, nudge.by], ["nudge", "bob"]);
  await server.deactivateUser({ user_id: "ann" });
  assert.equal((await ann.next()).type, "user.deactivated");
  assert.deepEqual(await ann.closed, { code: 1000, reason: "the user ann was deactivated", wasClean: true });
});

test("a refusal is an error message and a close", async () => {
  const emulator = createEmulator();
  const refused = opened(emulator, chatUrl(emulator, "ann").replace(emulator.apiKey, "wrong"));
  assert.equal((await refused.next()).error.code, 2);
  assert.equal((await refused.closed).code, 1000);
});

test("faults refuse, drop, delay and close connections", async () => {
  const emulator = createEmulator();
  const rule = (fault) => emulator.faults.add({ operation: "Connect", times: 1, fault });
  rule({ drop: "before" });
  const cut = opened(emulator, chatUrl(emulator, "ann"));
  assert.deepEqual(await cut.closed, { code: 1006, reason: "", wasClean: false });
  rule({ close: 4001 });
  const closed = opened(emulator, chatUrl(emulator, "ann"));
  assert.equal((await closed.next()).type, "health.check");
  assert.equal((await closed.closed).code, 4001);
  rule({ latency_ms: 5 });
  assert.equal((await opened(emulator, chatUrl(emulator, "ann")).next()).type, "health.check");
});

test("a reset closes sockets with a code after which SDKs reconnect", async () => {
  const emulator = createEmulator();
  const ann = opened(emulator, chatUrl(emulator, "ann"));
  await ann.next();
  emulator.reset();
  assert.equal((await ann.closed).code, 1001);
});

test("invalid arguments are refused as in browsers", async () => {
  const emulator = createEmulator();
  const { WebSocket } = emulator;
  const named = (name) => (error) => error instanceof DOMException && error.name === name;
  assert.throws(() => new WebSocket("elsewhere"), named("SyntaxError"));
  assert.throws(() => new WebSocket("ftp://x/connect"), named("SyntaxError"));
  const socket = new WebSocket(chatUrl(emulator, "ann"));
  assert.throws(() => socket.send("early"), named("InvalidStateError"));
  assert.throws(() => socket.close(1001), named("InvalidAccessError"));
  assert.throws(() => socket.close(1000, "x".repeat(124)), named("SyntaxError"));
  assert.deepEqual([WebSocket.OPEN, socket.CLOSED, socket.bufferedAmount, socket.protocol], [1, 3, 0, ""]);
  const nowhere = opened(emulator, "wss://x/elsewhere");
  assert.equal((await nowhere.closed).code, 1006);
});
