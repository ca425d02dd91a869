import assert from "node:assert/strict";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { launchChromium } from "../../support/chromium.mjs";
import { serve } from "../../support/server.mjs";

const packages = fileURLToPath(new URL("../../node_modules/", import.meta.url));

test("a page imports the package without a bundler and calls the API", async () => {
  const { STREAM_API_KEY, STREAM_BASE_URL } = process.env;
  const server = await serve(packages, { "/": "<!doctype html><title>smoke</title>" });
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await page.goto(server.url);
    const guest = await page.evaluate(
      async ([apiKey, basePath]) => {
        const { StreamClient } = await import("/getstream-users/dist/index.js");
        const client = await StreamClient.guest(apiKey, { id: "page" }, { basePath });
        return client.userId;
      },
      [STREAM_API_KEY, STREAM_BASE_URL],
    );
    assert.match(guest, /page$/);
  } finally {
    await browser.close();
    await server.stop();
  }
});
