//! The TypeScript types of this face that have no Rust type, written by hand. Those of the options are made of theirs.

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/**
 * How many requests are answered in a minute, for each operation and platform: a number for all operations, `"stream"` for
 * what Stream documents, or an object with what is to differ.
 */
export type EmulatorRateLimits =
  | number
  | "stream"
  | {
      /** Where to begin: without limits that anybody would meet, or with what Stream documents. */
      preset?: "none" | "stream";
      /** Of every operation that has no limit of its own. */
      default?: number;
      /** Of single operations, by Stream's names for them: `{ QueryUsers: 10 }`. */
      operations?: Record<string, number>;
      /** Of each operation for a single user on one platform. Servers are exempt. */
      per_user?: number | null;
    };

/** How many requests are answered in a minute. */
export interface EmulatorRateLimitsInForce {
  /** Of every operation that has no limit of its own. */
  default: number;
  /** Of single operations, by Stream's names for them. */
  operations: Record<string, number>;
  /** Of each operation for a single user on one platform; `null` when there is no such limit. */
  per_user: number | null;
}

/** An app to begin with. A user may be its id alone, a role or a group its name. */
export interface EmulatorSeed {
  /** Settings of the app, as `UpdateApp` takes them. */
  app?: Record<string, unknown>;
  /** Roles of the app's own. */
  roles?: (string | { name: string })[];
  /** Users. They are made in this order, unless they say when they were made. */
  users?: (string | EmulatorSeedUser)[];
  /** User groups, as `CreateUserGroup` takes them. */
  groups?: (string | Record<string, unknown>)[];
  /** Who blocks whom. */
  blocks?: { user_id: string; blocked_user_id: string }[];
  /** Bans, as `Ban` takes them. */
  bans?: Record<string, unknown>[];
  /** Mutes, as `Mute` takes them. */
  mutes?: Record<string, unknown>[];
  /** Devices, as `CreateDevice` takes them. */
  devices?: Record<string, unknown>[];
}

/** A user to begin with: what an upsert takes, and what would take several calls or time. Times are RFC 3339. */
export interface EmulatorSeedUser {
  /** The user's id. */
  id: string;
  /** Name to show. */
  name?: string;
  /** Address of a picture. */
  image?: string;
  /** Role; `user` when left out. */
  role?: string;
  /** Language, as a two-letter code. */
  language?: string;
  /** Whether the user appears offline to others. */
  invisible?: boolean;
  /** Data of your own. */
  custom?: Record<string, unknown>;
  /** Teams the user is in. */
  teams?: string[];
  /** The user's role in single teams. */
  teams_role?: Record<string, string>;
  /** What others may learn of the user's doings. */
  privacy_settings?: Record<string, { enabled: boolean }>;
  /** When the user was made; now when left out. */
  created_at?: string;
  /** When the user was last changed. */
  updated_at?: string;
  /** Whether the user was deactivated, or when. */
  deactivated?: boolean | string;
  /** Whether the user was deleted, or how; `true` is softly. */
  deleted?: boolean | "soft" | "pruning" | "hard";
  /** Tokens issued before this time are not valid. */
  revoke_tokens_issued_before?: string;
}

/**
 * One way to go wrong. With a `status`, or dropped `"before"`, the operation does not happen; otherwise it does, and only
 * its answer is spoiled. A request can ask for one with the header `x-emulator-fault`: the JSON of it.
 */
export interface EmulatorFault {
  /** HTTP status of the answer, 400 to 599. */
  status?: number;
  /** Stream's code in the answer; the one that is documented for the status when left out. */
  code?: number;
  /** Message in the answer. */
  message?: string;
  /** The header `Retry-After`, in seconds. With the status 429 it is 1 when left out. */
  retry_after?: number;
  /** Whether the answer says that trying again is pointless. */
  unrecoverable?: boolean;
  /** Headers of the answer, in place of its own of that name. */
  headers?: Record<string, string>;
  /** How long the answer is held back, in milliseconds. */
  latency_ms?: number;
  /** Breaks the connection before the operation, or after it. */
  drop?: "before" | "after";
  /** Breaks off the body in its middle, makes it invalid JSON, leaves it out, or sends a page in its place. */
  body?: "truncate" | "invalid" | "empty" | "html";
}

