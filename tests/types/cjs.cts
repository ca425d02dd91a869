// A CommonJS module finds every entry, with values and types.

import users = require("getstream-users");
import bulk = require("getstream-users/bulk");
import emulators = require("getstream-users/emulator");

const emulator: emulators.Emulator = emulators.createEmulator();
const client: users.StreamClient = new users.StreamClient("key", "secret", { fetch: emulator.fetch });
const user: users.UserRequest = { id: "ann" };

async function found(): Promise<boolean> {
  try {
    await client.upsertUsers([user]);
    await bulk.upsertMany(client, [user]);
    await client.users().toArray();
    return true;
  } catch (error) {
    return error instanceof users.StreamError && error.kind === "not_found";
  }
}

export = { found };
