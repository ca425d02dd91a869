// The demo page: calls and their results.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { StreamClient } from "getstream-users";
import { apiKey, apiSecret, basePath } from "../support/api.mjs";
import { repository } from "../support/paths.mjs";
import { onPage, open, outcomeOf, run, start } from "./support/open.mjs";

const { operations } = JSON.parse(readFileSync(`${repository}www/src/generated/operations.json`, "utf8"));

let demo;
before(async () => {
  demo = await start();
});
after(() => demo?.stop());

const user = (page, id) => page.locator(`[data-user="${id}"]`);
const tab = (page, name) => page.getByRole("tab", { name }).click();

/** Turns a fault on, and waits until it is set. */
async function fault(page, name) {
  await page.locator(`[data-fault="${name}"]`).click();
  await page.locator(`[data-fault="${name}"][aria-pressed="true"]`).waitFor();
}

const pieces = (page) => page.locator(".timeline-words li").evaluateAll((all) => all.map((one) => one.className));

test("every operation runs from its example", async () => {
  await onPage(demo, async (page) => {
    for (const { name } of operations) {
      await page.locator("#reset").click();
      await page.getByRole("status").filter({ hasText: "was reset" }).waitFor({ state: "attached" });
      await open(page, name);
      assert.match(await run(page), /^20[01]$/, name);
    }
  });
});

test("form and JSON show the same input, and invalid JSON leaves the form unchanged", async () => {
  await onPage(demo, async (page) => {
    await page.locator("#field-0-0-name").fill("Zoe & co");
    await tab(page, "JSON");
    const editor = page.locator("#editor");
    assert.equal(JSON.parse(await editor.inputValue())[0].name, "Zoe & co");

    await editor.fill('[{ "id": "zoe", "name": "Zoë" }]');
    await tab(page, "Form");
    assert.equal(await page.locator("#field-0-0-name").inputValue(), "Zoë");

    await tab(page, "JSON");
    await editor.fill('[{ "id": "zoe", ');
    assert.ok(await page.locator("#run").isDisabled());
    await page.locator("#editor-problem").waitFor();
    await tab(page, "Form");
    assert.equal(await page.locator("#field-0-0-name").inputValue(), "Zoë");
  });
});

test("problems are shown at their field, before a call and after the client has refused it", async () => {
  await onPage(demo, async (page) => {
    await page.locator("#field-0-0-id").fill("no spaces");
    const id = page.locator("#field-0-0-id");
    assert.equal(await id.getAttribute("aria-invalid"), "true");
    assert.match(await page.locator("#field-0-0-id-about .problem").textContent(), /letters/);
    assert.match(await run(page), /invalid_argument/);
    assert.equal(await page.locator("#answer-exchange .count").textContent(), "0");
  });
});

test("an unknown field is distinguished from a refused one", async () => {
  await onPage(demo, async (page) => {
    await tab(page, "JSON");
    await page.locator("#editor").fill('[{ "id": "zoe", "shoe_size": 38 }]');
    await page.locator(".run-bar .hint").getByText("One field is unknown").waitFor();
    assert.equal(await run(page), "201");
    await page.locator("#editor").fill('[{ "id": "zoe", "name": 7 }]');
    await page.locator(".run-bar .hint").getByText("the call will be refused").waitFor();
    assert.match(await run(page), /invalid/);
  });
});

test("problems of the whole input are shown above its fields", async () => {
  await onPage(demo, async (page) => {
    await page.getByRole("button", { name: "Remove item 1" }).click();
    assert.match(await page.locator(".form > .problem").textContent(), /must not be empty/);
    await page.getByRole("button", { name: "Add", exact: true }).click();
    assert.equal(await page.locator(".form > .problem").count(), 0);
    assert.equal(await page.locator("#field-0-0-id").inputValue(), "");
  });
});

test("the response has Dates, headers, the remaining rate limit, and the exchange without the token", async () => {
  await onPage(demo, async (page) => {
    await open(page, "queryUsers");
    assert.equal(await run(page), "200");
    assert.ok((await page.locator(".token-date").count()) > 0);
    assert.match(await page.locator(".gauge").textContent(), /999 of 1,000 calls left/);
    await tab(page, "Headers");
    await page.getByRole("rowheader", { name: "x-ratelimit-limit" }).waitFor();
    await tab(page, "Exchange");
    const exchange = await page.locator(".exchanges").textContent();
    assert.match(exchange, /authorization\[hidden\]/);
    assert.doesNotMatch(exchange, /eyJ/);
  });
});

