// Links between the documents: each leads to an existing file and heading.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import test from "node:test";
import { repository } from "../support/paths.mjs";
import { documents } from "./blocks.mjs";

/** A document's text without its blocks of code. */
function proseOf(file) {
  return readFileSync(path.join(repository, file), "utf8").replaceAll(/^ *```[\s\S]*?^ *```$/gm, "");
}

/** The anchors that GitHub gives to headings. */
function anchorsOf(file) {
  const anchors = new Set();
  for (const [, heading] of proseOf(file).matchAll(/^#+ (.+)$/gm)) {
    const plain = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1").toLowerCase();
    const anchor = plain.replaceAll(/[^\p{L}\p{N}_ -]/gu, "").replaceAll(" ", "-");
    let unique = anchor;
    for (let number = 1; anchors.has(unique); number += 1) unique = `${anchor}-${number}`;
    anchors.add(unique);
  }
  return anchors;
}

for (const file of [...documents(), "llms.txt"]) {
  test(file, () => {
    const prose = proseOf(file).replaceAll(/`[^`]*`/g, "");
    for (const [, link] of prose.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^[a-z]+:/.test(link)) continue;
      const [name, anchor] = link.split("#");
      const place = name === "" ? file : path.posix.join(path.posix.dirname(file), name);
      assert.ok(existsSync(path.join(repository, place)), `${link}: there is no such file`);
      if (anchor !== undefined) assert.ok(anchorsOf(place).has(anchor), `${link}: there is no such heading`);
    }
  });
}

test("the README on npm has no links to files of the repository", () => {
  for (const [, link] of proseOf("pkg-template/README.md").matchAll(/\]\(([^)\s]+)\)/g)) {
    assert.match(link, /^(https:|#)/);
  }
});
