// Where the command finds its credentials, and how it exits without them.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { folderWith } from "../support/folder.mjs";
import { environmentOf, run, startPackagedEmulator } from "../support/program.mjs";

let emulator;
before(async () => {
  emulator = await startPackagedEmulator();
});
after(() => emulator.stop());

const QUERY = ["query", "--json"];

test("credentials come from the environment", async (t) => {
  const cwd = await folderWith(t);
  const { code, stderr } = await run(QUERY, { cwd, env: environmentOf(emulator) });
  assert.equal(code, 0, stderr);
});

for (const file of [".env", ".dev.vars"]) {
  test(`credentials come from ${file} in the folder`, async (t) => {
    const variables = Object.entries(environmentOf(emulator)).map(([name, value]) => `${name}="${value}"\n`);
    const cwd = await folderWith(t, { [file]: variables.join("") });
    const { code, stderr } = await run(QUERY, { cwd });
    assert.equal(code, 0, stderr);
  });
}

test("flags win over the environment, which wins over files", async (t) => {
  const { url, apiSecret } = emulator;
  const cwd = await folderWith(t, {
    ".env": "STREAM_API_KEY=nobody\nSTREAM_API_SECRET=wrong\nSTREAM_BASE_URL=http://127.0.0.1:9\n",
    secret: `${apiSecret}\n`,
  });
  const args = [...QUERY, "--api-key", "devkey", "--secret-file", "secret"];
  const { code, stderr } = await run(args, { cwd, env: { STREAM_API_KEY: "another", STREAM_BASE_URL: url } });
  assert.equal(code, 0, stderr);
});

test("a secret may come from stdin, and there is no flag for it", async (t) => {
  const cwd = await folderWith(t);
  const { url, apiKey, apiSecret } = emulator;
  const args = [...QUERY, "--api-key", apiKey, "--base-url", url];
  const { code, stderr } = await run([...args, "--secret-file", "-"], { cwd, input: apiSecret });
  assert.equal(code, 0, stderr);
  const { code: refused } = await run([...args, "--secret", apiSecret], { cwd });
  assert.equal(refused, 2);
});

test("missing credentials exit with 3 and name the places that are searched", async (t) => {
  const cwd = await folderWith(t);
  const { code, stderr, stdout } = await run(["query", "--json"], { cwd });
  assert.equal(code, 3);
  assert.match(
    stderr,
    /no key: set STREAM_API_KEY, in the environment or in \.env or \.dev\.vars, or pass --api-key KEY/,
  );
  assert.match(JSON.parse(stdout).error.message, /no key/);
});

test("a wrong secret exits with 3, is not printed, and points to doctor", async (t) => {
  const cwd = await folderWith(t);
  const env = { ...environmentOf(emulator), STREAM_API_SECRET: "topsecretvalue" };
  const { code, stderr, stdout } = await run(["query"], { cwd, env });
  assert.equal(code, 3);
  assert.match(stderr, /getstream-users doctor/);
  assert.doesNotMatch(stderr + stdout, /topsecretvalue/);
});

test("an address without a server exits with 4", async (t) => {
  const cwd = await folderWith(t);
  const env = { ...environmentOf(emulator), STREAM_BASE_URL: "http://127.0.0.1:9" };
  const { code, stderr } = await run(["task", "x"], { cwd, env });
  assert.equal(code, 4, stderr);
});

test("each command has help with an example, and suggests a name for a misspelt one", async () => {
  const { stdout } = await run(["--help"]);
  const names = [...stdout.matchAll(/^ {2}(\w+) (?:\[|<| {2})/gm)]
    .map((match) => match[1])
    .filter((name) => name !== "help");
  assert.ok(names.length >= 13, names.join());
  const helps = await Promise.all(names.map((name) => run([name, "--help"])));
  for (const [index, help] of helps.entries()) {
    assert.equal(help.code, 0, names[index]);
    assert.match(help.stdout, /Example:\n {2}getstream-users /, names[index]);
  }
  const { code, stderr } = await run(["improt", "users.csv"]);
  assert.equal(code, 2);
  assert.match(stderr, /Did you mean import\?/);
});
