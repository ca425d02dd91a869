// Every TypeScript call of Stream's guide to user management, as it stands there. What the guide leaves to its reader is
// added and nothing else: the import, the client, real ids. Calls that the guide does not await are not awaited.
// `js/guide.test.mjs` runs this file.

import { StreamClient, type StreamClientOptions, type UserRequest } from "getstream-users";

export function connect(apiKey: string, secret: string, options: StreamClientOptions): StreamClient {
  return new StreamClient(apiKey, secret, options);
}

export async function createUser(client: StreamClient, id: string) {
  const newUser: UserRequest = {
    id: id,
    role: "user",
    custom: {
      color: "red",
    },
    name: "This is a test user",
    image: "link/to/profile/image",
  };
  await client.upsertUsers([newUser]);
}

export function replaceUser(client: StreamClient, id: string) {
  const user: UserRequest = {
    id: id,
    role: "user",
    custom: {
      color: "blue",
    },
    name: "This is a test user",
    image: "link/to/profile/image",
  };
  client.upsertUsers([user]);
}

export function updateUserPartially(client: StreamClient, user: UserRequest) {
  client.updateUsersPartial({
    users: [
      {
        id: user.id,
        set: {
          "new-field": "value",
        },
        unset: ["name"],
      },
    ],
  });
}

export function deactivateUsers(client: StreamClient, id: string, id1: string, id2: string) {
  client.deactivateUser({
    user_id: id,
  });
  // reactivate
  client.reactivateUsers({
    user_ids: [id],
  });
  // deactivating users in bulk is performed asynchronously
  const deactivateResponse = client.deactivateUsers({
    user_ids: [id1, id2],
  });
  return deactivateResponse;
}

export async function watchTask(client: StreamClient, id1: string) {
  const response = await client.exportUsers({
    user_ids: [id1, id1],
  });
  // you need to poll this endpoint
  const taskResponse = await client.getTask({ id: response.task_id });
  console.log(taskResponse.status === "completed");
}

export function deleteUsers(client: StreamClient, id: string) {
  client.deleteUsers({ user_ids: [id] });
  //restore
  client.restoreUsers({ user_ids: [id] });
}
