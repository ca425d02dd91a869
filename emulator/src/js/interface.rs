//! The TypeScript types of the object that `createEmulator` returns. Its members are plain functions, such as `fetch`,
//! for which Rust has no type. Their arguments and results are declared in Rust, beside each function.

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/**
 * An emulated Stream app, in memory. It lives as long as this object or one of its functions is referenced; there is
 * nothing to close. Its functions need no `this`. For invalid arguments they throw a `TypeError` and change nothing.
 */
export interface Emulator {
  /**
   * Responds to a request as Stream's API would, whatever the host in its URL. Pass it to a client in place of the global
   * `fetch`. Responses have a status, headers and a JSON body. The promise is rejected only where that of the global
   * `fetch` is: for invalid arguments, with the reason of a `signal` that is aborted before the response, and if a fault
   * breaks the connection. Paths under `/__emulator/` are those of the HTTP server.
   */
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>;
  /**
   * The `WebSocket` class of browsers, connected to the emulator, whatever the host in its URL. Replace the global one
   * (`globalThis.WebSocket = emulator.WebSocket`), and Stream's client-side SDKs connect to the emulator.
   */
  readonly WebSocket: typeof WebSocket;
  /** API key of the emulated app. */
  readonly apiKey: string;
  /** Secret of the emulated app. */
  readonly apiSecret: string;
  /**
   * Deletes everything since the emulator was created: users, tasks, requests, faults, limits, settings and changes of
   * the clock. Ids begin again with the first one of the seed.
   */
  readonly reset: () => void;
  /** Adds users and other objects, either all or none. Returns how many entries there were of each kind. */
  readonly seed: (data: EmulatorSeed) => Record<string, number>;
  /** The state of the app as JSON text. It contains integers that a `number` cannot represent, so do not parse it. */
  readonly state: () => string;
  /** Replaces the state of the app with one that {@link state} returned. */
  readonly restore: (state: string) => void;
  /** The last 1,000 requests, or those of them that match the filter; the latest comes last. */
  readonly requests: (filter?: EmulatorRequestFilter) => EmulatorRequest[];
  /** The emulator's clock. */
  readonly clock: {
    /** The emulator's time, in milliseconds since 1970. */
    readonly now: () => number;
    /** Stops the clock, at the given time or the current one. Milliseconds since 1970, a `Date` or RFC 3339 text. */
    readonly freeze: (at?: number | string | Date) => void;
    /** Starts the clock again, from the time at which it was stopped. */
    readonly unfreeze: () => void;
    /** Advances the clock, whether it is stopped or not. */
    readonly advance: (milliseconds: number) => void;
  };
  /** Faults: errors, delays and broken connections on request. */
  readonly faults: {
    /** Adds a fault rule, and returns its id. */
    readonly add: (rule: EmulatorFaultRule) => number;
    /** The active rules, oldest first. The first rule that hits a request decides. */
    readonly list: () => EmulatorFaultStanding[];
    /** Removes one rule, or all. */
    readonly clear: (id?: number) => void;
  };
  /** How many requests are allowed per minute. */
  readonly rateLimits: {
    /** The limits. */
    readonly get: () => EmulatorRateLimitsInForce;
    /** Sets the limits and resets the counters. */
    readonly set: (limits: EmulatorRateLimits) => void;
  };
  /** Strict mode, and choices where the API's behaviour is unknown. */
  readonly settings: {
    /** The settings. */
    readonly get: () => EmulatorSettings;
    /** Changes some of the settings. */
    readonly set: (changes: EmulatorSettingsChanges) => void;
  };
  /**
   * Webhooks. Set them with `updateApp`; those over HTTP are sent after every request, change of the clock and control
   * that caused an event. A failed one is retried 1 second and then 2 seconds later by the emulator's clock, which
   * {@link advance} advances; waiting for a retry does not keep the process alive.
   */
  readonly webhooks: {
    /** Resolves when no webhook is due and none is being sent. One that waits for its next attempt does not count. */
    readonly settled: () => Promise<void>;
    /** The deliveries in order: the latest 1,000 finished ones, and all that are queued. */
    readonly deliveries: () => EmulatorWebhook[];
    /** Sends the event with this id again, or all finished ones. Returns how many. */
    readonly replay: (id?: string) => number;
  };
  /** Advances the emulator's clock: tokens expire and tasks make progress, without waiting. */
  readonly advance: (milliseconds: number) => void;
  /** The emulator's time, in milliseconds since 1970. */
  readonly now: () => number;
}

/**
 * Creates an emulator: a separate app without users.
 *
 * ```ts
 * const emulator = createEmulator();
 * const client = new StreamClient(emulator.apiKey, emulator.apiSecret, { fetch: emulator.fetch });
 * await client.upsertUsers([{ id: "ann" }]);
 * ```
 *
 * @throws TypeError if an option is invalid.
 */
export function createEmulator(options?: EmulatorOptions): Emulator;
"#;
