//! The notices of the crates that are compiled into the package's modules, as their licences require.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use xshell::cmd;

use crate::repo::Repo;
use crate::setup::WASM;

/// The crates of the modules.
const MODULES: [&str; 2] = ["client-module", "emulator-module"];
/// How the names of licence and notice files begin.
const NAMES: [&str; 5] = ["license", "licence", "copying", "copyright", "notice"];
const TITLE: &str = "# Notices\n\n\
    The WebAssembly modules of this package hold code of the crates below, under their licences, and of Rust's standard\n\
    library, which is under MIT or Apache-2.0 and copyright of the Rust Project's contributors. Code that is under MIT or\n\
    Apache-2.0 is used here under MIT.\n";

/// A third-party crate.
struct Crate {
    licence: String,
    folder: PathBuf,
}

/// All notices, as a document. A text that several crates have appears once.
pub(super) fn text(repo: &Repo) -> Result<String> {
    let crates = crates(repo)?;
    ensure!(!crates.is_empty(), "cargo tree names no crate");
    let mut text = format!("{TITLE}\n| crate | licence |\n| --- | --- |\n");
    let mut notices: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for (name, Crate { licence, folder }) in &crates {
        // Writing to a `String` does not fail.
        let _ = writeln!(text, "| {name} | {licence} |");
        for file in files(folder)? {
            let notice = repo.shell.read_file(file)?.trim_end().replace("\r\n", "\n");
            notices.entry(notice).or_default().push(name);
        }
    }
    for (notice, names) in notices {
        let _ = write!(text, "\n## {}\n\n```text\n{notice}\n```\n", names.join(", "));
    }
    Ok(text)
}

/// The crates by name and version.
fn crates(repo: &Repo) -> Result<BTreeMap<String, Crate>> {
    let shell = &repo.shell;
    let described =
        cmd!(shell, "cargo metadata --locked --format-version 1 --filter-platform {WASM}").quiet().read()?;
    let described: Value = serde_json::from_str(&described)?;
    let packages = described.get("packages").and_then(Value::as_array).context("cargo metadata lists no packages")?;
    let mut crates = BTreeMap::new();
    for module in MODULES {
        let tree = cmd!(shell, "cargo tree --locked --package {module} --target {WASM} --prefix none").args([
            "--edges",
            "normal,no-proc-macro",
            "--format",
            "{p}",
        ]);
        for line in tree.quiet().read()?.lines() {
            let mut words = line.split(' ');
            let (name, version) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
            let is_it = |package: &&Value| {
                field(package, "name") == name && version == format!("v{}", field(package, "version"))
            };
            let package =
                packages.iter().find(is_it).with_context(|| format!("cargo metadata has no {name} {version}"))?;
            // Crates without a registry are this repository's own.
            if field(package, "source").is_empty() {
                continue;
            }
            let folder = Path::new(field(package, "manifest_path")).parent().context("a manifest without a folder")?;
            let found = Crate { licence: field(package, "license").to_owned(), folder: folder.to_owned() };
            crates.insert(format!("{name} {}", field(package, "version")), found);
        }
    }
    Ok(crates)
}

fn field<'a>(package: &'a Value, name: &str) -> &'a str {
    package.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// A crate's notices. The Apache License is left out if the crate has the MIT license too, and so offers both: it has
/// 11 kB, and hardly two crates have the same copy.
fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = folder.read_dir().with_context(|| format!("cannot read {}", folder.display()))?;
    let mut files: Vec<PathBuf> =
        entries.flatten().map(|entry| entry.path()).filter(|path| path.is_file() && is_notice(&name(path))).collect();
    if files.iter().any(|path| name(path).contains("mit")) {
        files.retain(|path| !name(path).contains("apache"));
    }
    files.sort();
    Ok(files)
}

/// A file's name, in lower case.
fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().to_ascii_lowercase()
}

fn is_notice(name: &str) -> bool {
    NAMES.iter().any(|start| name.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_crate_of_the_modules_has_its_notice_and_none_of_ours_or_of_macros() -> Result<()> {
        let text = text(&Repo::open()?)?;
        for name in ["sha2", "serde_json", "hmac", "indexmap"] {
            assert!(text.contains(&format!("\n| {name} ")), "{name}");
            assert!(text.contains(&format!("\n## {name} ")) || text.contains(&format!(", {name} ")), "{name}");
        }
        for name in ["getstream", "client-module", "syn"] {
            assert!(!text.contains(&format!("\n| {name}")), "{name}");
        }
        assert!(!text.contains("Apache License"), "the package's own copy is enough");
        Ok(())
    }

    #[test]
    fn licences_are_known_by_their_names() {
        for path in ["LICENSE", "LICENSE-MIT", "LICENSE-APACHE.txt", "COPYING", "NOTICE.md", "Licence"] {
            assert!(is_notice(&name(Path::new(path))), "{path}");
        }
        for path in ["README.md", "src", "Cargo.toml", "deny.toml"] {
            assert!(!is_notice(&name(Path::new(path))), "{path}");
        }
    }
}
