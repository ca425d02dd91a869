// The module as JavaScript (`getstream-users/js`) beside the wasm that it is translated from.

import { answerThinly, KEY, SECRET } from "../candidates.mjs";
import { fullUser, user } from "../fixtures.mjs";
import { compare } from "../measure.mjs";
import { OURS } from "../names.mjs";

export const title = "Without WebAssembly: CPU time of one";
const PLAIN = "getstream-users/js";

const numbers = Array.from({ length: 100 }, (_, index) => index + 1);
const users = numbers.map(user);
const written = { users: Object.fromEntries(numbers.map((number) => [user(number).id, fullUser(number)])) };
const claims = { user_id: "benchmark-user", iat: 1_700_000_000, exp: 4_000_000_000 };
const page = { filter_conditions: { role: "user" }, sort: [{ field: "id" }], limit: 100 };

export async function measure({ effort }) {
  const clients = {};
  for (const specifier of [OURS, PLAIN]) clients[specifier] = new (await import(specifier)).StreamClient(KEY, SECRET);
  const token = clients[OURS].generateUserToken(claims);
  const subjects = [
    ["a user token", {}, (client) => client.generateUserToken(claims)],
    ["verifyToken", {}, (client) => client.verifyToken(token)],
    ["getTask", { task_id: "a", status: "completed" }, (client) => client.getTask({ id: "a" })],
    ["query of 100, thin", { users: numbers.map(fullUser) }, (client) => client.queryUsers({ payload: page })],
    ["upsert of 100, thin", written, (client) => client.upsertUsers(users)],
  ];
  const rows = [];
  for (const [name, answer, call] of subjects) {
    answerThinly(JSON.stringify(answer), 200);
    const candidates = Object.entries(clients).map(([specifier, client]) => [specifier, { call: () => call(client) }]);
    rows.push({ name, unit: "µs", values: await compare(Object.fromEntries(candidates), effort) });
  }
  return rows;
}
