// The command in a terminal: progress, tables, prompts and colours.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { StreamClient } from "getstream-users";
import { folderWith } from "../support/folder.mjs";
import { start } from "../support/process.mjs";
import { environmentOf, program, startPackagedEmulator } from "../support/program.mjs";

const TERMINAL = fileURLToPath(new URL("../support/terminal.py", import.meta.url));
const { STREAM_API_KEY, STREAM_API_SECRET, STREAM_BASE_URL, FORCE_COLOR, NO_COLOR, CI, ...CLEAN } = process.env;

let emulator;
let client;
let env;
before(async () => {
  emulator = await startPackagedEmulator();
  env = environmentOf(emulator);
  client = new StreamClient(emulator.apiKey, emulator.apiSecret, { basePath: emulator.url, timeout: 30_000 });
});
after(() => emulator.stop());

/** Runs the command in a terminal; `steps` as `support/terminal.py` has them. */
async function inTerminal(args, { width = 80, cwd, more = {}, steps = [] } = {}) {
  const command = [TERMINAL, String(width), process.execPath, program, ...args];
  const child = start("python3", command, { cwd, env: { ...CLEAN, TERM: "xterm", ...env, ...more }, stdio: "pipe" });
  child.stdin.end(steps.map((step) => `${JSON.stringify(step)}\n`).join(""));
  const ended = new Promise((resolve) => child.once("close", resolve));
  const output = Buffer.concat(await child.stdout.toArray()).toString("utf8");
  return { code: await ended, output };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
const ESCAPES = /\u001b\[[0-9;?]*[A-Za-z]/g;
const exists = async (id) => (await client.queryUsers({ payload: { filter_conditions: { id } } })).users.length === 1;

for (const width of [60, 120]) {
  test(`the progress of an import fits a terminal of ${width} columns, also after it shrinks`, async (t) => {
    const rows = Array.from({ length: 4000 }, (_, index) => `bar-${width}-${index},User ${index}`);
    const cwd = await folderWith(t, { "users.csv": `id,name\n${rows.join("\n")}\n` });
    const steps = [{ wait: " imported" }, { resize: 40 }];
    const { code, output } = await inTerminal(["import", "users.csv"], { width, cwd, steps });
    assert.equal(code, 0, output);
    const drawn = output
      .split(/\r|\n/)
      .map((line) => line.replace(ESCAPES, ""))
      .filter((line) => line.includes(" % "));
    assert.ok(drawn.length > 0, output);
    for (const line of drawn) assert.ok(line.length < width, `${line.length}: ${line}`);
    assert.match(drawn[0], /^[█░]+ +\d+ % [\d,]+ imported/);
    assert.match(output, /4,000 users imported/);
  });

  test(`a table is no wider than a terminal of ${width} columns`, async () => {
    await client.upsertUsers([{ id: "wide", name: "ボブ ".repeat(40), custom: { note: "x".repeat(300) } }]);
    const { code, output } = await inTerminal(["query", '{"id":"wide"}'], { width });
    assert.equal(code, 0, output);
    const lines = output.split("\r\n").map((line) => line.replace(ESCAPES, ""));
    assert.ok(
      lines.some((line) => line.includes("…")),
      output,
    );
    for (const line of lines) {
      // These letters take two columns each.
      const columns = line.length + (line.match(/[ボブ]/g)?.length ?? 0);
      assert.ok(columns <= width, `${columns}: ${line}`);
    }
  });
}

test("delete asks, and deletes nobody after a no", async () => {
  await client.upsertUsers([{ id: "spared" }, { id: "gone" }]);
  const no = await inTerminal(["delete", "spared"], { steps: [{ wait: "Delete 1 user softly?" }, { type: "n" }] });
  assert.equal(no.code, 1, no.output);
  assert.match(no.output, /nothing was done/);
  assert.equal(await exists("spared"), true);
  const yes = await inTerminal(["delete", "gone"], { steps: [{ wait: "Delete 1 user softly?" }, { type: "y" }] });
  assert.equal(yes.code, 0, yes.output);
  assert.equal(await exists("gone"), false);
});

test("Ctrl-C at a prompt exits with 130 and deletes nobody", async () => {
  const { code, output } = await inTerminal(["delete", "spared"], {
    steps: [{ wait: "Delete 1 user softly?" }, { type: "\u0003" }],
  });
  assert.equal(code, 130, output);
  assert.equal(await exists("spared"), true);
});

test("a missing secret is asked for with a hidden prompt", async (t) => {
  const cwd = await folderWith(t);
  const { code, output } = await inTerminal(["doctor"], {
    cwd,
    more: { STREAM_API_SECRET: "" },
    steps: [{ wait: "Secret of the app devkey" }, { type: `${emulator.apiSecret}\r` }],
  });
  assert.equal(code, 0, output);
  assert.doesNotMatch(output, new RegExp(emulator.apiSecret));
});

test("colours appear only in terminals, and NO_COLOR turns them off", async () => {
  const colored = await inTerminal(["doctor"]);
  assert.match(colored.output, ESCAPES);
  const plain = await inTerminal(["doctor"], { more: { NO_COLOR: "1" } });
  assert.doesNotMatch(plain.output, ESCAPES);
});
