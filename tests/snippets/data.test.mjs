// The JSON and YAML in the documents: JSON parses, seeds and faults are taken by an emulator, YAML parses.

import assert from "node:assert/strict";
import test from "node:test";
import { createEmulator } from "getstream-users/emulator";
import { parse } from "yaml";
import { blocksOf, documents } from "./blocks.mjs";

const blocks = documents().flatMap((file) => blocksOf(file));
const title = ({ file, line, heading, words }) => `${file}:${line}, ${[heading, ...words].join(", ")}`;

for (const block of blocks.filter(({ language }) => language === "json")) {
  test(title(block), () => {
    const data = JSON.parse(block.code);
    const emulator = createEmulator({ strict: true });
    if (block.words.includes("seed")) emulator.seed(data);
    if (block.words.includes("fault")) emulator.faults.add(data);
  });
}

for (const block of blocks.filter(({ language }) => language === "yaml")) {
  test(title(block), () => assert.equal(typeof parse(block.code), "object"));
}

test("every block says its language, so that each is checked as what it is", () => {
  const known = ["ts", "js", "sh", "json", "yaml", "text", "diff", "csv", "html"];
  for (const { file, line, language } of blocks) assert.ok(known.includes(language), `${file}:${line}: "${language}"`);
});
