// Counts the calls that `upsertMany` needs when the API refuses some users: for the benchmark and for a test. It uses the
// emulator in this process.

const CHUNK = 100;
const ROLES = ["king", "queen", "jack"];

/** The kinds of refusals: a random share of the users, and how they are made bad. */
export const CASES = {
  "none is refused": { share: 0, prepare: () => {} },
  "1 % have one of three undefined roles": { share: 0.01, prepare: withRoles },
  "5 % have one of three undefined roles": { share: 0.05, prepare: withRoles },
  "0.1 % are deleted": { share: 0.001, prepare: deleted },
  "1 % are deleted": { share: 0.01, prepare: deleted },
  "5 % are deleted": { share: 0.05, prepare: deleted },
  "0.1 % are refused without being named": { share: 0.001, prepare: silently },
  "1 % are refused without being named": { share: 0.01, prepare: silently },
  "5 % are refused without being named": { share: 0.05, prepare: silently },
};

/** The number of calls for some users. Throws unless exactly the bad users were refused. */
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

/** A reproducible random sample of the users. */
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

/** The emulator has no refusal without a name, so the response is created here. */
function silently(users) {
  const ids = new Set(users.map(({ id }) => id));
  const message = "UpdateUsers failed with error: invalid input";
  return (body) => {
    const isBad = Object.keys(JSON.parse(body).users).some((id) => ids.has(id));
    return isBad ? Response.json({ code: 4, message, StatusCode: 400, duration: "1ms" }, { status: 400 }) : undefined;
  };
}
