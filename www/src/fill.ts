// Fills the emulator: `seed.json`, and what a seed cannot express.

import type { StreamClient } from "getstream-users";
import type { EmulatorSeed } from "getstream-users/emulator";
import app from "./seed.json";

/**
 * Fills an emulator. On one that has made up no id yet, the task gets the id that `getTask`'s example names.
 *
 * @param client - the app's server
 * @param seed - gives the emulator its seed
 */
export async function fill(client: StreamClient, seed: (app: EmulatorSeed) => unknown): Promise<void> {
  await seed(app as EmulatorSeed);
  await client.exportUsers({ user_ids: ["ada"] });
  await client.updateLiveLocation({ message_id: "on-the-train", latitude: 6.5244, longitude: 3.3792, user_id: "ada" });
}