/** Which requests a fault hits, and how often. What is left out does not matter. */
export interface EmulatorFaultRule {
  /** Name of the operation, as Stream has it: `QueryUsers`. */
  operation?: string;
  /** HTTP method. */
  method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Path, as it was sent; with a star at its end, what it begins with. */
  path?: string;
  /** Id of the user who calls. */
  user_id?: string;
  /** How many of these requests are passed over first. */
  skip?: number;
  /** How many are hit at most. */
  times?: number;
  /** How likely each is hit, from 0 to 1. The emulator's seed decides. */
  probability?: number;
  /** What goes wrong. */
  fault: EmulatorFault;
}

/** A rule in force. */
export interface EmulatorFaultStanding extends EmulatorFaultRule {
  /** Its id. */
  id: number;
  /** How many requests it was about. */
  matched: number;
  /** How many of them it has hit. */
  hits: number;
  /** How many it will still hit; absent when there is no end to it. */
  remaining?: number;
}

/** A request, and what became of it. Secrets in it are hidden, and long bodies cut off. */
export interface EmulatorRequest {
  /** Its number, from 1. */
  id: number;
  /** When it arrived, by the emulator's clock. */
  at: string;
  /** HTTP method. */
  method: string;
  /** Path, as it was sent. */
  path: string;
  /** Query, as it was sent. */
  query?: string;
  /** Name of the operation; `null` when there is none at this path. */
  operation: string | null;
  /** Who sent it; `"none"` when that could not be made out. */
  caller: "server" | "user" | "anonymous" | "none";
  /** Id of the user who sent it. */
  user_id?: string;
  /** HTTP status of the answer; `null` when the connection broke instead. */
  status: number | null;
  /** Stream's code for why it failed. */
  code?: number;
  /** Why it failed. */
  message?: string;
  /** The fault that hit it. */
  fault?: EmulatorFault;
  /** Its body: JSON, or text when it is none or was cut off. */
  body?: unknown;
  /** How long the body was. */
  body_bytes: number;
  /** Its header `x-client-request-id`. */
  client_request_id?: string;
  /** Its header `x-stream-client`. */
  client?: string;
}

/** Which requests are looked for. */
export interface EmulatorRequestFilter {
  /** Those of one operation. */
  operation?: string;
  /** Those after the request of an id, or since a time. */
  since?: number | string | Date;
  /** No more than this, and those the latest. */
  limit?: number;
}

/** What was chosen where the API's own behaviour is not known. */
export interface EmulatorSettings {
  /** Refuses what the API may well refuse but what is seen to be sent to it. */
  strict: boolean;
  /** Answers a token with a wrong signature as the API did until 2022. */
  legacy_signature_errors: boolean;
  /**
   * Lets an upsert make a user anew whose id was deleted for good. Sources contradict each other, so such an id stays taken
   * unless this is set.
   */
  reuse_hard_deleted_ids: boolean;
  /** How webhooks write times: as nanoseconds since 1970, which typed SDKs read, or as RFC 3339 text. */
  webhook_times: "rfc3339" | "nanoseconds";
  /** How single hooks write times, by their address. To change them, `null` takes one back. */
  webhook_times_by_url: Record<string, "rfc3339" | "nanoseconds" | null>;
  /** How long tasks take that are started from now on, in milliseconds. */
  task_duration_ms: number;
}

/** An event on its way to one hook. */
export interface EmulatorWebhook {
  /** The event's id: the `X-Webhook-Id` of every call. The same event has another one for every hook. */
  id: string;
  /** The event's type: `user.updated`. */
  type: string;
  /** The hook's address. */
  url: string;
  /** When the event happened, as RFC 3339 text. */
  created_at: string;
  /** Whether it has yet to be sent (again), was taken, or was given up. */
  progress: "waiting" | "delivered" | "failed";
  /** How often it was sent. */
  attempts: number;
  /** The HTTP status that answered the latest attempt. */
  status?: number;
  /** Why the latest attempt got no answer. */
  error?: string;
  /** The JSON that is sent, as it was signed. */
  body: string;
}

/**
 * A double of one Stream app, in memory. It lives as long as the object or one of its functions is referenced; there is
 * nothing to close. Its functions need no `this`, and throw a `TypeError` for what they cannot use; then nothing has
 * changed.
 */
