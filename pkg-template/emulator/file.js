/**
 * Reads the wasm file, if this code has not been bundled and the runtime has files: that is faster than decoding the text in the
 * code.
 *
 * The name is not a literal next to `import.meta.url`, which bundlers would take for a file to include. Deno has files, too, but
 * would ask its user for permission.
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