test("the code is that of the form, for every runtime, and can be copied", async () => {
  await onPage(
    demo,
    async (page) => {
      await page.locator("#field-0-0-name").fill("Grace Hopper");
      await tab(page, "As code");
      for (const runtime of ["worker", "node", "test", "browser", "curl"]) {
        await page.locator(`#code-${runtime}`).click();
        assert.match(await page.locator(".source").textContent(), /Grace Hopper/, runtime);
      }
      await page.locator("#code-node").click();
      const source = await page.locator(".source").textContent();
      await page.locator(".code-pane").getByRole("button", { name: "Copy" }).click();
      await page.getByRole("button", { name: "Copied" }).waitFor();
      assert.equal(await page.evaluate(() => navigator.clipboard.readText()), source);
      assert.doesNotMatch(source, /devsecret/);
    },
    { permissions: ["clipboard-read", "clipboard-write"] },
  );
});

test("a call is retried after a rate limit, and the fault's switch turns off", async () => {
  await onPage(demo, async (page) => {
    await open(page, "queryUsers");
    await fault(page, "429");
    assert.equal(await run(page), "200");
    assert.deepEqual(await pieces(page), ["attempt bad", "wait wait", "attempt bad", "wait wait", "attempt good"]);
    await page.locator('[data-fault="429"][aria-pressed="false"]').waitFor();
  });
});

test("a server error is explained, and a call that must not run twice is not retried", async () => {
  await onPage(demo, async (page) => {
    await open(page, "createGuest");
    await fault(page, "500");
    assert.equal(await run(page), "500 server");
    assert.deepEqual(await pieces(page), ["attempt bad"]);
    assert.match(await page.locator(".error-card").textContent(), /ServerError.*Stream failed/s);
  });
});

test("a call that may run twice survives a broken connection and an unavailable server", async () => {
  await onPage(demo, async (page) => {
    for (const name of ["offline", "503"]) {
      await fault(page, name);
      assert.equal(await run(page), "201", name);
      assert.equal((await pieces(page)).filter((piece) => piece === "attempt bad").length, 2, name);
    }
  });
});

test("Esc cancels a slow call", async () => {
  await onPage(demo, async (page) => {
    await fault(page, "slow");
    const word = await outcomeOf(page, async () => {
      await page.locator("#run").click();
      await page.locator("#cancel").waitFor();
      await page.keyboard.press("Escape");
    });
    assert.equal(word, "cancelled");
  });
});

test("a double click runs a call, and does not cancel it", async () => {
  await onPage(demo, async (page) => {
    await open(page, "queryUsers");
    await fault(page, "slow");
    assert.equal(await outcomeOf(page, () => page.locator("#run").dblclick()), "200");
  });
});

test("the table updates with calls", async () => {
  await onPage(demo, async (page) => {
    await open(page, "deactivateUser");
    await run(page);
    await page.locator("tr.deactivated[data-user=soren]").waitFor();
    await open(page, "upsertUsers");
    await run(page);
    await user(page, "zoe").waitFor();
    await page.locator("#reset").click();
    await user(page, "zoe").waitFor({ state: "detached" });
  });
});

test("a task is polled to its end, and the table shows its result", async () => {
  await onPage(demo, async (page) => {
    await open(page, "deactivateUsers");
    await run(page);
    await tab(page, "Tasks");
    await page.locator("[data-task][data-status=pending]").waitFor();
    await page.locator("[data-task][data-status=completed]").waitFor();
    assert.equal((await pieces(page)).length, 1);
    await tab(page, "Users");
    const [id] = operations.find(({ name }) => name === "deactivateUsers").example[0].user_ids;
    await page.locator(`tr.deactivated[data-user="${id}"]`).waitFor();
  });
});

