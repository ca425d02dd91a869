// Unknown request fields, which the API would ignore: a misspelling of a known field is refused, another field passes.

import assert from "node:assert/strict";
import test from "node:test";
import { StreamClient } from "getstream-users";
import { noFetch, recorder, rejection } from "../support/stub.mjs";

const client = new StreamClient("key", "secret", { fetch: noFetch });

test("a misspelt field is refused wherever the API defines all fields", async () => {
  for (const [call, field, meant] of [
    [() => client.deleteUsers({ user_ids: ["a"], usr: "hard" }), "usr", "user"],
    [() => client.deleteUsers({ user_ids: ["a"], mesages: "hard" }), "mesages", "messages"],
    [
      () => client.deleteUsers({ user_ids: ["a"], newChannelOwnerId: "b" }),
      "newChannelOwnerId",
      "new_channel_owner_id",
    ],
    [() => client.queryUsers({ payload: { filter_conditions: {}, limt: 3 } }), "payload.limt", "limit"],
    [() => client.queryUsers({ payload: { filter_conditions: {}, Limit: 3 } }), "payload.Limit", "limit"],
    [() => client.upsertUsers([{ id: "a" }, { id: "b", nmae: "B" }]), "users[1].nmae", "name"],
    [() => client.upsertUsers([{ id: "a", Name: "A" }]), "users[0].Name", "name"],
    [() => client.updateUsers({ users: { a: { id: "a", iamge: "x" } } }), 'users["a"].iamge', "image"],
    [() => client.updateUsersPartial({ users: [{ id: "a", unsett: ["x"] }] }), "users[0].unsett", "unset"],
    [() => client.createGuest({ user: { id: "a", custm: {} } }), "user.custm", "custom"],
    [() => client.moderation.ban({ target_user_id: "a", banned_by_id: "b", reson: "x" }), "reson", "reason"],
  ]) {
    const error = await rejection(call());
    assert.deepEqual([error.kind, error.field, error.outcome], ["invalid_argument", field, "not_sent"], error.message);
    assert.ok(error.message.endsWith(`did you mean ${meant}?`), error.message);
  }
});

test("another unknown field passes, because it may be newer than this client", async () => {
  const { fetch, requests } = recorder();
  const client = new StreamClient("key", "secret", { fetch });
  await client.deleteUsers({ user_ids: ["a"], export_first: true });
  await client.upsertUsers([{ id: "a", avatar_url: "x" }]);
  assert.equal(requests[0].json.export_first, true);
  assert.equal(requests[1].json.users.a.avatar_url, "x");
});

test("custom names are not checked", async () => {
  const { fetch, requests } = recorder();
  const client = new StreamClient("key", "secret", { fetch });
  const own = { nmae: 1, rle: 2, Custom: 3 };
  await client.upsertUsers([{ id: "a", custom: own }]);
  await client.updateUsersPartial({ users: [{ id: "a", set: own, unset: ["nmae"] }] });
  await client.queryUsers({ payload: { filter_conditions: { nmae: "x" }, sort: [{ field: "nmae", dirction: 1 }] } });
  await client.chat.sendUserCustomEvent({ user_id: "a", event: { type: "mine", custom: own } });
  await client.request("POST", "/api/v2/users", { body: { usrs: {} } });
  assert.equal(requests.length, 5);
});
