// The scenario on every row of a list, each folder in a project of its own that has the package from its tarball; two
// projects at once, since most of the time one waits for the other half of the machine. FOLDERS=nuxt,parcel picks some.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { launch } from "../../support/browsers.mjs";
import { takesExtensions } from "../../support/chromium.mjs";
import { prepare } from "./project.mjs";
import { Report } from "./report.mjs";
import { outcomeOf } from "./run.mjs";

/**
 * @param {object[]} all rows as `runtimes.mjs` describes them
 * @param {{ results: string, limit: number }} options the file for `cargo xtask`, and the milliseconds that a row may take
 */
export function suite(all, { results, limit }) {
  const picked = process.env.FOLDERS?.split(",");
  const runtimes = all.filter(({ folder }) => picked === undefined || picked.includes(folder));
  const report = new Report(runtimes, results);
  const browsers = new Map();
  const browserOf = ({ page, extension, browser = "chromium" }) => {
    if (extension === undefined ? page === undefined : !takesExtensions()) return undefined;
    if (!browsers.has(browser)) browsers.set(browser, launch(browser));
    return browsers.get(browser);
  };

  // The other tools run on the newest Node of this one.
  before(() => prepare("node"));

  after(async () => {
    for (const browser of browsers.values()) await (await browser)?.close();
    report.finish();
  });

  describe("the package", { concurrency: 2 }, () => {
    for (const [folder, rows] of byFolder(runtimes)) {
      test(folder, async (t) => {
        const project = await prepare(folder);
        for (const row of rows) {
          await t.test(`${row.where}: ${row.how}`, { timeout: limit }, async (t) => {
            const browser = await browserOf(row);
            const version = row.version === undefined ? browser?.version : await project.version(row.version);
            if (version === undefined) {
              report.leftOut(row);
              return t.skip(
                row.version === undefined
                  ? `no ${row.needs ?? row.browser}`
                  : `${row.version} has nothing for this platform`,
              );
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
}

function byFolder(runtimes) {
  const folders = new Map();
  for (const runtime of runtimes) folders.set(runtime.folder, [...(folders.get(runtime.folder) ?? []), runtime]);
  return folders;
}
