// A server's client for tools that send nothing. The secret is typed in by hand, or the one that emulators have.

import { StreamClient } from "getstream-users";
import { EMULATOR_KEY } from "../client/target.ts";
import { reasonOf } from "../ui/reason.ts";

export function serverWith(secret: string): StreamClient {
  return new StreamClient(EMULATOR_KEY, secret, { dangerouslyAllowBrowser: true });
}

/** What a piece of work came to, or in which words it failed. */
export function attempt<T>(work: () => T): { value: T } | { problem: string } {
  try {
    return { value: work() };
  } catch (error) {
    return { problem: reasonOf(error) };
  }
}
