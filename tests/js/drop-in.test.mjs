// A script for the official SDK does the same with this package: `drop-in/script.mjs` runs with both, each on a separate
// emulator with the same state and time, and prints the same.
//
// Only the package's name in the script is changed.
//
// These differ on purpose, and the script does not print them:
// - Dates. The SDK's are one millisecond early where a time is a whole number of milliseconds, one time in eight. The
//   emulator's clock is set to the middle of one.
// - The class and name of errors, and their further fields. `message`, `code` and `metadata` are the SDK's.
// - Invalid arguments are refused here before they are sent; the SDK sends them.
// - Calls that fail transiently are retried here.
// - The SDK's tokens contain `validity_in_seconds` as a claim, and have their claims in another order; the SDK's methods
//   modify their argument.
// - Times in events are `Date`s here and strings there. Messages of webhook errors start with the SDK's text.
// - `verifyAndParseWebhook`, `parseSqs` and `parseSns` return promises, because a Worker can decompress only
//   asynchronously; with `await`, a script works with both.
// - `parseSqs` also accepts JSON; `parseSns` refuses messages that are not Stream's.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test from "node:test";
import { fileURLToPath } from "node:url";
import * as sdk from "@stream-io/node-sdk";
import * as own from "getstream-users";
import { startEmulator } from "../support/emulator.mjs";
import { start } from "../support/process.mjs";
import { notAboutUsers } from "./drop-in/not-about-users.mjs";

const folder = fileURLToPath(new URL("drop-in/", import.meta.url));
const script = await readFile(`${folder}script.mjs`, "utf8");

/** A script with another package name, which occurs once in it. */
function changed(text) {
  const parts = text.split('"@stream-io/node-sdk"');
  assert.equal(parts.length, 2);
  return parts.join('"getstream-users"');
}

/** The output of a script. It is passed as a string, and resolves its packages from its own folder. */
async function printed(text) {
  const { url, apiKey, apiSecret, stop } = await startEmulator(["--id-seed", "1", "--task-duration", "0"]);
  try {
    const freeze = JSON.stringify({ freeze: "2031-01-01T00:00:00.000500Z" });
    const headers = { "content-type": "application/json" };
    assert.ok((await fetch(`${url}/__emulator/clock`, { method: "POST", headers, body: freeze })).ok);
    const env = { ...process.env, STREAM_BASE_URL: url, STREAM_API_KEY: apiKey, STREAM_API_SECRET: apiSecret };
    const child = start(process.execPath, ["--input-type=module", "-"], { cwd: folder, env });
    child.stdin.end(text);
    child.stderr.pipe(process.stderr);
    const lines = child.stdout.setEncoding("utf8").toArray();
    const code = await new Promise((resolve) => child.once("close", resolve));
    assert.equal(code, 0);
    return (await lines).join("").replaceAll(url, "http://emulator");
  } finally {
    await stop();
  }
}

test("a script for the official SDK prints the same with this package", async () => {
  const [theirs, ours] = [await printed(script), await printed(changed(script))];
  assert.equal(ours, theirs);
  // The output would also be the same if neither emulator responded.
  assert.ok(theirs.split("\n").length > 2000, theirs);
});

/** The methods of an object, its own and those of its classes. */
function methodsOf(object) {
  const names = new Set();
  for (let at = object; at !== Object.prototype; at = Object.getPrototypeOf(at)) {
    for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(at))) {
      if (typeof value === "function" && name !== "constructor") names.add(name);
    }
  }
  return [...names].sort();
}

const theirs = new sdk.StreamClient("key", "secret");
const ours = new own.StreamClient("key", "secret");
const ofClients = (object, theirs, ours) => ({ object, theirs: methodsOf(theirs), ours: methodsOf(ours) });
const objects = [
  ofClients("client", theirs, ours),
  ofClients("moderation", theirs.moderation, ours.moderation),
  ofClients("chat", theirs.chat, ours.chat),
];
const leftOut = (object) => Object.values(notAboutUsers[object]).flatMap((names) => names.split(/\s+/));

test("the script calls every method of the official SDK that is about users", () => {
  for (const { object, theirs } of objects) {
    const isCalled = (name) => script.includes(`${object}.${name}(`);
    const uncalled = theirs.filter((name) => !isCalled(name) && !leftOut(object).includes(name));
    assert.deepEqual(uncalled, [], `methods of ${object}: call them in the script, or say why not`);
  }
});

test("methods left out as not about users exist once, and are not in this package", () => {
  for (const { object, theirs, ours } of objects) {
    const names = leftOut(object);
    assert.deepEqual([...new Set(names)], names, object);
    assert.deepEqual(
      names.filter((name) => !theirs.includes(name)),
      [],
      `no methods of ${object}`,
    );
    assert.deepEqual(
      names.filter((name) => ours.includes(name)),
      [],
      `methods of this package's ${object}`,
    );
  }
});
