// A server's client for tools that send nothing. The secret is typed in, or the emulators' default.

import { StreamClient } from "getstream-users";
import { EMULATOR_KEY } from "../client/target.ts";
import { reasonOf } from "../ui/reason.ts";

export function serverWith(secret: string): StreamClient {
  return new StreamClient(EMULATOR_KEY, secret, { dangerouslyAllowBrowser: true });
}

/** The result of a function, or its error message. */
export function attempt<T>(work: () => T): { value: T } | { problem: string } {
  try {
    return { value: work() };
  } catch (error) {
    return { problem: reasonOf(error) };
  }
}
