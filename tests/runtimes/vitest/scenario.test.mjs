import { test } from "vitest";
import { scenario } from "./shared/scenario.mjs";
import { settings } from "./shared/settings.mjs";

test("users", { timeout: 60_000 }, async () => {
  console.log(JSON.stringify(await scenario(() => import("./shared/entries.mjs"), settings)));
});
