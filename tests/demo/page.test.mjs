// The demo page: calls and what comes of them.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { repository } from "../support/paths.mjs";
import { onPage, open, run, start } from "./support/open.mjs";

const { operations } = JSON.parse(readFileSync(`${repository}www/src/generated/operations.json`, "utf8"));

let demo;
before(async () => {
  demo = await start();
});
after(() => demo?.stop());

test("every operation runs from its example", async () => {
  await onPage(demo, async (page) => {
    for (const { name } of operations) {
      await page.locator("#reset").click();
      await page.getByRole("status").filter({ hasText: "as it was at first" }).waitFor({ state: "attached" });
      await open(page, name);
      assert.match(await run(page), /^20[01]$/, name);
    }
  });
});
