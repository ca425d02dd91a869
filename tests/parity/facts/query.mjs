// Finding users.

import assert from "node:assert/strict";
import { fact } from "../fact.mjs";
import { refused } from "../refused.mjs";

const query = (evidence, text, run) => fact("QueryUsers", evidence, text, run);

const DAY = 86_400_000;
const iso = (milliseconds) => new Date(milliseconds).toISOString();

/** A group of users who can be found by what they have in common. */
async function group({ sdk, unique }, members) {
  const list = unique("list");
  const users = members.map(({ custom, ...user }, index) => ({
    // No word that begins like one of a random id, which has digits and letters up to f.
    id: `m${index}-${list}`,
    ...user,
    custom: { list, ...custom },
  }));
  await sdk.upsertUsers(users);
  return { list, ids: users.map((user) => user.id) };
}

/** Which members of a group a filter finds, by their places in it. */
async function places({ sdk }, { list, ids }, filter, more) {
  const filter_conditions = { $and: [{ "custom.list": list }, filter] };
  const sort = [{ field: "id", direction: 1 }];
  const { users } = await sdk.queryUsers({ payload: { filter_conditions, sort, ...more } });
  return users.map((user) => ids.indexOf(user.id));
}

/** Shows a table of filters with the places they find. */
async function finds(context, members, table) {
  const them = await group(context, members);
  for (const [filter, expected] of table(them)) {
    assert.deepEqual(await places(context, them, filter), expected, JSON.stringify(filter));
  }
}

const refuses = async ({ sdk }, filters, reason) => {
  for (const filter_conditions of filters) {
    const call = sdk.queryUsers({ payload: { filter_conditions } });
    await refused(call, "400/4", "QueryUsers", reason).catch((error) => {
      throw new Error(`${JSON.stringify(filter_conditions)}: ${error.message}`, { cause: error });
    });
  }
};

