// The page that an emulator serves, on both servers: what it shows of the emulator, and how it changes it.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import http from "node:http";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { StreamClient } from "getstream-users";
import { launchChromium } from "../support/chromium.mjs";
import { target } from "../support/paths.mjs";
import { violations } from "./support/a11y.mjs";
import { onEmulatorPage, SERVERS } from "./support/at-emulator.mjs";

let browser;
before(async () => {
  browser = await launchChromium();
});
after(() => browser?.close());

const user = (page, id) => page.locator(`[data-user="${id}"]`);
const dock = (page, name) => page.locator(`#dock-${name}`).click();
const said = (page, text) => page.getByRole("status").filter({ hasText: text }).waitFor({ state: "attached" });

/** A server that records requests, as a webhook's receiver. */
async function receiver(t) {
  const received = [];
  const server = http.createServer(async (request, response) => {
    const chunks = await request.toArray();
    received.push(JSON.parse(Buffer.concat(chunks)));
    response.end();
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => server.close());
  return { url: `http://127.0.0.1:${server.address().port}/hook`, received };
}

/** The status of the response to a request with these headers, which `fetch` would not send. */
function statusFor(url, headers) {
  return new Promise((resolve, reject) => {
    http.get(url, { headers }, (response) => resolve(response.resume().statusCode)).on("error", reject);
  });
}

for (const [name, start] of Object.entries(SERVERS)) {
  describe(name, () => {
    let emulator;
    let client;
    before(async () => {
      emulator = await start(["--task-duration", "0"]);
      client = new StreamClient(emulator.apiKey, emulator.apiSecret, { basePath: emulator.url });
    });
    after(() => emulator?.stop());
    const clean = async () => {
      await fetch(`${emulator.url}/__emulator/reset`, { method: "POST" });
      await client.upsertUsers([{ id: "ann", name: "Ann", custom: { color: "red" } }, { id: "ben" }]);
    };
    const look = async (work, context) => {
      await clean();
      await onEmulatorPage(browser, emulator.url, work, context);
    };

    test("a browser that opens the server's address gets its page, which uses that emulator", async () => {
      await look(async (page) => {
        assert.equal(page.url(), `${emulator.url}/__emulator/ui/`);
        await user(page, "ann").locator(".person-name").getByText("Ann").waitFor();
        assert.match(await page.locator(".target-button").textContent(), new RegExp(new URL(emulator.url).host));
        await page.locator("#run").click();
        await page.locator(".status-line .status.good").getByText("201").waitFor();
        await user(page, "zoe").waitFor();
      });
    });

    test("pages of other origins and public host names get no access", async () => {
      const page = `${emulator.url}/__emulator/ui/`;
      assert.equal(await statusFor(page, {}), 200);
      assert.equal(await statusFor(page, { host: "evil.example" }), 403);
      assert.equal(await statusFor(page, { origin: "https://evil.example" }), 403);
      const { headers } = await fetch(page);
      assert.match(headers.get("content-security-policy"), /default-src 'none'.*connect-src 'self'/);
    });

    test("it shows changes by other clients", async () => {
      await look(async (page) => {
        await user(page, "ann").waitFor();
        await client.upsertUsers([{ id: "carol" }]);
        await user(page, "carol").waitFor();
        await client.deactivateUser({ user_id: "ben" });
        await page.locator("tr.deactivated[data-user=ben]").waitFor();
      });
    });

    test("a user is opened, changed and acted as", async () => {
      await look(async (page) => {
        await user(page, "ann").getByRole("button").click();
        const dialog = page.getByRole("dialog", { name: "ann" });
        assert.ok(await dialog.locator("#save-user").isDisabled());
        await dialog.locator("#user-name").fill("Ann B.");
        await dialog.locator("#user-custom").fill('{ "size": 3 }');
        await dialog.locator("#save-user").click();
        await user(page, "ann").getByText("Ann B.").waitFor();
        const { users } = await client.queryUsers({ payload: { filter_conditions: { id: "ann" } } });
        assert.deepEqual([users[0].name, users[0].custom], ["Ann B.", { size: 3 }]);

        await user(page, "ann").getByRole("button").click();
        await dialog.locator("#act-as").click();
        assert.match(await page.locator(".target-button").textContent(), /as ann/);
        await page.locator("[data-operation=getBlockedUsers]").click();
        await page.locator("#run").click();
        await page.locator(".status-line .status.good").getByText("200").waitFor();
      });
    });

    test("an invalid change to a user shows an error and changes nothing", async () => {
      await look(async (page) => {
        await user(page, "ann").getByRole("button").click();
        const dialog = page.getByRole("dialog", { name: "ann" });
        await dialog.locator("#user-role").fill("no-such-role");
        await dialog.locator("#save-user").click();
        await dialog.locator(".problem").getByText("no-such-role").waitFor();
        await dialog.locator("#user-custom").fill("[1]");
        await dialog.locator("#save-user").click();
        await dialog.locator(".problem").getByText("must be a JSON object").waitFor();
      });
    });

    test("a user is deactivated, reactivated and deleted", async () => {
      await look(async (page) => {
        for (const standing of ["deactivated", "active"]) {
          await user(page, "ben").getByRole("button").click();
          await page.locator("#toggle-active").click();
          await page.locator(`tr.${standing}[data-user=ben]`).waitFor();
        }
        await user(page, "ben").getByRole("button").click();
        await page.locator("#delete-user").click();
        await page.locator("#delete-soft").click();
        await page.locator("tr.deleted[data-user=ben]").waitFor();
      });
    });

    test("requests in the log are filtered, opened and sent again", async () => {
      await look(async (page) => {
        await client.getTask({ id: "nowhere" }).catch(() => {});
        await dock(page, "requests");
        const entries = page.locator("[data-request]");
        await entries.nth(1).waitFor();
        await page.getByLabel("Refused only").check();
        assert.equal(await entries.count(), 1);
        await page.getByLabel("Refused only").uncheck();
        await page.getByLabel("Filter requests").fill("updateusers");
        const [entry] = [entries.first()];
        await entry.locator(".entry-head").click();
        await entry.getByText('"color"').waitFor();
        const before = (await requestsOf(emulator)).length;
        await entry.getByRole("button", { name: /^Replay/ }).click();
        await said(page, /was sent again: 201/);
        const requests = await requestsOf(emulator);
        assert.equal(requests.length, before + 1);
        assert.deepEqual(requests.at(-1).body, requests[0].body);
      });
    });

    test("webhook deliveries are shown and replayed", async (t) => {
      const hook = await receiver(t);
      await look(async (page) => {
        await client.updateApp({
          event_hooks: [{ hook_type: "webhook", enabled: true, event_types: ["user.updated"], webhook_url: hook.url }],
        });
        await client.updateUsersPartial({ users: [{ id: "ann", set: { name: "Anna" } }] });
        await dock(page, "webhooks");
        const delivery = page.locator('[data-delivery="user.updated"][data-progress=delivered]');
        await delivery.waitFor();
        assert.equal(hook.received.length, 1);
        await delivery.getByRole("button", { name: "Replay user.updated" }).click();
        await said(page, /replayed/);
        await until(() => hook.received.length === 2);
        assert.deepEqual(hook.received[1], hook.received[0]);
      });
    });

    test("the clock is frozen and advanced", async () => {
      await look(async (page) => {
        await dock(page, "settings");
        await page.locator("#freeze").getByText("Stop it").click();
        await page.locator("#freeze").getByText("Let it go").waitFor();
        const clock = async () => (await fetch(`${emulator.url}/__emulator/clock`)).json();
        const { now, frozen } = await clock();
        assert.ok(frozen);
        await page.getByRole("button", { name: "+ 1 day" }).click();
        await until(async () => Date.parse((await clock()).now) - Date.parse(now) === 86_400_000);
      });
    });

    test("rate limits are chosen", async () => {
      await look(async (page) => {
        await dock(page, "settings");
        await page.locator("#limits").selectOption("5");
        await until(async () => (await (await fetch(`${emulator.url}/__emulator/rate_limits`)).json()).default === 5);
      });
    });

    test("a fault rule affects matching requests, and can be removed", async () => {
      await look(async (page) => {
        await dock(page, "settings");
        await page.getByLabel("Which operation").selectOption("getApp");
        await page.getByLabel("What happens").selectOption("500");
        await page.getByLabel("How often").selectOption("");
        await page.locator("#add-fault").click();
        await page.locator(".rules li").getByText("500").waitFor();
        await assert.rejects(client.getApp({ retry: false }), { status: 500 });
        await client.queryUsers({ payload: { filter_conditions: {} } });
        await page.getByRole("button", { name: /^Remove rule/ }).click();
        await page.locator(".rules").waitFor({ state: "detached" });
        await client.getApp();
      });
    });

    test("its state is exported, reset and restored, and a seed is added", async () => {
      await look(async (page) => {
        await dock(page, "settings");
        const [download] = await Promise.all([page.waitForEvent("download"), page.locator("#export-state").click()]);
        const state = await readFile(await download.path());
        await page.locator("#reset-all").click();
        await page.locator("#dock-users .count").getByText(/^0$/).waitFor();
        const file = (name, buffer) => ({ name, mimeType: "application/json", buffer });
        await page.locator("#import-state").setInputFiles(file("state.json", state));
        await page.locator("#dock-users .count").getByText(/^2$/).waitFor();
        await page.locator("#import-seed").setInputFiles(file("seed.json", Buffer.from('{ "users": ["dora"] }')));
        await page.locator("#dock-users .count").getByText(/^3$/).waitFor();
        await page.locator("#import-seed").setInputFiles(file("seed.json", Buffer.from("{")));
        await page.locator(".settings .notice").waitFor();
      });
    });
  });
}

for (const colorScheme of ["light", "dark"]) {
  for (const width of [1440, 390]) {
    test(`at ${width} px, ${colorScheme}: axe-core finds nothing wrong with the page of an emulator in use`, async () => {
      const emulator = await SERVERS["the native server"]();
      try {
        await inUse(emulator);
        const look = async (page) => {
          for (const tab of ["users", "requests", "settings"]) {
            await dock(page, tab);
            await page.screenshot({
              path: path.join(target, "screenshots", `at-emulator-${tab}-${colorScheme}-${width}.png`),
            });
            assert.deepEqual(await violations(page), [], tab);
            assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
          }
        };
        const viewport = { width, height: width === 390 ? 844 : 900 };
        await onEmulatorPage(browser, emulator.url, look, { colorScheme, viewport, reducedMotion: "reduce" });
      } finally {
        await emulator.stop();
      }
    });
  }
}

/** Fills an emulator as a program that uses it would. */
async function inUse({ url, apiKey, apiSecret }) {
  const client = new StreamClient(apiKey, apiSecret, { basePath: url, retry: false });
  await client.upsertUsers(["ann", "ben", "carol", "dan"].map((id) => ({ id, name: id.toUpperCase() })));
  await client.deactivateUser({ user_id: "dan" });
  await client.getTask({ id: "nowhere" }).catch(() => {});
  await client.updateUsersPartial({ users: [{ id: "ann", set: { name: "Ann" } }] });
}

test("an emulator with another key and secret asks for the secret", async () => {
  const emulator = await SERVERS["the native server"](["--api-key", "ours", "--api-secret", "of our own"]);
  try {
    await onEmulatorPage(browser, emulator.url, async (page) => {
      const dialog = page.getByRole("dialog", { name: "Who calls" });
      await dialog.locator("#target-secret").fill("of our own");
      await dialog.getByRole("button", { name: "Use it" }).click();
      await page.locator("#run").click();
      await page.locator(".status-line .status.good").getByText("201").waitFor();
    });
  } finally {
    await emulator.stop();
  }
});

for (const [name, start] of Object.entries(SERVERS)) {
  test(`connections are shown, and the page connects over HTTP: ${name}`, async () => {
    const emulator = await start();
    try {
      const client = new StreamClient(emulator.apiKey, emulator.apiSecret, { basePath: emulator.url });
      await client.upsertUsers([{ id: "ann" }, { id: "ben" }]);
      await onEmulatorPage(browser, emulator.url, async (page) => {
        await dock(page, "online");
        await page.locator("#online-user").fill("ann");
        await page.locator("#connect").click();
        await page.locator('[data-connection="ann"]').waitFor();
        await page.locator('[data-event="connection.ok"]').waitFor();
        await client.updateUsersPartial({ users: [{ id: "ann", set: { name: "Ann" } }] });
        await page.locator('[data-event="user.updated"]').waitFor();
        await dock(page, "users");
        await user(page, "ann").getByText("online").waitFor();
      });
    } finally {
      await emulator.stop();
    }
  });
}

async function requestsOf({ url }) {
  return (await (await fetch(`${url}/__emulator/requests`)).json()).requests;
}

async function until(holds) {
  const end = Date.now() + 10_000;
  while (!(await holds())) {
    assert.ok(Date.now() < end, "it never came");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
