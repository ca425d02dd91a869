// The calls that go wrong: single ones and several, reads, writes that may run twice, and writes that must not.

import { StreamClient } from "getstream-users";
import { upsertMany } from "getstream-users/bulk";

/** Long enough for a machine that is busy with other things. */
const TIMES = { timeout: 5_000, deadline: 16_000, retry: { attempts: 2, budget: 2_500 } };
/** Where no socket is in between. */
const SHORT = { timeout: 300, deadline: 1_000, retry: { attempts: 2, budget: 200 } };
/** Every call must have ended by then. */
const HUNG = 60_000;

/** `repeatable` calls may be sent again when nobody knows whether they ran; `several` make more than one request each. */
export const operations = {
  upsertUsers: { repeatable: true, run: (c) => c.upsertUsers([{ id: "ann", custom: { color: "green" } }]) },
  updateUsersPartial: {
    repeatable: true,
    run: (c) => c.updateUsersPartial({ users: [{ id: "ann", set: { name: "A" } }] }),
  },
  queryUsers: {
    repeatable: true,
    reads: true,
    run: (c) => c.queryUsers({ payload: { filter_conditions: { id: "ann" } } }),
  },
  getApp: { repeatable: true, reads: true, run: (c) => c.getApp() },
  getTask: { repeatable: true, reads: true, run: (c) => c.getTask({ id: "task" }) },
  deleteUsers: { repeatable: true, run: (c) => c.deleteUsers({ user_ids: ["ann"], user: "soft" }) },
  blockUsers: { repeatable: true, run: (c) => c.blockUsers({ user_id: "ann", blocked_user_id: "ben" }) },
  restoreUsers: { repeatable: false, run: (c) => c.restoreUsers({ user_ids: ["ann"] }) },
  createGuest: { repeatable: false, run: (c) => c.createGuest({ user: { id: "guest" } }) },
  createRole: { repeatable: false, run: (c) => c.createRole({ name: "teacher" }) },
  request: { repeatable: false, run: (c) => c.request("POST", "/api/v2/own", { body: { a: 1 } }) },
  guest: {
    repeatable: false,
    run: (_, options) => StreamClient.guest("key", { id: "guest" }, options),
  },
  waitForTask: {
    repeatable: true,
    several: true,
    run: (c) => c.waitForTask("task", { pollInterval: 500, timeout: 2_500 }),
  },
  users: { repeatable: true, several: true, run: (c) => c.users({ role: "admin" }).toArray({ limit: 5 }) },
  upsertMany: {
    repeatable: true,
    several: true,
    run: (c) => firstFailure(upsertMany(c, [{ id: "ann" }, { id: "ben" }], { retry: { attempts: 2 }, patience: 500 })),
  },
  safe: {
    repeatable: true,
    run: async (c) => {
      const { data, error } = await c.safe.upsertUsers([{ id: "ann" }]);
      if (error) throw error;
      return data;
    },
  },
};

/** Bulk work says in its result who failed, and how. */
async function firstFailure(work) {
  const { failed } = await work;
  if (failed.length > 0) throw failed[0].error;
}

/**
 * Makes a call and, with the same client, one that goes well.
 *
 * @param {string} name
 * @param {{ basePath: string, fetch?: Function, alive?: string }} options `alive` is where the next call goes well
 * @returns {Promise<object>} what it ended with, as JSON can say it
 */
export async function end(name, { basePath, fetch, alive }) {
  const options = { basePath, ...(alive === undefined ? SHORT : TIMES), ...(fetch && { fetch }) };
  const client = new StreamClient("key", "soak-secret", options);
  const record = await settled(operations[name].run(client, options));
  if (alive !== undefined) {
    const next = new StreamClient("key", "soak-secret", { ...options, basePath: alive, timeout: HUNG, deadline: HUNG });
    const good = await next.request("GET", "/alive").catch((error) => error);
    record.alive = good.alive === true;
  }
  return record;
}

async function settled(call) {
  let timer;
  const hung = new Promise((resolve) => {
    timer = setTimeout(() => resolve({ kind: "hung" }), HUNG);
  });
  const over = call.then(
    () => ({ kind: "ok" }),
    (error) => described(error),
  );
  const record = await Promise.race([over, hung]);
  clearTimeout(timer);
  return record;
}

/** `leaks` when a message or the JSON of an error tells what no log may have. */
function described(error) {
  const { kind, outcome, attempts, message } = Object(error);
  let json = "";
  try {
    json = JSON.stringify(error);
  } catch {
    // What is no error of ours may be anything.
  }
  const leaks = /soak-secret|eyJ|https?:\/\//.test(`${message} ${json}`);
  return {
    kind: typeof kind === "string" ? kind : `foreign: ${String(Object(error).name)}`,
    outcome,
    attempts,
    leaks,
    message: String(message).slice(0, 200),
  };
}
