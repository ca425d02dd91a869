// What stream-chat does for a user on the client side: connecting in every way it can, and what it is told then.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { StreamChat } from "stream-chat";
import { faultConnecting, found, person, server, token, until, userToken } from "./app.mjs";
import { apiKey, baseURL, reset } from "./emulator.mjs";

const WITHIN = { timeout: 60_000 };

beforeEach(reset);

/** A client of a page, which is gone when the test is. */
function client(context, options = {}) {
  const chat = new StreamChat(apiKey, { baseURL, timeout: 30_000, allowServerSideConnect: true, ...options });
  context.after(() => chat.disconnectUser());
  return chat;
}

/** A client of a page on which a user is connected. */
async function connected(context, user) {
  const chat = client(context);
  const { me } = await chat.connectUser(user, userToken(user.id));
  return { chat, me };
}

/** The next event of a type. */
const next = (chat, type) =>
  new Promise((resolve) => {
    const { unsubscribe } = chat.on(type, (event) => {
      unsubscribe();
      resolve(event);
    });
  });

test("connectUser creates the user and returns its own data", WITHIN, async (context) => {
  const { chat, me } = await connected(context, { id: "ann", name: "Ann", color: "red" });
  assert.deepEqual([me.id, me.name, me.color, me.role, me.online], ["ann", "Ann", "red", "user", true]);
  assert.deepEqual([chat.mutedUsers, chat.mutedChannels, chat.user.id], [[], [], "ann"]);
});

test("connectUser rejects immediately for a refused user", WITHIN, async (context) => {
  const ann = await person("ann");
  await assert.rejects(client(context).connectUser({ id: ann }, `${userToken(ann).slice(0, -4)}AAAA`), /code 5 /);
  await server("POST", `/users/${ann}/deactivate`, {});
  const refusal = new RegExp(`WS failed with code 16 and reason - the user ${ann} was deactivated`);
  await assert.rejects(client(context).connectUser({ id: ann }, userToken(ann)), refusal);
});

test("connectAnonymousUser connects an anonymous user", WITHIN, async (context) => {
  const { me } = await client(context).connectAnonymousUser();
  assert.deepEqual([me.role, me.id.startsWith("!anon")], ["anonymous", true]);
});

test("setGuestUser creates a guest and connects it", WITHIN, async (context) => {
  const chat = client(context);
  const { me } = await chat.setGuestUser({ id: "gus", name: "Gus", color: "red" });
  assert.match(me.id, /^guest-.*-gus$/);
  assert.deepEqual([me.role, me.name, me.color], ["guest", "Gus", "red"]);
  assert.equal((await found(me.id)).online, true);
});

test("an expired token is replaced by its provider, and a static one is final", WITHIN, async (context) => {
  const expired = token({ user_id: "ann", exp: 1 });
  const tokens = [expired, userToken("ann")];
  let asked = 0;
  await client(context).connectUser({ id: "ann" }, async () => tokens[Math.min(asked++, 1)]);
  assert.equal(asked, 2);
  await assert.rejects(client(context).connectUser({ id: "ann" }, expired), /code 40 /);
});

test("a connection that breaks is made again, and the user stays the same", WITHIN, async (context) => {
  for (const [fault, id] of [
    [{ close: 4001 }, "ann"],
    [{ close: 1001 }, "ben"],
  ]) {
    await faultConnecting(id, fault);
    const { chat } = await connected(context, { id });
    const first = chat.wsConnection.connectionID;
    await next(chat, "connection.recovered");
    assert.notEqual(chat.wsConnection.connectionID, first);
    assert.equal((await found(id)).online, true);
  }
});

test("the presence of another user arrives at connections that watch it", WITHIN, async (context) => {
  const ben = await person("ben");
  const { chat } = await connected(context, { id: "ann" });
  const { users } = await chat.queryUsers({ id: ben }, [], { presence: true });
  assert.equal(users[0].online, false);
  const came = next(chat, "user.presence.changed");
  const other = await connected(context, { id: ben });
  assert.deepEqual([(await came).user.id, chat.state.users[ben].online], [ben, true]);
  const left = next(chat, "user.presence.changed");
  await other.chat.disconnectUser();
  assert.equal((await left).user.online, false);
});

