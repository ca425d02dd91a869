// The accessibility problems that axe-core finds in a page, as text.

import { createRequire } from "node:module";

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/** The rules that the page violates, each with the elements that do. */
export async function violations(page) {
  const known = await page.evaluate(() => "axe" in window);
  if (!known) await page.evaluate(await source());
  const { violations } = await page.evaluate(() => window.axe.run());
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
}

async function source() {
  const { readFile } = await import("node:fs/promises");
  return readFile(axe, "utf8");
}
