// Bulk work, paging and tasks, as an editor knows them. Nothing here is run.

import type {
  CompletedTask,
  FullUserResponse,
  GetTaskResponse,
  Result,
  StreamClient,
  StreamError,
  StreamResponse,
  TaskHandle,
  UserList,
  UserListOptions,
  UserRequest,
} from "getstream-users";
import {
  type BulkExportResult,
  type BulkFailure,
  type BulkOptions,
  type BulkResult,
  deleteMany,
  exportMany,
  type resultOf,
  safe,
  updatePartialMany,
  upsertMany,
} from "getstream-users/bulk";
import { expect, type Same } from "./expect.js";

declare const client: StreamClient;
declare const stream: ReadableStream<UserRequest>;

export async function bulk(): Promise<void> {
  async function* source(): AsyncGenerator<UserRequest> {
    yield { id: "ann" };
  }
  const result = await upsertMany(client, source(), {
    concurrency: 3,
    onProgress: ({ sent, total }) => console.log(sent, total),
    onCheckpoint: async (token) => console.log(token.length),
  });
  expect<Same<typeof result.failed, BulkFailure<UserRequest>[]>>();
  expect<Same<BulkFailure<string>["error"], StreamError>>();
  await upsertMany(client, stream, { resume: result.checkpoint });
  await upsertMany(client, new Set<UserRequest>());
  await updatePartialMany(client, [{ id: "ann", set: { name: "Ann" }, unset: ["image"] }]);
  await deleteMany(client, ["ann"], { request: { user: "hard", messages: "hard" }, wait: { pollInterval: 100 } });
  const { urls } = await exportMany(client, ["ann"]);
  expect<Same<typeof urls, string[] | undefined>>();
  expect<Same<number | undefined, NonNullable<ReturnType<typeof resultOf>>["succeeded"] | undefined>>();
  // An option may be there and undefined, as configurations have them.
  const nothing: { readonly [Name in keyof BulkOptions<string>]-?: undefined } = {
    concurrency: undefined,
    chunkSize: undefined,
    patience: undefined,
    signal: undefined,
    resume: undefined,
    onProgress: undefined,
    onResult: undefined,
    onCheckpoint: undefined,
    timeout: undefined,
    deadline: undefined,
    retry: undefined,
    onRateLimit: undefined,
    headers: undefined,
  };
  await deleteMany(client, ["ann"], { ...nothing, wait: undefined, request: undefined });
  await deleteMany(client, ["ann"], { wait: { pollInterval: undefined, timeout: undefined } });
  // @ts-expect-error users are objects
  await upsertMany(client, ["ann"]);
  // @ts-expect-error calls cannot be pruned
  await deleteMany(client, ["ann"], { request: { calls: "pruning" } });
  // @ts-expect-error restoring has no task
  await upsertMany(client, [], { wait: false });
}

interface Profile {
  score: number;
  city?: string;
}

export async function ownFields(): Promise<void> {
  const users: UserRequest<Profile>[] = [{ id: "ann", custom: { score: 1 } }];
  const result = await upsertMany(client, users, {
    onResult: ({ failed }) => expect<Same<(typeof failed)[number]["user"], UserRequest<Profile>>>(),
  });
  expect<Same<typeof result, BulkResult<UserRequest<Profile>>>>();
  await updatePartialMany<Profile>(client, [{ id: "ann", set: { score: 2 }, unset: ["city"] }]);
  // @ts-expect-error the score is a number
  await updatePartialMany<Profile>(client, [{ id: "ann", set: { score: "2" } }]);
  const [user] = await client.users<Profile>({ score: 1 }).toArray({ limit: 1 });
  expect<Same<typeof user, FullUserResponse<Profile> | undefined>>();
}

export async function results(): Promise<void> {
  const upserted = await safe.upsertMany(client, [{ id: "ann" }]);
  expect<Same<typeof upserted, Result<BulkResult<UserRequest>>>>();
  if (upserted.error === undefined) expect<Same<typeof upserted.data, BulkResult<UserRequest>>>();
  else expect<Same<typeof upserted.error, StreamError>>();
  const exported = await safe.exportMany(client, new Set(["ann"]), { wait: true });
  expect<Same<typeof exported, Result<BulkExportResult>>>();
  const own = await safe.upsertMany<Profile>(client, [{ id: "ann", custom: { score: 1 } }]);
  expect<Same<typeof own, Result<BulkResult<UserRequest<Profile>>>>>();
  await safe.deleteMany(client, ["ann"], { request: { user: "hard" }, wait: false });
  // @ts-expect-error ids are texts
  await safe.deleteMany(client, [7]);
  // @ts-expect-error restoring has no task
  await safe.restoreMany(client, ["ann"], { wait: true });
}

export async function paging(): Promise<void> {
  const list = client.users({ role: "admin" }, { sort: [{ field: "created_at", direction: -1 }], pageSize: 50 });
  expect<Same<typeof list, UserList>>();
  for await (const user of list) expect<Same<typeof user, FullUserResponse>>();
  for await (const page of list.pages()) expect<Same<typeof page, FullUserResponse[]>>();
  expect<Same<Awaited<ReturnType<typeof list.toArray>>, FullUserResponse[]>>();
  await list.toArray({ limit: 10 });
  await list.toArray({ limit: undefined });
  const nothing: { readonly [Name in keyof UserListOptions]-?: undefined } = {
    sort: undefined,
    pageSize: undefined,
    include_deactivated_users: undefined,
    user_id: undefined,
    timeout: undefined,
    deadline: undefined,
    retry: undefined,
    onRateLimit: undefined,
    headers: undefined,
    signal: undefined,
  };
  client.users(undefined, nothing);
  const sort = [{ field: "created_at", direction: -1 }] as const;
  client.users({}, { sort });
  // @ts-expect-error an order goes up or down
  client.users({}, { sort: [{ field: "id", direction: 2 }] });
  // @ts-expect-error a limit is a number
  await list.toArray({ limit: "10" });
}

export async function tasks(): Promise<void> {
  const deletion = await (await client.deleteUsers({ user_ids: ["a"] })).wait({ pollInterval: 100 });
  expect<Same<(typeof deletion)["result"], Record<string, { status: string; error?: string }>>>();
  expect<Same<(typeof deletion)["status"], "completed">>();
  const file = await (await client.exportUsers({ user_ids: ["a"] })).wait();
  expect<Same<(typeof file)["result"]["url"], string>>();
  const { result } = await (await client.deactivateUsers({ user_ids: ["a"] })).wait();
  expect<Same<(typeof result.users)[number]["id"], string>>();
  const task: TaskHandle = client.tasks("t");
  expect<Same<Awaited<ReturnType<typeof task.get>>, StreamResponse<GetTaskResponse>>>();
  expect<Same<Awaited<ReturnType<typeof task.wait>>, StreamResponse<CompletedTask>>>();
}