test("changes to a user arrive, and the client applies them", WITHIN, async (context) => {
  const { chat } = await connected(context, { id: "ann" });
  const event = next(chat, "user.updated");
  await server("PATCH", "/users", { users: [{ id: "ann", set: { name: "Ann", color: "red" } }] });
  assert.equal((await event).user.color, "red");
  assert.deepEqual([chat.user.name, chat.user.color], ["Ann", "red"]);
});

test("users mute and unmute, and the client's list of mutes follows", WITHIN, async (context) => {
  const ben = await person("ben");
  const { chat } = await connected(context, { id: "ann" });
  const muted = next(chat, "notification.mutes_updated");
  await chat.muteUser(ben);
  await muted;
  assert.deepEqual(
    chat.mutedUsers.map(({ target }) => target.id),
    [ben],
  );
  const unmuted = next(chat, "notification.mutes_updated");
  await chat.unmuteUser(ben);
  await unmuted;
  assert.deepEqual(chat.mutedUsers, []);
});

test("custom events arrive, with custom data next to their other fields", WITHIN, async (context) => {
  const { chat } = await connected(context, { id: "ann" });
  const event = next(chat, "friendship");
  await server("POST", "/chat/users/ann/event", { event: { type: "friendship", custom: { score: 3 } } });
  assert.equal((await event).score, 3);
});

test("a user changes itself over its own client", WITHIN, async (context) => {
  const { chat } = await connected(context, { id: "ann", name: "Ann" });
  await chat.partialUpdateUser({ id: "ann", set: { color: "red" }, unset: ["name"] });
  const { name, custom } = await found("ann");
  assert.deepEqual([name, custom], [undefined, { color: "red" }]);
});

test("users block each other over their own client", WITHIN, async (context) => {
  const ben = await person("ben");
  const { chat } = await connected(context, { id: "ann" });
  await chat.blockUser(ben);
  assert.deepEqual(
    (await chat.getBlockedUsers()).blocks.map((block) => block.blocked_user_id),
    [ben],
  );
  await chat.unBlockUser(ben);
  assert.deepEqual((await chat.getBlockedUsers()).blocks, []);
});

test("a user who disconnects is offline, and its connection id is invalid", WITHIN, async (context) => {
  const { chat } = await connected(context, { id: "ann" });
  assert.equal((await found("ann")).online, true);
  await chat.disconnectUser();
  await until(async () => !(await found("ann")).online);
  assert.ok((await found("ann")).last_active);
});

test("if sockets open but receive nothing, the client polls and gets the same events", WITHIN, async (context) => {
  const ben = await person("ben");
  await faultConnecting("ann", { silence: true }, 1_000);
  const chat = client(context, { enableWSFallback: true });
  chat.defaultWSTimeoutWithFallback = 500;
  const { me, connection_id } = await chat.connectUser({ id: "ann", name: "Ann", color: "red" }, userToken("ann"));
  assert.deepEqual([me.name, me.color, me.online, chat.wsFallback.connectionID], ["Ann", "red", true, connection_id]);
  assert.equal((await found("ann")).online, true);

  const changed = next(chat, "user.updated");
  await server("PATCH", "/users", { users: [{ id: "ann", set: { color: "blue" } }] });
  assert.equal((await changed).user.color, "blue");
  await chat.queryUsers({ id: ben }, [], { presence: true });
  const came = next(chat, "user.presence.changed");
  const other = await connected(context, { id: ben });
  assert.equal((await came).user.id, ben);
  const left = next(chat, "user.presence.changed");
  await other.chat.disconnectUser();
  assert.equal((await left).user.online, false);

  await chat.disconnectUser();
  await until(async () => !(await found("ann")).online);
});

test("a polling client whose connection has expired reconnects", WITHIN, async (context) => {
  await faultConnecting("ann", { silence: true }, 1_000);
  const chat = client(context, { enableWSFallback: true });
  chat.defaultWSTimeoutWithFallback = 500;
  await chat.connectUser({ id: "ann" }, userToken("ann"));
  const recovered = next(chat, "connection.recovered");
  await reset();
  await recovered;
  assert.equal((await found("ann")).online, true);
});
