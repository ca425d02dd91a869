// The whole surface under arguments of every kind, made up by fast-check: always a documented error or a request that the API
// can read. `cargo xtask fuzz --only surface` tries for longer.

import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import * as main from "getstream-users";
import * as bulk from "getstream-users/bulk";
import { CALLS } from "../fuzz/surface/calls.mjs";
import { quiet } from "../fuzz/surface/console.mjs";
import { attempt, check, trial } from "../fuzz/surface/surface.mjs";

const RUNS = 700;
/** What these make of their arguments, nobody calls. */
const NOT_CALLED = ["constructor"];

test("every function and method of the package is among the calls that are tried", () => {
  const { StreamClient } = main;
  const client = new StreamClient("key", "secret");
  const methods = (object, prefix = "") =>
    Object.getOwnPropertyNames(object)
      .filter((name) => !NOT_CALLED.includes(name) && typeof object[name] === "function")
      .map((name) => prefix + name);
  const statics = methods(StreamClient, "StreamClient.").filter((name) => name !== "StreamClient.invokerOf");
  const exported = Object.keys({ ...main, ...bulk }).filter((name) => /^(is|[a-z]+(Many|Users)$|resultOf)/.test(name));
  const all = [
    ...methods(client),
    ...methods(client.moderation, "moderation."),
    ...methods(client.chat, "chat."),
    ...statics,
    ...exported,
  ];
  assert.ok(all.length > 80, `${all.length}`);
  assert.deepEqual(
    all.filter((name) => !(name in CALLS)),
    [],
  );
});

test("the arguments are right before they are changed", async () => {
  // A push provider and a message with a location are not to be had from the emulator beforehand.
  const wrong = /createDevice|deleteDevice|updateLiveLocation/;
  for (const [name, { answers }] of Object.entries(CALLS).filter(([name]) => !wrong.test(name))) {
    const { outcome, requests } = await attempt(name, []);
    const failed = answers === "a result" ? outcome.value.error : outcome.error;
    if (name === "token") assert.equal(failed.kind, "config");
    else assert.equal(failed, undefined, `${name}: ${failed?.message}`);
    for (const { status, url } of requests) assert.ok(status < 300, `${name}: ${status} from ${url}`);
  }
});

test(`${RUNS} calls with wrong arguments end with a documented error, or send what the API can read`, async (t) => {
  const rejections = [];
  const note = (reason) => rejections.push(reason);
  process.on("unhandledRejection", note);
  const seed = Number(process.env.SURFACE_SEED ?? Date.now() % 2 ** 31);
  t.diagnostic(`seed ${seed}; SURFACE_SEED repeats it`);
  const { warn, error } = console;
  quiet();
  try {
    await fc.assert(fc.asyncProperty(trial, check), { seed, numRuns: RUNS });
  } finally {
    Object.assign(console, { warn, error });
    process.off("unhandledRejection", note);
  }
  assert.deepEqual(rejections, []);
});
