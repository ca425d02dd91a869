// The code in documents: every fenced block, with its invisible comments.
//
// A block may need names that a reader takes for granted, and something may have to be shown of it afterwards. Both stand
// in comments that no reader of the rendered page sees:
//
//   <!-- setup            <!-- check            <!-- not run: needs a page -->
//   const id = "ada";     assert.equal(…);
//   -->                   -->
//
// `setup` stands before the block, `check` after it, in the same module. `not run` says why a block cannot run here; its
// types are checked all the same. Two words may stand behind the fence's language: `test` for a file of tests, and `refused`
// where the API is meant to refuse a request of the block.

import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { repository } from "../support/paths.mjs";

/**
 * @typedef {object} Block
 * @property {string} file path below the repository
 * @property {number} line where the fence opens, from 1
 * @property {string} heading what it stands below
 * @property {string} language
 * @property {string[]} words what else stands behind the fence
 * @property {string} code
 * @property {string} source the document with everything but this block and its comments emptied: lines keep their numbers
 * @property {string} check what is shown of it afterwards
 * @property {string | undefined} notRun why it cannot run
 */

const FENCE = /^(?<indent> *)```(?<info>[^`]*)$/;

/** The Markdown that people read: what stands in the root, the package's own README, and `docs/`. */
export function documents() {
  const markdown = (folder) =>
    readdirSync(path.join(repository, folder))
      .filter((name) => name.endsWith(".md"))
      .map((name) => path.posix.join(folder, name));
  const examples = readdirSync(path.join(repository, "examples")).map((name) => `examples/${name}/README.md`);
  return [...markdown("."), "pkg-template/README.md", ...markdown("docs"), ...examples];
}

/** The blocks of one document. */
export function blocksOf(file, text = readFileSync(path.join(repository, file), "utf8")) {
  const lines = text.split("\n");
  const blocks = [];
  let heading = "";
  let before = {};
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at];
    const comment = /^<!-- (?<kind>setup|check|not run)(?:: (?<reason>.+) -->)?$/.exec(line);
    const fence = FENCE.exec(line);
    if (comment !== null && comment.groups.kind === "not run") before.notRun = comment.groups.reason;
    else if (comment !== null) {
      const end = endOf(lines, at, (one) => one === "-->", `${file}:${at + 1}: this comment has no end`);
      if (comment.groups.kind === "setup") before.setup = [at + 1, end];
      else if (blocks.length === 0) throw new Error(`${file}:${at + 1}: there is no block to check`);
      else blocks.at(-1).ranges.push([at + 1, end]);
      at = end;
    } else if (fence !== null) {
      const { indent, info } = fence.groups;
      const end = endOf(lines, at, (one) => one === `${indent}\`\`\``, `${file}:${at + 1}: this block has no end`);
      const [language = "", ...words] = info.trim().split(/\s+/);
      const ranges = [...(before.setup ? [before.setup] : []), [at + 1, end]];
      blocks.push({ file, line: at + 1, heading, language, words, notRun: before.notRun, ranges, end });
      before = {};
      at = end;
    } else if (/^#+ /.test(line)) heading = line.replace(/^#+ /, "");
    else if (line.trim() !== "" && before.setup !== undefined) {
      throw new Error(`${file}:${at + 1}: a setup belongs right before its block`);
    }
  }
  return blocks.map(({ ranges, end, ...block }) => {
    const within = (number) => ranges.some(([from, to]) => number >= from && number < to);
    const checked = ranges.filter(([from]) => from > end);
    return {
      ...block,
      code: lines.slice(block.line, end).join("\n"),
      check: checked.map(([from, to]) => lines.slice(from, to).join("\n")).join("\n"),
      source: lines.map((line, number) => (within(number) ? line : "")).join("\n"),
    };
  });
}

function endOf(lines, start, isEnd, otherwise) {
  const end = lines.findIndex((line, at) => at > start && isEnd(line));
  if (end === -1) throw new Error(otherwise);
  return end;
}

/** The blocks in the comments of declarations, such as a package's `.d.ts`. */
export function blocksOfComments(file, text) {
  const comments = text.split("\n").map((line) => {
    const inside = /^\s*(?:\/\*\*|\*(?!\/)) ?(?<text>.*)$/.exec(line);
    return inside === null ? "" : inside.groups.text;
  });
  return blocksOf(file, comments.join("\n"));
}
