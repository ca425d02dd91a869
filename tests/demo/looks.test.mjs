// The accessibility of the demo page: themes, narrow screens, keyboard, screen readers. The screenshots are in
// `target/screenshots`.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { target } from "../support/paths.mjs";
import { violations } from "./support/a11y.mjs";
import { built, onPage, open, run, start } from "./support/open.mjs";

let demo;
before(async () => {
  demo = await start();
});
after(() => demo?.stop());

const WIDE = { width: 1440, height: 900 };
const NARROW = { width: 390, height: 844 };
const THEMES = ["light", "dark"];

const picture = (page, name) => page.screenshot({ path: path.join(target, "screenshots", `${name}.png`) });

async function fault(page, name) {
  await page.locator(`[data-fault="${name}"]`).click();
  await page.locator(`[data-fault="${name}"][aria-pressed="true"]`).waitFor();
}

/** The views of the page, each with its name and how to open it. */
const SIGHTS = {
  empty: async () => {},
  answer: async (page) => {
    await open(page, "queryUsers");
    await run(page);
  },
  code: async (page) => {
    await page.locator("#input-code").click();
  },
  running: async (page) => {
    await fault(page, "slow");
    await page.locator("#run").click();
    await page.locator("#cancel").waitFor();
  },
  retries: async (page) => {
    await fault(page, "429");
    await run(page);
  },
  error: async (page) => {
    await open(page, "deleteUsers");
    await fault(page, "500");
    await run(page);
  },
  tasks: async (page) => {
    await open(page, "deleteUsers");
    await run(page);
    await page.locator("#dock-tasks").click();
    await page.locator("[data-status=running]").waitFor();
  },
  history: async (page) => {
    await run(page);
    await open(page, "getApp");
    await run(page);
    await page.locator("#dock-history").click();
  },
  exchange: async (page) => {
    await run(page);
    await page.locator("#answer-exchange").click();
  },
  compare: async (page) => {
    await run(page);
    await page.locator("#field-0-0-name").fill("Zoe");
    await run(page);
    await page.locator("#dock-history").click();
    for (const call of [1, 2]) await page.getByLabel(`Compare call ${call},`).check();
    await page.getByRole("button", { name: "Compare two answers" }).click();
    await page.locator(".diff .added").first().waitFor();
  },
  bulk: async (page) => {
    await page.locator("[data-tool=bulk]").click();
    await page.locator("#import").click();
    await page.locator("#cancel-import").waitFor();
  },
  tokens: async (page) => {
    await page.locator("[data-tool=tokens]").click();
    await page.locator("#mint").click();
  },
  webhooks: async (page) => {
    await page.locator("[data-tool=webhooks]").click();
    await page.locator("#sign").click();
    await page.locator("#verify").click();
    await page.locator(".verdict").waitFor();
  },
  requests: async (page) => {
    await run(page);
    await page.locator("#dock-requests").click();
    await page.locator("[data-request] .entry-head").first().click();
  },
  online: async (page) => {
    await page.locator("#dock-online").click();
    await page.locator("#online-user").fill("ada");
    await page.locator("#connect").click();
    await page.locator('[data-event="connection.ok"]').waitFor();
    await page
      .locator('[data-connection="ada"]')
      .getByText(/watches/)
      .waitFor();
  },
  hooks: async (page) => {
    await page.locator("#dock-webhooks").click();
  },
  settings: async (page) => {
    await page.locator("#dock-settings").click();
    await page.locator("#add-fault").click();
    await page.locator(".rules li").waitFor();
  },
  user: async (page) => {
    await page.locator("[data-user=ada] button").click();
    await page.locator("#save-user").waitFor();
  },
  search: async (page) => {
    await page.getByLabel("Search operations").fill("remove");
    await page.locator(".hits").waitFor();
  },
  target: async (page) => {
    await page.locator(".target-button").click();
    await page.getByLabel("Stream itself").check();
    await page.getByLabel("Server", { exact: true }).check({ force: true });
  },
  keys: async (page) => {
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keyboard" }).waitFor();
  },
};

for (const colorScheme of THEMES) {
  for (const [name, go] of Object.entries(SIGHTS)) {
    test(`${name}, ${colorScheme}: axe-core finds nothing wrong`, async () => {
      const look = async (page) => {
        await go(page);
        await picture(page, `${name}-${colorScheme}-1440`);
        assert.deepEqual(await violations(page), []);
      };
      await onPage(demo, look, { colorScheme, viewport: WIDE, reducedMotion: "reduce" });
    });
  }
}

for (const colorScheme of THEMES) {
  for (const name of ["empty", "answer", "error", "bulk", "target", "code", "requests", "online", "settings", "user"]) {
    test(`${name}, ${colorScheme}, narrow: nothing is wider than the screen, and axe-core finds nothing wrong`, async () => {
      const look = async (page) => {
        await onNarrow(page, name);
        await picture(page, `${name}-${colorScheme}-390`);
        assert.deepEqual(await violations(page), []);
        for (const width of [390, 320]) {
          await page.setViewportSize({ ...NARROW, width });
          assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
        }
      };
      await onPage(demo, look, { colorScheme, viewport: NARROW, reducedMotion: "reduce" });
    });
  }
}

/** How to open a view on a narrow screen, where the list of operations is in a drawer. */
async function onNarrow(page, name) {
  const drawer = page.getByRole("button", { name: "Operations", exact: true });
  const narrow = Object.create(page, {
    locator: {
      value: (selector) => {
        const found = page.locator(selector);
        if (!/data-(operation|tool)=/.test(selector)) return found;
        return { click: () => drawer.click().then(() => found.click()) };
      },
    },
  });
  await SIGHTS[name](narrow);
}

