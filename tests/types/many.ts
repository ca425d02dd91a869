// Bulk work, paging and tasks, as an editor knows them. Nothing here is run.

import type {
  CompletedTask,
  FullUserResponse,
  GetTaskResponse,
  StreamClient,
  StreamError,
  StreamResponse,
  TaskHandle,
  UserList,
  UserRequest,
} from "getstream-users";
import {
  type BulkFailure,
  deleteMany,
  exportMany,
  type resultOf,
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
  // @ts-expect-error users are objects
  await upsertMany(client, ["ann"]);
  // @ts-expect-error calls cannot be pruned
  await deleteMany(client, ["ann"], { request: { calls: "pruning" } });
  // @ts-expect-error restoring has no task
  await upsertMany(client, [], { wait: false });
}

export async function paging(): Promise<void> {
  const list = client.users({ role: "admin" }, { sort: [{ field: "created_at", direction: -1 }], pageSize: 50 });
  expect<Same<typeof list, UserList>>();
  for await (const user of list) expect<Same<typeof user, FullUserResponse>>();
  for await (const page of list.pages()) expect<Same<typeof page, FullUserResponse[]>>();
  expect<Same<Awaited<ReturnType<typeof list.toArray>>, FullUserResponse[]>>();
  await list.toArray({ limit: 10 });
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
