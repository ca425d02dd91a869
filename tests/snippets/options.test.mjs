// The guide to options lists every option under the right heading, and no other.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import test from "node:test";
import { repository } from "../support/paths.mjs";

const read = (file) => readFileSync(path.join(repository, file), "utf8");
const types = read("src/client/types.ts");
const guide = read("docs/options.md");

/** The fields of an interface, without those that it inherits. */
function fields(name) {
  const [, body] = new RegExp(`^export interface ${name}[^{]*\\{\\n(.*?)^\\}`, "ms").exec(types);
  return [...body.matchAll(/^ {2}(\w+)\??:/gm)].map(([, field]) => field);
}

/** The names in the first column of the tables under a heading. */
function named(heading) {
  const [, section] = guide.split(`\n## ${heading}\n`);
  const rows = section.split("\n## ")[0].matchAll(/^\| (`.*?) \|/gm);
  return [...rows].flatMap(([, cell]) => [...cell.matchAll(/`(\w+)`/g)].map(([, name]) => name));
}

for (const [heading, ...interfaces] of [
  ["Of a client", "StreamClientOptions"],
  ["Of a call", "RequestOptions", "RawRequestOptions"],
  ["Of waiting for a task", "WaitForTaskOptions"],
]) {
  test(`${heading}: every option, and no other`, () => {
    assert.deepEqual(named(heading).sort(), interfaces.flatMap(fields).sort());
  });
}
