//! The JavaScript between a module and its caller: wasm-bindgen's own file and the client's snippets, as one file.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use xshell::cmd;

use super::Exports;
use crate::build::Module;
use crate::repo::Repo;
use crate::step::quietly;

/// A module's imports: names by the file they come from.
pub(super) type Imports = BTreeMap<String, Vec<String>>;

/// Node can list a module's imports.
const LIST_IMPORTS: &str = "
const module = new WebAssembly.Module(require('node:fs').readFileSync(process.argv[1]));
const files = {};
for (const { module: file, name } of WebAssembly.Module.imports(module)) (files[file] ??= []).push(name);
console.log(JSON.stringify(files));
";

pub(super) fn imports(repo: &Repo, wasm: &Path) -> Result<Imports> {
    let shell = &repo.shell;
    let listed = cmd!(shell, "node --eval {LIST_IMPORTS} {wasm}").quiet().read()?;
    serde_json::from_str(&listed).context("node did not list the module's imports")
}

/// The specifier by which TypeScript imports Rust's exports, and Rust imports TypeScript's functions.
const CORE: &str = "getstream-users-core";
const VALUES: &str = "getstream-users-values";

/// Bundles the module's imports and the package's exports into `output`, readable and without a dependency.
pub(super) fn bundle(repo: &Repo, module: &Module, imports: &Imports, exports: &Exports, output: &Path) -> Result<()> {
    let (shell, folder) = (&repo.shell, module.folder(repo));
    let own = format!("./{}_bg.js", module.stem);

    let mut source = format!("export * from {own:?};\n");
    for (file, names) in imports.iter().filter(|(file, _)| **file != own) {
        writeln!(source, "export {{ {} }} from {file:?};", names.join(", "))?;
    }
    for (file, names) in exports.iter().filter(|(file, _)| !file.is_empty()) {
        let source_file = source_file(repo, &folder, file)?;
        writeln!(source, "export {{ {} }} from {:?};", names.join(", "), source_file.display().to_string())?;
    }

    let (esbuild, entry) = (repo.npm_bin(".", "esbuild"), folder.join("glue.js"));
    shell.write_file(&entry, source)?;
    let core = format!("--alias:{CORE}={}", folder.join(&own).display());
    let values = format!("--alias:{VALUES}={}", repo.root.join("src/client/values.ts").display());
    // esbuild writes the source of each part as a path relative to the current folder.
    let _folder = shell.push_dir(&repo.root);
    quietly(
        cmd!(shell, "{esbuild} {entry} --bundle --format=esm --platform=neutral --target=es2022 --outfile={output}")
            .args([core, values])
            .arg("--log-override:ambiguous-reexport=error"),
    )
}

/// A file that the package exports from: one of the client's, or one that wasm-bindgen wrote into a folder named after
/// the crate and a hash.
fn source_file(repo: &Repo, folder: &Path, file: &str) -> Result<PathBuf> {
    if file.starts_with("src/client/") {
        return Ok(repo.root.join(file));
    }
    let crates = repo.shell.read_dir(folder.join("snippets")).unwrap_or_default();
    let found = crates.into_iter().map(|place| place.join(file)).find(|path| path.is_file());
    found.with_context(|| format!("exports.json names {file}, but no Rust code imports from that file"))
}
