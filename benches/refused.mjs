// What users cost whom the API refuses: the calls of upsertMany for 20,000 users, beside those of a clean import. Against
// the emulator in this process, so nothing but calls is counted; the same users are refused in every run.

import { StreamClient } from "getstream-users";
import { upsertMany } from "getstream-users/bulk";
import { createEmulator } from "getstream-users/emulator";

const COUNT = 20_000;
const CLEAN_CALLS = COUNT / 100;
const ROLES = ["king", "queen", "jack"];

/** So many of all users, at random. */
function some(share) {
  const left = Array.from({ length: COUNT }, (_, index) => index);
  let seed = 1;
  const random = (below) => {
    seed = (seed * 1103515245 + 12345) % 2 ** 31;
    return Math.floor((seed / 2 ** 31) * below);
  };
  return Array.from({ length: COUNT * share }, () => left.splice(random(left.length), 1)[0]);
}

async function deleted(users, client) {
  for (let at = 0; at < users.length; at += 100) {
    const chunk = users.slice(at, at + 100);
    await client.upsertUsers(chunk.map(({ id }) => ({ id })));
    await client.deleteUsers({ user_ids: chunk.map(({ id }) => id) });
  }
}

const ROWS = [
  ["nobody is refused", 0, () => {}],
  ["1 % have one of three roles that are not defined", 0.01, withRoles],
  ["5 % have one of three roles that are not defined", 0.05, withRoles],
  ["0.1 % are deleted", 0.001, deleted],
  ["1 % are deleted", 0.01, deleted],
  ["5 % are deleted", 0.05, deleted],
  ["0.1 % are refused without a word about whom", 0.001, silently],
  ["1 % are refused without a word about whom", 0.01, silently],
  ["5 % are refused without a word about whom", 0.05, silently],
];

function withRoles(users) {
  for (const [index, user] of users.entries()) user.role = ROLES[index % ROLES.length];
}

/** The API has no such user that the emulator knows of; so the answer is made here. */
function silently(users) {
  const ids = new Set(users.map(({ id }) => id));
  const message = "UpdateUsers failed with error: invalid input";
  return (body) => {
    const isBad = Object.keys(JSON.parse(body).users).some((id) => ids.has(id));
    return isBad ? Response.json({ code: 4, message, StatusCode: 400, duration: "1ms" }, { status: 400 }) : undefined;
  };
}

console.log(`\nupsertMany, ${COUNT} users, of whom\n`);
console.log(`| | calls | beside ${CLEAN_CALLS} |`);
console.log("| --- | ---: | ---: |");
for (const [name, share, prepare] of ROWS) {
  const emulator = createEmulator({ taskDuration: 0 });
  const users = Array.from({ length: COUNT }, (_, index) => ({ id: `u${index}`, name: `User ${index}` }));
  const refused = some(share).map((index) => users[index]);
  let calls = 0;
  let refuse;
  const fetch = async (url, init) => {
    calls++;
    return refuse?.(init.body) ?? emulator.fetch(url, init);
  };
  const client = new StreamClient(emulator.apiKey, emulator.apiSecret, { fetch });
  refuse = await prepare(refused, client);
  calls = 0;
  const { succeeded, failed } = await upsertMany(client, users);
  const isRight = succeeded + failed.length === COUNT && failed.length === refused.length;
  if (!isRight || failed.some(({ user }) => !refused.includes(user)))
    throw new Error(`${name}: the wrong users failed`);
  console.log(`| ${name} | ${calls} | **${(calls / CLEAN_CALLS).toFixed(2)}x** |`);
}
