// The package in Chromium: plain modules from a static server, under a strict policy, and the emulator at another origin.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { apiKey, apiSecret, basePath } from "../support/api.mjs";
import { launchChromium } from "../support/chromium.mjs";
import { serve } from "../support/server.mjs";

const folder = fileURLToPath(new URL("../", import.meta.url));

/** No inline script, no `eval`, no other origin but the API's; wasm has to be allowed by name. */
function policy(scripts) {
  const rules = ["default-src 'none'", `script-src ${scripts}`, "worker-src 'self'", `connect-src 'self' ${basePath}`];
  return { "content-security-policy": rules.join("; ") };
}

const html = `<!doctype html>
<meta charset="utf-8">
<title>getstream-users</title>
<link rel="icon" href="data:,">
<script type="module" src="/browser/lifecycle.page.mjs"></script>`;

let browser;
before(async () => {
  browser = await launchChromium();
});
after(() => browser?.close());

/** Opens the page and passes it to `look`, with the errors in its console. */
async function onPage(scripts, look) {
  const server = await serve(folder, { "/": html }, policy(scripts));
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const complaints = [];
    page.on("pageerror", (error) => complaints.push(String(error)));
    await page.goto(`${server.url}/?${new URLSearchParams({ apiKey, apiSecret, basePath })}`);
    return await look(page, complaints);
  } finally {
    await context.close();
    await server.stop();
  }
}

const STRICT = "'self' 'wasm-unsafe-eval'";

for (const target of ["http", "in-process"]) {
  test(`a page under a strict policy, ${target}: a user's whole life works`, async (t) => {
    await onPage(STRICT, async (page, complaints) => {
      await page.waitForFunction(() => window.package !== undefined);
      const { assertions, failed } = await page.evaluate((target) => window.package.live(target), target);
      assert.equal(failed, undefined);
      assert.ok(assertions > 100, `${assertions} assertions`);
      assert.deepEqual(complaints, []);
      t.diagnostic(`${target}: ${assertions} assertions`);
    });
  });
}

test("a page refuses a secret unless dangerouslyAllowBrowser is set", async () => {
  await onPage(STRICT, async (page) => {
    await page.waitForFunction(() => window.package !== undefined);
    const make = (...args) => page.evaluate((args) => window.package.make(...args), args);
    const message =
      "do not use a secret in a browser: anyone can read it there and control your app; " +
      "use StreamClient.withToken, .guest or .anonymous, or set dangerouslyAllowBrowser";
    for (const options of [undefined, {}, { dangerouslyAllowBrowser: false }]) {
      assert.deepEqual(await make("new", "key", "hushsecret", options), [true, "config", message]);
    }
    assert.equal(await make("new", "key", "hushsecret", { dangerouslyAllowBrowser: true }), "made");
    assert.equal(await make("anonymous", "key"), "made");
    const token = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ1c2VyX2lkIjoiYW5uIn0.c2lnbmF0dXJl";
    assert.equal(await make("withToken", "key", token), "made");
  });
});

test("the package works in a web Worker, which refuses a secret, too", async () => {
  await onPage(STRICT, async (page) => {
    const said = await page.evaluate(
      () =>
        new Promise((resolve, reject) => {
          const worker = new Worker("/browser/worker.page.mjs", { type: "module" });
          worker.onmessage = ({ data }) => resolve(data);
          worker.onerror = (event) => reject(new Error(event.message));
        }),
    );
    assert.equal(said.failed, undefined);
    assert.equal(said.refused, "config");
    assert.match(said.guest, /gus$/);
  });
});

test("an aborted call rejects with the page's reason", async () => {
  await onPage(STRICT, async (page) => {
    await page.waitForFunction(() => window.package !== undefined);
    assert.equal(await page.evaluate(() => window.package.leave()), true);
  });
});

test("under a policy without 'wasm-unsafe-eval' the package loads, and creating a client says what to import", async () => {
  await onPage("'self'", async (page) => {
    await page.waitForFunction(() => window.package !== undefined);
    const [isOurs, kind, message] = await page.evaluate(() => window.package.make("anonymous", "key"));
    assert.deepEqual([isOurs, kind], [true, "config"]);
    assert.match(message, /refuses it .*Content Security Policy.*; the entry getstream-users\/js needs none$/s);
  });
});
