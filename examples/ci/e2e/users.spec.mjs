import { expect, test } from "@playwright/test";
import { StreamClient } from "getstream-users";

// The app under test would be started by another entry of `webServer`, with the same three variables.
const client = new StreamClient("devkey", "devsecret", { basePath: "http://127.0.0.1:8738" });

test("the app's user is there", async () => {
  await client.upsertUsers([{ id: "ada", name: "Ada" }]);
  const { users } = await client.queryUsers({ payload: { filter_conditions: { id: "ada" } } });
  expect(users.map((user) => user.name)).toEqual(["Ada"]);
});
