// The usability of the demo page: search, panes, touch, reading.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { onPage, open, run, start } from "./support/open.mjs";

let demo;
before(async () => {
  demo = await start();
});
after(() => demo?.stop());

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, reducedMotion: "reduce" };
const search = (page, text) => page.getByLabel("Search operations").fill(text);
const found = (page) =>
  page.locator(".hits .nav-link").evaluateAll((all) => all.map(({ dataset }) => dataset.operation ?? dataset.tool));

test("Enter in the search opens the first hit, an operation or a tool", async () => {
  await onPage(demo, async (page) => {
    await search(page, "restore");
    await page.keyboard.press("Enter");
    await page.locator('[data-operation-shown="restoreUsers"]').waitFor();
    await search(page, "csv");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Bulk import" }).waitFor();
  });
});

test("synonyms find the operation", async () => {
  await onPage(demo, async (page) => {
    for (const [words, first] of [
      ["remove", "deleteUsers"],
      ["gdpr", "deleteUsers"],
      ["pagination", "queryUsers"],
      ["webhook", "webhooks"],
      ["import", "bulk"],
      ["login", "tokens"],
      ["ban", "moderation.ban"],
      ["logout", "revokeUserToken"],
      ["undelete", "restoreUsers"],
    ]) {
      await search(page, words);
      const hits = await found(page);
      const top = ["gdpr", "login"].includes(words) ? hits.slice(0, 3) : hits.slice(0, 1);
      assert.ok(top.includes(first), `${words}: ${hits}`);
    }
    await search(page, "ban");
    assert.ok(!(await found(page)).includes("chat.sendUserCustomEvent"), "a group's name finds nothing");
    await search(page, "nonsense");
    await page.getByText("Nothing is called “nonsense”").waitFor();
  });
});

test("groups have names of one or two words", async () => {
  await onPage(demo, async (page) => {
    const names = await page.locator(".sidebar h2").allTextContents();
    for (const name of names) assert.ok(name.split(" ").length <= 2, name);
  });
});

test("the page links to the docs, the package and its source", async () => {
  await onPage(demo, async (page) => {
    for (const name of ["Documentation", "npm", "Source"]) {
      assert.match(await page.getByRole("link", { name }).getAttribute("href"), /^https:\/\//);
    }
    await page
      .locator(".footer")
      .getByText(/^\d+\.\d+\.\d+, MIT/)
      .waitFor();
    await page.getByText("npm install getstream-users", { exact: true }).first().waitFor();
  });
});

test("panes can be resized by pointer and keyboard and folded, and keep that across visits", async () => {
  await onPage(demo, async (page) => {
    const height = () => page.locator(".dock").evaluate((dock) => dock.getBoundingClientRect().height);
    const width = (pane) => page.locator(pane).evaluate((element) => element.getBoundingClientRect().width);
    const usual = await height();
    const line = await page.locator("[data-splitter=dock]").boundingBox();
    await page.mouse.move(line.x + 200, line.y + 4);
    await page.mouse.down();
    await page.mouse.move(line.x + 200, line.y - 150, { steps: 4 });
    await page.mouse.up();
    const tall = await height();
    assert.ok(tall > usual + 100, `${usual} ${tall}`);

    const before = await width(".request");
    await page.locator("[data-splitter=request]").focus();
    await page.keyboard.press("ArrowRight");
    assert.ok((await width(".request")) > before);

    await page.reload();
    await page.locator("[data-user]").first().waitFor();
    assert.ok(Math.abs((await height()) - tall) < 2);
    await page.locator("[data-splitter=dock]").dblclick();
    assert.ok(Math.abs((await height()) - usual) < 2);

    await page.locator("#fold-dock").click();
    assert.ok((await height()) < 60);
    await page.locator("#dock-tasks").click();
    assert.ok(Math.abs((await height()) - usual) < 2, "a tab unfolds it");
    await page.locator("#fold-sidebar").click();
    assert.ok(!(await page.locator("#sidebar").isVisible()));
  });
});

/** Visible text that is smaller than 12 px. */
const smallText = (page) =>
  page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const small = [];
    while (walker.nextNode()) {
      const { parentElement: parent, data } = walker.currentNode;
      if (data.trim() === "" || parent.closest("noscript, script") !== null || !parent.checkVisibility()) continue;
      const size = Number.parseFloat(getComputedStyle(parent).fontSize);
      // A brand of which only the mark is shown has no size at all.
      if (size > 0 && size < 12) small.push(`${parent.className || parent.localName}: ${size}`);
    }
    return small;
  });

