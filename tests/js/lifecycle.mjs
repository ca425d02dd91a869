// The whole life of users, in one scenario that does not depend on a runtime: Node, workerd and Chromium run this file against
// every kind of emulator. Ids are new in every run, so that runs can share an emulator.

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const POLL = { pollInterval: 10, timeout: 20_000 };

/**
 * @param {object} given
 * @param {typeof import("getstream-users").StreamClient} given.StreamClient
 * @param {typeof import("getstream-users").StreamError} given.StreamError
 * @param {{ apiKey: string, server: object, options: { basePath?: string, fetch?: Function } }} given.connect the app's
 *   key, its server's client, and the options of further clients
 * @param {typeof import("getstream-users/bulk")} given.bulk
 * @param {object} given.assert what `support/assert.mjs` makes
 * @param {(name: string, run: () => Promise<void>) => Promise<void>} [given.step] runs one step of the scenario
 */
export async function lifecycle({ StreamClient, StreamError, bulk, connect, assert, step = named }) {
  const { apiKey, server, options } = connect;
  const tag = crypto.randomUUID().slice(0, 8);
  const [ann, bob, cid, dan, eve] = ["ann", "bob", "cid", "dan", "eve"].map((name) => `${name}-${tag}`);
  const fetch = options.fetch ?? ((...request) => globalThis.fetch(...request));

  const find = async (filter_conditions, more = {}) => {
    const { users } = await server.queryUsers({ payload: { filter_conditions, ...more } });
    return users;
  };
  const found = async (ids, more) => {
    const users = await find({ id: { $in: ids } }, { sort: [{ field: "id", direction: 1 }], ...more });
    return users.map((user) => user.id);
  };
  const ended = async (start, message) => {
    assert.ok(start.task_id.length === 36, `${message}: task id`);
    const task = await server.waitForTask(start.task_id, POLL);
    assert.equal(task.status, "completed", `${message}: status`);
    assert.equal(task.task_id, start.task_id, `${message}: task`);
    return task.result;
  };

  await step("creates a user with everything that was sent", async () => {
    const user = {
      id: ann,
      name: "Ann",
      image: "https://example.com/ann.png",
      role: "admin",
      language: "de",
      invisible: true,
      teams: ["red"],
      privacy_settings: { typing_indicators: { enabled: false } },
      custom: { color: "red", address: { city: "Ulm", zip: "89073" }, tags: ["a", "b"], none: null },
    };
    const response = await server.upsertUsers([user]);
    const created = response.users[ann];
    for (const [field, value] of Object.entries(user)) assert.same(created[field], value, `created ${field}`);
    assert.same(Object.keys(response.users), [ann], "nobody else was created");
    assert.equal(created.banned, false, "banned");
    assert.ok(created.created_at instanceof Date, "created_at is a Date");
    assert.equal(created.updated_at.getTime(), created.created_at.getTime(), "updated when created");
    assert.equal("deactivated_at" in created, false, "no deactivated_at");
    assert.equal(typeof response.duration, "string", "duration");
  });

  await step("imports many users from a stream, lists them and deletes them", async () => {
    const team = `team-${tag}`;
    const crowd = Array.from({ length: 230 }, (_, index) => ({ id: `many-${tag}-${index}`, teams: [team] }));
    crowd[7] = { id: "no id at all" };
    const stream = new ReadableStream({
      start(controller) {
        for (const user of crowd) controller.enqueue(user);
        controller.close();
      },
    });
    const tokens = [];
    const { succeeded, failed } = await bulk.upsertMany(server, stream, {
      onCheckpoint: (token) => tokens.push(token),
    });
    assert.equal(succeeded, 229, "users who went through");
    assert.same(
      failed.map(({ id, error }) => [id, error.kind, error instanceof StreamError]),
      [["no id at all", "invalid_argument", true]],
      "who did not",
    );
    assert.equal(tokens.at(-1), "upsertMany@230", "the last token");
    const walked = new Set();
    for await (const user of server.users({ teams: { $contains: team } }, { pageSize: 60 })) walked.add(user.id);
    assert.equal(walked.size, 229, "users found");
    const deleted = await bulk.deleteMany(server, walked, { wait: POLL });
    assert.equal(deleted.succeeded, 229, "users deleted");
  });

  await step("returns the metadata of a response", async () => {
    const { metadata } = await server.upsertUsers([{ id: bob, name: "Bob", custom: { color: "green", age: 9 } }]);
    assert.ok(UUID.test(metadata.clientRequestId), `clientRequestId ${metadata.clientRequestId}`);
    assert.equal(metadata.responseCode, 201, "responseCode");
    assert.ok(metadata.responseHeaders.get("content-type").startsWith("application/json"), "content-type");
    const { rateLimit, rateLimitRemaining, rateLimitReset } = metadata.rateLimit;
    // Stream shows them to no page, and neither does the emulator.
    if (connect.isPage) {
      assert.equal(rateLimit ?? rateLimitRemaining ?? rateLimitReset, undefined, "rate limit in a page");
      return;
    }
    assert.ok(Number.isInteger(rateLimit) && rateLimit > 0, `rateLimit ${rateLimit}`);
    assert.ok(rateLimitRemaining >= 0 && rateLimitRemaining < rateLimit, `rateLimitRemaining ${rateLimitRemaining}`);
    assert.ok(rateLimitReset instanceof Date, "rateLimitReset is a Date");
    assert.equal(String(rateLimitReset.getTime() / 1000), metadata.responseHeaders.get("x-ratelimit-reset"), "reset");
    const next = await server.queryUsers({ payload: { filter_conditions: { id: bob } } });
    assert.equal(next.metadata.responseCode, 200, "responseCode of a read");
    assert.ok(next.metadata.clientRequestId !== metadata.clientRequestId, "request ids differ");
  });

  await step("reads the API's nanoseconds as milliseconds", async () => {
    const bodies = [];
    const reading = async (...request) => {
      const response = await fetch(...request);
      bodies.push(await response.clone().text());
      return response;
    };
    const token = server.generateUserToken({ user_id: bob });
    const client = StreamClient.withToken(apiKey, token, { ...options, fetch: reading });
    const { users } = await client.queryUsers({ payload: { filter_conditions: { id: { $in: [ann, bob] } } } });
    const written = [...bodies[0].matchAll(/"created_at":(\d+)/g)].map(([, digits]) => BigInt(digits) / 1_000_000n);
    assert.equal(written.length, 2, "both times were read");
    assert.same(
      users.map((user) => user.created_at.getTime()),
      written.map(Number),
      "milliseconds",
    );
  });

  await step("replaces a user: omitted fields are removed", async () => {
    const { users } = await server.upsertUsers([{ id: ann, name: "Anna", custom: { color: "blue" } }]);
    assert.equal(users[ann].name, "Anna", "name");
    assert.same(users[ann].custom, { color: "blue" }, "custom");
    assert.equal("image" in users[ann], false, "image is gone");
    assert.equal("privacy_settings" in users[ann], false, "privacy_settings are gone");
    assert.equal(users[ann].invisible, false, "invisible is back to its default");
    const [read] = await find({ id: ann });
    assert.same(read.custom, { color: "blue" }, "custom, read back");
    assert.ok(read.updated_at >= read.created_at, "updated after it was created");
  });

  await step("takes users by id, too", async () => {
    const { users } = await server.updateUsers({ users: { [cid]: { id: cid, name: "Cid" }, [dan]: { id: dan } } });
    assert.same(Object.keys(users).sort(), [cid, dan], "both users");
    assert.equal(users[dan].role, "user", "default role");
  });

  await step("changes some fields, merges custom data and removes named fields", async () => {
    const { users } = await server.updateUsersPartial({
      users: [
        { id: ann, set: { "new-field": "value", "address.city": "Bonn", role: "moderator" }, unset: ["name"] },
        { id: bob, set: { custom: { height: 180 } }, unset: ["age"] },
      ],
    });
    assert.same(users[ann].custom, { color: "blue", "new-field": "value", address: { city: "Bonn" } }, "ann's custom");
    assert.equal("name" in users[ann], false, "ann's name is gone");
    assert.equal(users[ann].role, "moderator", "ann's role");
    assert.same(users[bob].custom, { color: "green", height: 180 }, "bob's custom");
    assert.equal(users[bob].name, "Bob", "bob's name stays");
    await server.updateUsersPartial({ users: [{ id: ann, unset: ["address.city"] }] });
    const [read] = await find({ id: ann });
    assert.same(read.custom, { color: "blue", "new-field": "value", address: {} }, "a dotted name removes within");
  });

  await step("finds users by filter, sorted, page by page", async () => {
    const names = [0, 1, 2, 3].map((index) => `page${index}-${tag}`);
    await server.upsertUsers(names.map((id, rank) => ({ id, name: id, custom: { list: tag, rank } })));
    const list = { "custom.list": tag };
    const ids = (users) => users.map((user) => user.id);
    const by = (field, direction) => [{ field, direction }];

    assert.same(ids(await find(list, { sort: by("name", 1) })), names, "ascending");
    assert.same(ids(await find(list, { sort: by("rank", -1) })), [...names].reverse(), "descending");
    assert.same(ids(await find(list, { sort: by("name", 1), limit: 2, offset: 1 })), names.slice(1, 3), "a page");
    assert.same(ids(await find(list, { sort: by("name", 1), offset: 4 })), [], "past the end");
    assert.same(ids(await find({ $and: [list, { "custom.rank": { $gt: 2 } }] })), names.slice(3), "$and, $gt");
    assert.same(ids(await find({ $or: [{ id: names[0] }, { id: "nobody" }] })), names.slice(0, 1), "$or");
    assert.same(ids(await find({ name: { $autocomplete: names[2] } })), [names[2]], "$autocomplete");
    const latin = `ü & ? # % + "${tag}"`;
    await server.updateUsersPartial({ users: [{ id: names[0], set: { latin } }] });
    assert.same(ids(await find({ "custom.latin": latin })), [names[0]], "a condition full of odd characters");
  });

  await step("creates a guest", async () => {
    const { user, access_token } = await server.createGuest({ user: { id: `guest-${tag}`, name: "Gus" } });
    assert.ok(user.id.includes(`guest-${tag}`), `guest's id ${user.id}`);
    assert.equal(user.role, "guest", "role");
    assert.equal(user.name, "Gus", "name");
    assert.ok(user.created_at instanceof Date, "created_at");
    assert.equal(access_token.split(".").length, 3, "token");
  });

  await step("deactivates one user, which is then hidden and cannot connect", async () => {
    const { user } = await server.deactivateUser({ user_id: bob, created_by_id: ann });
    assert.equal(user.id, bob, "user");
    assert.ok(user.deactivated_at instanceof Date, "deactivated_at");
    assert.same(await found([ann, bob]), [ann], "hidden by default");
    const [read] = await find({ id: bob }, { include_deactivated_users: true });
    assert.equal(read.deactivated_at.getTime(), user.deactivated_at.getTime(), "found on demand");
    await assert.rejects(
      server.upsertUsers([{ id: bob }]),
      {
        kind: "not_found",
        code: 16,
        status: 404,
        message: `Stream error code 16: UpdateUsers failed with error: "the user ${bob} was deactivated"`,
      },
      "writing to a deactivated user",
    );
  });

  await step("reactivates one user", async () => {
    const { user } = await server.reactivateUser({ user_id: bob, name: "Bobby" });
    assert.equal("deactivated_at" in user, false, "deactivated_at is gone");
    assert.equal(user.name, "Bobby", "new name");
    assert.same(await found([bob]), [bob], "found again");
    await assert.rejects(
      server.reactivateUser({ user_id: bob }),
      { kind: "invalid_request", code: 4, status: 400, message: /^Stream error code 4: .*is not deactivated/ },
      "reactivating an active user",
    );
  });

  await step("deactivates and reactivates many in tasks", async () => {
    const ids = [ann, bob];
    const start = await server.deactivateUsers({ user_ids: ids, mark_messages_deleted: false });
    const seen = [];
    const task = await server.waitForTask(start.task_id, { ...POLL, onProgress: ({ status }) => seen.push(status) });
    assert.equal(task.status, "completed", "status");
    assert.equal(seen.at(-1), "completed", "onProgress saw the end");
    assert.ok(task.created_at instanceof Date && task.updated_at instanceof Date, "dates of a task");
    assert.same(await found(ids), [], "all are hidden");
    assert.same(await found(ids, { include_deactivated_users: true }), ids, "and still there");

    await ended(await server.reactivateUsers({ user_ids: ids }), "reactivateUsers");
    assert.same(await found(ids), ids, "all are back");
  });

  await step("exports one user immediately", async () => {
    const { user, messages, reactions } = await server.exportUser({ user_id: ann });
    assert.equal(user.id, ann, "user");
    assert.ok(user.created_at instanceof Date, "created_at");
    assert.same([messages, reactions], [[], []], "messages and reactions");
    await assert.rejects(server.exportUser({ user_id: `nobody-${tag}` }), { code: 16, kind: "not_found" }, "unknown");
  });

  await step("exports many users into a file", async () => {
    const { url } = await ended(await server.exportUsers({ user_ids: [ann, bob] }), "exportUsers");
    assert.ok(url.includes("/exports/users/"), `url ${url}`);
    const text = await (await fetch(url)).text();
    assert.ok(text.includes(ann) && text.includes(bob), "the file holds both");
  });

  await step("returns a task's status, and an error for an unknown task", async () => {
    const { task_id } = await server.exportUsers({ user_ids: [ann] });
    const task = await server.getTask({ id: task_id });
    assert.ok(["pending", "running", "completed"].includes(task.status), `status ${task.status}`);
    assert.ok(task.created_at instanceof Date, "created_at");
    await assert.rejects(
      server.getTask({ id: "no such task" }),
      {
        kind: "not_found",
        code: 16,
        status: 404,
        message: `Stream error code 16: GetTask failed with error: "Can't find task with id "no such task""`,
      },
      "unknown task",
    );
  });

  await step("fails a wait when the task fails, with the task", async () => {
    const { task_id } = await server.exportUsers({ user_ids: [`nobody-${tag}`] });
    const error = await assert.rejects(server.waitForTask(task_id, POLL), { kind: "task_failed" }, "failed task");
    assert.equal(error.task.status, "failed", "the task is attached");
    assert.equal(error.task.task_id, task_id, "its id");
    assert.ok(error.message.includes(error.task.error.description), "the message says why");
  });

  await step("soft-deletes users and restores them", async () => {
    const result = await ended(await server.deleteUsers({ user_ids: [cid, dan] }), "deleteUsers");
    assert.same(Object.keys(result).sort(), [cid, dan], "result");
    assert.same(await found([cid, dan], { include_deactivated_users: true }), [], "gone");
    const { duration } = await server.restoreUsers({ user_ids: [cid, dan] });
    assert.equal(typeof duration, "string", "duration");
    assert.same(await found([cid, dan]), [cid, dan], "back");
    const [read] = await find({ id: cid });
    assert.equal(read.name, "Cid", "with its data");
    await assert.rejects(
      server.restoreUsers({ user_ids: [cid] }),
      {
        kind: "invalid_request",
        code: 4,
        message: `Stream error code 4: RestoreUsers failed with error: "user "${cid}" is not deleted, it can't be restored"`,
      },
      "restoring a user that is there",
    );
  });

  await step("deletes users with every option", async () => {
    const every = {
      messages: "pruning",
      conversations: "soft",
      calls: "soft",
      files: true,
      new_channel_owner_id: ann,
      new_call_owner_id: ann,
    };
    await ended(await server.deleteUsers({ user_ids: [cid], user: "pruning", ...every }), "pruning");
    const hard = { user: "hard", messages: "hard", conversations: "hard", calls: "hard", files: false };
    await ended(await server.deleteUsers({ ...every, user_ids: [dan], ...hard }), "hard");
    assert.same(await found([cid, dan], { include_deactivated_users: true }), [], "both are gone");
    await assert.rejects(server.restoreUsers({ user_ids: [dan] }), { code: 4 }, "hard deletion stands");
    await assert.rejects(
      server.upsertUsers([{ id: dan }]),
      { code: 16, message: `Stream error code 16: UpdateUsers failed with error: "the user ${dan} was deleted"` },
      "the id stays burnt",
    );
  });

  await step("lets a user do what users may, and nothing else", async () => {
    const token = server.generateUserToken({ user_id: ann });
    const client = StreamClient.withToken(apiKey, token, options);
    assert.equal(client.userId, ann, "userId");
    assert.equal(client.apiKey, apiKey, "apiKey");
    const { users } = await client.queryUsers({ payload: { filter_conditions: { id: ann } } });
    assert.equal(users[0].id, ann, "finds itself");
    await assert.rejects(
      client.deleteUsers({ user_ids: [bob] }),
      { kind: "permission", code: 17, status: 403 },
      "a user deletes another",
    );
    await assert.rejects(
      client.upsertUsers([{ id: bob, name: "Mallory" }]),
      { kind: "permission", code: 17 },
      "a user renames another",
    );
    await assert.rejects(
      Promise.resolve().then(() => client.generateUserToken({ user_id: bob })),
      { kind: "config" },
      "a user mints a token",
    );
    const [read] = await find({ id: bob });
    assert.equal(read.name, "Bobby", "nothing happened");
  });

  await step("creates a guest without any credential and acts as it", async () => {
    const guest = await StreamClient.guest(apiKey, { id: eve, name: "Eve" }, options);
    assert.ok(guest instanceof StreamClient, "a client");
    assert.ok(guest.userId.includes(eve), `userId ${guest.userId}`);
    const { users } = await guest.queryUsers({ payload: { filter_conditions: { id: guest.userId } } });
    assert.same([users[0].name, users[0].role], ["Eve", "guest"], "finds itself");
    await assert.rejects(guest.deactivateUser({ user_id: ann }), { kind: "permission" }, "a guest deactivates");
  });

  await step("lets an anonymous client read, and not write", async () => {
    const visitor = StreamClient.anonymous(apiKey, options);
    assert.equal(visitor.userId, undefined, "userId");
    const { users } = await visitor.queryUsers({ payload: { filter_conditions: { id: ann } } });
    assert.equal(users[0].id, ann, "finds a user");
    const { user } = await visitor.createGuest({ user: { id: `visitor-${tag}` } });
    assert.equal(user.role, "guest", "may create a guest");
    await assert.rejects(visitor.upsertUsers([{ id: ann }]), { kind: "permission" }, "a visitor writes");
  });

  await step("refuses callers with a wrong key, secret or token", async () => {
    const stranger = new StreamClient(apiKey, "another secret", { ...options, dangerouslyAllowBrowser: true });
    await assert.rejects(
      stranger.upsertUsers([{ id: ann }]),
      {
        kind: "authentication",
        code: 5,
        status: 401,
        message: /^Stream error code 5: UpdateUsers failed with error: /,
      },
      "a token of another secret",
    );
    const elsewhere = StreamClient.anonymous(`${apiKey}-not`, options);
    await assert.rejects(
      elsewhere.queryUsers({ payload: { filter_conditions: {} } }),
      { kind: "authentication", code: 2, status: 401 },
      "an unknown key",
    );
    const old = server.generateUserToken({ user_id: ann, iat: 1_000_000_000, exp: 1_000_003_600 });
    await assert.rejects(
      StreamClient.withToken(apiKey, old, options).queryUsers({ payload: { filter_conditions: {} } }),
      { kind: "authentication", code: 40 },
      "an expired token",
    );
  });

  await step("fails with detailed errors without secrets", async () => {
    const error = await assert.rejects(
      server.upsertUsers([{ id: ann, role: "king" }]),
      {
        name: "InvalidRequestError",
        kind: "invalid_request",
        code: 4,
        status: 400,
        message: `Stream error code 4: UpdateUsers failed with error: "role "king" provided but not defined"`,
      },
      "an unknown role",
    );
    assert.ok(error instanceof StreamError && error instanceof Error, "classes");
    assert.ok(UUID.test(error.metadata.clientRequestId), "clientRequestId");
    assert.equal(error.metadata.responseCode, 400, "responseCode");
    if (!connect.isPage) assert.ok(error.metadata.rateLimit.rateLimitReset instanceof Date, "rate limit");
    assert.ok(!/eyJ/.test(`${error.message}${error.stack}`), "no token");
  });

  await step("refuses bad arguments before anything is sent", async () => {
    const error = await assert.rejects(
      server.upsertUsers([{ id: "no spaces" }]),
      { kind: "invalid_argument", field: "users[0].id" },
      "an id with a space",
    );
    assert.equal(error.code, undefined, "no code");
    await assert.rejects(server.exportUsers({ user_ids: [] }), { kind: "invalid_argument", field: "user_ids" }, "none");
  });

  await step("rejects an aborted call with the reason of its signal", async () => {
    const reason = { because: "the page was left" };
    const signal = AbortSignal.abort(reason);
    let thrown;
    await server.queryUsers({ payload: { filter_conditions: {} } }, { signal }).catch((error) => {
      thrown = error;
    });
    assert.equal(thrown, reason, "the very same reason");
  });

  await step("reaches ids that have to be encoded in URLs", async () => {
    for (const id of ["a/../b?x=1", "$&", "jörg 🦀", "%2e%2e"]) {
      await assert.rejects(
        server.exportUser({ user_id: id }),
        { code: 16, message: `Stream error code 16: ExportUser failed with error: "the user ${id} does not exist"` },
        id,
      );
    }
  });
}

/** Runs a step, and prefixes its error with its name. */
async function named(name, run) {
  try {
    await run();
  } catch (error) {
    throw new Error(`${name}: ${error?.message ?? error}`, { cause: error });
  }
}
