// The JSON, YAML and Rust in the documents: JSON parses, seeds and faults are taken by an emulator, YAML parses, and Rust is what
// the crate's tests run.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import test from "node:test";
import { createEmulator } from "getstream-users/emulator";
import { parse } from "yaml";
import { repository } from "../support/paths.mjs";
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

test("the Rust code in the guides equals that in the crate's tests", () => {
  const lines = (text) =>
    text
      .split("\n")
      .map((line) => line.trim().replace(/^pub\(super\) /, ""))
      .join("\n")
      .trim();
  const tested = lines(readFileSync(path.join(repository, "emulator/tests/rust_client.rs"), "utf8"));
  const shown = blocks.filter(({ language }) => language === "rust");
  for (const { file, line, code } of shown) assert.ok(tested.includes(lines(code)), `${file}:${line}`);
});

test("every block has a language", () => {
  const known = ["ts", "js", "sh", "json", "yaml", "text", "diff", "csv", "html", "rust", "toml", "mermaid"];
  for (const { file, line, language } of blocks) assert.ok(known.includes(language), `${file}:${line}: "${language}"`);
});

test("graphs are lists of arrows, whose labels are quoted", () => {
  const node = String.raw`\w+(?:\["[^"]+"\])?`;
  const line = new RegExp(`^(?:graph TD|  ${node} --> ${node}(?: & ${node})*)$`);
  const graphs = blocks.filter(({ language }) => language === "mermaid");
  assert.ok(graphs.length >= 3);
  for (const { file, code } of graphs) for (const one of code.trimEnd().split("\n")) assert.match(one, line, file);
});
