// Calls and tokens: the client's own work, with a `fetch` that answers at once. "thin" answers are objects, "real" ones the
// platform's responses.

import { answerReally, answerThinly, candidatesOf, clients, KEY } from "../candidates.mjs";
import { fullUser, user } from "../fixtures.mjs";
import { compare } from "../measure.mjs";
import { NODE_SDK, STREAM_CHAT } from "../names.mjs";

export const title = "Calls, with a fetch that answers at once: CPU time of one";

// From 1, so that the single user is a usual one: number 0 is among the tenth with mutes.
const numbers = (count) => Array.from({ length: count }, (_, index) => index + 1);
const found = (count) => ({ users: numbers(count).map(fullUser), duration: "3.02ms" });
const written = (count) => ({
  users: Object.fromEntries(numbers(count).map((number) => [user(number).id, fullUser(number)])),
  membership_deletion_task_id: "",
  duration: "7.31ms",
});
const query = (limit) => ({ filter_conditions: { role: "user" }, sort: [{ field: "id" }], limit });
const task = {
  task_id: "0d3c2a1e-8f7b-4c6d-9e5f-1a2b3c4d5e6f",
  status: "completed",
  created_at: 1767225600123456000,
  updated_at: 1767225601123456000,
  result: { url: "https://example.com/exports/users/1" },
  duration: "0.51ms",
};

/** The least a client can do: encode, send, decode. No dates, no metadata, no request id, no time-out. */
const limit = async (method, path, body) => {
  const response = await fetch(`https://chat.stream-io-api.com${path}?api_key=${KEY}`, {
    method,
    body: body === undefined ? undefined : JSON.stringify(body),
    headers: { authorization: "token", "stream-auth-type": "jwt", "content-type": "application/json" },
  });
  return response.json();
};

function upsert(count) {
  const users = numbers(count).map(user);
  return {
    name: `upsert of ${count}`,
    status: 201,
    answer: written(count),
    call: (client) => client.upsertUsers(users),
    chat: (client) => client.upsertUsers(users),
    limit: () => limit("POST", "/api/v2/users", { users: Object.fromEntries(users.map((one) => [one.id, one])) }),
  };
}

function find(count) {
  return {
    name: `query of ${count}`,
    status: 200,
    answer: found(count),
    call: (client) => client.queryUsers({ payload: query(count) }),
    chat: (client) => client.queryUsers({ role: "user" }, [{ id: 1 }], { limit: count }),
    limit: () => limit("GET", `/api/v2/users?payload=${encodeURIComponent(JSON.stringify(query(count)))}`),
  };
}

const CALLS = [
  upsert(1),
  upsert(100),
  find(30),
  find(100),
  {
    name: "getTask",
    status: 200,
    answer: task,
    call: (client) => client.getTask({ id: task.task_id }),
    chat: (client) => client.getTask(task.task_id),
    limit: () => limit("GET", `/api/v2/tasks/${task.task_id}`),
  },
];
const TOKEN = {
  call: (client) => client.generateUserToken({ user_id: "user-12345" }),
  chat: (client) => client.createToken("user-12345"),
};

export async function measure({ isQuick, isCompared, effort }) {
  const all = await clients(isCompared);
  const rows = [];
  for (const { name, status, answer, ...row } of CALLS) {
    const text = JSON.stringify(answer);
    answerThinly(text, status);
    // What the SDK of chat is given by axios is not a response of the platform's; so it has no row of real ones.
    const thin = candidatesOf(all, row);
    rows.push({ name: `${name}, thin`, unit: "µs", values: await compare(thin, effort) });
    if (isQuick) continue;
    const { [STREAM_CHAT]: _, ...real } = candidatesOf(all, row);
    for (const candidate of Object.values(real)) candidate.prepare = (count) => answerReally(text, status, count);
    rows.push({ name: `${name}, real`, unit: "µs", values: await compare(real, effort) });
  }
  const tokens = candidatesOf(all, TOKEN);
  // It leaves none: it calls nobody.
  tokens[NODE_SDK].leavesTimers = undefined;
  rows.push({ name: "a user token", unit: "µs", values: await compare(tokens, effort) });
  return rows;
}
