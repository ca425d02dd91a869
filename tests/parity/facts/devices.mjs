// Devices, push preferences and live locations of users, and events sent to them.

import assert from "node:assert/strict";
import { fact } from "../fact.mjs";
import { refused } from "../refused.mjs";

const SERVER_SIDE = "either user or user_id must be provided when using server side auth.";

const devices = [
  fact("CreateDevice", "sdk test", "adds a device to a user", async ({ sdk, people, unique }) => {
    const [user_id] = await people(1);
    const id = unique("device");
    assert.deepEqual((await sdk.listDevices({ user_id })).devices, []);
    const { metadata } = await sdk.createDevice({ id, push_provider: "apn", user_id });
    assert.equal(metadata.responseCode, 201);
    const { devices } = await sdk.listDevices({ user_id });
    assert.equal(devices.length, 1);
    assert.deepEqual([devices[0].id, devices[0].push_provider, devices[0].user_id], [id, "apn", user_id]);
    assert.ok(devices[0].created_at instanceof Date);
  }),

  fact("CreateDevice", "spec", "keeps the provider's name and the hardware", async ({ sdk, people, unique }) => {
    const [user_id] = await people(1);
    const asked = { push_provider: "firebase", push_provider_name: "main", hardware_id: "phone" };
    await sdk.createDevice({ id: unique("device"), user_id, ...asked });
    const [device] = (await sdk.listDevices({ user_id })).devices;
    for (const [field, value] of Object.entries(asked)) assert.equal(device[field], value, field);
  }),

  fact("CreateDevice", "sdk test", "appears in the user's queries", async ({ sdk, people, unique, read }) => {
    const [user_id] = await people(1);
    const id = unique("device");
    await sdk.createDevice({ id, push_provider: "apn", user_id });
    const { devices } = await read(user_id);
    assert.deepEqual(
      devices.map((device) => device.id),
      [id],
    );
  }),

  fact("CreateDevice", "inferred", "requires user_id from a server", async ({ sdk, unique }) => {
    const call = sdk.createDevice({ id: unique("device"), push_provider: "apn" });
    await refused(call, "400/4", "CreateDevice", SERVER_SIDE);
  }),

  fact("CreateDevice", "spec", "refuses unknown providers and invalid ids", async (context) => {
    const { raw, people, sdk } = context;
    const [user_id] = await people(1);
    for (const device of [
      { id: "d", push_provider: "pigeon" },
      { id: "d" },
      { push_provider: "apn" },
      { id: "", push_provider: "apn" },
      { id: "x".repeat(256), push_provider: "apn" },
      { id: "d", push_provider: "apn", hardware_id: "x".repeat(256) },
    ]) {
      await refused(raw("POST", "/api/v2/devices", { body: { user_id, ...device } }), "400/4", "CreateDevice");
    }
    assert.deepEqual((await sdk.listDevices({ user_id })).devices, []);
  }),

  fact("CreateDevice", "spec", "lets users act for themselves", async ({ as, userToken, people, unique, read }) => {
    const [me] = await people(1);
    const id = unique("device");
    await as(userToken(me)).createDevice({ id, push_provider: "apn" });
    assert.equal((await as(userToken(me)).listDevices()).devices[0].id, id);
    assert.equal((await read(me)).devices.length, 1);
  }),

  fact("CreateDevice", "sdk test", "accepts a device of a user that does not exist", async ({ sdk, unique, read }) => {
    const [user_id, id] = [unique("nobody"), unique("device")];
    await sdk.createDevice({ id, push_provider: "apn", user_id });
    assert.deepEqual(
      (await sdk.listDevices({ user_id })).devices.map((device) => device.id),
      [id],
    );
    assert.equal(await read(user_id), undefined);
    await sdk.deleteDevice({ id, user_id });
    assert.deepEqual((await sdk.listDevices({ user_id })).devices, []);
  }),

  fact("CreateDevice", "sdk test", "keeps the latest 25 of a user", async ({ sdk, people, unique }) => {
    const [user_id] = await people(1);
    const ids = Array.from({ length: 27 }, () => unique("device"));
    for (const id of ids) await sdk.createDevice({ id, push_provider: "apn", user_id });
    const { devices } = await sdk.listDevices({ user_id });
    assert.deepEqual(
      devices.map((device) => device.id),
      ids.slice(2).toReversed(),
    );
  }),

  fact(
    "CreateDevice",
    "sdk test",
    "with strict, refuses a push service that the app has not configured",
    async (context) => {
      await context.own({}, async ({ sdk, control, people }) => {
        const [user_id] = await people(1);
        const device = { id: "d", push_provider: "firebase", user_id };
        await control("PATCH", "/settings", { strict: true });
        const reason = 'push provider "" with type "firebase" not found';
        await refused(sdk.createDevice(device), "400/4", "CreateDevice", reason);
        const push_provider = { type: "firebase", name: "main", firebase_credentials: "{}" };
        await sdk.upsertPushProvider({ push_provider });
        await sdk.createDevice(device);
        await refused(sdk.createDevice({ ...device, push_provider_name: "other" }), "400/4", "CreateDevice");
      });
    },
  ),

  fact(
    "ListDevices",
    "sdk test",
    "lists the latest first, and none for a user that does not exist",
    async (context) => {
      const { sdk, people, unique } = context;
      const [user_id] = await people(1);
      const ids = [unique("device"), unique("device")];
      for (const id of ids) await sdk.createDevice({ id, push_provider: "apn", user_id });
      assert.deepEqual(
        (await sdk.listDevices({ user_id })).devices.map((device) => device.id),
        ids.toReversed(),
      );
      assert.deepEqual((await sdk.listDevices({ user_id: unique("nobody") })).devices, []);
    },
  ),

  fact("ListDevices", "spec", "answers 200 with the devices of one user", async ({ sdk, raw, people, unique }) => {
    const [one, other] = await people(2);
    await sdk.createDevice({ id: unique("device"), push_provider: "apn", user_id: other });
    const { status, body } = await raw("GET", "/api/v2/devices", { query: { user_id: one } });
    assert.equal(status, 200);
    assert.deepEqual(body.devices, []);
    assert.equal((await sdk.listDevices({ user_id: other })).devices.length, 1);
  }),

  fact("DeleteDevice", "sdk test", "removes a device", async ({ sdk, people, unique }) => {
    const [user_id] = await people(1);
    const ids = [unique("device"), unique("device")];
    for (const id of ids) await sdk.createDevice({ id, push_provider: "apn", user_id });
    const { metadata } = await sdk.deleteDevice({ id: ids[0], user_id });
    assert.equal(metadata.responseCode, 200);
    const { devices } = await sdk.listDevices({ user_id });
    assert.deepEqual(
      devices.map((device) => device.id),
      [ids[1]],
    );
  }),

  fact("DeleteDevice", "sdk test", "refuses an unknown device", async ({ sdk, people, unique }) => {
    const [user_id] = await people(1);
    await refused(sdk.deleteDevice({ id: unique("device"), user_id }), "404/16", "DeleteDevice");
  }),
];

