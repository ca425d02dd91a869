// `getstream-users migrate`: it changes imports, lists what to change by hand, and changes nothing else.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import test from "node:test";
import { folderWith } from "../support/folder.mjs";
import { repository } from "../support/paths.mjs";
import { run } from "../support/program.mjs";

/** Runs the command on a file; returns its output, its exit code and the new content of the file. */
async function migrated(t, text, { name = "app.ts", flags = [] } = {}) {
  const cwd = await folderWith(t, { [name]: text });
  const { code, stdout, stderr } = await run(["migrate", ...flags, "."], { cwd });
  return { code, stdout, stderr, after: readFileSync(path.join(cwd, name), "utf8") };
}

test("changes imports, whatever their form and quotes, and nothing else", async (t) => {
  for (const [before, after] of [
    ['import { StreamClient } from "@stream-io/node-sdk";', 'import { StreamClient } from "getstream-users";'],
    ["import type { UserRequest } from '@stream-io/node-sdk'", "import type { UserRequest } from 'getstream-users'"],
    [
      'const { StreamClient: Client } = require("@stream-io/node-sdk");',
      'const { StreamClient: Client } = require("getstream-users");',
    ],
    [
      'const { StreamClient } = await import("@stream-io/node-sdk");',
      'const { StreamClient } = await import("getstream-users");',
    ],
    ['vi.mock("@stream-io/node-sdk");', 'vi.mock("getstream-users");'],
    [
      'export { StreamClient as Client } from "@stream-io/node-sdk";',
      'export { StreamClient as Client } from "getstream-users";',
    ],
  ]) {
    const { code, after: text } = await migrated(t, before);
    assert.deepEqual([code, text], [0, after]);
  }
});

test("ignores names in comments, strings and regular expressions", async (t) => {
  const text = [
    '// import { StreamClient } from "@stream-io/node-sdk";',
    'const text = "from \\"@stream-io/node-sdk\\"";',
    'const name = "@stream-io/node-sdk";',
    'const pattern = /from "@stream-io\\/node-sdk"/;',
    'const template = `import "@stream-io/node-sdk"`;',
    "",
  ].join("\n");
  const { code, after } = await migrated(t, text);
  assert.deepEqual([code, after], [0, text]);
});

test("reads JSX, and types with generics", async (t) => {
  const text =
    "import { StreamClient } from \"@stream-io/node-sdk\";\nconst Name = <T,>({ n }: { n: T }) => <b>don't {`it's`}</b>;\n";
  const { code, after } = await migrated(t, text, { name: "name.tsx" });
  assert.deepEqual([code, after], [0, text.replace("@stream-io/node-sdk", "getstream-users")]);
});

test("lists webhooks that are not awaited, and leaves their file unchanged", async (t) => {
  const text = [
    'import { StreamClient } from "@stream-io/node-sdk";',
    "const client = new StreamClient(key, secret);",
    "const event = client.verifyAndParseWebhook(body, signature);",
    "const message = await client.parseSqs(body);",
    "client.parseSns(body).then(take);",
    "",
  ].join("\n");
  const { code, stdout, after } = await migrated(t, text);
  assert.equal(code, 1);
  assert.match(stdout, /^app\.ts:3:22 by hand verifyAndParseWebhook returns a promise here: write await/);
  assert.equal(stdout.trim().split("\n").length, 1);
  assert.equal(after, text);
});

test("lists what is not about users: classes, products and methods", async (t) => {
  const text = [
    'import { StreamClient, type StreamFeed } from "@stream-io/node-sdk";',
    "const client = new StreamClient(key, secret);",
    'await client.video.call("default", "1").get();',
    "await client.chat.queryChannels({});",
    "await client.chat.queryBannedUsers({ payload: { filter_conditions: {} } });",
    "await client.moderation.ban({ target_user_id: id });",
    "await client.upsertUsers([user]);",
    "",
  ].join("\n");
  const { code, stdout, after } = await migrated(t, text);
  const places = stdout.trim().split("\n");
  assert.deepEqual(
    places.map((line) => line.replace(/ by hand (\S+) .*/, " $1")),
    ["app.ts:1:47 StreamFeed", "app.ts:3:20 video.call", "app.ts:4:19 chat.queryChannels"],
  );
  assert.deepEqual([code, after], [1, text]);
});

test("lists the calls of stream-chat that change, with their replacements", async (t) => {
  const text = [
    'import { StreamChat } from "stream-chat";',
    "const chat = StreamChat.getInstance(key, secret);",
    'await chat.banUser("bob", { banned_by_id: "ada" });',
    'const channel = chat.channel("messaging", "lobby");',
    "await other.banUser();",
    "",
  ].join("\n");
  const { code, stdout, after } = await migrated(t, text);
  assert.deepEqual([code, after], [1, text]);
  assert.match(stdout, /^app\.ts:3:12 by hand banUser becomes moderation\.ban\(/);
  assert.equal(stdout.trim().split("\n").length, 1);
});

test("with --check changes nothing, and exits with 1 if changes are left", async (t) => {
  const text = 'import { StreamClient } from "@stream-io/node-sdk";\n';
  const { code, stdout, after } = await migrated(t, text, { flags: ["--check"] });
  assert.deepEqual([code, after], [1, text]);
  assert.match(stdout, /^app\.ts:1:30 import from getstream-users/);
  const done = await migrated(t, text.replace("@stream-io/node-sdk", "getstream-users"), { flags: ["--check"] });
  assert.deepEqual([done.code, done.stdout], [0, ""]);
});

test("prints the result as JSON", async (t) => {
  const text = 'import { StreamClient, StreamFeed } from "@stream-io/node-sdk";\n';
  const { stdout } = await migrated(t, text, { flags: ["--check", "--json"] });
  const [found] = JSON.parse(stdout);
  assert.deepEqual(
    [found.file, found.imports, found.hands.map(({ line, column }) => [line, column])],
    ["app.ts", [{ line: 1, column: 42 }], [[1, 42]]],
  );
});

test("skips installed and built files", async (t) => {
  const text = 'import { StreamClient } from "@stream-io/node-sdk";\n';
  const cwd = await folderWith(t, {});
  for (const folder of ["node_modules/a", "dist", ".cache"]) {
    await mkdir(path.join(cwd, folder), { recursive: true });
    await writeFile(path.join(cwd, folder, "a.js"), text);
  }
  const { code, stderr } = await run(["migrate", "."], { cwd });
  assert.equal(code, 0);
  assert.match(stderr, /^0 files read/);
});

test("reports a path that cannot be read", async (t) => {
  const cwd = await folderWith(t, {});
  const { code, stderr } = await run(["migrate", "nowhere"], { cwd });
  assert.equal(code, 2);
  assert.match(stderr, /nowhere cannot be read: ENOENT/);
});

test("knows every method that the guide for stream-chat shows, and no other", async () => {
  const guide = readFileSync(path.join(repository, "docs/moving-from-stream-chat.md"), "utf8");
  const shown = new Set([...guide.matchAll(/^\| `(?:await )?client\.(\w+)\(/gm)].map(([, method]) => method));
  const source = readFileSync(path.join(repository, "cli/migrate/stream-chat.ts"), "utf8");
  const known = new Set([...source.matchAll(/^ {2}(\w+): "/gm)].map(([, method]) => method));
  assert.deepEqual([...known].sort(), [...shown].sort());
});
