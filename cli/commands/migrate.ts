// `migrate`: changes a project's imports to this package, and lists the places to change by hand.

import { lstatSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { EXIT, Failure } from "../exit.js";
import { tokensOf } from "../migrate/code.js";
import { type Findings, findingsOf } from "../migrate/findings.js";
import { counted, out, plain, print, printJson, tell } from "../terminal.js";

interface MigrateOptions {
  check?: boolean;
  json?: boolean;
}

/** Files that may import a package. */
const SOURCE = /\.(?:[cm]?[jt]s|[jt]sx)$/;

export function migrate(roots: readonly string[], options: MigrateOptions): void {
  const files = roots.flatMap(filesIn);
  const exported = exportedNames();
  const results = files.flatMap((file) => {
    const text = readFileSync(file, "utf8");
    // Most files mention neither package, so they are not tokenized.
    if (!text.includes("@stream-io/node-sdk") && !text.includes("stream-chat")) return [];
    const found = findingsOf(tokensOf(text, /x$/.test(file)), exported);
    return found.imports.length + found.hands.length > 0 ? [{ file, text, ...found }] : [];
  });
  const ready = results.filter(({ imports, hands }) => imports.length > 0 && hands.length === 0);
  if (!options.check) for (const { file, text, imports } of ready) writeFileSync(file, changed(text, imports));
  if (options.json) printJson(results.map(forPrograms));
  else for (const result of results) tellOf(result, options.check === true);
  const hands = results.reduce((sum, result) => sum + result.hands.length, 0);
  const verb = options.check ? "can be changed" : "changed";
  tell(`${counted(files.length, "file")} read, the imports of ${counted(ready.length, "file")} ${verb}`);
  if (hands > 0)
    tell(`${counted(hands, "place")} to change by hand; docs/moving-from-*.md in the repository explain them`);
  if (hands > 0 || (options.check && ready.length > 0)) process.exitCode = EXIT.incomplete;
}

/** The files below a folder, or the file itself. Skips symbolic links, and installed and built files. */
function filesIn(root: string): string[] {
  try {
    if (lstatSync(root).isFile()) return [root];
    return readdirSync(root, { withFileTypes: true }).flatMap((entry) => {
      const place = path.join(root, entry.name);
      if (entry.isDirectory()) return /^(?:\.|node_modules$|dist$|build$)/.test(entry.name) ? [] : filesIn(place);
      return entry.isFile() && SOURCE.test(entry.name) ? [place] : [];
    });
  } catch (error) {
    throw new Failure(`${root} cannot be read: ${(error as NodeJS.ErrnoException).code}`);
  }
}

/** The exports of this package, read from its declarations, because types do not exist at run time. */
function exportedNames(): Set<string> {
  const text = readFileSync(fileURLToPath(new URL("../index.d.cts", import.meta.url)), "utf8");
  const declared = [...text.matchAll(/^export (?:declare )?(?:class|const|function|interface|type) (\w+)/gm)];
  const listed = [...text.matchAll(/^export (?:type )?\{([^}]*)\}/gm)].flatMap(([, names = ""]) => names.split(","));
  return new Set([
    ...declared.map(([, name = ""]) => name),
    ...listed.map((name) => name.trim().split(/\s+/).at(-1) ?? ""),
  ]);
}

/** The text with the module's name replaced, keeping the quotes. */
function changed(text: string, imports: Findings["imports"]): string {
  return [...imports].reverse().reduce((whole, { at, value }) => {
    return `${whole.slice(0, at + 1)}getstream-users${whole.slice(at + value.length - 1)}`;
  }, text);
}

interface Result extends Findings {
  readonly file: string;
  readonly text: string;
}

function placeOf(text: string, at: number): { line: number; column: number } {
  const before = text.slice(0, at).split("\n");
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

function forPrograms({ file, text, imports, hands }: Result): object {
  return {
    file,
    imports: imports.map(({ at }) => placeOf(text, at)),
    hands: hands.map(({ at, message }) => ({ ...placeOf(text, at), message })),
  };
}

function tellOf({ file, text, imports, hands }: Result, isCheck: boolean): void {
  for (const { at, message } of hands) {
    const { line, column } = placeOf(text, at);
    print(`${plain(file)}:${line}:${column} ${out.yellow("by hand")} ${message}`);
  }
  if (hands.length > 0) return;
  for (const { at } of imports) {
    const { line, column } = placeOf(text, at);
    print(`${plain(file)}:${line}:${column} ${out.green(isCheck ? "import" : "changed")} from getstream-users`);
  }
}