const operators = [
  query("spec", "compares ids: $eq $ne $in $nin $gt $gte $lt $lte $exists", async (context) => {
    await finds(context, [{}, {}, {}], ({ ids: [a, b, c] }) => [
      [{ id: a }, [0]],
      [{ id: { $eq: b } }, [1]],
      [{ id: { $ne: b } }, [0, 2]],
      [{ id: { $in: [a, c, "nobody"] } }, [0, 2]],
      [{ id: { $in: [] } }, []],
      [{ id: { $nin: [a, c] } }, [1]],
      [{ id: { $gt: a } }, [1, 2]],
      [{ id: { $gte: b } }, [1, 2]],
      [{ id: { $lt: b } }, [0]],
      [{ id: { $lte: b } }, [0, 1]],
      [{ id: { $gt: a, $lt: c } }, [1]],
      [{ id: { $exists: true } }, [0, 1, 2]],
      [{ id: { $exists: false } }, []],
    ]);
  }),

  query("spec", "compares names: $eq $in $gt $gte $lt $lte $exists", async (context) => {
    await finds(context, [{ name: "alice" }, { name: "bob" }, {}], () => [
      [{ name: "alice" }, [0]],
      [{ name: { $eq: "Alice" } }, []],
      [{ name: { $in: ["alice", "bob"] } }, [0, 1]],
      [{ name: { $gt: "alice" } }, [1]],
      [{ name: { $gte: "alice" } }, [0, 1]],
      [{ name: { $lt: "bob" } }, [0]],
      [{ name: { $lte: "bob" } }, [0, 1]],
      [{ name: { $exists: true } }, [0, 1]],
      [{ name: { $exists: false } }, [2]],
    ]);
  }),

  query("spec", "compares roles: $eq $in $gt $gte $lt $lte $exists", async (context) => {
    await finds(context, [{ role: "admin" }, {}], () => [
      [{ role: "admin" }, [0]],
      [{ role: { $in: ["user", "guest"] } }, [1]],
      [{ role: { $gt: "admin" } }, [1]],
      [{ role: { $gte: "admin" } }, [0, 1]],
      [{ role: { $lt: "user" } }, [0]],
      [{ role: { $lte: "admin" } }, [0]],
      [{ role: { $exists: true } }, [0, 1]],
    ]);
  }),

  query("spec", "compares the custom keys username and email", async (context) => {
    const custom = (username, email) => ({ custom: { username, email } });
    await finds(context, [custom("curiosity", "c@x.org"), custom("spirit", "s@x.org"), {}], () => [
      [{ username: "spirit" }, [1]],
      [{ username: { $eq: "curiosity" } }, [0]],
      [{ email: "s@x.org" }, [1]],
      [{ email: { $in: ["s@x.org", "c@x.org"] } }, [0, 1]],
    ]);
  }),

  query("spec", "compares languages: $eq", async (context) => {
    await finds(context, [{ language: "de" }, {}], () => [
      [{ language: "de" }, [0]],
      [{ language: { $eq: "" } }, [1]],
    ]);
  }),

  query("spec", "compares banned, shadow_banned and bypass_moderation: $eq $ne", async (context) => {
    await finds(context, [{}], () =>
      ["banned", "shadow_banned", "bypass_moderation"].flatMap((field) => [
        [{ [field]: false }, [0]],
        [{ [field]: true }, []],
        [{ [field]: { $ne: true } }, [0]],
        [{ [field]: { $ne: false } }, []],
      ]),
    );
  }),

  query("spec", "compares times, given as RFC 3339 texts: $eq $in $gt $gte $lt $lte $exists", async (context) => {
    const yesterday = iso(Date.now() - DAY);
    const tomorrow = iso(Date.now() + DAY);
    await finds(context, [{}], () =>
      ["created_at", "updated_at"].flatMap((field) => [
        [{ [field]: { $gt: yesterday } }, [0]],
        [{ [field]: { $gte: tomorrow } }, []],
        [{ [field]: { $lt: tomorrow } }, [0]],
        [{ [field]: { $lte: yesterday } }, []],
        [{ [field]: { $gt: yesterday, $lt: tomorrow } }, [0]],
        [{ [field]: yesterday }, []],
        [{ [field]: { $in: [yesterday, tomorrow] } }, []],
        [{ [field]: { $exists: true } }, [0]],
      ]),
    );
  }),

  query("spec", "finds exactly the time in a response", async (context) => {
    const them = await group(context, [{}, {}]);
    const answer = await context.raw("GET", "/api/v2/users", {
      query: { payload: { filter_conditions: { id: them.ids[0] } } },
    });
    const nanoseconds = BigInt(answer.text.match(/"created_at":(\d+)/)[1]);
    const seconds = new Date(Number(nanoseconds / 1_000_000n)).toISOString().slice(0, 19);
    const exact = `${seconds}.${String(nanoseconds % 1_000_000_000n).padStart(9, "0")}Z`;
    assert.ok((await places(context, them, { created_at: exact })).includes(0));
    assert.ok((await places(context, them, { created_at: { $lte: exact } })).includes(0));
    assert.ok(!(await places(context, them, { created_at: { $gt: exact } })).includes(0));
  }),

  query("docs", "filters by whether a user was ever active", async (context) => {
    await finds(context, [{}], () => [
      [{ last_active: { $exists: true } }, []],
      [{ last_active: { $exists: false } }, [0]],
      [{ last_active: { $gt: iso(0) } }, []],
    ]);
  }),

  query("spec", "compares teams: $contains $eq $in", async (context) => {
    await finds(context, [{ teams: ["red"] }, { teams: ["red", "blue"] }, { teams: ["blue"] }, {}], () => [
      [{ teams: { $contains: "red" } }, [0, 1]],
      [{ teams: { $in: ["red", "green"] } }, [0, 1]],
      [{ teams: { $in: ["green"] } }, []],
      [{ teams: { $in: ["red", "blue"] } }, [0, 1, 2]],
    ]);
  }),

  query("sdk test", "finds users without a team by null, and refuses an empty team", async (context) => {
    await finds(context, [{ teams: ["red"] }, {}], () => [
      [{ teams: null }, [1]],
      [{ teams: { $eq: null } }, [1]],
    ]);
    await refuses(context, [{ teams: "" }]);
  }),

  query("spec", "compares custom data: $eq $in $gt $gte $lt $lte $exists $contains", async (context) => {
    const custom = (custom) => ({ custom });
    await finds(
      context,
      [custom({ rank: 1, tags: ["a", "b"] }), custom({ rank: 10, deep: { er: "x" } }), custom({ flag: true })],
      () => [
        [{ "custom.rank": 1 }, [0]],
        [{ "custom.rank": { $in: [1, 10] } }, [0, 1]],
        [{ "custom.rank": { $gt: 1 } }, [1]],
        [{ "custom.rank": { $gte: 1 } }, [0, 1]],
        [{ "custom.rank": { $lt: 10 } }, [0]],
        [{ "custom.rank": { $lte: 10 } }, [0, 1]],
        [{ "custom.rank": { $exists: false } }, [2]],
        [{ "custom.deep.er": "x" }, [1]],
        [{ "custom.deep.er": { $exists: true } }, [1]],
        [{ "custom.flag": true }, [2]],
        [{ "custom.tags": { $contains: "a" } }, [0]],
        [{ "custom.tags": { $contains: "c" } }, []],
      ],
    );
  }),

  query("choice", "accepts a bare custom key in filters, too", async (context) => {
    await finds(context, [{ custom: { race: "orc" } }, { custom: { race: "elf" } }, {}], () => [
      [{ race: "elf" }, [1]],
      [{ race: { $exists: true } }, [0, 1]],
      [{ "no-such-key": "x" }, []],
    ]);
  }),

  query("docs", "combines filters: several fields, $and, $or, $nor, nested", async (context) => {
    const members = [
      { name: "ann", role: "admin" },
      { name: "bob", role: "admin" },
      { name: "bob", role: "user" },
    ];
    await finds(context, members, () => [
      [{ name: "bob", role: "admin" }, [1]],
      [{ $and: [{ name: "bob" }, { role: "user" }] }, [2]],
      [{ $or: [{ name: "ann" }, { role: "user" }] }, [0, 2]],
      [{ $nor: [{ name: "ann" }, { role: "user" }] }, [1]],
      [{ role: "admin", $or: [{ name: "bob" }, { name: "cher" }] }, [1]],
      [{ $or: [{ $and: [{ name: "bob" }, { role: "user" }] }, { $nor: [{ name: "bob" }] }] }, [0, 2]],
    ]);
  }),

  query("sdk test", "matches beginnings of words, ignoring case: $autocomplete", async (context) => {
    const members = [{ name: "Curiosity Rover" }, { name: "Roxy" }, { name: "Roxanne" }, { name: "Spirit" }, {}];
    await finds(context, members, ({ list }) => [
      [{ name: { $autocomplete: "ro" } }, [1, 2, 0]],
      [{ name: { $autocomplete: "ROXA" } }, [2]],
      [{ name: { $autocomplete: "curiosity" } }, [0]],
      [{ name: { $autocomplete: "over" } }, []],
      [{ id: { $autocomplete: `m0-${list}` } }, [0]],
    ]);
  }),

  query("sdk test", "sorts $autocomplete by relevance, ignoring sort", async ({ sdk, unique, find }) => {
    const marker = unique("list");
    const names = ["Curiosity Rover", "Roxanne", "Roxy"];
    await sdk.upsertUsers(names.map((name) => ({ id: unique("rover"), name, custom: { marker } })));
    for (const sort of [undefined, [{ field: "name", direction: 1 }]]) {
      const users = await find({ name: { $autocomplete: "ro" }, "custom.marker": marker }, { sort });
      assert.deepEqual(
        users.map((user) => user.name),
        ["Roxy", "Roxanne", "Curiosity Rover"],
      );
    }
  }),

  query("issue", "names the expected type of a wrong value", async ({ raw }) => {
    for (const [payload, reason] of [
      [{ filter_conditions: [] }, 'expected object for field "filter_conditions" but got array'],
      [{ filter_conditions: {}, sort: {} }, 'expected array for field "sort" but got object'],
      [{ filter_conditions: {}, limit: "ten" }, 'expected number for field "limit" but got string'],
    ]) {
      await refused(raw("GET", "/api/v2/users", { query: { payload } }), "400/4", "QueryUsers", reason);
    }
  }),

  query("choice", "explains the date format when a date is given in seconds", async ({ raw }) => {
    const payload = { filter_conditions: { created_at: { $gt: 1795840392.5 } } };
    const reason =
      "field `created_at` contains the number 1795840392.5. expecting RFC 3339 text, or whole nanoseconds since 1970";
    await refused(raw("GET", "/api/v2/users", { query: { payload } }), "400/4", "QueryUsers", reason);
  }),

  query("sdk test", "matches names from their beginning with $autocomplete", async (context) => {
    const members = [{ custom: { username: "curiosity_rover" } }, { custom: { username: "roxy" } }, {}];
    await finds(context, members, () => [
      [{ username: { $autocomplete: "cur" } }, [0]],
      [{ username: { $autocomplete: "curiosity_ro" } }, [0]],
      [{ username: { $autocomplete: "rox" } }, [1]],
    ]);
  }),

  query("sdk test", "refuses $autocomplete with an empty text or only symbols", async (context) => {
    const reason =
      "$autocomplete field is empty or contains invalid characters. Please provide a valid string to autocomplete";
    await refuses(context, [{ name: { $autocomplete: "" } }, { name: { $autocomplete: "!?#" } }], reason);
  }),

  query("sdk test", "refuses $q on users", async (context) => {
    await refuses(context, [{ name: { $q: "ann" } }], "search is not enabled for field users.name");
  }),

  query("spec", "refuses operators that a field does not support", async (context) => {
    const bare = {
      name: ["$ne", "$nin", "$contains"],
      role: ["$ne", "$nin", "$autocomplete", "$contains"],
      username: ["$in", "$gt", "$exists", "$ne"],
      email: ["$gt", "$exists", "$autocomplete"],
      language: ["$in", "$ne", "$exists"],
      banned: ["$in", "$exists", "$gt"],
      shadow_banned: ["$in", "$exists"],
      created_at: ["$ne", "$nin", "$autocomplete"],
      teams: ["$ne", "$nin", "$exists", "$gt", "$autocomplete"],
      "custom.color": ["$ne", "$nin", "$autocomplete"],
      id: ["$contains"],
    };
    for (const [field, names] of Object.entries(bare)) {
      for (const name of names) {
        const value = name === "$nin" || name === "$in" ? ["x"] : "x";
        await refuses(context, [{ [field]: { [name]: value } }]);
      }
    }
  }),

  query("sdk test", "says which operator is not allowed for which field", async (context) => {
    await refuses(context, [{ name: { $ne: "x" } }], /operator "\$ne" is not allowed for field "name"/);
    await refuses(context, [{ id: { $like: "x" } }], /\$like/);
  }),

  query("docs", "refuses values of another type than the field has", async (context) => {
    await refuses(context, [
      { id: 1 },
      { id: { $in: "ann" } },
      { id: { $in: { a: 1 } } },
      { id: { $in: [1] } },
      { name: true },
      { banned: "yes" },
      { banned: 1 },
      { created_at: { $gt: "yesterday" } },
      { created_at: true },
      { teams: 1 },
      { teams: { $in: "red" } },
      { id: { $exists: "yes" } },
      { "custom.color": { $exists: 1 } },
      { $and: { id: "a" } },
      { $or: "x" },
      { $nor: [1] },
    ]);
  }),

  query("issue", "says which type it expects", async (context) => {
    await refuses(context, [{ id: 1 }], /field `id` contains type number\. expecting string/);
    await refuses(context, [{ id: { $exists: "yes" } }], /\$exists operator only support boolean values/);
  }),
];

