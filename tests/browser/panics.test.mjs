// A panic and running out of memory in a page in Chromium: that call fails as `internal`, and the next one works.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { launchChromium } from "../support/chromium.mjs";
import { serve } from "../support/server.mjs";

const html = `<!doctype html>
<meta charset="utf-8">
<title>panics</title>
<link rel="icon" href="data:,">
<script type="module" src="/browser/panics.page.mjs"></script>`;

let [browser, server, page] = [];
before(async () => {
  browser = await launchChromium();
  server = await serve(fileURLToPath(new URL("../", import.meta.url)), { "/": html }, {});
  page = await browser.newPage();
  await page.goto(server.url);
  await page.waitForFunction(() => window.panics !== undefined);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

test("Chromium: a call in which the module panics fails as internal, and the same call works afterwards", async (t) => {
  const { panics, wrong } = await page.evaluate(() => window.panics.everywhere());
  t.diagnostic(`${panics} panics`);
  assert.deepEqual(wrong, []);
  assert.ok(panics > 50, `${panics}`);
});

test("Chromium: a call that runs out of memory fails as internal, and the next ones work", async () => {
  assert.deepEqual(await page.evaluate(() => window.panics.memory()), []);
});
