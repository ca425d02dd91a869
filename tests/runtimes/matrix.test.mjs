// The scenario in every runtime of `runtimes.mjs`, each in a project of its own that has the package from its tarball.
// `cargo xtask test --only runtimes` runs this; two projects at once, since most of the time one waits for the other half
// of the machine.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { launchChromium } from "../support/chromium.mjs";
import { prepare } from "./matrix/project.mjs";
import { Report } from "./matrix/report.mjs";
import { outcomeOf } from "./matrix/run.mjs";
import { runtimes } from "./runtimes.mjs";

const LIMIT = { timeout: 180_000 };
const report = new Report();
let browser;

before(async () => {
  browser = await launchChromium();
  // The other tools run on the newest Node of this one.
  await prepare("node");
});

after(async () => {
  await browser?.close();
  report.finish();
});

function byFolder() {
  const folders = new Map();
  for (const runtime of runtimes) folders.set(runtime.folder, [...(folders.get(runtime.folder) ?? []), runtime]);
  return folders;
}

describe("the package", { concurrency: 2 }, () => {
  for (const [folder, rows] of byFolder()) {
    test(folder, async (t) => {
      const project = await prepare(folder);
      for (const row of rows) {
        await t.test(`${row.where}: ${row.how}`, LIMIT, async (t) => {
          const version = row.version === undefined ? browser.version() : await project.version(row.version);
          if (version === undefined) {
            report.leftOut(row);
            return t.skip(`${row.version} has nothing for this platform`);
          }
          const outcome = await outcomeOf(row, project, { browser, signal: t.signal }).catch((error) => {
            report.failed(row, version);
            throw error;
          });
          report.passed(row, version, outcome);
          if (row.check === undefined) assert.ok(outcome.assertions > 10, `${outcome.assertions} assertions`);
        });
      }
    });
  }
});