test("a thousand users are imported visibly, with faults", async () => {
  await onPage(demo, async (page) => {
    await page.locator("[data-tool=bulk]").click();
    await fault(page, "429");
    await page.locator("#import").click();
    await page.locator(".bulk-progress[data-status=ended]").waitFor();
    assert.match(await page.locator(".bulk-progress").textContent(), /1,000 went through, 0 failed/);
    await page.locator("#dock-users .count").getByText("1030").waitFor();
    await page.getByRole("button", { name: "Show 970 more of 1,030" }).click();
    assert.equal(await page.locator("[data-user]").count(), 1030);
  });
});

test("an import can be cancelled, and shows its progress", async () => {
  await onPage(demo, async (page) => {
    await page.locator("[data-tool=bulk]").click();
    await fault(page, "slow");
    await page.locator("#import").click();
    await page.locator("#cancel-import").click();
    await page.locator(".bulk-progress[data-status=ended]").waitFor();
    assert.match(await page.locator(".bulk-progress").textContent(), /cancelled: 0 went through/);
  });
});

test("users in a CSV are imported, and records without an id are reported", async () => {
  await onPage(demo, async (page) => {
    await page.locator("[data-tool=bulk]").click();
    const csv = 'id,name,team color\nann,"Ann, ""the"" one",green\n,nobody,\nben,Ben,\n';
    const file = { name: "users.csv", mimeType: "text/csv", buffer: Buffer.from(csv) };
    await page.locator("input[type=file]").setInputFiles(file);
    await page.getByText("2 users of users.csv").waitFor();
    await page.getByText("record 3 has no id").waitFor();
    await page.locator("#import").click();
    await user(page, "ann").getByText('Ann, "the" one').waitFor();
  });
});

test("earlier calls are replayed and compared", async () => {
  await onPage(demo, async (page) => {
    await open(page, "queryUsers");
    await run(page);
    await open(page, "upsertUsers");
    await run(page);
    await tab(page, "History");
    const again = page.getByRole("button", { name: "Replay call 1, queryUsers" });
    assert.equal(await outcomeOf(page, () => again.click()), "200");
    await page.locator('[data-operation-shown="queryUsers"]').waitFor();
    for (const call of [1, 2]) await page.getByLabel(`Compare call ${call},`).check();
    await page.getByRole("button", { name: "Compare two answers" }).click();
    const dialog = page.getByRole("dialog", { name: "Compare two responses" });
    await dialog.locator(".removed").first().waitFor();
    await dialog.locator(".line.added").first().waitFor();
  });
});

test("a link opens the operation with its input for another visitor, and contains no secret", async () => {
  const permissions = ["clipboard-read", "clipboard-write"];
  let link;
  await onPage(
    demo,
    async (page) => {
      await open(page, "blockUsers");
      await page.locator("#field-0-blocked_user_id").fill("<b>bold</b>");
      await page.getByRole("button", { name: "Link" }).click();
      link = await page.evaluate(() => navigator.clipboard.readText());
    },
    { permissions },
  );
  const { hash, origin } = new URL(link);
  assert.equal(origin, new URL(demo.url).origin);
  assert.doesNotMatch(link, /devsecret|devkey|eyJ/);
  await onPage(
    demo,
    async (page) => {
      const field = page.locator("#field-0-blocked_user_id");
      assert.equal(await field.inputValue(), "<b>bold</b>");
      await field.fill("written over");
      const other = encodeURIComponent(JSON.stringify([{ blocked_user_id: "bob" }]));
      await page.evaluate((fragment) => {
        location.hash = fragment;
      }, `#blockUsers?input=${other}`);
      await page.waitForFunction(() => document.querySelector("#field-0-blocked_user_id").value === "bob");
    },
    { fragment: hash },
  );
});

test("names that contain markup stay text", async () => {
  await onPage(demo, async (page) => {
    const hostile = `<img src=x onerror="window.owned=1"><script>window.owned=1</script>`;
    await page.locator("#field-0-0-name").fill(hostile);
    await run(page);
    await user(page, "zoe").getByText(hostile).waitFor();
    await tab(page, "As code");
    await tab(page, "Exchange");
    assert.equal(await page.locator("img, .app script").count(), 0);
    assert.equal(await page.evaluate(() => window.owned), undefined);
  });
});

