// msw answers in the place of the API.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { isNotFoundError, StreamClient } from "getstream-users";
import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";

const api = "https://chat.stream-io-api.com/api/v2";
const server = setupServer(
  http.post(`${api}/users`, async ({ request }) => {
    const { users } = await request.json();
    return HttpResponse.json({ users, duration: "1ms", membership_deletion_task_id: "" }, { status: 201 });
  }),
  http.get(`${api}/tasks/:id`, () =>
    HttpResponse.json({ code: 16, StatusCode: 404, message: "there is none" }, { status: 404 }),
  ),
);
before(() => server.listen({ onUnhandledRequest: "error" }));
after(() => server.close());

const client = new StreamClient("key", "secret");

test("a request is answered by its handler", async () => {
  const { users } = await client.upsertUsers([{ id: "ann" }]);
  assert.equal(users.ann.id, "ann");
});

test("an error of the handler's is the client's", async () => {
  await assert.rejects(client.getTask({ id: "nobody" }), isNotFoundError);
});
