// An application that says once what its users' custom data is.

import { type FullUserResponse, StreamClient, type UserRequest, type UserResponse } from "getstream-users";
import { expect, type Same } from "./expect.js";

declare module "getstream-users" {
  interface CustomUserData {
    color?: string;
    visits?: number;
  }
}

const client = new StreamClient("key", "secret");

expect<Same<FullUserResponse["custom"]["color"], string | undefined>>();
expect<Same<UserResponse["custom"]["visits"], number | undefined>>();

export async function colors(): Promise<(string | undefined)[]> {
  const newUser: UserRequest = { id: "ann", custom: { color: "red", visits: 1 } };
  await client.upsertUsers([newUser]);
  await client.createGuest({ user: { id: "gus", custom: {} } });
  const { users } = await client.queryUsers({ payload: { filter_conditions: { "custom.color": "red" } } });
  const { user } = await client.exportUser({ user_id: "ann" });
  return [...users.map((user) => user.custom.color), user?.custom.color];
}

// @ts-expect-error a colour is a string
client.upsertUsers([{ id: "ann", custom: { color: 1 } }]);
// @ts-expect-error not among the fields
client.upsertUsers([{ id: "ann", custom: { colour: "red" } }]);
// A type argument still has the last word.
export const other: UserRequest<{ shape: string }> = { id: "ann", custom: { shape: "round" } };

// A type argument says it for one call; arguments do not decide what custom data is.
interface Painter {
  strokes: number;
}
export async function strokes(): Promise<number[]> {
  const { users } = await client.queryUsers<Painter>({ payload: { filter_conditions: { "custom.strokes": 1 } } });
  await client.upsertUsers<Painter>([{ id: "ann", custom: { strokes: 1 } }]);
  return users.map(({ custom }) => custom.strokes);
}
expect<Same<Awaited<ReturnType<typeof client.queryUsers>>["users"][number]["custom"]["color"], string | undefined>>();
client.updateUsersPartial({ users: [{ id: "ann", set: { color: "red", name: "Ann", "address.city": "Rome" } }] });
// @ts-expect-error not among the fields
client.updateUsersPartial({ users: [{ id: "ann", set: { colour: "red" } }] });
