// The shipped declarations: every export is documented.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import test from "node:test";
import * as users from "getstream-users";
import * as bulk from "getstream-users/bulk";
import * as emulator from "getstream-users/emulator";
import * as slim from "getstream-users/slim";
import ts from "typescript";

const root = dirname(createRequire(import.meta.url).resolve("getstream-users/package.json"));
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

function parse(file) {
  const text = readFileSync(join(root, file), "utf8");
  return ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
}

/** The exported declarations of a file, each with the members that its reader sees. */
function declared(source) {
  const lists = source.statements.filter((statement) => ts.isExportDeclaration(statement) && statement.exportClause);
  const listed = new Set(lists.flatMap(({ exportClause }) => exportClause.elements.map(({ name }) => name.text)));
  const exported = source.statements.filter(
    (statement) =>
      statement.modifiers?.some((modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword) ||
      listed.has(nameOf(statement)),
  );
  return exported.flatMap((statement) => {
    const name = nameOf(statement);
    const members = (statement.members ?? []).filter((member) => !isPrivate(member));
    return [
      { name, node: statement },
      ...members.map((node) => ({ name: `${name}.${node.name?.getText() ?? node.getText()}`, node })),
    ];
  });
}

function nameOf(statement) {
  const named = statement.declarationList?.declarations[0] ?? statement;
  return named.name?.text ?? statement.getText();
}

function isPrivate(member) {
  const isHidden = member.modifiers?.some((modifier) => modifier.kind === ts.SyntaxKind.PrivateKeyword) ?? false;
  return isHidden || (member.name !== undefined && ts.isPrivateIdentifier(member.name));
}

function documentation(node) {
  const [text] = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  return text === undefined ? "" : (ts.getTextOfJSDocComment(text.comment) ?? "");
}

/** Every declaration file in the exports map. */
function declarationFiles(entry) {
  if (typeof entry === "string") return /\.d\.[cm]?ts$/.test(entry) ? [entry] : [];
  return Object.values(entry).flatMap(declarationFiles);
}
const all = [...new Set(Object.values(manifest.exports).flatMap(declarationFiles))];
/** All of them except that of the compiled module and those that only re-export another. */
const files = all.filter(
  (file) =>
    basename(file) !== "wasm.d.ts" && !/^export \* from "[^"]+";\s*$/.test(readFileSync(join(root, file), "utf8")),
);

/** The exports of each entry, by its folder. */
const modules = { dist: users, bulk, emulator, slim };

test("every entry has declarations for import and for require", () => {
  for (const folder of ["./dist", "./dist/bulk", "./dist/emulator", "./dist/slim", "./dist/js"]) {
    assert.ok(all.includes(`${folder}/index.d.ts`) && all.includes(`${folder}/index.d.cts`), folder);
  }
});

for (const file of files) {
  test(`${file}: everything exported is documented`, () => {
    const items = declared(parse(file));
    assert.ok(items.length > 2);
    const bare = items.filter(({ node }) => documentation(node).trim() === "").map(({ name }) => name);
    assert.deepEqual(bare, []);
  });

  test(`${file}: doc comments are sentences, not leftovers of the generator`, () => {
    for (const { name, node } of declared(parse(file))) {
      const text = documentation(node);
      assert.doesNotMatch(text, /^r#*"|"#*$|\\n|\bTODO\b/m, name);
    }
  });

  test(`${file}: values are declared if and only if they are exported`, () => {
    const kinds = [ts.SyntaxKind.ClassDeclaration, ts.SyntaxKind.FunctionDeclaration, ts.SyntaxKind.VariableStatement];
    const values = declared(parse(file)).filter(({ node }) => kinds.includes(node.kind));
    const module = modules[basename(dirname(file))];
    const passedOn = module === slim ? Object.keys(users) : [];
    // An overloaded function is declared twice.
    const names = new Set([...values.map(({ name }) => name), ...passedOn]);
    assert.deepEqual([...names].sort(), Object.keys(module).sort());
  });

  test(`${file}: methods are declared if and only if they exist`, () => {
    const classes = ["StreamClient", "Operations"];
    const members = parse(file).statements.flatMap((node) => (classes.includes(nameOf(node)) ? [...node.members] : []));
    if (members.length === 0) return;
    const named = members.filter((member) => member.name !== undefined && ts.isIdentifier(member.name));
    const isStatic = (member) => member.modifiers?.some((modifier) => modifier.kind === ts.SyntaxKind.StaticKeyword);
    const names = (members) => [...new Set(members.map((member) => member.name.text))].sort();
    const { StreamClient } = users;
    const client = Object.getOwnPropertyNames(new StreamClient("key", "secret"));
    assert.deepEqual(names(named.filter((member) => !isStatic(member))), client.sort());
    const own = Object.getOwnPropertyNames(StreamClient).filter(
      (name) => !["length", "name", "prototype"].includes(name),
    );
    assert.deepEqual(names(named.filter(isStatic)), own.sort());
  });
}
