// The operations of bulk work, and the defaults of its options, as tables.

import assert from "node:assert/strict";
import test from "node:test";
import { importSource } from "../support/source.mjs";

const operations = await importSource("bulk/operations.ts");
const { settingsOf } = await importSource("bulk/options.ts");

test("each function has its client method, its limit and its kind of response", () => {
  const described = Object.values(operations).map((operation) => {
    const { name, method, most, input, takesRequest, isTask, hasUrls, isDone } = operation;
    return [name, method, most, input, { takesRequest, isTask, hasUrls, mayBeDone: isDone !== undefined }];
  });
  const plain = { takesRequest: undefined, isTask: undefined, hasUrls: undefined, mayBeDone: false };
  const task = { ...plain, takesRequest: true, isTask: true };
  assert.deepEqual(described.sort(), [
    ["deactivateMany", "deactivateUsers", 100, "userIds", task],
    ["deleteMany", "deleteUsers", 100, "userIds", task],
    ["exportMany", "exportUsers", 25, "userIds", { ...plain, isTask: true, hasUrls: true }],
    ["reactivateMany", "reactivateUsers", 100, "userIds", task],
    ["restoreMany", "restoreUsers", 100, "userIds", { ...plain, mayBeDone: true }],
    ["updatePartialMany", "updateUsersPartial", 100, "users", plain],
    ["upsertMany", "upsertUsers", 100, "users", plain],
  ]);
});

test("by default, a task is awaited for at most ten minutes", () => {
  const { signal } = new AbortController();
  for (const [wait, expected] of [
    [undefined, { timeout: 600_000, signal }],
    [null, { timeout: 600_000, signal }],
    [true, { timeout: 600_000, signal }],
    [false, undefined],
    [{}, { pollInterval: undefined, timeout: 600_000, signal }],
    [
      { timeout: 5, pollInterval: 7 },
      { pollInterval: 7, timeout: 5, signal },
    ],
  ]) {
    assert.deepEqual(settingsOf(operations.DELETE, { signal, wait }).wait, expected, JSON.stringify(wait));
  }
});

test("by default, six calls run at once, without the client's retries, and are retried for five minutes", () => {
  const { wait, ...settings } = settingsOf(operations.EXPORT, undefined);
  assert.deepEqual(settings, {
    concurrency: 6,
    chunkSize: 25,
    patience: 300_000,
    signal: undefined,
    skip: 0,
    onProgress: undefined,
    onResult: undefined,
    onCheckpoint: undefined,
    request: {},
    call: { retry: false },
  });
});
