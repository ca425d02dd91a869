// Every operation of the emulator has a fact, and no fact is repeated.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createEmulator } from "getstream-users/emulator";
import { resources } from "./facts/index.mjs";
import { nameOf, read } from "./observed.mjs";
import { sign } from "./tokens.mjs";

const facts = resources.flatMap(({ facts }) => facts);

/** The emulator counts requests by operation, so it can tell which operations it has. */
async function operations() {
  const { fetch, apiKey, apiSecret } = createEmulator();
  const authorization = sign({ server: true }, apiSecret);
  const response = await fetch(`http://emulator.test/api/v2/rate_limits?server_side=true&api_key=${apiKey}`, {
    headers: { authorization, "stream-auth-type": "jwt" },
  });
  return Object.keys((await response.json()).server_side);
}

/** Operations that it has no route for: it counts them because SDK tests ask how often they may be called. */
const COUNTED_ONLY = ["GetOrCreateChannel", "QueryChannels", "SendMessage"];

test("every operation has a fact", async () => {
  const all = await operations();
  assert.ok(all.includes("UpdateUsers"), String(all));
  const covered = new Set(facts.map((fact) => fact.operation).concat(COUNTED_ONLY));
  assert.deepEqual(
    all.filter((operation) => !covered.has(operation)),
    [],
  );
});

test("no fact repeats another", () => {
  const said = facts.map(({ operation, text }) => `${operation} ${text}`);
  assert.deepEqual(
    said.filter((text, index) => said.indexOf(text) !== index),
    [],
  );
});

test("observations concern existing guesses, and contradict none", () => {
  const guesses = new Set(facts.filter((fact) => fact.isGuess).map(nameOf));
  const observations = read();
  assert.deepEqual(
    observations.map(nameOf).filter((name) => !guesses.has(name)),
    [],
    "remove these lines from observed.jsonl: their facts have other words now, or are no guesses any more",
  );
  assert.deepEqual(
    observations.filter(({ held }) => !held).map(({ said, ...fact }) => `${nameOf(fact)}: ${said}`),
    [],
    'have the emulator do as the app does, say so in the fact, and give it the evidence "app"',
  );
});
