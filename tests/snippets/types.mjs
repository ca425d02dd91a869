// The compiler's complaints about the code in documents.

import path from "node:path";
import ts from "typescript";

const OPTIONS = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: true,
  target: ts.ScriptTarget.ES2022,
  lib: ["lib.es2022.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts", "lib.dom.asynciterable.d.ts"],
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  types: ["node"],
  typeRoots: [path.join(import.meta.dirname, "../node_modules/@types")],
  noEmit: true,
};

const world = path.join(import.meta.dirname, "world.d.ts");

/**
 * What the compiler says about each of these files: `line: message`, by file. Files are compiled together, except those that
 * extend the package's types: each of them would change what the others see.
 *
 * @param {{ module: string, source: string }[]} files
 * @returns {Map<string, string[]>}
 */
export function complaints(files) {
  const extending = (one) => /^declare module/m.test(one.source);
  const together = files.filter((one) => !extending(one));
  const runs = [together, ...files.filter(extending).map((one) => [one])];
  // Every run reads the same libraries.
  const host = ts.createCompilerHost(OPTIONS);
  const { getSourceFile } = host;
  const parsed = new Map();
  host.getSourceFile = (name, ...rest) => {
    if (!parsed.has(name)) parsed.set(name, getSourceFile.call(host, name, ...rest));
    return parsed.get(name);
  };
  const said = new Map(files.map(({ module }) => [module, []]));
  for (const run of runs) {
    const program = ts.createProgram([world, ...run.map(({ module }) => module)], OPTIONS, host);
    for (const { file: source, start, messageText } of ts.getPreEmitDiagnostics(program)) {
      const text = ts.flattenDiagnosticMessageText(messageText, "\n");
      const lines = said.get(source?.fileName);
      if (lines === undefined) throw new Error(`${source?.fileName ?? "the options"}: ${text}`);
      lines.push(`${source.getLineAndCharacterOfPosition(start).line + 1}: ${text}`);
    }
  }
  return said;
}