test("the list of operations is a drawer on a narrow screen, which Esc closes", async () => {
  const look = async (page) => {
    const search = page.getByLabel("Search operations");
    assert.ok(!(await search.isVisible()));
    await page.getByRole("button", { name: "Operations", exact: true }).click();
    await search.fill("ban");
    await picture(page, "drawer-light-390");
    await page.locator('[data-operation="moderation.ban"]').focus();
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    await search.waitFor({ state: "hidden" });
    const focused = () => page.evaluate(() => document.activeElement.id);
    assert.equal(await focused(), "drawer-button");
    await page.keyboard.press("Enter");
    await search.waitFor();
    await page.keyboard.press("Escape");
    await search.waitFor({ state: "hidden" });
  };
  await onPage(demo, look, { viewport: NARROW, reducedMotion: "reduce" });
});

test("a chosen theme overrides the system's, and is kept across visits", async () => {
  await onPage(demo, async (page) => {
    const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    const light = await ground();
    await page.locator("#theme").click();
    await page.locator("#theme").click();
    const dark = await ground();
    assert.notEqual(dark, light);
    await page.reload();
    assert.equal(await ground(), dark);
    await page.locator("[data-user]").first().waitFor();
    await page.locator("#theme").click();
    assert.equal(await ground(), light);
  });
});

test("selections are visible with forced colours", async () => {
  const look = async (page) => {
    const ground = (selector) =>
      page.locator(selector).evaluate((element) => getComputedStyle(element).backgroundColor);
    assert.notEqual(await ground("[data-operation=upsertUsers]"), await ground("[data-operation=updateUsers]"));
    await fault(page, "slow");
    assert.notEqual(await ground("[data-fault=slow]"), await ground("[data-fault=offline]"));
    await page.locator(".target-button").click();
    const caller = (name) => `.segments label:has([value=${name}])`;
    assert.notEqual(await ground(caller("server")), await ground(caller("guest")));
  };
  await onPage(demo, look, { forcedColors: "active" });
});

test("the keyboard alone can find an operation, fill it in, run it and read its response", async () => {
  await onPage(demo, async (page) => {
    const focused = () => page.evaluate(() => document.activeElement.id || document.activeElement.dataset.operation);
    const { keyboard } = page;
    await keyboard.press("/");
    assert.equal(await focused(), "search");
    await keyboard.type("block");
    await keyboard.press("ArrowDown");
    assert.equal(await focused(), "blockUsers");
    await keyboard.press("Enter");
    await page.locator('[data-operation-shown="blockUsers"]').waitFor();

    const stops = [];
    while ((await focused()) !== "field-0-blocked_user_id") {
      await keyboard.press("Tab");
      stops.push(await focused());
      assert.ok(stops.length < 60, `Tab goes through ${stops.join(", ")}`);
    }
    await keyboard.press("ControlOrMeta+a");
    await keyboard.type("nobody-there");
    await keyboard.press("Control+Enter");
    await page
      .getByRole("status")
      .filter({ hasText: /^blockUsers: / })
      .waitFor({ state: "attached" });

    await page.locator("#answer-answer").focus();
    await keyboard.press("ArrowRight");
    assert.equal(await focused(), "answer-headers");
    await keyboard.press("]");
    await page.locator('[data-operation-shown="unblockUsers"]').waitFor();
    await keyboard.press("[");
    await page.locator('[data-operation-shown="blockUsers"]').waitFor();
  });
});

test("the focus is always visible", async () => {
  await onPage(demo, async (page) => {
    for (let stop = 0; stop < 30; stop += 1) {
      await page.keyboard.press("Tab");
      const outline = await page.evaluate(() => {
        const { activeElement } = document;
        const ring = activeElement.closest(".json-editor-layers") ?? activeElement;
        return getComputedStyle(ring).outlineStyle;
      });
      assert.equal(outline, "solid", `stop ${stop}`);
    }
  });
});

/** An invisible layout shift, as browsers measure it; a total of 0.1 counts as good. */
const UNSEEN = 0.0001;

test("the layout does not shift while the page loads or a call runs", async () => {
  const look = async (page) => {
    await page.addInitScript((unseen) => {
      window.shifts = [];
      const note = ({ value, hadRecentInput, sources }) => {
        if (hadRecentInput || value < unseen) return;
        window.shifts.push([value, ...sources.map(({ node }) => node?.className ?? "text")].join(" "));
      };
      const observer = new PerformanceObserver((list) => list.getEntries().forEach(note));
      observer.observe({ type: "layout-shift", buffered: true });
    }, UNSEEN);
    await page.reload();
    await page.locator("[data-user]").first().waitFor();
    await open(page, "queryUsers");
    await fault(page, "429");
    await run(page);
    assert.deepEqual(await page.evaluate(() => window.shifts), []);
  };
  await onPage(demo, look);
});

test("the first load is under 150 kB gzipped, and the emulator is loaded later", (t) => {
  const { outputs } = JSON.parse(readFileSync(path.join(target, "demo.meta.json"), "utf8"));
  const entry = Object.keys(outputs).find((name) => path.basename(name) === "main.js");
  const imported = outputs[entry].imports.filter(({ kind }) => kind === "import-statement").map((one) => one.path);
  const first = [
    "index.html",
    "theme.js",
    "icon.svg",
    "main.css",
    "main.js",
    ...imported.map((name) => path.basename(name)),
  ];
  const size = (name) => gzipSync(readFileSync(path.join(built, name))).length / 1000;
  const total = first.reduce((sum, name) => sum + size(name), 0);
  const later = readdirSync(built).find((name) => name.startsWith("emulator-"));
  t.diagnostic(`first: ${total.toFixed(1)} kB; the emulator, later: ${size(later).toFixed(1)} kB`);
  assert.ok(total < 150, `${total} kB`);
});