export interface Emulator {
  /**
   * Answers a request as Stream's API would, whatever the host in its URL. Give it to a client in place of the global
   * `fetch`. Answers come with status, headers and a JSON body; the promise is only rejected as that of the global `fetch`
   * would be: for arguments that make no request, with the reason of a `signal` that is aborted before the answer is
   * there, and when a fault breaks the connection. Paths under `/__emulator/` are those of the HTTP server.
   */
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>;
  /** API key of the emulated app. */
  readonly apiKey: string;
  /** Secret of the emulated app. */
  readonly apiSecret: string;
  /**
   * Forgets everything that happened since the emulator was made: users, tasks, requests, faults, limits, settings and
   * what was done to the clock. Ids begin again with those of its seed.
   */
  readonly reset: () => void;
  /** Adds users and more, all of it or nothing. Returns how many entries there were of each kind. */
  readonly seed: (data: EmulatorSeed) => Record<string, number>;
  /** Everything the app knows, as a text to keep: it is JSON, with whole numbers that a `number` cannot hold. */
  readonly state: () => string;
  /** Brings back what {@link state} returned, in place of everything the app knows. */
  readonly restore: (state: string) => void;
  /** The last 1,000 requests, or those of them that are looked for; the latest comes last. */
  readonly requests: (filter?: EmulatorRequestFilter) => EmulatorRequest[];
  /** The emulator's clock. */
  readonly clock: {
    /** The emulator's time, in milliseconds since 1970. */
    readonly now: () => number;
    /** Stops the clock, at a time or where it is. Milliseconds since 1970, a `Date` or RFC 3339 text. */
    readonly freeze: (at?: number | string | Date) => void;
    /** Lets the clock go on from where it stands. */
    readonly unfreeze: () => void;
    /** Moves the clock forward, whether it stands or goes. */
    readonly advance: (milliseconds: number) => void;
  };
  /** What goes wrong. */
  readonly faults: {
    /** Lets something go wrong. Returns the id of the rule. */
    readonly add: (rule: EmulatorFaultRule) => number;
    /** The rules in force; the first that hits a request is the only one. */
    readonly list: () => EmulatorFaultStanding[];
    /** Takes back one rule, or all. */
    readonly clear: (id?: number) => void;
  };
  /** How many requests are answered in a minute. */
  readonly rateLimits: {
    /** The limits. */
    readonly get: () => EmulatorRateLimitsInForce;
    /** Sets the limits; counting begins anew. */
    readonly set: (limits: EmulatorRateLimits) => void;
  };
  /** What was chosen where the API's own behaviour is not known. */
  readonly settings: {
    /** The settings. */
    readonly get: () => EmulatorSettings;
    /** Changes some of them. */
    readonly set: (changes: Partial<EmulatorSettings>) => void;
  };
  /**
   * What the app's hooks are told. Hooks are set with `updateApp`; those over HTTP are called after every request, change of
   * the clock and control that made an event due. A call that fails is made again 1 second and then 2 seconds later by the
   * emulator's clock, as {@link advance} moves it; waiting for that keeps no process alive.
   */
  readonly webhooks: {
    /** Resolves when nothing is due and no call is under way. An event that waits for its next attempt does not count. */
    readonly settled: () => Promise<void>;
    /** What was told and waits to be told, in order; of what is done with, the latest 1,000. */
    readonly deliveries: () => EmulatorWebhook[];
    /** Tells the event of that id again, or everything that is done with. Returns how many events that is. */
    readonly replay: (id?: string) => number;
  };
  /** Moves the emulator's clock forward. Tokens expire and tasks go on accordingly, and nobody has to wait. */
  readonly advance: (milliseconds: number) => void;
  /** The emulator's time, in milliseconds since 1970. */
  readonly now: () => number;
}

/**
 * Makes an emulator: an app of its own, without users.
 *
 * ```ts
 * const emulator = createEmulator();
 * const client = new StreamClient(emulator.apiKey, emulator.apiSecret, { fetch: emulator.fetch });
 * await client.upsertUsers([{ id: "ann" }]);
 * ```
 *
 * @throws TypeError when an option is not what it has to be.
 */
export function createEmulator(options?: EmulatorOptions): Emulator;
"#;