const preferences = [
  fact("UpdatePushNotificationPreferences", "spec", "answers 201 with the preferences by user", async (context) => {
    const { sdk, people } = context;
    const [user_id, other] = await people(2);
    const answer = await sdk.updatePushNotificationPreferences({
      preferences: [
        { user_id, chat_level: "mentions", call_level: "none" },
        { user_id: other, feeds_level: "none" },
      ],
    });
    assert.equal(answer.metadata.responseCode, 201);
    assert.equal(answer.user_preferences[user_id].chat_level, "mentions");
    assert.equal(answer.user_preferences[user_id].call_level, "none");
    assert.equal(answer.user_preferences[other].feeds_level, "none");
    assert.deepEqual(answer.user_channel_preferences ?? {}, {});
  }),

  fact("UpdatePushNotificationPreferences", "spec", "merges with what was set before", async ({ sdk, people }) => {
    const [user_id] = await people(1);
    const set = async (more) => {
      const answer = await sdk.updatePushNotificationPreferences({ preferences: [{ user_id, ...more }] });
      return answer.user_preferences[user_id];
    };
    await set({ chat_level: "mentions" });
    const { chat_level, call_level } = await set({ call_level: "none" });
    assert.deepEqual([chat_level, call_level], ["mentions", "none"]);
  }),

  fact("UpdatePushNotificationPreferences", "spec", "keeps the preferences of channels separate", async (context) => {
    const { sdk, people } = context;
    const [user_id] = await people(1);
    const channel_cid = "messaging:general";
    const answer = await sdk.updatePushNotificationPreferences({
      preferences: [{ user_id, channel_cid, chat_level: "none" }],
    });
    assert.equal(answer.user_channel_preferences[user_id][channel_cid].chat_level, "none");
  }),

  fact(
    "UpdatePushNotificationPreferences",
    "spec",
    "switches pushes off until a time, and on again",
    async (context) => {
      const { sdk, people } = context;
      const [user_id] = await people(1);
      const set = async (more) => {
        const answer = await sdk.updatePushNotificationPreferences({ preferences: [{ user_id, ...more }] });
        return answer.user_preferences[user_id];
      };
      const until = new Date(Date.now() + 3_600_000);
      assert.ok(Math.abs(new Date((await set({ disabled_until: until })).disabled_until) - until) <= 1);
      assert.ok(!(await set({ remove_disable: true })).disabled_until);
    },
  ),

  fact("UpdatePushNotificationPreferences", "spec", "refuses unknown levels", async ({ sdk, people }) => {
    const [user_id] = await people(1);
    const call = sdk.updatePushNotificationPreferences({ preferences: [{ user_id, chat_level: "some" }] });
    await refused(call, "400/4", "UpdatePushNotificationPreferences");
  }),
];

