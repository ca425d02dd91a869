//! The TypeScript types of this face, written by hand: they are all that most users will read of it.

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** What can be chosen about an emulator. Everything may be left out. */
export interface EmulatorOptions {
  /** API key of the emulated app. `"devkey"` when left out. */
  apiKey?: string;
  /** Secret that the emulated app's tokens are signed with. `"devsecret"` when left out. */
  apiSecret?: string;
  /**
   * How long a task takes, in milliseconds; 50 when left out. It is `pending` for the first half of that time, `running`
   * for the second, then `completed` or `failed`. With 0 it has ended when you first ask.
   */
  taskDuration?: number;
  /**
   * Decides every id that the server makes up (tasks, guests, exports): the same seed and the same requests give the
   * same ids. A whole number; 0 when left out.
   */
  seed?: number;
  /**
   * What time it is, in milliseconds since 1970: asked once for every request. `Date.now` when left out, so that clocks
   * faked by a test framework work too.
   */
  clock?: () => number;
}

/**
 * A double of one Stream app, in memory. It lives as long as the object or one of its functions is referenced; there is
 * nothing to close.
 */
export interface Emulator {
  /**
   * Answers a request as Stream's API would, whatever the host in its URL. Give it to a client in place of the global
   * `fetch`; it needs no `this`. Answers come with status, headers and a JSON body; the promise is only rejected as
   * that of the global `fetch` would be: for arguments that make no request, and with the reason of a `signal` that is
   * aborted before the request was handled.
   */
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>;
  /** API key of the emulated app. */
  readonly apiKey: string;
  /** Secret of the emulated app. */
  readonly apiSecret: string;
  /** Forgets every user, task and limit, begins again with the ids of its seed, and takes back {@link advance}. */
  reset(): void;
  /** Moves the emulator's clock forward. Tokens expire and tasks go on accordingly, and nobody has to wait. */
  advance(milliseconds: number): void;
  /** The emulator's time, in milliseconds since 1970. */
  now(): number;
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
