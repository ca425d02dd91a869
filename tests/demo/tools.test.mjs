// The demo page's tools: tokens and webhooks.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { onPage, start } from "./support/open.mjs";

let demo;
before(async () => {
  demo = await start();
});
after(() => demo?.stop());

test("a token is minted, inspected and verified, and a changed one is not valid", async () => {
  await onPage(demo, async (page) => {
    await page.locator("[data-tool=tokens]").click();
    await page.locator("#token-user").fill("grace");
    await page.locator("#mint").click();
    await page.locator(".verdict[data-valid=true]").waitFor();
    await page.getByLabel("Claims of the token").getByText('"grace"').waitFor();
    const token = await page.locator("#token-text").inputValue();
    await page.locator("#token-text").fill(`${token.slice(0, -4)}AAAA`);
    await page.locator(".verdict[data-valid=false]").waitFor();
    await page.locator("#token-text").fill("no token");
    assert.match(await page.locator(".verdict").textContent(), /not valid/);
  });
});

test("a webhook is verified, and one with another body is refused", async () => {
  await onPage(demo, async (page) => {
    await page.locator("[data-tool=webhooks]").click();
    await page.locator("#sign").click();
    await page.waitForFunction(() => document.querySelector("#hook-signature").value.length === 64);
    await page.locator("#verify").click();
    await page.locator(".verdict[data-valid=true]").waitFor();
    assert.ok((await page.locator(".token-date").count()) > 0);
    const body = page.locator("#hook-body");
    await body.fill((await body.inputValue()).replace("Ada", "Eve"));
    await page.locator("#verify").click();
    assert.match(await page.locator(".verdict[data-valid=false]").textContent(), /signature mismatch/);
  });
});
