// Exports, and the tasks that are behind everything that takes time.

import assert from "node:assert/strict";
import { fact } from "../fact.mjs";
import { refused } from "../refused.mjs";

const one = (evidence, text, run) => fact("ExportUser", evidence, text, run);
const many = (evidence, text, run) => fact("ExportUsers", evidence, text, run);
const task = (evidence, text, run) => fact("GetTask", evidence, text, run);
const download = (evidence, text, run) => fact("DownloadExport", evidence, text, run);

export const facts = [
  one(
    "spec",
    "answers 200 with the user, and with no messages and reactions of a user without any",
    async (context) => {
      const [id] = await context.people(1, { name: "Ann", custom: { color: "red" } });
      const { user, messages, reactions, metadata } = await context.sdk.exportUser({ user_id: id });
      assert.equal(metadata.responseCode, 200);
      assert.deepEqual([user.id, user.name, user.custom], [id, "Ann", { color: "red" }]);
      assert.deepEqual([messages, reactions], [[], []]);
    },
  ),

  one("inferred", "exports deactivated users, and neither deleted nor unknown ones", async (context) => {
    const { sdk, people, unique, ended } = context;
    const [asleep, gone] = await people(2);
    await sdk.deactivateUser({ user_id: asleep });
    await ended(await sdk.deleteUsers({ user_ids: [gone] }));
    const { user } = await sdk.exportUser({ user_id: asleep });
    assert.ok(user.deactivated_at instanceof Date);
    await refused(sdk.exportUser({ user_id: gone }), "404/16", "ExportUser", `the user ${gone} was deleted`);
    await refused(sdk.exportUser({ user_id: unique("nobody") }), "404/16", "ExportUser");
  }),

  one("sdk test", "is for servers only", async ({ as, userToken, people, anonymous }) => {
    const [id] = await people(1);
    const reason = /users can only be exported server side/;
    await refused(as(userToken(id)).exportUser({ user_id: id }), "403/17", "ExportUser", reason);
    await refused(anonymous("GET", `/api/v2/users/${id}/export`), "403/17", "ExportUser", reason);
  }),

  many("spec", "answers 201 with the id of a task", async ({ sdk, people, ended }) => {
    const start = await sdk.exportUsers({ user_ids: await people(1) });
    assert.equal(start.metadata.responseCode, 201);
    assert.equal((await ended(start)).status, "completed");
  }),

  many("sdk test", "has the URL of the export in its task", async ({ sdk, people, ended }) => {
    const { result } = await ended(await sdk.exportUsers({ user_ids: await people(1) }));
    assert.match(result.url, /^https?:\/\/.+\/exports\/users\/.+/);
  }),

  many("spec", "takes 1 to 25 ids of users", async ({ raw, people }) => {
    const ids = await people(26);
    for (const body of [undefined, { user_ids: [] }, { user_ids: ids }, { user_ids: ids[0] }]) {
      await refused(raw("POST", "/api/v2/export/users", { body }), "400/4", "ExportUsers");
    }
    assert.equal((await raw("POST", "/api/v2/export/users", { body: { user_ids: ids.slice(1) } })).status, 201);
  }),

  many("choice", "fails in its task for an unknown user", async ({ sdk, unique, ended }) => {
    const failed = await ended(await sdk.exportUsers({ user_ids: [unique("nobody")] }));
    assert.equal(failed.status, "failed");
    assert.equal(typeof failed.error.type, "string");
    assert.equal(typeof failed.error.description, "string");
  }),

  many("sdk test", "is for servers only", async ({ as, userToken, people, anonymous }) => {
    const [id] = await people(1);
    const body = { user_ids: [id] };
    await refused(as(userToken(id)).exportUsers(body), "403/17", "ExportUsers");
    await refused(anonymous("POST", "/api/v2/export/users", { body }), "403/17", "ExportUsers");
  }),

  download("choice", "serves the export from the emulator itself, without a token", async (context) => {
    const { sdk, people, ended } = context;
    const ids = await people(2, { name: "Ann", custom: { color: "red" } });
    const { result } = await ended(await sdk.exportUsers({ user_ids: ids }));
    const response = await fetch(result.url);
    assert.equal(response.status, 200);
    const text = await response.text();
    for (const id of ids) assert.ok(text.includes(`"${id}"`), text);
    assert.ok(text.includes(`"color":"red"`));
    JSON.parse(text);
  }),

  download("choice", "contains the users as they were when the export was created", async (context) => {
    const { sdk, people, ended } = context;
    const [id] = await people(1, { name: "before" });
    const { result } = await ended(await sdk.exportUsers({ user_ids: [id] }));
    await sdk.upsertUsers([{ id, name: "after" }]);
    const text = await (await fetch(result.url)).text();
    assert.ok(text.includes("before") && !text.includes("after"), text);
  }),

  task("spec", "answers 200 with id, status and times", async ({ raw, people, ended }) => {
    const { body } = await raw("POST", "/api/v2/users/deactivate", { body: { user_ids: await people(1) } });
    await ended(body);
    const answer = await raw("GET", `/api/v2/tasks/${body.task_id}`);
    assert.equal(answer.status, 200);
    assert.equal(answer.body.task_id, body.task_id);
    assert.equal(answer.body.status, "completed");
    for (const field of ["created_at", "updated_at"]) assert.match(answer.text, new RegExp(`"${field}":\\d{19}[,}]`));
    assert.ok(answer.body.updated_at >= answer.body.created_at);
    assert.ok(!("error" in answer.body));
  }),

  task("docs", "shows a running task as pending, without a result", async ({ own }) => {
    await own({ taskDuration: 60_000 }, async ({ raw, people }) => {
      const start = await raw("POST", "/api/v2/users/deactivate", { body: { user_ids: await people(1) } });
      const { body } = await raw("GET", `/api/v2/tasks/${start.body.task_id}`);
      assert.equal(body.status, "pending");
      assert.ok(!("result" in body) && !("error" in body));
    });
  }),

  task("sdk test", "ends a task in less than a second", async ({ sdk, people, ended }) => {
    const start = performance.now();
    await ended(await sdk.deleteUsers({ user_ids: await people(1) }));
    assert.ok(performance.now() - start < 1000);
  }),

  task("sdk test", "refuses an unknown id", async ({ sdk, unique }) => {
    const id = unique("task");
    await refused(sdk.getTask({ id }), "404/16", "GetTask", `Can't find task with id "${id}"`);
  }),

  task("spec", "is for servers only", async ({ sdk, as, userToken, people, ended }) => {
    const [id] = await people(1);
    const start = await sdk.deactivateUsers({ user_ids: await people(1) });
    await refused(as(userToken(id)).getTask({ id: start.task_id }), "403/17", "GetTask");
    await ended(start);
  }),
];
