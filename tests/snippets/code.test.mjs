// Every block of TypeScript and JavaScript in the documents and in the package's declarations compiles, and runs on a strict
// emulator.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import test, { after } from "node:test";
import { pathToFileURL } from "node:url";
import ts from "typescript";
import { blocksOf, blocksOfComments, documents } from "./blocks.mjs";
import { complaints } from "./types.mjs";
import { inWorld } from "./world.mjs";

// Below a folder of packages, where imports find what documents import.
const folder = path.join(import.meta.dirname, `node_modules/.cache/snippets-${process.pid}`);
after(() => rmSync(folder, { recursive: true, force: true }));

const dist = path.join(path.dirname(createRequire(import.meta.url).resolve("getstream-users/package.json")), "dist");

/** The entries of the package whose declarations have examples. */
const ENTRIES = {
  "index.d.cts": "getstream-users",
  "bulk/index.d.cts": "getstream-users/bulk",
  "emulator/index.d.cts": "getstream-users/emulator",
};

/** The declarations that people read in their editor. An example in them leaves out the import of what it documents. */
async function declarations() {
  const names = readdirSync(dist, { recursive: true }).map((name) => name.replaceAll("\\", "/"));
  const files = names.filter((name) => name.endsWith(".d.cts"));
  const found = files.map(async (name) => {
    const blocks = blocksOfComments(`dist/${name}`, readFileSync(path.join(dist, name), "utf8"));
    if (blocks.length === 0) return [];
    const entries = [...new Set([ENTRIES[name], "getstream-users"])];
    const exporting = await Promise.all(entries.map(async (entry) => [entry, Object.keys(await import(entry))]));
    return blocks.map((block) => {
      const isMissing = (one) =>
        new RegExp(`\\b${one}\\b(?!:)`).test(block.code) && !block.code.includes(`import { ${one}`);
      const imported = new Set(["default"]);
      const imports = exporting.map(([entry, names]) => {
        const missing = names.filter((one) => !imported.has(one) && isMissing(one));
        for (const one of missing) imported.add(one);
        return `import { ${missing.join(", ")} } from "${entry}";`;
      });
      return { ...block, source: imports.join("") + block.source };
    });
  });
  return (await Promise.all(found)).flat();
}

const blocks = [...documents().flatMap((file) => blocksOf(file)), ...(await declarations())]
  .filter(({ language }) => language === "ts" || language === "js")
  .map((block) => {
    const name = `${block.file.replaceAll("/", "-")}-${block.line}`;
    // With the slashes that the compiler writes, on Windows too.
    const module = path.join(folder, `${name}.m${block.language}`).replaceAll("\\", "/");
    // A module can import itself; on its first line, which is a heading or a comment in every document.
    const itself = block.check.includes("exported") ? `import * as exported from "./${name}.mjs";` : "";
    return { ...block, name, module, source: `${itself}${block.source}\nexport {};\n` };
  });

mkdirSync(folder, { recursive: true });
for (const { module, source } of blocks) writeFileSync(module, source);
const said = complaints(blocks.filter(({ language }) => language === "ts"));

for (const block of blocks) {
  const title = `${block.file}:${block.line}, ${block.heading || "declarations"}`;
  test(block.notRun ? `${title} (not run: ${block.notRun})` : title, async () => {
    assert.deepEqual(said.get(block.module) ?? [], []);
    const { outputText, diagnostics } = ts.transpileModule(block.source, {
      compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
      reportDiagnostics: true,
    });
    assert.deepEqual(diagnostics, []);
    writeFileSync(path.join(folder, `${block.name}.mjs`), outputText);
    if (block.notRun) return;
    if (block.words.includes("test")) {
      const { status, stdout } = spawnSync(process.execPath, ["--test", path.join(folder, `${block.name}.mjs`)], {
        encoding: "utf8",
        env: { ...process.env, NODE_TEST_CONTEXT: undefined },
      });
      assert.equal(status, 0, stdout);
      return;
    }
    const requests = await inWorld(() => import(pathToFileURL(path.join(folder, `${block.name}.mjs`)).href));
    const refused = requests
      .filter(({ status }) => status >= 400)
      .map(({ operation, message }) => [operation, message]);
    if (block.words.includes("refused")) assert.ok(refused.length > 0, "no request was refused");
    else assert.deepEqual(refused, []);
  });
}

test("code blocks are found in every document with code, and in the declarations", () => {
  for (const file of ["README.md", "pkg-template/README.md", "docs/emulator.md"]) {
    assert.ok(
      blocks.some((block) => block.file === file),
      file,
    );
  }
  assert.ok(blocks.some(({ file }) => file.startsWith("dist/")));
});
