// Makes an app's users equal to a list: looks them up by id, changes what differs and, if requested, removes users that are
// missing from the list. Whether a user exists is looked up by id, never inferred from the order of a list.

import { read, type StreamError } from "../errors.js";
import { MAX_CONCURRENT_CALLS, MAX_USERS } from "../generated/limits.js";
import type {
  DeactivateUsersRequest,
  DeleteUsersRequest,
  RequestOptions,
  StreamClient,
  UserCustomData,
  UserRequest,
} from "../index.js";
import { isObject, OptionReader, refusal } from "../option-reader.js";
import { CALL_OPTIONS } from "../options.js";
import { type Change, changeOf, type ExistingUser } from "./difference.js";
import { deactivateMany, deleteMany, reactivateMany, updatePartialMany, upsertMany } from "./index.js";
import { type BulkOptions, patienceOf, skipOf } from "./options.js";
import type { BulkResult } from "./results.js";
import { checkpoint } from "./rules.js";
import { type BulkInput, Source } from "./source.js";

/** The options of {@link syncUsers}. The options of a call apply to each request. */
export interface SyncOptions extends RequestOptions {
  /**
   * What to do with users who are missing from the list. Default: `"keep"`. They are found at the end, by listing all users.
   * Users created after the work began are kept. With `"deactivate"`, deactivated users who are in the list are reactivated.
   */
  missing?: "keep" | "deactivate" | "delete" | undefined;
  /** Allows removing more than a tenth of all users. Without it, that ends the work with an error. */
  allowMany?: boolean | undefined;
  /** The fields to send besides the ids when users are deactivated or deleted. */
  request?: Omit<DeleteUsersRequest, "user_ids"> | Omit<DeactivateUsersRequest, "user_ids"> | undefined;
  /** Only determines the changes, and makes none. */
  dryRun?: boolean | undefined;
  /** Concurrent requests, 1 to 6. Default: 6. */
  concurrency?: number | undefined;
  /** How long a request that fails is retried, in milliseconds, as in other bulk work. Default: 300000. */
  patience?: number | undefined;
  /** A checkpoint of earlier work on the same list: the users done by then are not looked up again. */
  resume?: string | undefined;
  /** Called with every change before it is made, and awaited. In a dry run, too. */
  onChange?: ((change: SyncChange) => void | Promise<void>) | undefined;
  /** Called after each part of the work, and awaited. */
  onProgress?: ((progress: SyncProgress) => void | Promise<void>) | undefined;
  /** Called with a checkpoint whenever more of the list is done, and awaited. Store the latest one for `resume`. */
  onCheckpoint?: ((checkpoint: string) => void | Promise<void>) | undefined;
}

/** A change to one user. */
export interface SyncChange {
  /** The user's id. */
  id: string;
  /** What the change does. */
  action: "create" | "change" | "reactivate" | "deactivate" | "delete";
  /** For `change`: the fields that differ, with their new values. */
  set?: Record<string, unknown>;
  /** For `change`: the fields to remove. */
  unset?: string[];
}

/** The progress of {@link syncUsers}. */
export interface SyncProgress {
  /** Users in the list that are done. */
  done: number;
  /** Users that were created. */
  created: number;
  /** Users that were changed. */
  changed: number;
  /** Users that did not differ. */
  unchanged: number;
  /** Users that were reactivated. */
  reactivated: number;
  /** Users missing from the list that were deactivated or deleted. */
  removed: number;
  /** Users that failed. */
  failed: number;
}

/** A user whose change failed. */
export interface SyncFailure {
  /** The user's id, if it has one. */
  id?: string | undefined;
  /** The change that failed. */
  action: SyncChange["action"];
  /** Why it failed. */
  error: StreamError;
}

/** What was done; in a dry run, what would be done. */
export interface SyncResult extends Omit<SyncProgress, "failed"> {
  /** The users that failed. */
  failed: SyncFailure[];
  /** The checkpoint for `resume`: how much of the list is done. */
  checkpoint: string;
}

