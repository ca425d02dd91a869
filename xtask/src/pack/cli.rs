//! The command-line program: TypeScript and the libraries it stands on, bundled so that the package needs no other. Each
//! subcommand is a file that is loaded when it is run.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use xshell::cmd;

use crate::repo::{Repo, utf8};
use crate::step::quietly;

/// What the program weighs at most, in bytes: its libraries must cost nobody much who installs the package for the client.
const MOST_BYTES: u64 = 250_000;

/// What the program finds beside itself in the package.
const EXTERNAL: [&str; 4] = ["getstream-users", "getstream-users/*", "../emulator/glue.js", "../emulator/init.js"];

/// Some libraries are CommonJS, and ask for Node's modules by `require`.
const BANNER: &str = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";

/// Bundles the program into `dist/cli/`, and writes the notices of what is in it.
pub(super) fn files(repo: &Repo, dist: &Path) -> Result<()> {
    let shell = &repo.shell;
    let (folder, report) = (dist.join("cli"), repo.pkg().join("cli.json"));
    let esbuild = repo.npm_bin(".", "esbuild");
    let bundle = cmd!(shell, "{esbuild} cli/main.ts --bundle --splitting --format=esm --platform=node --target=node20")
        .args(["--tree-shaking=true", "--legal-comments=none", "--minify-whitespace", "--chunk-names=[name]-[hash]"])
        .args(EXTERNAL.map(|name| format!("--external:{name}")))
        .arg(format!("--define:PACKAGE_VERSION={:?}", repo.version))
        .arg(format!("--banner:js={BANNER}"))
        .arg(format!("--outdir={}", utf8(&folder)?))
        .arg(format!("--metafile={}", utf8(&report)?));
    quietly(bundle)?;
    let sizes = shell.read_dir(&folder)?.into_iter().map(|file| Ok(file.metadata()?.len()));
    let bytes: u64 = sizes.sum::<Result<u64>>()?;
    ensure!(bytes <= MOST_BYTES, "the command-line program has {bytes} bytes, and may have {MOST_BYTES}");
    shell.write_file(folder.join("THIRD-PARTY-NOTICES.txt"), notices(repo, &report)?)?;
    Ok(())
}

/// The licence of every library that is in the bundle.
fn notices(repo: &Repo, report: &Path) -> Result<String> {
    let shell = &repo.shell;
    let report: Value = serde_json::from_str(&shell.read_file(report)?)?;
    let inputs = report.get("inputs").and_then(Value::as_object).context("esbuild names no inputs")?;
    let packages: BTreeSet<&str> = inputs.keys().filter_map(|input| package_of(input)).collect();
    let mut text = "The command-line program of getstream-users contains these libraries.\n".to_owned();
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
