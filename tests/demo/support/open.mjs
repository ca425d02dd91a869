// Opens the demo page in Chromium, from a static server, and collects its console errors.

import assert from "node:assert/strict";
import path from "node:path";
import { launchChromium } from "../../support/chromium.mjs";
import { target } from "../../support/paths.mjs";
import { serve } from "../../support/server.mjs";

/** Where `cargo xtask demo` builds the page. */
export const built = path.join(target, "demo");

/** Starts the browser and the server that the tests of a file share. */
export async function start() {
  const [browser, server] = await Promise.all([launchChromium(), serve(built)]);
  return {
    url: `${server.url}/index.html`,
    browser,
    stop: () => Promise.all([browser.close(), server.stop()]),
  };
}

/** The browser's own console errors for calls that the server refuses, because of a fault or missing permissions. */
const REFUSED = /^Failed to load resource: the server responded with a status of (403|429)/;

/** Opens the page, passes it to `look`, and asserts that there was no error in the console. */
export async function onPage({ browser, url }, look, { fragment = "", ...context } = {}) {
  const place = { browser, url: url + fragment, ready: "[data-user]", refused: REFUSED };
  await withoutComplaint(place, look, context);
}

/**
 * Opens an address and asserts that until `look` is done there is no console error, no exception and no violation of a
 * policy, which also appears in the console.
 *
 * @param {{ browser: import("playwright-core").Browser, url: string, ready: string, refused: RegExp }} place where, what is
 *   there once the page is ready, and what the browser may write of calls that are refused
 */
export async function withoutComplaint({ browser, url, ready, refused }, look, context) {
  const session = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...context });
  try {
    const page = await session.newPage();
    const complaints = [];
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("console", (message) => {
      const isComplaint = ["error", "warning"].includes(message.type()) && !refused.test(message.text());
      if (isComplaint) complaints.push(message.text());
    });
    await page.goto(url);
    await page.locator(ready).first().waitFor();
    await look(page);
    assert.deepEqual(complaints, []);
  } finally {
    await session.close();
  }
}

/** Shows an operation. */
export async function open(page, operation) {
  await page.locator(`button[data-operation="${operation}"]`).click();
  await page.locator(`[data-operation-shown="${operation}"]`).waitFor();
}

/** Runs the shown operation and waits for its end. Returns the outcome: `201`, `429 rate_limit`. */
export async function run(page) {
  return outcomeOf(page, () => page.locator("#run").click());
}

/** Waits for the end of the call that `begin` starts. */
export async function outcomeOf(page, begin) {
  const calls = await page.locator("[data-run-shown]").evaluateAll(([line]) => Number(line?.dataset.runShown ?? 0));
  await begin();
  const status = page.locator(`[data-run-shown="${calls + 1}"] .status:not(.busy)`);
  await status.waitFor();
  return status.textContent();
}
