// The README's own code, run on an emulator that is strict.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import test from "node:test";
import * as main from "getstream-users";
import * as bulk from "getstream-users/bulk";
import * as emulatorEntry from "getstream-users/emulator";
import ts from "typescript";
import { repository } from "../support/paths.mjs";

const MODULES = {
  "getstream-users": main,
  "getstream-users/bulk": bulk,
  "getstream-users/emulator": emulatorEntry,
};

/** The README's blocks of TypeScript, each under the heading that it stands below. */
function blocks() {
  const text = readFileSync(path.join(repository, "README.md"), "utf8");
  let heading;
  return [...text.matchAll(/^#+ (?<heading>.+)$|^```ts\n(?<code>[\s\S]*?)^```$/gm)].flatMap(({ groups }) => {
    heading = groups.heading ?? heading;
    return groups.code === undefined ? [] : [{ heading, code: groups.code }];
  });
}

/** Runs a block as the body of an asynchronous function that knows these names; returns what it has exported. */
async function run(code, names) {
  const options = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
  const { outputText } = ts.transpileModule(code, { compilerOptions: options });
  const exports = {};
  const scope = { ...names, exports, require: (name) => MODULES[name] };
  const AsyncFunction = (async () => {}).constructor;
  // In a scope of its own, where it may declare a name that it is given otherwise.
  await new AsyncFunction(...Object.keys(scope), `{${outputText}\n}`)(...Object.values(scope));
  return exports;
}

test("every block that calls the API passes on an emulator that is strict", async (t) => {
  const emulator = emulatorEntry.createEmulator({ strict: true, taskDuration: 0 });
  const network = globalThis.fetch;
  globalThis.fetch = emulator.fetch;
  t.after(() => {
    globalThis.fetch = network;
  });
  const { apiKey, apiSecret: secret } = emulator;
  const client = new main.StreamClient(apiKey, secret);
  const token = client.generateUserToken({ user_id: "ada" });
  async function* rowsOfMyDatabase() {
    yield* [{ id: "ada", name: "Ada" }, { id: "bob" }];
  }
  const quiet = { ...console, log: () => {}, error: () => {} };
  const names = { ...main, apiKey, secret, client, token, rowsOfMyDatabase, console: quiet };
  const ran = [];
  for (const { heading, code } of blocks()) {
    emulator.reset();
    emulator.seed({ users: ["ada", "bob"] });
    const exported = await run(code, names);
    if (exported.default) {
      const body = JSON.stringify({ id: "ada", name: "Ada" });
      const request = new Request("http://worker.test", { method: "POST", body });
      const env = { STREAM_API_KEY: apiKey, STREAM_API_SECRET: secret };
      if (code.includes("env.STREAM")) assert.equal((await exported.default.fetch(request, env)).status, 200);
    }
    const requests = emulator.requests();
    const refused = requests.filter(({ status }) => status >= 400);
    // One block shows how a refusal looks.
    if (!code.includes("catch")) assert.deepEqual(refused, [], heading);
    ran.push(...requests.map(({ operation }) => operation));
  }
  for (const operation of [
    "UpdateUsers",
    "QueryUsers",
    "DeactivateUsers",
    "DeleteUsers",
    "CreateGuest",
    "RestoreUsers",
  ]) {
    assert.ok(ran.includes(operation), `${operation} of ${ran}`);
  }
});
