// Every command of this project in the documents, in blocks for a shell and in steps of CI: `getstream-users` runs on an
// emulator, `cargo xtask` has the task. What other people's programs do is not shown here.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import path from "node:path";
import test from "node:test";
import { StreamClient } from "getstream-users";
import { parse } from "yaml";
import { startEmulator } from "../support/emulator.mjs";
import { folderWith } from "../support/folder.mjs";
import { target } from "../support/paths.mjs";
import { start, stop } from "../support/process.mjs";
import { environmentOf, program, run } from "../support/program.mjs";
import { blocksOf, documents } from "./blocks.mjs";

/** The lines of a block, without comments and the sign for the background; a line that ends with a backslash goes on. */
function linesOf(code) {
  const whole = code.replaceAll(/\\\n\s*/g, "");
  return whole.split("\n").map((line) =>
    line
      .replace(/(^|\s)#.*$/, "")
      .replace(/ &$/, "")
      .trim(),
  );
}

/** The words that a shell makes of a line; quotes are all that the documents use. */
function wordsOf(line) {
  const words = line.match(/(?:[^\s"']+|"[^"]*"|'[^']*')+/g) ?? [];
  return words.map((word) => word.replaceAll(/"([^"]*)"|'([^']*)'/g, (_, double, single) => double ?? single));
}

/** The commands that the steps of a workflow run. */
function stepsOf(code) {
  const found = [];
  JSON.stringify(parse(code), (key, value) => {
    if (key === "run" && typeof value === "string") found.push(...linesOf(value));
    return value;
  });
  return found;
}

const commands = documents()
  .flatMap((file) => blocksOf(file))
  .flatMap(({ file, line, language, code }) => {
    const lines = language === "sh" ? linesOf(code) : language === "yaml" ? stepsOf(code) : [];
    return lines.map((command) => ({ at: `${file}:${line}`, command }));
  });

const EVENT = JSON.stringify({ type: "user.deleted", created_at: "2026-01-01T00:00:00Z", user: { id: "ada" } });
const many = Array.from({ length: 20 }, (_, number) => `user-${number}`);
const FILES = {
  "users.csv": `id,name,E-Mail,Age\nada,Ada,ada@example.com,36\nbob,Bob,,\n${many.map((id) => `${id},,,\n`).join("")}`,
  "roles.csv": "id,role\nada,admin\n",
  "users.json": JSON.stringify({ users: ["ada", "bob"] }),
  "ids.txt": "ada\nbob\n",
  "body.json": EVENT,
  "package.json": JSON.stringify({ scripts: { test: "node --version" } }),
  "app.ts": 'import { StreamClient } from "getstream-users";\n',
};

/** What ends when it is told to: the line that says that it is ready. */
const READY = /listening on|receiving at/;

for (const { at, command } of commands.filter(({ command }) => command.startsWith("npx getstream-users"))) {
  test(`${at}: ${command}`, { timeout: 60_000 }, async (t) => {
    const emulator = await startEmulator(["--strict", "--task-duration", "0"]);
    t.after(emulator.stop);
    const { url, apiKey, apiSecret } = emulator;
    const client = new StreamClient(apiKey, apiSecret, { basePath: url, timeout: 30_000 });
    const users = ["ada", "bob", "cleo", ...many].map((id) => ({ id }));
    await client.upsertUsers(users);
    if (command.includes("restore")) await client.deleteUsers({ user_ids: ["ada", "bob"] });
    if (command.includes("reactivate")) await (await client.deactivateUsers({ user_ids: ["ada", "bob"] })).wait();
    const cwd = await folderWith(t, FILES);
    const { task_id } = await client.exportUsers({ user_ids: ["ada"] });
    const values = {
      TASK_ID: task_id,
      TOKEN: client.generateUserToken({ user_id: "ada" }),
      HEX: createHmac("sha256", apiSecret).update(EVENT).digest("hex"),
    };
    const args = wordsOf(command)
      .slice(2)
      .map((word) => values[word] ?? (word === "src/" ? "." : word));
    // A port of one's own may be in use here.
    const at = args.indexOf("--port");
    if (at !== -1) args[at + 1] = "0";
    else if (args[0] === "emulator" && !args.includes("exec")) args.push("--port", "0");
    const env = environmentOf(emulator);
    const isServing = (args[0] === "emulator" && !args.includes("exec")) || args[1] === "listen";
    if (!isServing || args.includes("--help")) {
      const { code, stderr } = await run(args, { env, cwd });
      assert.equal(code, 0, stderr);
      return;
    }
    const child = start(process.execPath, [program, ...args], { cwd, env: { ...process.env, ...env }, stdio: "pipe" });
    let told = "";
    await Promise.race([
      once(child, "exit").then(() => assert.fail(told)),
      new Promise((resolve) => {
        for (const stream of [child.stdout, child.stderr]) {
          stream.setEncoding("utf8").on("data", (text) => {
            told += text;
            if (READY.test(told)) resolve();
          });
        }
      }),
    ]);
    await stop(child);
  });
}

test("every `cargo xtask` command in the documents exists", () => {
  const xtask = path.join(target, "debug", process.platform === "win32" ? "xtask.exe" : "xtask");
  const help = execFileSync(xtask, ["--help"], { encoding: "utf8" });
  const tasks = new Set([...help.matchAll(/^ {2}([a-z-]+)/gm)].map(([, task]) => task));
  const named = commands.filter(({ command }) => command.startsWith("cargo xtask"));
  assert.ok(named.length > 0);
  for (const { at, command } of named) {
    const task = command.split(/\s+/)[2];
    assert.ok(task.startsWith("--") || tasks.has(task), `${at}: ${command}`);
  }
});
