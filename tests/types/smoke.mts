import { StreamClient, type UserRequest } from "getstream-users";
import { createEmulator } from "getstream-users/emulator";

const user: UserRequest = { id: "ada", custom: { color: "green" } };
const { apiKey, apiSecret, fetch } = createEmulator();
const client = new StreamClient(apiKey, apiSecret, { fetch });
const { users, metadata } = await client.upsertUsers([user]);
const created: Date | undefined = users.ada?.created_at;
const status: number = metadata.responseCode;

// @ts-expect-error a user needs an id
await client.upsertUsers([{ name: "Ada" }]);

export { created, status };
