// Guests.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { fact } from "../fact.mjs";
import { refused } from "../refused.mjs";
import { claims } from "../tokens.mjs";

const guest = (evidence, text, run) => fact("CreateGuest", evidence, text, run);

export const facts = [
  guest("spec", "answers 201 with a user and a token", async ({ anonymous, unique, read }) => {
    const id = unique("visitor");
    const answer = await anonymous("POST", "/api/v2/guest", { body: { user: { id, name: "Visitor" } } });
    assert.equal(answer.status, 201);
    assert.deepEqual(Object.keys(answer.body).sort(), ["access_token", "duration", "user"]);
    assert.equal((await read(answer.body.user.id)).name, "Visitor");
  }),

  guest("sdk test", "is open to servers as well as to anonymous callers", async ({ sdk, unique, read }) => {
    const { user } = await sdk.createGuest({ user: { id: unique("visitor") } });
    assert.equal((await read(user.id)).role, "guest");
  }),

  guest(
    "sdk test",
    "makes a user of the role guest, with name, image and custom data",
    async ({ sdk, unique, read }) => {
      const id = unique("visitor");
      const asked = { id, name: "Visitor", image: "link", custom: { color: "red" } };
      const { user } = await sdk.createGuest({ user: asked });
      const stored = await read(user.id);
      assert.equal(stored.role, "guest");
      for (const field of ["name", "image", "custom"]) assert.deepEqual(stored[field], asked[field]);
    },
  ),

  guest("sdk test", "gives the guest an id that contains the requested one", async ({ sdk, unique }) => {
    const id = unique("visitor");
    assert.ok((await sdk.createGuest({ user: { id } })).user.id.includes(id));
  }),

  guest("inferred", "builds that id from the word guest, a UUID and the requested id", async ({ sdk, unique }) => {
    const id = unique("visitor");
    const { user } = await sdk.createGuest({ user: { id } });
    assert.match(user.id, /^guest-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}-/);
    assert.equal(user.id.slice(`guest-${randomUUID()}-`.length), id);
    const again = await sdk.createGuest({ user: { id } });
    assert.notEqual(again.user.id, user.id);
  }),

  guest("sdk test", "signs a token with only the guest's id", async ({ sdk, unique }) => {
    const { user, access_token } = await sdk.createGuest({ user: { id: unique("visitor") } });
    assert.deepEqual(claims(access_token), { user_id: user.id });
  }),

  guest("sdk test", "accepts that token", async ({ sdk, as, unique }) => {
    const { user, access_token } = await sdk.createGuest({ user: { id: unique("visitor"), name: "Visitor" } });
    const { users } = await as(access_token).queryUsers({ payload: { filter_conditions: { id: user.id } } });
    assert.equal(users[0].name, "Visitor");
  }),

  guest("inferred", "ignores a requested role and teams", async ({ anonymous, unique, read }) => {
    const asked = { id: unique("visitor"), role: "admin", teams: ["red"] };
    const answer = await anonymous("POST", "/api/v2/guest", { body: { user: asked } });
    const user = await read(answer.body.user.id);
    assert.deepEqual([user.role, user.teams], ["guest", []]);
  }),

  guest("issue", "refuses an Authorization header that is not a token", async ({ raw, unique }) => {
    const call = raw("POST", "/api/v2/guest", { token: "nonsense", body: { user: { id: unique("visitor") } } });
    await refused(call, "401/5", "CreateGuest", "JWTAuth error: token contains an invalid number of segments");
  }),

  guest("inferred", "refuses a request without a user", async ({ anonymous }) => {
    for (const body of [undefined, {}, { user: null }, { user: "ann" }, { user: {} }, { user: { id: "" } }]) {
      await refused(anonymous("POST", "/api/v2/guest", { body }), "400/4", "CreateGuest");
    }
  }),

  guest("inferred", "refuses guests the operations for servers", async ({ sdk, as, unique, ids }) => {
    const { user, access_token } = await sdk.createGuest({ user: { id: unique("visitor") } });
    await refused(as(access_token).deactivateUser({ user_id: user.id }), "403/17", "DeactivateUser");
    assert.deepEqual(await ids({ id: user.id }), [user.id]);
  }),
];
