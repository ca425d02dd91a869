// Users whom the API refuses, and how many calls `upsertMany` needs to write all others: for the benchmark and for a test.
// Against the emulator in this process, where nothing but calls is counted.

const CHUNK = 100;
const ROLES = ["king", "queen", "jack"];

/** What is wrong, with whom: a share of all, at random, and how it comes about. */
export const CASES = {
  "nobody is refused": { share: 0, prepare: () => {} },
  "1 % have one of three roles that are not defined": { share: 0.01, prepare: withRoles },
  "5 % have one of three roles that are not defined": { share: 0.05, prepare: withRoles },
  "0.1 % are deleted": { share: 0.001, prepare: deleted },
  "1 % are deleted": { share: 0.01, prepare: deleted },
  "5 % are deleted": { share: 0.05, prepare: deleted },
  "0.1 % are refused without a word about whom": { share: 0.001, prepare: silently },
  "1 % are refused without a word about whom": { share: 0.01, prepare: silently },
  "5 % are refused without a word about whom": { share: 0.05, prepare: silently },
};

/** How many calls so many users take; fails when others were refused than those who are bad. */
export async function calls({ StreamClient, upsertMany, createEmulator }, { share, prepare }, count) {
  const emulator = createEmulator({ taskDuration: 0 });
  const users = Array.from({ length: count }, (_, index) => ({ id: `u${index}`, name: `User ${index}` }));
  const bad = some(share, count).map((index) => users[index]);
  let sent = 0;
  let refuse;
  const fetch = async (url, init) => {
    sent++;
    return refuse?.(init.body) ?? emulator.fetch(url, init);
  };
  const client = new StreamClient(emulator.apiKey, emulator.apiSecret, { fetch });
  refuse = await prepare(bad, client);
  sent = 0;
  const { succeeded, failed } = await upsertMany(client, users);
  const isRight = succeeded + failed.length === count && failed.length === bad.length;
  if (!isRight || failed.some(({ user }) => !bad.includes(user))) throw new Error("the wrong users failed");
  return sent;
}

/** So many of all, at random, and the same each time. */
function some(share, count) {
  const left = Array.from({ length: count }, (_, index) => index);
  let seed = 1;
  const random = (below) => {
    seed = (seed * 1103515245 + 12345) % 2 ** 31;
    return Math.floor((seed / 2 ** 31) * below);
  };
  return Array.from({ length: Math.round(count * share) }, () => left.splice(random(left.length), 1)[0]);
}

async function deleted(users, client) {
  for (let at = 0; at < users.length; at += CHUNK) {
    const chunk = users.slice(at, at + CHUNK);
    await client.upsertUsers(chunk.map(({ id }) => ({ id })));
    await client.deleteUsers({ user_ids: chunk.map(({ id }) => id) });
  }
}

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
