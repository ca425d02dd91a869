//! `cargo xtask release`: builds and checks everything that a release consists of, from a copy of the commit, into
//! `target/publish/`.
//!
//! Only the release workflow publishes, because npm attests only there where a package was built.

mod cut;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use clap::Args;
use sha2::{Digest, Sha256};
use xshell::{Cmd, cmd};

use crate::pack::Package;
use crate::repo::{Repo, utf8};
use crate::step::{quietly, step};
use crate::{audit, consumer, emulator, pack, setup};

#[derive(Args)]
#[group(required = true, multiple = false)]
struct Mode {
    /// Do everything except publishing, in a copy of the commit; the files are in target/publish
    #[arg(long)]
    dry_run: bool,
    /// Write the version and the changelog's heading into this tree, to be committed and tagged
    #[arg(long)]
    cut: bool,
    /// Only build the emulator's server for this machine
    #[arg(long)]
    binary: bool,
    /// Publish the files of --dry-run; only for the release workflow
    #[arg(long)]
    publish: bool,
}

#[derive(Args)]
pub(crate) struct Options {
    #[command(flatten)]
    mode: Mode,
    /// The version; by default that of Cargo.toml
    #[arg(long, value_name = "X.Y.Z")]
    version: Option<String>,
}

/// Checksums of the files, in the format that `sha256sum --check` reads.
const SUMS: &str = "SHA256SUMS";
/// The changelog's section of the version.
const NOTES: &str = "notes.md";

pub(crate) fn run(repo: &Repo, Options { mode, version }: &Options) -> Result<()> {
    let version = version.as_deref().unwrap_or(&repo.version);
    let folder = repo.target.join("publish");
    if mode.cut {
        ensure_clean(repo)?;
        return cut::cut(&repo.shell, &repo.version, version);
    }
    if mode.publish {
        return publish(repo, version, &folder, |name| std::env::var(name).ok());
    }
    repo.shell.remove_path(&folder)?;
    repo.shell.create_dir(&folder)?;
    if mode.binary {
        let file = binary(repo, repo, &folder)?;
        println!("{}", file.display());
        return Ok(());
    }
    rehearse(repo, version, &folder)
}

/// Everything except publishing.
fn rehearse(repo: &Repo, version: &str, folder: &Path) -> Result<()> {
    let shell = &repo.shell;
    setup::for_build(repo)?;
    let commit = step("clean tree, free tag", || {
        ensure_clean(repo)?;
        let commit = cmd!(shell, "git rev-parse HEAD").quiet().read()?;
        let tagged = tagged(repo, version)?;
        ensure!(
            tagged.as_ref().is_none_or(|tagged| *tagged == commit),
            "v{version} is a tag of another commit: --version names the next version"
        );
        Ok(commit)
    })?;

    let copy = step("version and changelog, in a copy of the commit", || copy(repo, version, folder))?;
    let notes = cut::notes(&copy.shell.read_file("CHANGELOG.md")?, version);
    shell.write_file(folder.join(NOTES), notes.context("the changelog has no heading for the version")?)?;
    setup::for_build(&copy)?;
    let Package { tarball, .. } = pack::run(&copy)?;
    let name = tarball.file_name().context("the tarball has no name")?;
    let package = Package { tarball: folder.join(name), folder: PathBuf::new() };
    shell.copy_file(&tarball, &package.tarball)?;
    install_check(repo, &package, version)?;
    for file in audit::bill_of_materials(&copy)? {
        shell.copy_file(file, folder)?;
    }
    binary(repo, &copy, folder)?;
    step("npm's own check of the tarball", || {
        quietly(setup::npm(shell).args(["publish", "--dry-run"]).arg(&package.tarball))
    })?;
    shell.remove_path(&copy.root)?;
    let sums = sums(repo, folder)?;
    shell.write_file(folder.join(SUMS), &sums)?;

    println!("{version}, of commit {commit}, in {}:\n\n{sums}", folder.display());
    println!("not run here: `cargo xtask ci`, `cargo xtask audit --advisories`; the release workflow runs both first");
    println!(
        "provenance: none from this machine; the workflow attests the files, and npm the package it is given there"
    );
    println!("not made: a container image");
    Ok(())
}

fn ensure_clean(repo: &Repo) -> Result<()> {
    let changes = cmd!(repo.shell, "git status --porcelain").quiet().read()?;
    ensure!(changes.is_empty(), "the tree has changes that are not committed:\n{changes}");
    Ok(())
}

/// The commit with the version's tag.
fn tagged(repo: &Repo, version: &str) -> Result<Option<String>> {
    let (shell, name) = (&repo.shell, format!("refs/tags/v{version}^{{commit}}"));
    if cmd!(shell, "git tag --list v{version}").quiet().read()?.is_empty() {
        return Ok(None);
    }
    Ok(Some(cmd!(shell, "git rev-parse {name}").quiet().read()?))
}

/// A copy of the committed files, with the version.
fn copy(repo: &Repo, version: &str, folder: &Path) -> Result<Repo> {
    let (shell, root, to) = (&repo.shell, &repo.root, folder.join("source"));
    quietly(cmd!(shell, "git clone --quiet --shared {root} {to}"))?;
    let copy = repo.at(&to)?;
    cut::cut(&copy.shell, &repo.version, version)?;
    repo.at(&to)
}

