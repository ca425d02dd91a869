// The same requests to the same app give the same answers, byte for byte, on every host of the emulator.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createEmulator } from "getstream-users/emulator";
import { startEmulator } from "../support/emulator.mjs";
import { sign } from "./tokens.mjs";

const SEED = 7;
const API_KEY = "devkey";
const SERVER = sign({ server: true }, "devsecret");
const ANN = sign({ user_id: "ann" }, "devsecret");

/** Requests whose answers hold everything that could differ: ids, times, orders, refusals. */
const SCRIPT = [
  ["POST", "/__emulator/clock", { freeze: "2026-01-01T00:00:00.123456Z" }],
  ["POST", "/api/v2/users", { users: { ann: { id: "ann", name: "Ann" }, ben: { id: "ben" }, cleo: { id: "cleo" } } }],
  ["PATCH", "/api/v2/users", { users: [{ id: "ben", set: { color: "red", "deep.er": 1 } }] }],
  ["POST", "/api/v2/guest", { user: { id: "visitor" } }],
  ["POST", "/api/v2/roles", { name: "teacher" }],
  ["POST", "/api/v2/usergroups", { name: "staff", member_ids: ["ann", "ben"] }],
  ["POST", "/__emulator/clock", { advance_ms: 1234 }],
  ["POST", "/api/v2/users/cleo/deactivate", {}],
  ["POST", "/api/v2/users/deactivate", { user_ids: ["ben", "nobody"] }],
  ["POST", "/api/v2/export/users", { user_ids: ["ann"] }],
  ["POST", "/api/v2/users/delete", { user_ids: ["cleo"], user: "hard" }],
  ["GET", "/api/v2/usergroups"],
  ["GET", "/api/v2/roles"],
  ["GET", "/api/v2/users?payload=%7B%22filter_conditions%22%3A%7B%7D%7D", undefined, ANN],
  ["POST", "/api/v2/users", { users: { cleo: { id: "cleo" } } }],
  ["GET", "/api/v2/no-such-thing"],
  ["POST", "/api/v2/users", { users: {} }, "nonsense"],
  ["POST", "/__emulator/clock", { advance_ms: 60_000 }],
  ["GET", "/api/v2/users?payload=%7B%22filter_conditions%22%3A%7B%7D%2C%22include_deactivated_users%22%3Atrue%7D"],
  ["GET", "/api/v2/app"],
  ["GET", "/api/v2/rate_limits"],
  ["GET", "/__emulator/state"],
];

/** Status, rate limits and body of every answer; after each task's start, the task itself. */
async function answers(send) {
  const all = [];
  const tasks = [];
  const ask = async ([method, path, body, authorization = SERVER]) => {
    const answer = await send(`${path}${path.includes("?") ? "&" : "?"}api_key=${API_KEY}`, {
      method,
      headers: { authorization, "stream-auth-type": "jwt", "content-type": "application/json" },
      body: body && JSON.stringify(body),
    });
    const text = await answer.text();
    const limits = ["limit", "remaining", "reset"].map((name) => answer.headers.get(`x-ratelimit-${name}`));
    all.push({ request: `${method} ${path}`, status: answer.status, limits, text });
    const { task_id } = JSON.parse(text);
    if (method === "POST" && task_id) tasks.push(task_id);
  };
  for (const request of SCRIPT) await ask(request);
  for (const task of tasks) await ask(["GET", `/api/v2/tasks/${task}`]);
  assert.equal(tasks.length, 3);
  return all;
}

async function ofServer() {
  const server = await startEmulator(["--id-seed", String(SEED)]);
  try {
    const all = await answers((path, init) => fetch(`${server.url}${path}`, init));
    // Exports are at the address that the server was asked at.
    return JSON.parse(JSON.stringify(all).replaceAll(server.url, "http://emulator"));
  } finally {
    await server.stop();
  }
}

async function inProcess(seed = SEED) {
  const { fetch } = createEmulator({ seed });
  return answers((path, init) => fetch(`http://emulator${path}`, init));
}

/** Answers are long: what is shown is where the first two begin to differ. */
function same(some, others) {
  for (const [index, answer] of some.entries()) {
    const [one, other] = [JSON.stringify(answer), JSON.stringify(others[index])];
    if (one === other) continue;
    let at = 0;
    while (one[at] === other[at]) at++;
    const near = (text) => text.slice(Math.max(0, at - 100), at + 100);
    assert.equal(near(one), near(other), answer.request);
  }
  assert.equal(others.length, some.length);
}

test("both hosts give the same responses, byte for byte", async () => {
  same(await ofServer(), await inProcess());
});

test("a host gives the same responses again, and different ones with another seed", async () => {
  const first = await inProcess(SEED);
  same(await inProcess(SEED), first);
  const others = await inProcess(SEED + 1);
  assert.notEqual(JSON.stringify(others), JSON.stringify(first));
});