const NAME = "syncUsers";
/** Six concurrent lookups, as many requests as bulk work makes. */
const WINDOW = MAX_USERS * MAX_CONCURRENT_CALLS;
/** The longest time to retry a lookup, in milliseconds: an hour. */
const MOST_PATIENCE_MS = 3_600_000;
/** A share of all users. A list that lacks more has more likely been truncated. */
const MOST_MISSING = 0.1;
/** Enough for `patience` to end the retries of a lookup first. */
const LOOKUP_ATTEMPTS = 100;

/** The options of bulk work on any kind of items. */
type PieceOptions = Omit<BulkOptions<unknown>, "onResult">;

interface Settings {
  readonly missing: "keep" | "deactivate" | "delete";
  readonly allowMany: boolean;
  readonly dryRun: boolean;
  readonly skip: number;
  readonly signal: AbortSignal | undefined;
  readonly request: object;
  readonly onChange: SyncOptions["onChange"];
  readonly onProgress: SyncOptions["onProgress"];
  readonly onCheckpoint: SyncOptions["onCheckpoint"];
  /** The options of each lookup. */
  readonly lookup: RequestOptions;
  /** The options of each bulk function. */
  readonly bulk: PieceOptions;
}

/**
 * Makes an app's users equal to a list. Users who do not exist are created; for the others, the fields that the list sets and
 * that differ are changed, and all other fields stay. `null` removes a field. Running it again changes nothing.
 *
 * ```ts
 * const { created, changed, failed } = await syncUsers(client, rowsOfMyDatabase(), { missing: "deactivate" });
 * ```
 *
 * Memory does not grow with the list, except for the ids when `missing` is not `"keep"`. An error that every request would get
 * ends the work: the promise rejects. Changes that were made remain, and the work can be run again.
 */
export async function syncUsers<Custom = UserCustomData>(
  client: StreamClient,
  desired: BulkInput<UserRequest<Custom>>,
  options?: SyncOptions,
): Promise<SyncResult> {
  const settings = settingsOf(options);
  checkClient(client);
  const sync = new Sync(client, settings);
  const source = new Source({ name: NAME, input: "desired" }, desired);
  try {
    for await (const window of windowsOf(source, settings.skip, (item) => sync.remember(item))) {
      settings.signal?.throwIfAborted();
      await sync.bringInLine(window);
    }
  } finally {
    await source.close();
  }
  await sync.removeMissing();
  return sync.result();
}

class Sync {
  readonly #client: StreamClient;
  readonly #settings: Settings;
  /** Users created later are not expected to be in the list. */
  readonly #begun = Date.now();
  readonly #ids = new Set<string>();
  readonly #failed: SyncFailure[] = [];
  readonly #counts = { done: 0, created: 0, changed: 0, unchanged: 0, reactivated: 0, removed: 0 };

  constructor(client: StreamClient, settings: Settings) {
    this.#client = client;
    this.#settings = settings;
    this.#counts.done = settings.skip;
  }