/** Makes the dialog's choice of one's own emulator: `fill` says who calls. */
async function useOwnEmulator(page, fill = async () => {}) {
  await page.locator(".target-button").click();
  const dialog = page.getByRole("dialog", { name: "Where calls go" });
  await dialog.getByLabel("Your own emulator").check();
  await dialog.locator("#target-url").fill(basePath);
  await dialog.locator("#target-key").fill(apiKey);
  await fill(dialog);
  await dialog.getByRole("button", { name: "Use it" }).click();
}

test("a user calls with a token, which is not stored and not used for another target", async () => {
  const server = new StreamClient(apiKey, apiSecret, { basePath });
  await server.upsertUsers([{ id: "ada" }]);
  const token = server.generateUserToken({ user_id: "ada" });
  await onPage(demo, async (page) => {
    // Here, the emulator responds to requests for Stream.
    await page.route("https://chat.stream-io-api.com/**", async (route) => {
      const { pathname, search } = new URL(route.request().url());
      const response = await route.fetch({ url: `${basePath}${pathname}${search}` });
      await route.fulfill({ response });
    });
    await page.locator(".target-button").click();
    const dialog = page.getByRole("dialog", { name: "Where calls go" });
    await dialog.getByLabel("Stream itself").check();
    await dialog.locator("#target-key").fill(apiKey);
    await dialog.getByLabel("User", { exact: true }).check({ force: true });
    assert.ok(await dialog.getByRole("button", { name: "Use it" }).isDisabled());
    await dialog.locator("#target-token").fill(token);
    await dialog.getByRole("button", { name: "Use it" }).click();
    await open(page, "getBlockedUsers");
    assert.equal(await run(page), "200");
    assert.match(await page.locator(".status-target").textContent(), /as user$/);
    await tab(page, "Exchange");
    const shown = await page.locator("body").textContent();
    const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href]));
    for (const text of [shown, kept]) assert.ok(!text.includes(token) && !text.includes(token.split(".")[2]));
    await open(page, "deleteUsers");
    assert.equal(await run(page), "403 permission");

    await page.locator(".target-button").click();
    assert.equal(await page.locator("#target-token").inputValue(), token);
    await page.getByLabel("Your own emulator").check();
    await page.locator("#target-url").fill("https://emulator.example");
    assert.equal(await page.locator("#target-token").inputValue(), "");
  });
});

test("an anonymous visitor may only call public operations", async () => {
  await onPage(demo, async (page) => {
    await useOwnEmulator(page, (dialog) => dialog.getByLabel("Anonymous").check({ force: true }));
    await open(page, "createGuest");
    assert.equal(await run(page), "201");
    assert.match(await page.locator(".status-target").textContent(), /as anonymous$/);
    await open(page, "deleteUsers");
    assert.match(await run(page), /permission|authentication|config/);
  });
});

test("an emulator that does not respond is reported, and retried", async () => {
  const page = await demo.browser.newPage();
  await page.goto(demo.url);
  await page.route(`${basePath}/**`, (route) => route.abort());
  await useOwnEmulator(page);
  await page.getByText(`${new URL(basePath).host} does not tell its users`).waitFor();
  await page.unroute(`${basePath}/**`);
  await page.getByRole("button", { name: "Try again" }).click();
  await page.locator(".users").waitFor();
  await page.close();
});

test("a page whose emulator cannot be loaded says so, and can be loaded again", async () => {
  const page = await demo.browser.newPage();
  const module = /\/emulator-\w+\.js$/;
  await page.route(module, (route) => route.abort());
  await page.goto(demo.url);
  await page.getByText("The emulator did not start").waitFor();
  assert.equal(await run(page), "connection");
  await page.unroute(module);
  await page.getByRole("button", { name: "Load the page again" }).click();
  await user(page, "ada").waitFor();
  await page.close();
});

test("the visitor chooses the target and the caller", async () => {
  await onPage(demo, async (page) => {
    await page.locator(".target-button").click();
    const dialog = page.getByRole("dialog", { name: "Where calls go" });
    await dialog.getByLabel("Guest").check({ force: true });
    await dialog.getByRole("button", { name: "Use it" }).click();
    await open(page, "deleteUsers");
    assert.equal(await run(page), "403 permission");
    await page.locator('[data-user$="visitor"]').waitFor();
  });
});

