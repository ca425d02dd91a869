// The names that a document may use without importing them. `world.mjs` has their values.

import type { StreamClient, UserRequest } from "getstream-users";
import type { Emulator } from "getstream-users/emulator";

declare global {
  /** The app's key, and its secret. */
  const apiKey: string;
  const secret: string;
  /** A server's client. */
  const client: StreamClient;
  /** A token of the user `ada`, who exists. */
  const token: string;
  /** A webhook that has just arrived: `user.deleted`, of `ada`. */
  const request: Request;
  /** What a reader has of its own: users to import, and what it does with them. */
  function rowsOfMyDatabase(): AsyncIterable<UserRequest>;
  function forget(id: string): Promise<void>;
  function isKnown(id: string): Promise<boolean>;
  const users: UserRequest[];

  // For `setup` and `check`, which readers do not see.

  /** The emulator that the block runs on; it is strict. */
  const emulator: Emulator;
  const assert: typeof import("node:assert/strict");
  /** A webhook as Stream sends it, signed. */
  function delivery(event: object): Request;
  /** What `forget` was called with. */
  const forgotten: string[];
  /** What the block wrote to the console, a line each. */
  const written: string[];
  /** What the block exports. */
  // biome-ignore lint/suspicious/noExplicitAny: each block exports something else
  const exported: any;
}
