// Connecting users, and what they are told while they are connected.

import assert from "node:assert/strict";
import { open } from "../connection.mjs";
import { fact } from "../fact.mjs";
import { refused } from "../refused.mjs";

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

/** A socket as SDKs for chat open it. */
const chat = (context, id, details = {}, authorization = context.userToken(id)) =>
  open(context, "/connect", {
    json: { user_id: id, user_details: { id, ...details } },
    authorization,
    "stream-auth-type": "jwt",
  });

/** A socket as SDKs for feeds and video open it. */
async function product(context, id, details = {}, { path = "/api/v2/connect", token = context.userToken(id) } = {}) {
  const client = open(context, path, { "stream-auth-type": "jwt" });
  await client.opened();
  client.send({ token, user_details: { id, ...details }, products: ["feeds"] });
  return client;
}

/** A fact that ends its connections. */
const connecting = (operation, evidence, text, use) =>
  fact(operation, evidence, text, async (context) => {
    const clients = [];
    const kept = (client) => {
      clients.push(client);
      return client;
    };
    await use({
      ...context,
      chat: (...parts) => kept(chat(context, ...parts)),
      product: async (...parts) => kept(await product(context, ...parts)),
      open: (...parts) => kept(open(context, ...parts)),
    });
    for (const client of clients) client.close();
  });

/** A connection without a socket. */
function polling({ anonymous, raw, userToken }, id, details = {}) {
  const as =
    id === undefined ? anonymous : (method, path, { query }) => raw(method, path, { token: userToken(id), query });
  const get = (query) => as("GET", "/longpoll", { query });
  return { open: () => get({ json: { user_id: id, user_details: { id, ...details } } }), get };
}

const connect = (evidence, text, use) => connecting("Connect", evidence, text, use);
const longPoll = (evidence, text, use) => connecting("LongPoll", evidence, text, use);
const events = (evidence, text, use) => connecting("Events over sockets", evidence, text, use);

/** Waits until something holds: a socket's close takes a moment to arrive. */
async function until(holds) {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 5));
}

