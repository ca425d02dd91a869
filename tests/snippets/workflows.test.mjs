// The workflows: they parse, do nothing but call this repository's own tasks, and pin what they take from others.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import test from "node:test";
import { parse } from "yaml";
import { repository } from "../support/paths.mjs";

const folder = path.join(repository, ".github/workflows");
const workflows = readdirSync(folder).map((name) => ({
  name,
  ...parse(readFileSync(path.join(folder, name), "utf8")),
}));

for (const { name, jobs, permissions } of workflows.filter(({ name }) => name !== "release.yml")) {
  test(`${name} calls tasks of this repository alone, and pins the rest`, () => {
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

test("settings of GitHub's that are YAML parse", () => {
  const files = [
    "dependabot.yml",
    ...readdirSync(path.join(folder, "../ISSUE_TEMPLATE")).map((name) => `ISSUE_TEMPLATE/${name}`),
  ];
  for (const name of files)
    assert.equal(typeof parse(readFileSync(path.join(folder, "..", name), "utf8")), "object", name);
});
