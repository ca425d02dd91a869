// Compiles code as strict TypeScript, against the installed package.

import path from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

/** The virtual folder of the files, from which the package is resolved. */
const FOLDER = fileURLToPath(new URL("./snippets/", import.meta.url));

const OPTIONS = {
  target: ts.ScriptTarget.ES2022,
  lib: ["lib.es2022.d.ts", "lib.dom.d.ts"],
  module: ts.ModuleKind.ESNext,
  moduleDetection: ts.ModuleDetectionKind.Force,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  strict: true,
  exactOptionalPropertyTypes: true,
  noUnusedLocals: true,
  skipLibCheck: true,
  types: [],
  noEmit: true,
};

/** Declarations of the Node globals that the code uses. */
const NODE = `
declare const process: { env: Record<string, string | undefined> };
declare module "node:assert/strict" {
  const assert: { ok(value: unknown): void; equal(one: unknown, other: unknown): void;
    rejects(promise: Promise<unknown>, error: object): Promise<void> };
  export default assert;
}
declare module "node:test" { export function test(name: string, work: () => Promise<void>): void; }
`;

/** The compiler's errors about files, given as their contents by name. */
export function compile(texts) {
  const files = new Map(Object.entries({ ...texts, "node.d.ts": NODE }).map(([name, text]) => [FOLDER + name, text]));
  const host = ts.createCompilerHost(OPTIONS);
  const { fileExists, readFile } = host;
  host.fileExists = (name) => files.has(name) || fileExists(name);
  host.readFile = (name) => files.get(name) ?? readFile(name);
  const program = ts.createProgram([...files.keys()], OPTIONS, host);
  return ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => {
    const name = file === undefined ? "" : `${path.basename(file.fileName)}: `;
    return name + ts.flattenDiagnosticMessageText(messageText, "\n");
  });
}