export const facts = [
  connect(
    "sdk code",
    "answers SDKs for chat with a `health.check`: the connection's id, and the user in flat form with all that is its own",
    async ({ chat, unique }) => {
      const id = unique("ann");
      const { type, cid, connection_id, me, error } = await chat(id, { name: "Ann", color: "red" }).next();
      assert.deepEqual(
        [type, cid, error, me.id, me.name, me.color],
        ["health.check", "*", undefined, id, "Ann", "red"],
      );
      assert.ok(connection_id);
      for (const list of ["mutes", "channel_mutes", "devices", "blocked_user_ids"])
        assert.deepEqual(me[list], [], list);
      for (const time of ["created_at", "updated_at", "last_active"]) assert.match(me[time], TIME);
    },
  ),
  connect(
    "sdk code",
    "answers the first message of SDKs for feeds and video with `connection.ok` and the user with its `custom`",
    async ({ product, unique }) => {
      for (const path of ["/api/v2/connect", "/video/connect"]) {
        const id = unique("ann");
        const { type, connection_id, me } = await (await product(id, { custom: { color: "red" } }, { path })).next();
        assert.deepEqual([type, me.id, me.custom, me.online], ["connection.ok", id, { color: "red" }, true]);
        assert.ok(connection_id);
      }
    },
  ),
  connect("sdk code", "accepts anonymous chat clients, which have no user", async ({ open }) => {
    const query = {
      json: { user_details: { id: "x", anon: true } },
      authorization: "",
      "stream-auth-type": "anonymous",
    };
    const { me } = await open("/connect", query).next();
    assert.deepEqual([me.id.startsWith("!anon"), me.role], [true, "anonymous"]);
  }),
  connect("sdk code", "accepts guests by their tokens, and they stay guests", async ({ chat, anonymous, unique }) => {
    const { body } = await anonymous("POST", "/api/v2/guest", { body: { user: { id: unique("gus") } } });
    const { id } = body.user;
    const { me } = await chat(id, { role: "admin", mutes: [], unread_count: 0 }, body.access_token).next();
    assert.deepEqual([me.id, me.role], [id, "guest"]);
  }),
  connect(
    "sdk code",
    "refuses over the open socket, with Stream's code in the first message, and closes with 1000",
    async ({ chat, product, token, unique }) => {
      const id = unique("ann");
      const expired = token({ user_id: id, exp: 1 });
      const refusedChat = chat(id, {}, expired);
      assert.equal((await refusedChat.next()).error.code, 40);
      assert.equal((await refusedChat.next()).closed, 1000);
      const refusedFeeds = await product(id, {}, { token: expired });
      const { type, error } = await refusedFeeds.next();
      assert.deepEqual([type, error.code], ["connection.error", 40]);
      assert.equal((await refusedFeeds.next()).closed, 1000);
    },
  ),
  connect("issue", "refuses users who were deactivated or deleted, code 16", async ({ chat, people, sdk }) => {
    const [away, gone] = await people(2);
    await sdk.deactivateUser({ user_id: away });
    await sdk.deleteUsers({ user_ids: [gone] });
    for (const [id, what] of [
      [away, "deactivated"],
      [gone, "deleted"],
    ]) {
      const { error } = await chat(id).next();
      assert.deepEqual([error.code, error.message], [16, `the user ${id} was ${what}`]);
    }
  }),
  connect(
    "sdk test",
    "merges the user data that the client sends, ignores the role, and keeps `updated_at` when nothing changes",
    async ({ chat, unique, sdk, read }) => {
      const id = unique("ann");
      await sdk.upsertUsers([{ id, name: "Ann", role: "admin", custom: { a: 1, b: 2 } }]);
      const before = await read(id);
      await chat(id, { name: "Ann", a: 1, role: "user" }).next();
      const same = await read(id);
      assert.deepEqual([same.updated_at, same.role, same.custom], [before.updated_at, "admin", { a: 1, b: 2 }]);
      await chat(id, { b: 3 }).next();
      const changed = await read(id);
      assert.deepEqual(changed.custom, { a: 1, b: 3 });
      assert.ok(changed.updated_at > before.updated_at);
    },
  ),
  connect("sdk test", "refuses other teams, a `created_at` and too much custom data", async ({ chat, people }) => {
    const [id] = await people(1, { teams: ["red"] });
    const code = async (details) => (await chat(id, details).next()).error;
    assert.match((await code({ teams: ["blue"] })).message, /user teams cannot be changed at connection time/);
    assert.equal((await code({ created_at: "2020-01-01T00:00:00Z" })).StatusCode, 400);
    assert.equal((await code({ text: "x".repeat(6_000) })).StatusCode, 413);
    assert.equal(await code({ teams: ["red"] }), undefined);
  }),
  connect(
    "sdk code",
    "makes a user `online` while it has a connection and is not invisible; `last_active` stays",
    async ({ chat, product, unique, read }) => {
      const id = unique("ann");
      const [one, two] = [chat(id), await product(id)];
      await Promise.all([one.next(), two.next()]);
      assert.equal((await read(id)).online, true);
      one.close();
      assert.ok((await one.next()).closed);
      assert.equal((await read(id)).online, true);
      two.close();
      await until(async () => !(await read(id)).online);
      assert.ok((await read(id)).last_active);
      const hidden = unique("ben");
      assert.equal((await chat(hidden, { invisible: true }).next()).me.invisible, true);
      assert.equal((await read(hidden)).online, false);
    },
  ),
  connect("sdk test", "answers a `health.check` with the same connection's id", async ({ chat, unique }) => {
    const client = chat(unique("ann"));
    const { connection_id } = await client.next();
    client.send([{ type: "health.check", client_id: "c" }]);
    const answer = await client.next();
    assert.deepEqual([answer.type, answer.connection_id], ["health.check", connection_id]);
  }),
  connect("choice", "closes with 1007 on invalid JSON", async ({ chat, unique }) => {
    const client = chat(unique("ann"));
    await client.next();
    client.send("{");
    assert.equal((await client.next()).closed, 1007);
  }),
  connect(
    "emulator",
    "follows faults: refused, delayed, dropped, closed with a code, silent",
    async ({ chat, unique, control }) => {
      const id = unique("ann");
      const wrong = async (fault) => {
        await control("POST", "/faults", { operation: "Connect", user_id: id, times: 1, fault });
        return chat(id);
      };
      assert.equal((await (await wrong({ status: 401, code: 40 })).next()).error.code, 40);
      assert.equal((await (await wrong({ drop: "before" })).next()).closed, 1006);
      assert.equal((await (await wrong({ latency_ms: 5 })).next()).type, "health.check");
      const closed = await wrong({ close: 4001 });
      assert.equal((await closed.next()).type, "health.check");
      assert.equal((await closed.next()).closed, 4001);
      const silent = await wrong({ silence: true });
      await silent.opened();
      silent.send([{ type: "health.check" }]);
      silent.close();
      assert.equal((await silent.next()).closed, 1000);
    },
  ),
  events(
    "sdk test",
    "report when a user that was queried with `presence: true` connects and disconnects",
    async ({ chat, people, as, userToken, raw }) => {
      const [ann, ben] = await people(2);
      const client = chat(ann);
      const { connection_id } = await client.next();
      const payload = { filter_conditions: { id: ben }, presence: true };
      const token = userToken(ann);
      const query = (id) => raw("GET", "/api/v2/users", { token, query: { payload, connection_id: id } });
      assert.equal((await query(connection_id)).status, 200);
      await refused(query("unknown"), "400/46", "QueryUsers");
      await refused(
        as(token).queryUsers({ payload }),
        "400/4",
        "QueryUsers",
        /requires an active websocket connection/,
      );
      const other = chat(ben);
      await other.next();
      const came = await client.next();
      assert.deepEqual([came.type, came.user.id, came.user.online], ["user.presence.changed", ben, true]);
      other.close();
      assert.equal((await client.next()).user.online, false);
    },
  ),
  events("sdk test", "report changes to a user, in the format of its SDK", async ({ chat, product, people, sdk }) => {
    const [id] = await people(1);
    const [old, recent] = [chat(id), await product(id)];
    await Promise.all([old.next(), recent.next()]);
    await sdk.updateUsersPartial({ users: [{ id, set: { color: "red" } }] });
    const [flat, nested] = await Promise.all([old.next(), recent.next()]);
    assert.deepEqual([flat.type, flat.user.color], ["user.updated", "red"]);
    assert.deepEqual([nested.type, nested.user.custom.color], ["user.updated", "red"]);
    assert.match(flat.created_at, TIME);
  }),
  events("sdk test", "report a user's mutes when they change, in `notification.mutes_updated`", async (context) => {
    const [ann, ben] = await context.people(2);
    const client = context.chat(ann);
    await client.next();
    await context.sdk.moderation.mute({ target_ids: [ben], user_id: ann });
    const { type, me } = await client.next();
    assert.deepEqual([type, me.mutes.map(({ target }) => target.id)], ["notification.mutes_updated", [ben]]);
    await context.sdk.moderation.unmute({ target_ids: [ben], user_id: ann });
    assert.deepEqual((await client.next()).me.mutes, []);
  }),
  events("sdk code", "report bans of the user, and custom events", async ({ chat, people, sdk }) => {
    const [ann, mod] = await people(2);
    const client = chat(ann);
    await client.next();
    await sdk.moderation.ban({ target_user_id: ann, banned_by_id: mod });
    await sdk.moderation.unban({ target_user_id: ann });
    await sdk.chat.sendUserCustomEvent({ user_id: ann, event: { type: "nudge", custom: { by: mod } } });
    assert.equal((await client.next()).type, "user.banned");
    assert.equal((await client.next()).type, "user.unbanned");
    const { type, by } = await client.next();
    assert.deepEqual([type, by], ["nudge", mod]);
  }),
  events(
    "choice",
    "report that the user was deactivated or deleted, and close its sockets with 1000",
    async ({ chat, people, sdk }) => {
      const [away, gone] = await people(2);
      const clients = [chat(away), chat(gone)];
      for (const client of clients) await client.next();
      await sdk.deactivateUser({ user_id: away });
      await sdk.deleteUsers({ user_ids: [gone] });
      for (const [index, type] of ["user.deactivated", "user.deleted"].entries()) {
        assert.equal((await clients[index].next()).type, type);
        assert.equal((await clients[index].next()).closed, 1000);
      }
    },
  ),
  longPoll("sdk code", "opens a connection with a `health.check` and the user in flat form", async (context) => {
    const id = context.unique("ann");
    const { status, body } = await polling(context, id, { name: "Ann", color: "red" }).open();
    const { type, connection_id, me } = body.event;
    assert.deepEqual(
      [status, type, me.id, me.name, me.color, me.online],
      [200, "health.check", id, "Ann", "red", true],
    );
    assert.ok(connection_id);
    assert.equal((await context.read(id)).online, true);
  }),
  longPoll("sdk code", "waits until there are events, and returns all of them in order", async (context) => {
    const id = context.unique("ann");
    const { open, get } = polling(context, id);
    const { connection_id } = (await open()).body.event;
    const nudge = (type) => context.sdk.chat.sendUserCustomEvent({ user_id: id, event: { type } });
    const waiting = get({ connection_id });
    await nudge("one");
    assert.deepEqual(
      (await waiting).body.events.map(({ type }) => type),
      ["one"],
    );
    await nudge("two");
    await nudge("three");
    assert.deepEqual(
      (await get({ connection_id })).body.events.map(({ type }) => type),
      ["two", "three"],
    );
  }),
  longPoll("sdk code", "closes a connection, which is then unknown: code 46", async (context) => {
    const id = context.unique("ann");
    const { open, get } = polling(context, id);
    const { connection_id } = (await open()).body.event;
    assert.equal((await get({ connection_id, close: true })).status, 200);
    assert.equal((await context.read(id)).online, false);
    await refused(get({ connection_id }), "400/46", "LongPoll");
    await refused(polling(context, id).get({}), "400/46", "LongPoll");
    // The next one may name the one before.
    const again = { user_id: id, user_details: { id } };
    assert.ok((await get({ connection_id, json: again })).body.event.connection_id);
  }),
  longPoll("choice", "returns no events of another user's connection, or of one with a socket", async (context) => {
    const [ann, ben] = [context.unique("ann"), context.unique("ben")];
    const { connection_id } = (await polling(context, ann).open()).body.event;
    await refused(polling(context, ben).get({ connection_id }), "400/46", "LongPoll");
    const socket = await context.chat(ben).next();
    await refused(polling(context, ben).get({ connection_id: socket.connection_id }), "400/46", "LongPoll");
  }),
  longPoll("sdk code", "refuses like a socket", async (context) => {
    const [id] = await context.people(1, { teams: ["red"] });
    await refused(
      polling(context, id, { teams: ["blue"] }).open(),
      "400/4",
      "LongPoll",
      /user teams cannot be changed/,
    );
    await context.sdk.deactivateUser({ user_id: id });
    await refused(polling(context, id).open(), "404/16", "LongPoll", /was deactivated/);
    const json = { user_id: id, user_details: { id } };
    await refused(context.raw("GET", "/longpoll", { query: { json } }), "401/5", "LongPoll", /not a server/);
  }),
  longPoll("sdk code", "accepts anonymous clients, which have no user", async (context) => {
    const { me } = (await polling(context).open()).body.event;
    assert.deepEqual([me.id.startsWith("!anon"), me.role], [true, "anonymous"]);
  }),
  connecting(
    "SendCallClientEvent",
    "sdk code",
    "accepts the connection reports of video clients, and stores nothing",
    async ({ anonymous }) => {
      const body = { events: [{ stage: "CoordinatorWS", event_type: "initiated" }] };
      assert.equal((await anonymous("POST", "/video/call_client_event", { body })).status, 201);
    },
  ),
];
