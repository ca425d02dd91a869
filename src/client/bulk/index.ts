// `getstream-users/bulk`: operations on any number of users, in as many requests as needed. It imports no wasm and works
// through the given client, so it costs nothing unless it is imported.

import { read } from "../errors.js";
import type {
  DeactivateUsersRequest,
  DeleteUsersRequest,
  ReactivateUsersRequest,
  Result,
  StreamClient,
  UpdateUserPartialRequest,
  UserCustomData,
  UserRequest,
} from "../index.js";
import { refusal } from "../option-reader.js";
import { settle } from "../safe.js";
import { Job } from "./job.js";
import * as operations from "./operations.js";
import { type BulkOptions, type BulkRequestOptions, type BulkTaskOptions, settingsOf } from "./options.js";
import type { AnyResult, BulkExportResult, BulkResult, BulkTaskResult } from "./results.js";
import { type BulkInput, Source } from "./source.js";
import { type SyncResult, syncUsers } from "./sync.js";

export type { BulkOptions, BulkRequestOptions, BulkTaskOptions } from "./options.js";
export type {
  BulkExportResult,
  BulkFailure,
  BulkOutcome,
  BulkProgress,
  BulkResult,
  BulkTaskResult,
} from "./results.js";
export type { BulkInput } from "./source.js";
export type { SyncChange, SyncFailure, SyncOptions, SyncProgress, SyncResult } from "./sync.js";
export { syncUsers } from "./sync.js";

/**
 * Creates or replaces any number of users. If an id occurs twice, the later user wins.
 *
 * ```ts
 * const { succeeded, failed } = await upsertMany(client, users, { onProgress: console.log });
 * ```
 *
 * If the API refuses a request because of some of its users, those are listed in `failed`, each with the error about that
 * user, and the others are sent again in later requests. An error that every request would get, such as a wrong secret, ends
 * the work: the promise rejects, and {@link resultOf} returns what was done until then.
 */
export function upsertMany<Custom = UserCustomData>(
  client: StreamClient,
  users: BulkInput<UserRequest<Custom>>,
  options?: BulkOptions<UserRequest<Custom>>,
): Promise<BulkResult<UserRequest<Custom>>> {
  return run(operations.UPSERT, client, users, options);
}

/** Changes some fields of any number of users. Changes to the same user are made in the order of the input. */
export function updatePartialMany<Custom = UserCustomData>(
  client: StreamClient,
  users: BulkInput<UpdateUserPartialRequest<Custom>>,
  options?: BulkOptions<UpdateUserPartialRequest<Custom>>,
): Promise<BulkResult<UpdateUserPartialRequest<Custom>>> {
  return run(operations.UPDATE_PARTIAL, client, users, options);
}

/** Deactivates any number of users. `request` has the fields of `deactivateUsers` besides the ids. */
export function deactivateMany(
  client: StreamClient,
  userIds: BulkInput<string>,
  options?: BulkRequestOptions<DeactivateUsersRequest>,
): Promise<BulkTaskResult<string>> {
  return run(operations.DEACTIVATE, client, userIds, options);
}

/** Reactivates any number of users. `request` has the fields of `reactivateUsers` besides the ids. */
export function reactivateMany(
  client: StreamClient,
  userIds: BulkInput<string>,
  options?: BulkRequestOptions<ReactivateUsersRequest>,
): Promise<BulkTaskResult<string>> {
  return run(operations.REACTIVATE, client, userIds, options);
}

/** Deletes any number of users. `request` has the fields of `deleteUsers` besides the ids. */
export function deleteMany(
  client: StreamClient,
  userIds: BulkInput<string>,
  options?: BulkRequestOptions<DeleteUsersRequest>,
): Promise<BulkTaskResult<string>> {
  return run(operations.DELETE, client, userIds, options);
}

/**
 * Restores any number of soft-deleted users. A user that is not deleted fails, unless the response to an earlier attempt,
 * which may have restored the user, was lost.
 */
export function restoreMany(
  client: StreamClient,
  userIds: BulkInput<string>,
  options?: BulkOptions<string>,
): Promise<BulkResult<string>> {
  return run(operations.RESTORE, client, userIds, options);
}

/** Exports any number of users, up to 25 per file. */
export function exportMany(
  client: StreamClient,
  userIds: BulkInput<string>,
  options?: BulkTaskOptions<string>,
): Promise<BulkExportResult> {
  return run(operations.EXPORT, client, userIds, options);
}

/** The results of work that ended with an error, by that error. */
const results = new WeakMap<object, BulkResult<unknown>>();

