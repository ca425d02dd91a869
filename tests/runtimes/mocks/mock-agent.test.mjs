// undici's MockAgent answers in the place of the API, for the `fetch` that the client is given.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { isNotFoundError, StreamClient } from "getstream-users";
import { fetch, MockAgent, setGlobalDispatcher } from "undici";

const agent = new MockAgent();
agent.disableNetConnect();
setGlobalDispatcher(agent);
after(() => agent.close());

const api = agent.get("https://chat.stream-io-api.com");
const client = new StreamClient("key", "secret", { fetch });
const headers = { "content-type": "application/json" };

test("a request is answered by its interceptor", async () => {
  const path = (path) => path.startsWith("/api/v2/users");
  const answer = ({ body }) => {
    const { users } = JSON.parse(typeof body === "string" ? body : new TextDecoder().decode(body));
    return {
      statusCode: 201,
      data: { users, duration: "1ms", membership_deletion_task_id: "" },
      responseOptions: { headers },
    };
  };
  api.intercept({ path, method: "POST" }).reply(answer);
  const { users } = await client.upsertUsers([{ id: "ann" }]);
  assert.equal(users.ann.id, "ann");
});

test("an error of the interceptor's is the client's", async () => {
  const problem = { code: 16, StatusCode: 404, message: "there is none" };
  api.intercept({ path: (path) => path.startsWith("/api/v2/tasks/nobody") }).reply(404, problem, { headers });
  await assert.rejects(client.getTask({ id: "nobody" }), isNotFoundError);
});
