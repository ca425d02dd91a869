// The module as JavaScript beside the wasm that it is translated from, in one process and in turns: how many times as long it
// takes. `cargo xtask bench` runs this.

import { StreamClient as Wasm } from "getstream-users";
import { StreamClient as Plain } from "getstream-users/js";
import { fullUser, user } from "./fixtures.mjs";

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 21);
const BATCH_MS = 40;
/** The calls before anything is measured: engines compile what is large and hot late, on other threads, whose time counts too. */
const WARM_UP = 10_000;

const numbers = Array.from({ length: 100 }, (_, index) => index + 1);
const users = numbers.map(user);
const written = JSON.stringify({
  users: Object.fromEntries(numbers.map((number) => [user(number).id, fullUser(number)])),
});
const found = JSON.stringify({ users: numbers.map(fullUser) });
const query = { payload: { filter_conditions: { role: "user" }, sort: [{ field: "id" }], limit: 100 } };

let answer;
const clientOf = (Client) =>
  new Client("benchmark-key", "benchmark-secret-of-a-usual-length-0123456789", {
    fetch: async () => ({ ok: true, status: 200, headers: { get: () => null }, json: async () => JSON.parse(answer) }),
  });

const claims = { user_id: "benchmark-user", iat: 1_700_000_000, exp: 4_000_000_000 };
const token = clientOf(Wasm).generateUserToken(claims);

const subjects = {
  "a user token": (client) => client.generateUserToken(claims),
  verifyToken: (client) => client.verifyToken(token),
  getTask: (client) => client.getTask({ id: "0d3c2a1e-8f7b-4c6d-9e5f-1a2b3c4d5e6f" }),
  "queryUsers, 100 users": (client) => client.queryUsers(query),
  "upsertUsers, 100 users": (client) => client.upsertUsers(users),
};
const answers = {
  getTask: '{"task_id":"a","status":"completed"}',
  "queryUsers, 100 users": found,
  "upsertUsers, 100 users": written,
};

/** Microseconds of the processor's time for one run, of a batch of some milliseconds: what else the machine does is not in it. */
async function timed(run, client) {
  const [started, used] = [performance.now(), process.cpuUsage()];
  let count = 0;
  while (performance.now() - started < BATCH_MS) {
    for (let more = 0; more < 5; more++, count++) await run(client);
  }
  const { user, system } = process.cpuUsage(used);
  return (user + system) / count;
}

const median = (values) => values.sort((one, other) => one - other)[Math.floor(values.length / 2)];

for (const [name, run] of Object.entries(subjects)) {
  answer = answers[name];
  const clients = [clientOf(Wasm), clientOf(Plain)];
  const times = clients.map(() => []);
  for (const client of clients) {
    const warmUp = name.includes("100 users") ? WARM_UP / 100 : WARM_UP;
    for (let count = 0; count < warmUp; count++) await run(client);
  }
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, client] of clients.entries()) times[index].push(await timed(run, client));
  }
  const [wasm, plain] = times.map(median);
  console.log(
    `${name.padEnd(24)} wasm ${wasm.toFixed(1).padStart(8)} µs, JavaScript ${(plain / wasm).toFixed(2)} times as long`,
  );
}
