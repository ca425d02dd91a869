/**
 * The bytes of a module's own file, where this code has not been bundled and its runtime has files: they are quicker to read
 * than a text is to decode.
 *
 * The name is no literal beside `import.meta.url`, by which bundlers find files that they have to bring along. Deno hands out
 * files too, but would ask its user first.
 */
export function file(name, length) {
  if (globalThis.Deno !== undefined) return undefined;
  try {
    const files = globalThis.process.getBuiltinModule("node:fs");
    const bytes = files.readFileSync(new URL(name, import.meta.url));
    return bytes.length === length ? bytes : undefined;
  } catch {
    return undefined;
  }
}
