//! The TypeScript types of the object that `createEmulator` returns. Its members are plain functions, such as `fetch`,
//! for which Rust has no type. Their arguments and results are declared in Rust, beside each function.

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
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
  /**
   * A `WebSocket` as browsers have it, whose other side is the emulator, whatever the host in its URL. Put it in place of the
   * global one (`globalThis.WebSocket = emulator.WebSocket`), and Stream's client-side SDKs connect to the emulator.
   */
  readonly WebSocket: typeof WebSocket;
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
    readonly set: (changes: EmulatorSettingsChanges) => void;
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
