//! The notices of the npm libraries that a bundle contains.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::repo::Repo;

/// What the file is called, beside the bundle.
pub(super) const FILE: &str = "THIRD-PARTY-NOTICES.txt";

/// The licence of every library that is in a bundle.
///
/// `report` is what esbuild says of the bundle (`--metafile`), and `subject` what the bundle is.
pub(super) fn of(repo: &Repo, report: &Path, subject: &str) -> Result<String> {
    let shell = &repo.shell;
    let report: Value = serde_json::from_str(&shell.read_file(report)?)?;
    let inputs = report.get("inputs").and_then(Value::as_object).context("esbuild names no inputs")?;
    let packages: BTreeSet<&str> = inputs.keys().filter_map(|input| package_of(input)).collect();
    let mut text = format!("{subject} contains these libraries.\n");
    for package in packages {
        let folder = repo.root.join("node_modules").join(package);
        let manifest: Value = serde_json::from_str(&shell.read_file(folder.join("package.json"))?)?;
        let field = |name: &str| manifest.get(name).and_then(Value::as_str).unwrap_or_default();
        let licence = licence_file(repo, &folder)
            .with_context(|| format!("{package} has no file with its licence, so it cannot be shipped"))?;
        let (version, name) = (field("version"), field("license"));
        write!(text, "\n---\n\n{package} {version} ({name})\n\n{}\n", shell.read_file(licence)?.trim())?;
    }
    Ok(text)
}

/// The package that a file of the bundle is from.
fn package_of(input: &str) -> Option<&str> {
    let path = input.rsplit_once("node_modules/")?.1;
    let segments = if path.starts_with('@') { 2 } else { 1 };
    path.match_indices('/').nth(segments - 1).and_then(|(end, _)| path.get(..end))
}

fn licence_file(repo: &Repo, folder: &Path) -> Option<PathBuf> {
    let is_licence = |path: &PathBuf| {
        let name = path.file_stem().and_then(|name| name.to_str()).unwrap_or_default();
        ["license", "licence"].iter().any(|word| name.eq_ignore_ascii_case(word))
    };
    repo.shell.read_dir(folder).ok()?.into_iter().find(is_licence)
}

#[cfg(test)]
mod tests {
    use super::package_of;

    #[test]
    fn a_file_of_the_bundle_names_its_package() {
        for (input, package) in [
            ("node_modules/commander/lib/command.js", Some("commander")),
            ("node_modules/@clack/core/dist/index.mjs", Some("@clack/core")),
            ("node_modules/a/node_modules/@b/c/d.js", Some("@b/c")),
            ("cli/main.ts", None),
        ] {
            assert_eq!(package_of(input), package, "{input}");
        }
    }
}
