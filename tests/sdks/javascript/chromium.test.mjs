// The SDKs on a page in Chromium, where most of their users have them: their own sockets, bundled as an app bundles them.

import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { launchChromium } from "../../support/chromium.mjs";
import { serve } from "../../support/server.mjs";
import { faultConnecting, found, person, server, until, userToken } from "./app.mjs";
import { apiKey, baseURL, reset } from "./emulator.mjs";

const WITHIN = { timeout: 120_000 };
const HTML =
  '<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><script type="module" src="/page.js"></script>';

let browser;
let pages;

before(async () => {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL("chromium.page.mjs", import.meta.url))],
    bundle: true,
    write: false,
    format: "esm",
    platform: "browser",
    logLevel: "error",
  });
  pages = await serve(import.meta.dirname, { "/": HTML, "/page.js": outputFiles[0].text });
  browser = await launchChromium();
});
after(async () => {
  await browser?.close();
  await pages?.stop();
});
beforeEach(reset);

/** A page with a client of an SDK. */
async function page(context, kind) {
  const opened = await browser.newPage();
  context.after(() => opened.close());
  await opened.goto(`${pages.url}/?${new URLSearchParams({ apiKey, baseURL })}`);
  await opened.waitForFunction(() => window.sdk !== undefined);
  await opened.evaluate((kind) => window.sdk.make(kind), kind);
  return {
    call: (...words) => opened.evaluate((words) => window.sdk.call(...words), words),
    expect: (type) => opened.evaluate((type) => window.sdk.expect(type), type),
    expected: () => opened.evaluate(() => window.sdk.expected()),
    leave: () => opened.evaluate(() => window.sdk.leave()),
    close: () => opened.close(),
  };
}

for (const kind of ["chat", "feeds", "video"]) {
  test(`${kind} in Chromium: a user connects, gets its own data, and disconnects`, WITHIN, async (context) => {
    const { call, expect, expected, leave } = await page(context, kind);
    await call("connect", { id: "ann", name: "Ann" }, userToken("ann"));
    const { name, online } = await found("ann");
    assert.deepEqual([name, online], ["Ann", true]);
    await expect("user.updated");
    await server("PATCH", "/users", { users: [{ id: "ann", set: { color: "red" } }] });
    assert.equal((await expected()).id, "ann");
    await leave();
    await until(async () => !(await found("ann")).online);
  });

  test(`${kind} in Chromium: a guest is created and connected`, WITHIN, async (context) => {
    const { call } = await page(context, kind);
    await call("guest", { id: "gus", name: "Gus" });
    const id = await call("id");
    assert.match(id, /^guest-.*-gus$/);
    const { role, online } = await found(id);
    assert.deepEqual([role, online], ["guest", true]);
  });

  test(`${kind} in Chromium: the presence of another user arrives`, WITHIN, async (context) => {
    const ben = await person("ben");
    const [ann, other] = [await page(context, kind), await page(context, kind)];
    await ann.call("connect", { id: "ann" }, userToken("ann"));
    await ann.call("watch", ben);
    await ann.expect("user.presence.changed");
    await other.call("connect", { id: ben }, userToken(ben));
    assert.deepEqual(await ann.expected(), { id: ben, online: true });
    await ann.expect("user.presence.changed");
    // A page that is closed says nothing of it.
    await other.close();
    assert.deepEqual(await ann.expected(), { id: ben, online: false });
  });

  test(`${kind} in Chromium: a broken connection is reestablished`, WITHIN, async (context) => {
    await faultConnecting("ann", { close: 4001 });
    const { call } = await page(context, kind);
    await call("connect", { id: "ann" }, userToken("ann"));
    await until(async () => !(await found("ann")).online);
    await until(async () => (await found("ann")).online);
  });
}

test("chat in Chromium: an anonymous visitor connects", WITHIN, async (context) => {
  const { call } = await page(context, "chat");
  assert.equal(await call("anonymous"), "anonymous");
});
