// The app for all calls: a strict emulator with the users and other resources that their arguments name.

import { StreamClient } from "getstream-users";
import { createEmulator } from "getstream-users/emulator";

export const KEY = "devkey";
export const SECRET = "a secret of thirty-two characters";
export const emulator = createEmulator({ apiKey: KEY, apiSecret: SECRET, strict: true, taskDuration: 0, seed: 1 });

const client = new StreamClient(KEY, SECRET, { fetch: emulator.fetch });
emulator.seed({
  users: ["ann", "ben", { id: "cleo", deactivated: true }, { id: "dora", deleted: "soft" }],
  roles: ["teacher"],
});
await client.createUserGroup({ id: "team", name: "Team", team_id: "red" });
const { task_id } = await client.exportUsers({ user_ids: ["ann"] });
/** A task that has ended. */
export const TASK = task_id;

const state = emulator.state();
/** Makes everything what it was. */
export const reset = () => emulator.restore(state);
