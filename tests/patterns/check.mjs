// Checks every regular expression of what people run: of the package, its command, the pages and the examples. One that takes
// more than linear time for some text is told, with that text, and has to be in `known.mjs` with the reason.
//
//   node tests/patterns/check.mjs

import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { check } from "recheck";
import ts from "typescript";
import { KNOWN } from "./known.mjs";

const repository = fileURLToPath(new URL("../../", import.meta.url));
const FOLDERS = ["src/client", "cli", "www/src", "examples", "pkg-template"];

/** The sources below a folder, without what is built or installed there, and without tests. */
function* sourcesIn(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const place = path.join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!["node_modules", "generated", "test", "dist", ".wrangler"].includes(entry.name)) yield* sourcesIn(place);
    } else if (/\.[cm]?[jt]s$/.test(entry.name)) yield place;
  }
}

/** The regular expressions of a source, each as it is written. */
function* patternsIn(file) {
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
  const found = [];
  const visit = (node) => {
    if (ts.isRegularExpressionLiteral(node)) found.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  yield* found;
}

const wrong = [];
const unused = new Set(Object.keys(KNOWN));
let count = 0;
for (const folder of FOLDERS) {
  for (const file of sourcesIn(path.join(repository, folder))) {
    for (const text of patternsIn(file)) {
      count++;
      const end = text.lastIndexOf("/");
      const { status, attack, complexity, error } = await check(text.slice(1, end), text.slice(end + 1));
      unused.delete(text);
      if (status === "safe" || text in KNOWN) continue;
      const why = status === "vulnerable" ? `${complexity.summary} for ${attack.pattern}` : `${status}: ${error?.kind}`;
      wrong.push(`${path.relative(repository, file)}: ${text} takes ${why}`);
    }
  }
}
for (const text of unused) wrong.push(`known.mjs has ${text}, which is nowhere`);
if (count === 0) wrong.push("there are no regular expressions");
console.log(`${count} regular expressions, ${wrong.length} of them wrong`);
for (const line of wrong) console.log(`  ${line}`);
process.exitCode = wrong.length === 0 ? 0 : 1;
