// A run: concurrent calls under faults and kills, then a check of the emulator's state. A seed determines the calls.

import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { StreamClient } from "getstream-users";
import { target } from "../../support/paths.mjs";
import { endOf, Model } from "./model.mjs";
import { randomOf } from "./random.mjs";
import { ALL, inProcess, program, TRANSIENT } from "./servers.mjs";

const LANES = 16;
const USERS_OF_A_LANE = 8;
const IMPORTED = 1_000;

/**
 * @param {{ seed: number, server: "in-process" | "native" | "node", operations: number, kills: number }} plan `kills` is how
 *   often the server is ended, in turns by SIGTERM and by SIGKILL, and how often a client that imports is
 * @returns {Promise<{ operations: number, unknown: number, failed: number, lost: string[], doubled: string[] }>}
 */
export async function run({ seed, server: kind, operations, kills }) {
  const folder = await mkdtemp(path.join(target, "exactly-once-"));
  const server = kind === "in-process" ? inProcess() : await program(kind, path.join(folder, "state.json"));
  const counts = { operations: 0, unknown: 0, failed: 0, lost: [], doubled: [] };
  const rounds = kind === "in-process" ? 1 : kills + 1;
  const random = randomOf(seed);
  const models = new Map();
  const guests = new Map();
  try {
    await server.faults(ALL);
    for (let round = 0; round < rounds; round++) {
      const client = new StreamClient("devkey", "devsecret", {
        ...server.options(),
        timeout: 20_000,
        retry: { attempts: 2, budget: 500 },
      });
      const left = { count: Math.ceil(operations / rounds) };
      const lanes = Array.from({ length: LANES }, (_, lane) =>
        calls({ client, lane, random: random.branch(), left, models, guests, counts }),
      );
      const last = round === rounds - 1;
      if (!last) {
        const signal = round % 2 === 0 ? "SIGTERM" : "SIGKILL";
        const due = Math.ceil(left.count * (0.3 + random.below(40) / 100));
        while (left.count > due) await new Promise((resolve) => setTimeout(resolve, 5));
        const killed = performance.now();
        await server.restart(signal);
        await server.faults(ALL);
        await Promise.all(lanes);
        await server.faults([]);
        await compare({ server, models, guests, counts, killed: signal === "SIGKILL" ? killed : undefined });
        await server.faults(ALL);
      } else {
        await Promise.all(lanes);
        await server.faults([]);
        await compare({ server, models, guests, counts });
      }
    }
    if (kind !== "in-process") {
      await server.faults(TRANSIENT);
      await importUnderKills({ server, random, kills, folder, counts });
    }
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
  return counts;
}

/** One lane's calls, one after the other, about users and guests of its own. */
async function calls({ client, lane, random, left, models, guests, counts }) {
  while (left.count-- > 0) {
    const number = ++counts.operations;
    if (random.chance(0.1)) {
      const marker = `g${lane}x${number}`;
      const end = await ended(client.createGuest({ user: { id: marker } }), counts);
      guests.set(marker, end);
      continue;
    }
    const id = `u${lane}x${random.below(USERS_OF_A_LANE)}`;
    const model = models.get(id) ?? new Model();
    models.set(id, model);
    const users = [{ id, custom: { number } }];
    const call = random.chance(0.5)
      ? client.upsertUsers(users)
      : client.updateUsersPartial({ users: [{ id, set: { number } }] });
    model.changed(number, await ended(call, counts));
  }
}

async function ended(call, counts) {
  const error = await call.then(
    () => undefined,
    (reason) => reason,
  );
  const end = endOf(error);
  if (end === "unknown") counts.unknown++;
  if (end === "not done") counts.failed++;
  return end;
}

/** Looks at every user and guest, without faults. */
async function compare({ server, models, guests, counts, killed }) {
  const client = new StreamClient("devkey", "devsecret", { ...server.options(), timeout: 60_000 });
  const numbers = new Map();
  const found = new Map();
  for await (const { id, custom } of client.users({})) {
    const marker = /^guest-.*-(g\d+x\d+)$/.exec(id)?.[1];
    if (marker === undefined) numbers.set(id, custom.number);
    else found.set(marker, (found.get(marker) ?? 0) + 1);
  }
  for (const [id, model] of models) {
    const number = numbers.get(id);
    const expected = String(model);
    const holds = killed === undefined ? model.settles(number) : model.settlesAfterKill(number, killed);
    if (!holds) counts.lost.push(`${id} has ${number}, not ${expected}`);
  }
  for (const [marker, end] of guests) {
    const count = found.get(marker) ?? 0;
    if (count > 1 || (end === "not done" && count > 0))
      counts.doubled.push(`${count} guests of ${marker}, whose call was ${end}`);
    if (killed === undefined && end === "done" && count === 0) counts.lost.push(`no guest of ${marker}`);
    guests.delete(marker);
  }
}

/** Imports users in a process that is killed now and then and goes on from its last checkpoint; the later of two changes wins. */
async function importUnderKills({ server, random, kills, folder, counts }) {
  const checkpoint = path.join(folder, "checkpoint");
  const script = fileURLToPath(new URL("import.mjs", import.meta.url));
  const seed = random.below(2 ** 32);
  for (let turn = 0; ; turn++) {
    const child = fork(script, [JSON.stringify({ ...server.options(), seed, count: IMPORTED, checkpoint })]);
    const exit = once(child, "exit");
    if (turn < kills) setTimeout(() => child.kill("SIGKILL"), 300 + random.below(700));
    const [code] = await exit;
    if (code === 0) break;
    if (turn > kills + 5) throw new Error(`the import ends with ${code}`);
  }
  counts.operations += IMPORTED;
  await server.faults([]);
  const client = new StreamClient("devkey", "devsecret", { ...server.options(), timeout: 60_000 });
  const expected = await import("./rows.mjs").then(({ finals }) => finals(seed, IMPORTED));
  const numbers = new Map();
  for await (const { id, custom } of client.users({ id: { $gte: "import-" } })) numbers.set(id, custom.number);
  for (const [id, number] of expected) {
    if (numbers.get(id) !== number) counts.lost.push(`${id} has ${numbers.get(id)}, not ${number}`);
  }
}