const results = [
  query("spec", "answers 200 with full users and a duration", async ({ raw, people }) => {
    const [id] = await people(1, { name: "Ann", custom: { color: "red" } });
    const answer = await raw("GET", "/api/v2/users", { query: { payload: { filter_conditions: { id } } } });
    assert.equal(answer.status, 200);
    assert.deepEqual(Object.keys(answer.body).sort(), ["duration", "users"]);
    const [user] = answer.body.users;
    assert.equal(user.name, "Ann");
    for (const list of ["devices", "mutes", "channel_mutes", "blocked_user_ids", "teams"]) {
      assert.deepEqual(user[list], [], list);
    }
    assert.match(answer.text, /"created_at":\d{19}[,}]/);
  }),

  query("sdk test", "refuses a request without a payload, or with invalid JSON as payload", async ({ raw, sdk }) => {
    await refused(sdk.queryUsers(), "400/4", "QueryUsers", "invalid json data");
    for (const payload of ["", "{", "no json"]) {
      await refused(raw("GET", "/api/v2/users", { query: { payload } }), "400/4", "QueryUsers", "invalid json data");
    }
  }),

  query("inferred", "refuses a payload that is not an object or has no filter", async ({ raw }) => {
    for (const payload of [[], 1, "[]", {}, { filter_conditions: [] }, { filter_conditions: "ann" }]) {
      await refused(raw("GET", "/api/v2/users", { query: { payload } }), "400/4", "QueryUsers");
    }
  }),

  query("sdk test", "finds all users with an empty filter and an empty sort", async ({ sdk, people }) => {
    const [id] = await people(1);
    const { users } = await sdk.queryUsers({ payload: { filter_conditions: {}, sort: [], limit: 100 } });
    assert.ok(users.some((user) => user.id === id));
  }),

  query("docs", "returns the newest users first, 30 by default", async ({ own }) => {
    await own({}, async ({ sdk, ids }) => {
      const names = Array.from({ length: 35 }, (_, index) => `u${String(index).padStart(2, "0")}`);
      for (const id of names) await sdk.upsertUsers([{ id }]);
      assert.deepEqual(await ids({}), names.toReversed().slice(0, 30));
    });
  }),

  query("choice", "treats the users of a batch as created in the order in which they were sent", async (context) => {
    const { sdk, unique, ids } = context;
    const list = unique("batch");
    const batch = ["b", "a", "c"].map((letter) => `${letter}-${list}`);
    await sdk.upsertUsers(batch.map((id) => ({ id, custom: { list } })));
    assert.deepEqual(await ids({ "custom.list": list }), batch.toReversed());
  }),

  query("spec", "pages by limit and offset", async (context) => {
    const them = await group(context, [{}, {}, {}, {}]);
    const page = (more) => places(context, them, {}, more);
    assert.deepEqual(await page({ limit: 2 }), [0, 1]);
    assert.deepEqual(await page({ limit: 2, offset: 2 }), [2, 3]);
    assert.deepEqual(await page({ limit: 2, offset: 1 }), [1, 2]);
    assert.deepEqual(await page({ offset: 3 }), [3]);
    assert.deepEqual(await page({ offset: 4 }), []);
    assert.deepEqual(await page({ offset: 1000 }), []);
  }),

  query("spec", "refuses a limit over 100, an offset over 1000, and numbers below 0", async ({ sdk }) => {
    for (const more of [{ limit: 101 }, { limit: -1 }, { offset: 1001 }, { offset: -1 }, { limit: 1.5 }]) {
      await refused(sdk.queryUsers({ payload: { filter_conditions: {}, ...more } }), "400/4", "QueryUsers");
    }
  }),

  query("inferred", "says what a limit must be", async ({ sdk }) => {
    const call = sdk.queryUsers({ payload: { filter_conditions: {}, limit: 101 } });
    await refused(call, "400/4", "QueryUsers", "limit must be 100 or less");
  }),

  query("choice", "treats a limit of 0 as not given", async (context) => {
    const them = await group(context, [{}, {}]);
    assert.deepEqual(await places(context, them, {}, { limit: 0 }), [0, 1]);
  }),

  query("sdk test", "sorts names by their characters", async (context) => {
    const them = await group(context, [{ name: "carol" }, { name: "alice" }, { name: "bob" }]);
    const by = (direction) => places(context, them, {}, { sort: [{ field: "name", direction }] });
    assert.deepEqual(await by(1), [1, 2, 0]);
    assert.deepEqual(await by(-1), [0, 2, 1]);
    assert.deepEqual(await by(undefined), [1, 2, 0]);
  }),

  query("sdk test", "sorts by a bare custom key", async (context) => {
    const them = await group(context, [
      { custom: { score: 40 } },
      { custom: { score: 5 } },
      { custom: { score: 300 } },
    ]);
    const by = (sort) => places(context, them, {}, { sort: [sort] });
    assert.deepEqual(await by({ field: "score", direction: -1 }), [2, 0, 1]);
    assert.deepEqual(await by({ field: "score", direction: 1, type: "number" }), [1, 0, 2]);
    assert.deepEqual(await by({ field: "custom.score", direction: 1, type: "number" }), [1, 0, 2]);
  }),

  query("spec", "sorts by several fields, the first one first", async (context) => {
    const them = await group(context, [
      { name: "b", custom: { rank: 1 } },
      { name: "a", custom: { rank: 2 } },
      { name: "a", custom: { rank: 1 } },
    ]);
    const sort = [
      { field: "name", direction: 1 },
      { field: "rank", direction: 1 },
    ];
    assert.deepEqual(await places(context, them, {}, { sort }), [2, 1, 0]);
  }),

  query("choice", "sorts users without the sort field last", async (context) => {
    const them = await group(context, [{}, { name: "b" }, { name: "a" }]);
    assert.deepEqual(await places(context, them, {}, { sort: [{ field: "name", direction: 1 }] }), [2, 1, 0]);
  }),

  query("spec", "refuses more than five sort terms, and directions other than 1 and -1", async ({ sdk }) => {
    const term = { field: "id", direction: 1 };
    for (const sort of [Array(6).fill(term), [{ field: "id", direction: 2 }], [{ direction: 1 }], "id", [1]]) {
      await refused(sdk.queryUsers({ payload: { filter_conditions: {}, sort } }), "400/4", "QueryUsers");
    }
    await sdk.queryUsers({ payload: { filter_conditions: {}, sort: Array(5).fill(term) } });
  }),

  query("sdk test", "omits deactivated users unless include_deactivated_users is set", async ({ sdk, people, ids }) => {
    const [id] = await people(1);
    await sdk.deactivateUser({ user_id: id });
    assert.deepEqual(await ids({ id }), []);
    assert.deepEqual(await ids({ id }, { include_deactivated_users: false }), []);
    assert.deepEqual(await ids({ id }, { include_deactivated_users: true }), [id]);
  }),

  query("docs", "never finds deleted users", async ({ sdk, people, ids, ended }) => {
    const all = await people(3);
    for (const [index, user] of ["soft", "pruning", "hard"].entries()) {
      await ended(await sdk.deleteUsers({ user_ids: [all[index]], user, messages: user, conversations: "hard" }));
    }
    assert.deepEqual(await ids({ id: { $in: all } }, { include_deactivated_users: true }), []);
  }),

  query("sdk test", "accepts presence: false from a server", async ({ people, ids }) => {
    const [id] = await people(1);
    assert.deepEqual(await ids({ id }, { presence: false }), [id]);
  }),

  query("issue", "refuses presence without a connection", async ({ as, userToken, people }) => {
    const [id] = await people(1);
    const call = as(userToken(id)).queryUsers({ payload: { filter_conditions: {}, presence: true } });
    const reason =
      "Watch or Presence requires an active websocket connection, please make sure to include your websocket connection_id";
    await refused(call, "400/4", "QueryUsers", reason);
  }),

  query("sdk test", "is open to users, guests and anonymous callers", async (context) => {
    const { sdk, as, userToken, people, unique, anonymous } = context;
    const [id] = await people(1, { name: "Ann" });
    const { access_token } = await sdk.createGuest({ user: { id: unique("guest") } });
    const payload = { filter_conditions: { id } };
    for (const client of [as(userToken(id)), as(access_token)]) {
      const { users } = await client.queryUsers({ payload });
      assert.equal(users[0].name, "Ann");
    }
    const answer = await anonymous("GET", "/api/v2/users", { query: { payload } });
    assert.equal(answer.body.users[0].name, "Ann");
  }),
];

export const facts = [...results, ...operators];
