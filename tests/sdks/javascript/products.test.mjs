// What the clients for feeds and video do for a user: connecting, with an introduction once the socket is open.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { FeedsClient } from "@stream-io/feeds-client";
import { StreamVideoClient } from "@stream-io/video-client";
import WebSocket from "ws";
import { faultConnecting, found, person, server, token, until, userToken } from "./app.mjs";
import { apiKey, baseURL, reset } from "./emulator.mjs";

// Node has one of its own from version 22 on.
globalThis.WebSocket ??= WebSocket;

const WITHIN = { timeout: 60_000 };

beforeEach(reset);

function feeds(context) {
  const client = new FeedsClient(apiKey, { base_url: baseURL, timeout: 30_000 });
  context.after(() => client.disconnectUser());
  return client;
}

function video(context) {
  const options = { baseURL: `${baseURL}/video`, logLevel: "silent", timeout: 30_000 };
  const client = new StreamVideoClient({ apiKey, options });
  context.after(() => client.disconnectUser());
  return client;
}

/** The next event of a type. */
const next = (client, type) =>
  new Promise((resolve) => {
    const off = client.on(type, (event) => {
      off();
      resolve(event);
    });
  });

test("feeds: connectUser creates the user, with its custom data", WITHIN, async (context) => {
  await feeds(context).connectUser({ id: "ann", name: "Ann", custom: { color: "red" } }, userToken("ann"));
  const { name, custom, online } = await found("ann");
  assert.deepEqual([name, custom, online], ["Ann", { color: "red" }, true]);
});

test("feeds: an expired token is replaced by its provider", WITHIN, async (context) => {
  const tokens = [token({ user_id: "ann", exp: 1 }), userToken("ann")];
  let asked = 0;
  await feeds(context).connectUser({ id: "ann" }, async () => tokens[Math.min(asked++, 1)]);
  assert.equal(asked, 2);
});

test("feeds: a refused user gets the reason", WITHIN, async (context) => {
  const ann = await person("ann");
  await server("POST", `/users/${ann}/deactivate`, {});
  await assert.rejects(feeds(context).connectUser({ id: ann }, userToken(ann)), /was deactivated/);
});

test("feeds: presence can be watched over the connection", WITHIN, async (context) => {
  const ben = await person("ben");
  const client = feeds(context);
  await client.connectUser({ id: "ann" }, userToken("ann"));
  const { users } = await client.queryUsers({ payload: { filter_conditions: { id: ben }, presence: true } });
  assert.deepEqual([users[0].id, users[0].online], [ben, false]);
  const came = next(client, "user.presence.changed");
  await feeds(context).connectUser({ id: ben }, userToken(ben));
  assert.equal((await came).user.online, true);
});

test("feeds: a broken connection is reestablished", WITHIN, async (context) => {
  await faultConnecting("ann", { close: 4001 });
  const client = feeds(context);
  await client.connectUser({ id: "ann" }, userToken("ann"));
  await until(async () => !(await found("ann")).online);
  await until(async () => (await found("ann")).online);
});

test("video: connectUser creates the user, who disconnects again", WITHIN, async (context) => {
  const client = video(context);
  await client.connectUser({ id: "vi", name: "Vi", custom: { color: "red" } }, userToken("vi"));
  const { name, custom, online } = await found("vi");
  assert.deepEqual([name, custom, online], ["Vi", { color: "red" }, true]);
  await client.disconnectUser();
  await until(async () => !(await found("vi")).online);
});

test("video: a guest is created and connected", WITHIN, async (context) => {
  const client = video(context);
  await client.connectUser({ id: "gus", name: "Gus", type: "guest" });
  const { id } = client.state.connectedUser;
  assert.match(id, /^guest-.*-gus$/);
  const { role, online } = await found(id);
  assert.deepEqual([role, online], ["guest", true]);
});

test("video: an expired token is replaced by its provider", WITHIN, async (context) => {
  const tokens = [token({ user_id: "vi", exp: 1 }), userToken("vi")];
  let asked = 0;
  await video(context).connectUser({ id: "vi" }, async () => tokens[Math.min(asked++, 1)]);
  assert.equal(asked, 2);
});