  /** Records that a user is in the list, if that is needed later. */
  remember(item: unknown): void {
    const id = idOf(item);
    if (id !== undefined && this.#settings.missing !== "keep") this.#ids.add(id);
  }

  async bringInLine(window: readonly unknown[]): Promise<void> {
    const { missing, onCheckpoint } = this.#settings;
    // If an id occurs twice, the later user wins.
    const wanted = new Map<unknown, unknown>(window.map((item) => [idOf(item) ?? item, item]));
    const existing = await this.#lookUp([...wanted.keys()].filter((id) => typeof id === "string"));
    const creates: UserRequest[] = [];
    const replaced: UserRequest[] = [];
    const changes: Change[] = [];
    const returning: string[] = [];
    for (const [id, item] of wanted) {
      const user = existing.get(id);
      if (user === undefined) {
        creates.push(item as UserRequest);
        continue;
      }
      let change: Change | undefined;
      try {
        change = changeOf(item as UserRequest, user);
      } catch (cause) {
        // A getter or a revoked proxy: only this user fails.
        const error = refusal(
          "syncUsers",
          "users",
          `the user ${user.id} throws when it is read; \`cause\` has the reason`,
          cause,
        );
        this.#failed.push({ id: user.id, action: "change", error });
        continue;
      }
      if (missing === "deactivate" && user.deactivated_at !== undefined) returning.push(user.id);
      if (change === undefined) this.#counts.unchanged += 1;
      else if (change.whole !== undefined) replaced.push(change.whole);
      else changes.push(change);
    }
    await this.#announce(creates, replaced, changes, returning);
    await this.#apply("create", creates, (bulk) => upsertMany(this.#client, creates, bulk));
    await this.#apply("reactivate", returning, (bulk) => reactivateMany(this.#client, returning, bulk));
    await this.#apply("change", replaced, (bulk) => upsertMany(this.#client, replaced, bulk));
    const partial = changes.map(({ id, set, unset }) => ({ id, set, ...(unset.length > 0 && { unset }) }));
    await this.#apply("change", partial, (bulk) => updatePartialMany(this.#client, partial as never, bulk));
    this.#counts.done += window.length;
    await this.#reportProgress();
    if (!this.#settings.dryRun) await onCheckpoint?.(this.#checkpoint());
  }

  async removeMissing(): Promise<void> {
    const { missing, allowMany, request } = this.#settings;
    if (missing === "keep") return;
    const { gone, total } = await this.#walk(missing === "delete");
    if (gone.length > total * MOST_MISSING && !allowMany && !this.#settings.dryRun) {
      throw refusal(
        NAME,
        "allowMany",
        `the list lacks ${gone.length} of ${total} users, more than a tenth, and none of them was removed; if that is ` +
          `intended, pass allowMany: true`,
      );
    }
    for (const id of gone) await this.#settings.onChange?.({ id, action: missing });
    const many = missing === "delete" ? deleteMany : deactivateMany;
    await this.#apply(missing, gone, (bulk) => many(this.#client, gone, { ...bulk, request } as never));
    await this.#reportProgress();
  }

  result(): SyncResult {
    return { ...this.#counts, failed: this.#failed, checkpoint: this.#checkpoint() };
  }

  /** The existing users with these ids, including deactivated ones. */
  async #lookUp(ids: readonly string[]): Promise<Map<unknown, ExistingUser>> {
    const parts: string[][] = [];
    for (let start = 0; start < ids.length; start += MAX_USERS) parts.push(ids.slice(start, start + MAX_USERS));
    const pages = await Promise.all(
      parts.map(async (part) => {
        const payload = { filter_conditions: { id: { $in: part } }, limit: MAX_USERS, include_deactivated_users: true };
        return (await this.#client.queryUsers({ payload }, this.#settings.lookup)).users;
      }),
    );
    return new Map(pages.flat().map((user) => [user.id, user as unknown as ExistingUser]));
  }

  /** The users missing from the list. Throws unless it has seen all users. */
  async #walk(includeDeactivated: boolean): Promise<{ gone: string[]; total: number }> {
    const gone: string[] = [];
    let total = 0;
    const all = this.#client.users({}, { ...this.#settings.lookup, include_deactivated_users: includeDeactivated });
    for await (const { id, created_at } of all) {
      total += 1;
      if (!this.#ids.has(id) && created_at.getTime() <= this.#begun) gone.push(id);
    }
    return { gone, total };
  }

  async #announce(
    creates: readonly UserRequest[],
    replaced: readonly UserRequest[],
    changes: readonly Change[],
    returning: readonly string[],
  ): Promise<void> {
    const { onChange } = this.#settings;
    if (onChange === undefined) return;
    for (const item of creates) await onChange({ id: idOf(item) ?? "", action: "create" });
    for (const id of returning) await onChange({ id, action: "reactivate" });
    for (const { id, ...set } of replaced) await onChange({ id, action: "change", set });
    for (const { id, set, unset } of changes) {
      await onChange({ id, action: "change", set, ...(unset.length > 0 && { unset }) });
    }
  }

  async #apply(
    action: SyncChange["action"],
    items: readonly unknown[],
    run: (options: PieceOptions) => Promise<BulkResult<unknown>>,
  ): Promise<void> {
    if (items.length === 0) return;
    const counter = COUNTERS[action];
    if (this.#settings.dryRun) {
      this.#counts[counter] += items.length;
      return;
    }
    const { succeeded, failed } = await run(this.#settings.bulk);
    this.#counts[counter] += succeeded;
    this.#failed.push(...failed.map(({ id, error }) => ({ id, action, error })));
  }

  async #reportProgress(): Promise<void> {
    await this.#settings.onProgress?.({ ...this.#counts, failed: this.#failed.length });
  }

  #checkpoint(): string {
    return checkpoint(NAME, this.#counts.done);
  }
}

const COUNTERS = {
  create: "created",
  change: "changed",
  reactivate: "reactivated",
  deactivate: "removed",
  delete: "removed",
} as const;

const OWN_OPTIONS = [
  "missing",
  "allowMany",
  "request",
  "dryRun",
  "concurrency",
  "patience",
  "resume",
  "onChange",
  "onProgress",
  "onCheckpoint",
];

/** @throws StreamError of kind `invalid_argument` */
function settingsOf(given: unknown): Settings {
  const options = new OptionReader(NAME, given, [...OWN_OPTIONS, ...CALL_OPTIONS]);
  const call: RequestOptions = options.pick(CALL_OPTIONS);
  const patience = patienceOf(options);
  const concurrency = options.count("concurrency", MAX_CONCURRENT_CALLS) ?? MAX_CONCURRENT_CALLS;
  const request = options.get("request") ?? {};
  if (!isObject(request)) options.refuse("request", "an object");
  return {
    missing: missingOf(options),
    allowMany: options.flag("allowMany") ?? false,
    dryRun: options.flag("dryRun") ?? false,
    skip: skipOf(options, NAME),
    signal: options.signal(),
    request,
    onChange: options.callback("onChange"),
    onProgress: options.callback("onProgress"),
    onCheckpoint: options.callback("onCheckpoint"),
    lookup: { retry: { attempts: LOOKUP_ATTEMPTS, budget: Math.min(patience, MOST_PATIENCE_MS) }, ...call },
    bulk: { ...call, concurrency, patience },
  };
}

function missingOf(options: OptionReader): Settings["missing"] {
  const missing = options.get("missing") ?? "keep";
  if (missing === "keep" || missing === "deactivate" || missing === "delete") return missing;
  return options.refuse("missing", '"keep", "deactivate" or "delete"');
}

function checkClient(client: unknown): void {
  const has = (member: string) => typeof read(client, member) === "function";
  if (has("queryUsers") && has("users") && has("waitForTask")) return;
  throw refusal(NAME, "client", "client must be a StreamClient");
}

function idOf(item: unknown): string | undefined {
  const id = isObject(item) ? read(item, "id") : undefined;
  return typeof id === "string" ? id : undefined;
}

/** The items in groups, without the first `skip` of them. */
async function* windowsOf(source: Source, skip: number, each: (item: unknown) => void): AsyncGenerator<unknown[]> {
  let window: unknown[] = [];
  let seen = 0;
  for (let step = await source.next(); step !== undefined; step = await source.next()) {
    const { item } = step;
    each(item);
    seen += 1;
    if (seen <= skip) continue;
    window.push(item);
    if (window.length === WINDOW) {
      yield window;
      window = [];
    }
  }
  if (window.length > 0) yield window;
}