test("an emulator at a URL is a target like the one in the page, with its users, tasks and faults", async () => {
  await onPage(demo, async (page) => {
    await page.locator(".target-button").click();
    const dialog = page.getByRole("dialog", { name: "Where calls go" });
    await dialog.getByLabel("Your own emulator").check();
    await dialog.locator("#target-url").fill(basePath);
    await dialog.getByRole("button", { name: "Use it" }).click();
    await page.locator("#reset").click();
    // The reset's own requests have ended: the fault applies to the next two requests of any client.
    await page.getByRole("status").filter({ hasText: "was reset" }).waitFor({ state: "attached" });
    await user(page, "ada").waitFor();
    await fault(page, "429");
    assert.equal(await run(page), "201");
    assert.equal((await pieces(page)).length, 5);
    await user(page, "zoe").waitFor();
    await tab(page, "As code");
    await page.locator(".source").getByText(basePath).waitFor();
  });
});

test("a secret needs a confirmation, is not stored, and is dropped with its target", async () => {
  await onPage(demo, async (page) => {
    await run(page);
    await tab(page, "History");
    const replay = page.getByRole("button", { name: "Replay call 1" });
    assert.ok(await replay.isEnabled());
    await page.locator(".target-button").click();
    const dialog = page.getByRole("dialog", { name: "Where calls go" });
    await dialog.getByLabel("Stream itself").check();
    await dialog.locator("#target-key").fill("somekey");
    await dialog.getByLabel("Server", { exact: true }).check({ force: true });
    assert.equal(await dialog.locator("#target-secret").count(), 0);
    assert.ok(await dialog.getByRole("button", { name: "Use it" }).isDisabled());
    await dialog.getByLabel("I understand").check();
    await dialog.locator("#target-secret").fill("very-secret-secret");
    await dialog.getByRole("button", { name: "Use it" }).click();
    assert.ok(await replay.isDisabled(), "what ran on the emulator does not run on Stream by the way");
    await tab(page, "Users");
    await page.getByText("Stream does not show its whole app").waitFor();
    assert.equal(await page.locator("[data-fault]").count(), 0);
    const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href]));
    assert.doesNotMatch(kept, /very-secret/);

    await page.locator(".target-button").click();
    await dialog.getByLabel("Your own emulator").check();
    assert.equal(await dialog.locator("#target-secret").inputValue(), "");
  });
});

test("the secret of a local emulator needs no confirmation, and that of a remote one does", async () => {
  await onPage(demo, async (page) => {
    await page.locator(".target-button").click();
    const dialog = page.getByRole("dialog", { name: "Where calls go" });
    await dialog.getByLabel("Your own emulator").check();
    await dialog.locator("#target-url").fill("http://localhost:8737");
    assert.equal(await dialog.getByLabel("I understand").count(), 0);
    assert.ok(await dialog.getByRole("button", { name: "Use it" }).isEnabled());
    await dialog.locator("#target-url").fill("https://emulator.example");
    await dialog.getByLabel("I understand").waitFor();
    assert.ok(await dialog.getByRole("button", { name: "Use it" }).isDisabled());
  });
});

test("a user of a local emulator is chosen by id, and the page signs its token", async () => {
  await onPage(demo, async (page) => {
    await useOwnEmulator(page, async (dialog) => {
      await dialog.getByLabel("User", { exact: true }).check({ force: true });
      await dialog.locator("#target-user").fill("ada");
    });
    await open(page, "getBlockedUsers");
    assert.equal(await run(page), "200");
    assert.match(await page.locator(".status-target").textContent(), /as ada$/);
    await open(page, "deleteUsers");
    assert.equal(await run(page), "403 permission");
  });
});

test("the permissions of each kind of caller are described", async () => {
  await onPage(demo, async (page) => {
    await page.locator(".target-button").click();
    const hints = new Set();
    for (const caller of ["Server", "User", "Guest", "Anonymous"]) {
      await page.getByRole("radio", { name: caller, exact: true }).check({ force: true });
      hints.add(await page.locator(".caller-hint").textContent());
    }
    assert.equal(hints.size, 4);
  });
});
