// An ES module finds both entries, with values and types.

import { StreamClient, type StreamClientOptions, StreamError, type UserRequest } from "getstream-users";
import { createEmulator, type Emulator } from "getstream-users/emulator";

const emulator: Emulator = createEmulator({ seed: 1, taskDuration: 0, clock: () => 0 });
const options: StreamClientOptions = { fetch: emulator.fetch, timeout: 1000, headers: { "x-mine": "1" } };
const user: UserRequest = { id: "ann" };

export const client: StreamClient = new StreamClient(emulator.apiKey, emulator.apiSecret, options);
export const created: Promise<string> = client.upsertUsers([user]).then(
  (response) => response.users.ann?.id ?? "",
  (error: unknown) => (error instanceof StreamError ? error.kind : "unknown"),
);