test("no text is smaller than 12 px", async () => {
  for (const context of [{}, PHONE]) {
    await onPage(
      demo,
      async (page) => {
        await run(page);
        for (const tab of ["users", "requests", "webhooks", "online", "tasks", "history", "settings"]) {
          await page.locator(`#dock-${tab}`).click();
          assert.deepEqual(await smallText(page), [], tab);
        }
      },
      context,
    );
  }
});

test("touch targets are 44 px high", async () => {
  await onPage(
    demo,
    async (page) => {
      const low = () =>
        page.evaluate(() =>
          [...document.querySelectorAll("button, a.button, select, summary, input:not([type=checkbox], [type=radio])")]
            .filter(
              (element) =>
                element.checkVisibility({ visibilityProperty: true }) && !element.matches(".unseen, .skip, .scrim"),
            )
            .filter((element) => element.getBoundingClientRect().height < 43.5)
            .map((element) => `${element.className || element.id}: ${element.getBoundingClientRect().height}`),
        );
      await run(page);
      for (const tab of ["users", "requests", "history", "online", "settings"]) {
        await page.locator(`#dock-${tab}`).click();
        assert.deepEqual(await low(), [], tab);
      }
    },
    PHONE,
  );
});

test("a phone shows no keyboard shortcuts", async () => {
  await onPage(
    demo,
    async (page) => {
      const text = await page.locator(".nothing").innerText();
      assert.match(text, /press Run/);
      assert.doesNotMatch(text, /Ctrl|⌘/);
    },
    PHONE,
  );
});

test("a phone shows each user's state and the target's whole name", async () => {
  await onPage(
    demo,
    async (page) => {
      const state = page.locator("tr.deactivated .standing").first();
      await state.scrollIntoViewIfNeeded();
      const { x, width } = await state.boundingBox();
      assert.ok(x >= 0 && x + width <= 390, `${x} ${width}`);
      const cut = await page
        .locator(".target-place")
        .evaluate(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth);
      assert.ok(!cut);
    },
    PHONE,
  );
});

test("the Copy button covers no code", async () => {
  for (const context of [{}, PHONE]) {
    await onPage(
      demo,
      async (page) => {
        await open(page, "queryUsers").catch(() => {});
        await run(page);
        const overlaps = await page.evaluate(() => {
          const copies = [...document.querySelectorAll(".copy")].filter((button) => button.checkVisibility());
          const texts = [...document.querySelectorAll("pre.code")];
          return copies.some((copy) => {
            const one = copy.getBoundingClientRect();
            return texts.some((text) => {
              const panel = text.closest(".tab-panel")?.getBoundingClientRect() ?? text.getBoundingClientRect();
              const other = text.getBoundingClientRect();
              const [top, bottom] = [Math.max(other.top, panel.top), Math.min(other.bottom, panel.bottom)];
              return one.top < bottom && one.bottom > top && one.left < other.right && one.right > other.left;
            });
          });
        });
        assert.ok(!overlaps);
      },
      context.isMobile ? { ...context, fragment: "#queryUsers" } : context,
    );
  }
});

