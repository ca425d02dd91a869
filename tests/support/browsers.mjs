// The browsers that tests open a page in, all with the same few functions, whatever they are steered by: Chromium, which every
// machine has, and Firefox and WebKit where they are installed.
//
// A browser has a `version`; `open(url)` gives a tab with a profile of its own; `close()` ends it. A tab has `complaints`, as
// far as the browser tells them; `value(expression, milliseconds)` waits until that is something in the page; `close()` closes it.

import { launchChromium } from "./chromium.mjs";
import { launchFirefox } from "./firefox.mjs";
import { until } from "./until.mjs";
import { launchWebKit } from "./webkit.mjs";

const LAUNCH = {
  chromium: async () => opened(await launchChromium(), (browser) => browser.newContext()),
  firefox: async () => opened(await launchFirefox(), (browser) => browser.createBrowserContext()),
  webkit: launchWebKit,
};

/** Starts a browser, `chromium`, `firefox` or `webkit`; undefined where the machine has none. */
export function launch(name) {
  return LAUNCH[name]();
}

/** A browser of Playwright or of Puppeteer, whose pages are alike. */
async function opened(browser, newContext) {
  if (browser === undefined) return undefined;
  const version = (await browser.version()).replace(/^\w+\//, "");
  return { version, open: async (url) => tab(await newContext(browser), url), close: () => browser.close() };
}

async function tab(context, url) {
  const page = await context.newPage();
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  await page.goto(url);
  // Asked again and again, since the two libraries' own ways to wait differ. A page that loads itself anew has no answer.
  const look = (expression) => page.evaluate(expression).catch(() => undefined);
  const value = (expression, milliseconds) => until(milliseconds, () => look(expression));
  return { complaints, value, close: () => context.close() };
}
