//! The `.d.ts` of entries that are written in TypeScript: the compiler's declarations of `src/client`, in one file for
//! each entry.

use std::path::Path;

use anyhow::Result;
use xshell::cmd;

use crate::repo::Repo;
use crate::step::quietly;

/// Runs the compiler, once for all entries.
pub(crate) fn emit(repo: &Repo) -> Result<()> {
    let (shell, tsc, output) = (&repo.shell, repo.npm_bin(".", "tsc"), emitted(repo));
    shell.remove_path(&output)?;
    quietly(cmd!(shell, "{tsc} --project . --noEmit false --declaration --emitDeclarationOnly --outDir").arg(&output))
}

/// Writes the declarations of an entry, for `import` and for `require`.
pub(super) fn write(repo: &Repo, source: &str, folder: &Path) -> Result<()> {
    let output = folder.join("index.d.ts");
    bundle(repo, source, &output)?;
    let declarations = repo.shell.read_file(&output)?;
    for_both(repo, folder, &declarations.replace("'../index.js'", "'../index.cjs'"))
}

/// Writes declarations for `require`, and re-exports them for `import`: a copy of the client's takes 185 kB, and the
/// two copies would have different types. The other way round, TypeScript rejects it, because `require` finds no ES
/// module.
pub(super) fn for_both(repo: &Repo, folder: &Path, declarations: &str) -> Result<()> {
    let (shell, index) = (&repo.shell, folder.join("index"));
    shell.write_file(index.with_extension("d.cts"), declarations)?;
    Ok(shell.write_file(index.with_extension("d.ts"), "export * from \"./index.cjs\";\n")?)
}

/// Writes all declarations of an entry into one file, except the types of the main entry, to which the others refer by
/// its file.
pub(crate) fn bundle(repo: &Repo, source: &str, output: &Path) -> Result<()> {
    let (shell, rollup) = (&repo.shell, repo.npm_bin(".", "rollup"));
    let entry = emitted(repo).join(source).with_extension("d.ts");
    quietly(cmd!(shell, "{rollup} --config xtask/assets/rollup.types.mjs --input {entry} --file {output} --silent"))
}

/// The folder of the compiler's output.
fn emitted(repo: &Repo) -> std::path::PathBuf {
    repo.pkg().join("declarations")
}