test("the response of another operation than the selected one is dimmed", async () => {
  await onPage(demo, async (page) => {
    await run(page);
    assert.equal(await page.locator("[data-stale]").count(), 0);
    await open(page, "getApp");
    await page.locator("[data-stale]").getByText("upsertUsers").waitFor();
    const opacity = await page.locator(".answered .tabs").evaluate((one) => Number(getComputedStyle(one).opacity));
    assert.ok(opacity < 1);
    await run(page);
    assert.equal(await page.locator("[data-stale]").count(), 0);
  });
});

test("an import shows its calls, waits and retries as they happen", async () => {
  await onPage(demo, async (page) => {
    await page.locator("[data-tool=bulk]").click();
    await page.locator('[data-fault="429"]').click();
    await page.locator('[data-fault="429"][aria-pressed="true"]').waitFor();
    await page.locator("#import").click();
    await page.locator(".call-strip .refused").first().waitFor();
    await page.locator(".call-strip .wait").first().waitFor();
    await page.locator(".bulk-progress[data-status=ended]").waitFor();
    const words = await page.locator(".call-strip .about").textContent();
    assert.match(words, /^4[2-4] calls, [2-4] retries/);
    assert.ok((await page.locator(".call-strip .answered").count()) >= 40);
  });
});

test("the code is for the target emulator, and has a note about it", async () => {
  await onPage(demo, async (page) => {
    await page.locator("#input-code").click();
    await page.locator(".source").getByText('basePath: "http://127.0.0.1:8737"').waitFor();
    await page.locator(".code-note").waitFor();
    await page.locator("#code-test").click();
    assert.match(await page.locator(".source").textContent(), /createEmulator\(\)/);
  });
});

test("a switch makes a permanent token, and the code matches", async () => {
  await onPage(demo, async (page) => {
    await page.locator("[data-tool=tokens]").click();
    await page.locator("#mint").click();
    await page.getByLabel("Claims of the token").getByText('"exp"').first().waitFor();
    await page.getByRole("switch", { name: "Never expires" }).check();
    assert.ok(await page.locator("#token-validity").isDisabled());
    await page.locator("#mint").click();
    await page.getByLabel("Claims of the token").getByText('"user_id"').first().waitFor();
    assert.equal(await page.getByLabel("Claims of the token").getByText('"exp"').count(), 0);
    await page.locator(".tool-code .source").getByText("generatePermanentUserToken").waitFor();
  });
});

test("a list item has a title above its fields", async () => {
  await onPage(demo, async (page) => {
    const name = await page.locator(".item legend").first().boundingBox();
    const field = await page.locator("#field-0-0-name").boundingBox();
    const pane = await page.locator(".request").boundingBox();
    assert.ok(field.y > name.y + name.height && field.width > pane.width / 3, JSON.stringify({ name, field }));
    assert.equal(await page.locator(".item legend .name").first().textContent(), "User 1");
  });
});

test("a user connects to the emulator in the page, and gets events and presence", async () => {
  await onPage(demo, async (page) => {
    const event = (type) => page.locator(`[data-event="${type}"]`);
    const connect = async (id) => {
      await page.locator("#online-user").fill(id);
      await page.locator("#connect").click();
      await page.locator(`[data-connection="${id}"]`).waitFor();
    };
    await page.locator("#dock-online").click();
    await connect("ada");
    await event("connection.ok").waitFor();
    await page
      .locator('[data-connection="ada"]')
      .getByText(/watches \d+/)
      .waitFor();
    await connect("bob");
    await event("user.presence.changed").first().waitFor();
    await open(page, "updateUsersPartial");
    await page.locator("#input-json").click();
    await page.locator("#editor").fill('{ "users": [{ "id": "ada", "set": { "name": "Ada L." } }] }');
    await run(page);
    await event("user.updated").first().waitFor();
    await page.locator('[data-connection="bob"]').getByRole("button", { name: "Disconnect" }).click();
    await event("closed").first().waitFor();
    await page.locator('[data-connection="bob"]').waitFor({ state: "detached" });
    await page.locator("#dock-online .count").getByText(/^1$/).waitFor();
  });
});
