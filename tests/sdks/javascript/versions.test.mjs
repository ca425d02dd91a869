// The tables of SDKs in the guide name the versions that these tests have tried.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

const read = (path) => readFile(new URL(path, import.meta.url), "utf8");

/** The versions that the guide names, as `[SDK, version]`. */
async function named() {
  const guide = await read("../../../docs/emulator.md");
  const rows = guide.matchAll(/^\| (?:JavaScript, |Python, )?`([^`]+)`[^|]*\| (\d+\.\d+\.\d+) \|/gm);
  return [...rows].map(([row, sdk, version]) => [row.includes("Python") ? `${sdk} (PyPI)` : sdk, version]);
}

test("the versions in the guide are the tested ones", async () => {
  const { dependencies } = JSON.parse(await read("package.json"));
  const [, python] = (await read("../python-chat/requirements.txt")).match(/^stream-chat==(.+)$/m);
  const { ws, ...sdks } = dependencies;
  const tried = { ...sdks, "stream-chat (PyPI)": python };
  const versions = await named();
  assert.deepEqual(new Set(versions.map(([sdk]) => sdk)), new Set(Object.keys(tried)));
  for (const [sdk, version] of versions) assert.equal(version, tried[sdk], sdk);
});