/**
 * Returns what bulk work had done before it ended with an error.
 *
 * @param reason - the rejection of the promise, or the `error` of a `safe` result
 * @returns undefined for other values, and for a signal's reason that is not an object
 */
export function resultOf(reason: unknown): BulkResult<unknown> | undefined {
  return isKey(reason) ? results.get(reason) : undefined;
}

/** The same functions, which return `{ data, error }` and never reject. */
export interface SafeBulk {
  /** `upsertMany`, with a result in place of an exception. */
  upsertMany<Custom = UserCustomData>(
    ...given: Parameters<typeof upsertMany<Custom>>
  ): Promise<Result<BulkResult<UserRequest<Custom>>>>;
  /** `updatePartialMany`, with a result in place of an exception. */
  updatePartialMany<Custom = UserCustomData>(
    ...given: Parameters<typeof updatePartialMany<Custom>>
  ): Promise<Result<BulkResult<UpdateUserPartialRequest<Custom>>>>;
  /** `deactivateMany`, with a result in place of an exception. */
  deactivateMany(...given: Parameters<typeof deactivateMany>): Promise<Result<BulkTaskResult<string>>>;
  /** `reactivateMany`, with a result in place of an exception. */
  reactivateMany(...given: Parameters<typeof reactivateMany>): Promise<Result<BulkTaskResult<string>>>;
  /** `deleteMany`, with a result in place of an exception. */
  deleteMany(...given: Parameters<typeof deleteMany>): Promise<Result<BulkTaskResult<string>>>;
  /** `restoreMany`, with a result in place of an exception. */
  restoreMany(...given: Parameters<typeof restoreMany>): Promise<Result<BulkResult<string>>>;
  /** `exportMany`, with a result in place of an exception. */
  exportMany(...given: Parameters<typeof exportMany>): Promise<Result<BulkExportResult>>;
  /** `syncUsers`, with a result in place of an exception. */
  syncUsers<Custom = UserCustomData>(...given: Parameters<typeof syncUsers<Custom>>): Promise<Result<SyncResult>>;
}

/**
 * The same functions, which return `{ data, error }` and never reject.
 *
 * ```ts
 * const { data, error } = await safe.upsertMany(client, users);
 * ```
 */
export const safe: SafeBulk = {
  upsertMany: (...given) => safely(operations.UPSERT, ...given),
  updatePartialMany: (...given) => safely(operations.UPDATE_PARTIAL, ...given),
  deactivateMany: (...given) => safely(operations.DEACTIVATE, ...given),
  reactivateMany: (...given) => safely(operations.REACTIVATE, ...given),
  deleteMany: (...given) => safely(operations.DELETE, ...given),
  restoreMany: (...given) => safely(operations.RESTORE, ...given),
  exportMany: (...given) => safely(operations.EXPORT, ...given),
  syncUsers: (...given) => settle(() => syncUsers(...given)),
};

async function run<Item>(
  operation: operations.Operation,
  client: StreamClient,
  input: BulkInput<Item>,
  options: BulkOptions<Item> | undefined,
): Promise<AnyResult<Item>> {
  const job = jobOf(operation, client, input, options);
  try {
    return await job.run();
  } catch (reason) {
    keep(reason, job.result());
    throw reason;
  }
}

async function safely<Item>(
  operation: operations.Operation,
  client: StreamClient,
  input: BulkInput<Item>,
  options?: BulkOptions<Item>,
): Promise<Result<AnyResult<Item>>> {
  const { data: job, error } = await settle(() => jobOf(operation, client, input, options));
  if (error !== undefined) return { data: undefined, error };
  const result = await settle(() => job.run());
  if (result.error !== undefined) keep(result.error, job.result());
  return result;
}

/** Checks the arguments, before anything is read from the input. */
function jobOf<Item>(
  operation: operations.Operation,
  client: StreamClient,
  input: BulkInput<Item>,
  options: BulkOptions<Item> | undefined,
): Job<Item> {
  checkClient(operation, client);
  const settings = settingsOf<Item>(operation, options);
  return new Job(operation, client, new Source(operation, input), settings);
}

function checkClient({ name, method }: operations.Operation, client: unknown): void {
  const has = (member: string) => typeof read(client, member) === "function";
  // `client.safe`, which has no `tasks`, never rejects: every failure would count as a success.
  if (has(method) && has("waitForTask") && has("tasks")) return;
  const way = has(method) ? "; for results in place of exceptions use `safe` of getstream-users/bulk" : "";
  throw refusal(name, "client", `client must be a StreamClient${way}`);
}

function keep(reason: unknown, result: BulkResult<unknown>): void {
  if (isKey(reason)) results.set(reason, result);
}

/** Whether a value can be a key of a `WeakMap`. */
function isKey(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}