const events = [
  fact("SendUserCustomEvent", "spec", "answers 201 with a duration", async ({ raw, people }) => {
    const [id] = await people(1);
    for (const event of [{ type: "friendship_request" }, { type: "my-custom-event", custom: { from: "ann" } }]) {
      const answer = await raw("POST", `/api/v2/chat/users/${id}/event`, { body: { event } });
      assert.equal(answer.status, 201);
      assert.deepEqual(Object.keys(answer.body), ["duration"]);
    }
  }),

  fact("SendUserCustomEvent", "docs", "refuses an unknown user", async ({ sdk, unique }) => {
    const call = sdk.chat.sendUserCustomEvent({ user_id: unique("nobody"), event: { type: "friendship_request" } });
    await refused(call, "404/16", "SendUserCustomEvent");
  }),

  fact("SendUserCustomEvent", "sdk test", "refuses types with a dot, and events without one", async (context) => {
    const [id] = await context.people(1);
    for (const body of [{ event: { type: "user.updated" } }, { event: {} }, {}, undefined]) {
      await refused(context.raw("POST", `/api/v2/chat/users/${id}/event`, { body }), "400/4", "SendUserCustomEvent");
    }
  }),

  fact("SendUserCustomEvent", "spec", "is for servers only", async ({ raw, userToken, people }) => {
    const [id] = await people(1);
    const request = { token: userToken(id), body: { event: { type: "friendship_request" } } };
    await refused(raw("POST", `/api/v2/chat/users/${id}/event`, request), "403/17", "SendUserCustomEvent");
  }),
];

const locations = [
  fact("GetUserLiveLocations", "spec", "answers 200 with the locations that a user shares: none", async (context) => {
    const [user_id] = await context.people(1);
    const answer = await context.sdk.getUserLiveLocations({ user_id });
    assert.equal(answer.metadata.responseCode, 200);
    assert.deepEqual(answer.active_live_locations, []);
  }),

  fact(
    "UpdateLiveLocation",
    "choice",
    "starts to share a location, because there is no chat to do it",
    async (context) => {
      const [user_id] = await context.people(1);
      const message_id = context.unique("message");
      for (const latitude of [1, 1.5]) {
        const body = { message_id, latitude, longitude: 2 };
        await context.raw("PUT", "/api/v2/users/live_locations", { query: { user_id }, body });
        const [location, ...more] = (await context.sdk.getUserLiveLocations({ user_id })).active_live_locations;
        assert.deepEqual([location.message_id, location.latitude, location.longitude], [message_id, latitude, 2]);
        assert.deepEqual(more, []);
      }
    },
  ),

  fact("UpdateLiveLocation", "spec", "answers 201", async ({ raw, people, unique }) => {
    const [user_id] = await people(1);
    const body = { message_id: unique("message"), latitude: 1, longitude: 1 };
    const answer = await raw("PUT", "/api/v2/users/live_locations", { query: { user_id }, body });
    assert.equal(answer.status, 201);
  }),
];

export const facts = [...devices, ...preferences, ...events, ...locations];