/// Installs the tarball in an empty project, and runs there what users run first.
fn install_check(repo: &Repo, package: &Package, version: &str) -> Result<()> {
    let project = consumer::scratch(repo, "release", package, &[])?;
    repo.shell.copy_file("examples/node/quickstart.mjs", &project)?;
    let _folder = repo.shell.push_dir(&project);
    let shell = &repo.shell;
    let installed = PathBuf::from("node_modules/getstream-users");
    step("the installed package: files, command, a user's life", || {
        for file in ["README.md", "LICENSE-MIT", "LICENSE-APACHE", "THIRD-PARTY-NOTICES.md"] {
            ensure!(shell.path_exists(installed.join(file)), "the tarball has no {file}");
        }
        // An absolute path replaces the repository's folder.
        let command = repo.npm_bin(utf8(&project)?, "getstream-users");
        let said = cmd!(shell, "{command} --version").quiet().read()?;
        ensure!(said.ends_with(version), "`getstream-users --version` says {said}, not {version}");
        let required = "console.log(typeof require('getstream-users').StreamClient)";
        ensure!(cmd!(shell, "node -e {required}").quiet().read()? == "function", "`require` finds no StreamClient");
        quietly(cmd!(shell, "{command} emulator --strict --quiet exec -- node quickstart.mjs"))
    })
}

/// Builds the emulator's server for this machine, from a tree. It uses the common target folder, so that dependencies
/// are built once.
fn binary(repo: &Repo, tree: &Repo, folder: &Path) -> Result<PathBuf> {
    let shell = &tree.shell;
    let rustc = cmd!(shell, "rustc --version --verbose").quiet().read()?;
    let host = rustc.lines().find_map(|line| line.strip_prefix("host: ")).context("rustc names no host")?;
    let program = emulator::program(repo, emulator::Profile::Release);
    step(&format!("the emulator's server for {host}"), || {
        let package = emulator::NAME;
        let build = cmd!(shell, "cargo build --quiet --locked --release --package {package} --features server");
        quietly(build.args(["--bin", package]).env("CARGO_TARGET_DIR", &repo.target))
    })?;
    let said = cmd!(shell, "{program} --version").quiet().read()?;
    ensure!(said.ends_with(&tree.version), "the server says {said}, not {}", tree.version);
    let name = format!("{}-{}-{host}{}", emulator::NAME, tree.version, std::env::consts::EXE_SUFFIX);
    let file = folder.join(name);
    shell.copy_file(program, &file)?;
    Ok(file)
}

/// The files to publish with their SHA-256, one per line.
fn sums(repo: &Repo, folder: &Path) -> Result<String> {
    let files = repo.shell.read_dir(folder)?;
    let lines = files.iter().filter(|file| !file.ends_with(SUMS) && file.is_file()).map(|file| {
        let sum = Sha256::digest(repo.shell.read_binary_file(file)?);
        let hexadecimal: String = sum.iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(format!("{hexadecimal}  {}\n", file.file_name().unwrap_or_default().display()))
    });
    lines.collect()
}

/// Publishes the files in the folder: the package to npm with its provenance, and all files as a release on GitHub.
fn publish(repo: &Repo, version: &str, folder: &Path, environment: impl Fn(&str) -> Option<String>) -> Result<()> {
    let tag = format!("v{version}");
    ensure!(
        environment("GITHUB_ACTIONS").as_deref() == Some("true")
            && environment("GITHUB_REF") == Some(format!("refs/tags/{tag}")),
        "a release is published by the release workflow of the tag {tag}, and from nowhere else; --dry-run does the rest"
    );
    let shell = &repo.shell;
    let recorded = shell.read_file(folder.join(SUMS)).context("nothing was made: run --dry-run first")?;
    for line in recorded.lines() {
        ensure!(sums(repo, folder)?.lines().any(|sum| sum == line), "a file is not what --dry-run has made: {line}");
    }
    let tarball = folder.join(format!("getstream-users-{version}.tgz"));
    setup::npm(shell).args(["publish", "--provenance", "--access", "public"]).arg(tarball).run()?;
    let notes = folder.join(NOTES);
    let files = shell.read_dir(folder)?.into_iter().filter(|file| !file.ends_with(NOTES));
    let release: Cmd<'_> = cmd!(shell, "gh release create {tag} --verify-tag --title {tag} --notes-file {notes}");
    Ok(release.args(files).run()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_published_but_by_the_workflow_of_its_tag() -> Result<()> {
        let repo = Repo::open()?;
        for (actions, reference) in
            [(None, None), (Some("true"), Some("refs/heads/main")), (None, Some("refs/tags/v9.9.9"))]
        {
            let environment = |name: &str| match name {
                "GITHUB_ACTIONS" => actions.map(str::to_owned),
                _ => reference.map(str::to_owned),
            };
            let refused = publish(&repo, "9.9.9", Path::new("nowhere"), environment);
            assert!(refused.is_err_and(|error| error.to_string().contains("release workflow")));
        }
        Ok(())
    }
}
