// The demo page in each browser: it opens and runs an operation. Everything else is tested in Chromium.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch } from "../support/browsers.mjs";
import { serve } from "../support/server.mjs";
import { built } from "./support/open.mjs";

let server;
before(async () => {
  server = await serve(built);
});
after(() => server?.stop());

for (const name of ["chromium", "firefox", "webkit"]) {
  test(`it opens and runs an operation in ${name}`, async (t) => {
    const browser = await launch(name);
    if (browser === undefined) return t.skip(`no ${name}`);
    try {
      const page = await browser.open(`${server.url}/index.html`);
      assert.ok(
        await page.value("document.querySelectorAll('[data-user]').length || undefined", 30_000),
        "it shows users",
      );
      await page.value("document.querySelector('#run').click() ?? true", 10_000);
      const status = await page.value(
        "document.querySelector('[data-run-shown] .status:not(.busy)')?.textContent",
        30_000,
      );
      assert.match(String(status), /^20[01]$/);
      assert.deepEqual(page.complaints, []);
      await page.close();
    } finally {
      await browser.close();
    }
  });
}
