//! The licences of libraries that are bundled into a part of the package.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::repo::Repo;

/// Writes the notices of every library in a bundle into its folder. esbuild wrote the report, with paths relative to
/// `base`.
pub(super) fn write(repo: &Repo, subject: &str, report: &Path, base: &Path, folder: &Path) -> Result<()> {
    let shell = &repo.shell;
    let report: Value = serde_json::from_str(&shell.read_file(report)?)?;
    let inputs = report.get("inputs").and_then(Value::as_object).context("esbuild names no inputs")?;
    let packages: BTreeMap<&str, &str> = inputs.keys().filter_map(|input| package_of(input)).collect();
    let mut text = format!("{subject} contains these libraries.\n");
    for (package, installed) in packages {
        let installed = base.join(installed);
        let manifest: Value = serde_json::from_str(&shell.read_file(installed.join("package.json"))?)?;
        let field = |name: &str| manifest.get(name).and_then(Value::as_str).unwrap_or_default();
        let licence = licence_file(repo, &installed)
            .with_context(|| format!("{package} has no file with its licence, so it cannot be shipped"))?;
        let (version, name) = (field("version"), field("license"));
        write!(text, "\n---\n\n{package} {version} ({name})\n\n{}\n", shell.read_file(licence)?.trim())?;
    }
    shell.write_file(folder.join("THIRD-PARTY-NOTICES.txt"), text)?;
    Ok(())
}

/// The package of a file in the bundle, and its folder.
fn package_of(input: &str) -> Option<(&str, &str)> {
    const INSTALLED: &str = "node_modules/";
    let start = input.rfind(INSTALLED)? + INSTALLED.len();
    let path = input.get(start..)?;
    let segments = if path.starts_with('@') { 2 } else { 1 };
    let (end, _) = path.match_indices('/').nth(segments - 1)?;
    Some((path.get(..end)?, input.get(..start + end)?))
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
            ("node_modules/commander/lib/command.js", Some(("commander", "node_modules/commander"))),
            (
                "www/node_modules/@preact/signals/dist/x.mjs",
                Some(("@preact/signals", "www/node_modules/@preact/signals")),
            ),
            ("node_modules/a/node_modules/@b/c/d.js", Some(("@b/c", "node_modules/a/node_modules/@b/c"))),
            ("cli/main.ts", None),
        ] {
            assert_eq!(package_of(input), package, "{input}");
        }
    }
}
