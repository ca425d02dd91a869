import type {
  DeactivateUsersRequest,
  DeleteUsersRequest,
  ReactivateUsersRequest,
  RequestOptions,
  StreamClient,
  StreamError,
  UpdateUserPartialRequest,
  UserCustomData,
  UserRequest,
  WaitForTaskOptions,
} from "__MAIN__";

/** Where users come from: anything that has them one by one. It is read no faster than the API takes them. */
export type BulkInput<Item> = Iterable<Item> | AsyncIterable<Item> | ReadableStream<Item>;

/** How bulk work is done. */
export interface BulkOptions<Item> extends Omit<RequestOptions, "onRateLimit"> {
  /** Calls at the same time, 1 to 6; 6 when left out. */
  concurrency?: number;
  /** Users in a call; as many as the API takes when left out, 100, or 25 for exports. */
  chunkSize?: number;
  /**
   * How long a call that fails is made again, in milliseconds, after the client has tried it as often as `retry` says;
   * 300000 when left out. A rate limit, a server or a connection that fails are waited for; then the users of that call
   * count as failed if others went through meanwhile, and the work ends if none did.
   */
  patience?: number;
  /** Ends the work; its promise rejects with the signal's own reason. */
  signal?: AbortSignal;
  /** A checkpoint of earlier work on the same input: what it says is done is passed over. */
  resume?: string;
  /** Called after every chunk, and waited for; its failure ends the work. */
  onProgress?: (progress: BulkProgress) => void | Promise<void>;
  /** Called with what came of every chunk, and waited for; its failure ends the work. */
  onResult?: (outcome: BulkOutcome<Item>) => void | Promise<void>;
  /**
   * Called whenever more of the input is done, and waited for; its failure ends the work. Keep the latest token: given as
   * `resume` with the same input, it goes on from there. What was done beyond it is done once more.
   */
  onCheckpoint?: (checkpoint: string) => void | Promise<void>;
}

/** How bulk work is done that tasks of the API do. */
export interface BulkTaskOptions<Item> extends BulkOptions<Item> {
  /**
   * Whether tasks are waited for, and how; a chunk is done when its task is. They are looked at every second for ten
   * minutes when left out. With `false`, users count as succeeded when their task was started.
   */
  wait?: boolean | Pick<WaitForTaskOptions, "pollInterval" | "timeout">;
}

/** How far bulk work has come. */
export interface BulkProgress {
  /** Users who were taken from the input to be sent. */
  sent: number;
  /** Users who went through. */
  succeeded: number;
  /** Users who did not. */
  failed: number;
  /** Users at the beginning of the input that were passed over, as `resume` said. */
  skipped: number;
  /** Users in the input, where it knows: arrays, sets and maps do. */
  total?: number;
}

/** A user who did not go through. */
export interface BulkFailure<Item> {
  /** The user's id, if it has one. */
  id?: string;
  /** The item of the input. */
  user: Item;
  /** Why. */
  error: StreamError;
}

/** What came of a chunk. */
export interface BulkOutcome<Item> {
  /** Ids of the users who went through. */
  succeeded: string[];
  /** The users who did not. */
  failed: BulkFailure<Item>[];
  /** The tasks that did it; none for operations without. */
  task_ids: string[];
  /** Where the files of an export are; none for other operations. */
  urls: string[];
}

/** What came of bulk work. It holds no user who went through: `onResult` tells of them. */
export interface BulkResult<Item> {
  /** Users who were taken from the input to be sent. */
  sent: number;
  /** How many users went through. */
  succeeded: number;
  /** The users who did not. */
  failed: BulkFailure<Item>[];
  /** Users at the beginning of the input that were passed over, as `resume` said. */
  skipped: number;
  /** How much of the input is done, for `resume`. */
  checkpoint: string;
}

/** What came of bulk work that tasks do. */
export interface BulkTaskResult<Item> extends BulkResult<Item> {
  /** The tasks that were started, if they were not waited for. */
  task_ids?: string[];
}

/** What came of exports. */
export interface BulkExportResult extends BulkTaskResult<string> {
  /** Where the files are, if they were waited for: one for up to 25 users. */
  urls?: string[];
}

/**
 * Creates or replaces any number of users. Of two users with one id the later wins.
 *
 * ```ts
 * const { succeeded, failed } = await upsertMany(client, users, { onProgress: console.log });
 * ```
 *
 * A user whom the API refuses does not keep the others of its call from going through: it is found by sending the call in
 * ever smaller parts, and listed in `failed`. What concerns every call, such as a wrong secret, ends the work and rejects;
 * {@link resultOf} has what was done until then.
 */
export function upsertMany<Custom = UserCustomData>(
  client: StreamClient,
  users: BulkInput<UserRequest<Custom>>,
  options?: BulkOptions<UserRequest<Custom>>,
): Promise<BulkResult<UserRequest<Custom>>>;

/** Changes some fields of any number of users. Changes to one user are made in their order. */
export function updatePartialMany(
  client: StreamClient,
  users: BulkInput<UpdateUserPartialRequest>,
  options?: BulkOptions<UpdateUserPartialRequest>,
): Promise<BulkResult<UpdateUserPartialRequest>>;

/** Deactivates any number of users. `request` holds what `deactivateUsers` takes beside the ids. */
export function deactivateMany(
  client: StreamClient,
  userIds: BulkInput<string>,
  options?: BulkTaskOptions<string> & { request?: Omit<DeactivateUsersRequest, "user_ids"> },
): Promise<BulkTaskResult<string>>;

/** Brings back any number of deactivated users. `request` holds what `reactivateUsers` takes beside the ids. */
export function reactivateMany(
  client: StreamClient,
  userIds: BulkInput<string>,
  options?: BulkTaskOptions<string> & { request?: Omit<ReactivateUsersRequest, "user_ids"> },
): Promise<BulkTaskResult<string>>;

/** Deletes any number of users. `request` holds what `deleteUsers` takes beside the ids. */
export function deleteMany(
  client: StreamClient,
  userIds: BulkInput<string>,
  options?: BulkTaskOptions<string> & { request?: Omit<DeleteUsersRequest, "user_ids"> },
): Promise<BulkTaskResult<string>>;

/**
 * Brings back any number of soft-deleted users. A user who is not deleted fails, unless an earlier try may have restored it
 * and its answer was lost.
 */
export function restoreMany(
  client: StreamClient,
  userIds: BulkInput<string>,
  options?: BulkOptions<string>,
): Promise<BulkResult<string>>;

/** Exports any number of users, up to 25 in a file. */
export function exportMany(
  client: StreamClient,
  userIds: BulkInput<string>,
  options?: BulkTaskOptions<string>,
): Promise<BulkExportResult>;

/**
 * What bulk work had done when it was ended, by what its promise was rejected with; nothing for other values, and for
 * reasons of a signal that are no objects.
 */
export function resultOf(reason: unknown): BulkResult<unknown> | undefined;
