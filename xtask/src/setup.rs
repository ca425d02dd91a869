//! Prepares a machine that has rustup, Node and a C compiler; does nothing, quickly, if that was done.

mod npm;
mod tools;

use anyhow::{Context, Result, bail, ensure};
use xshell::cmd;

pub(crate) use npm::{command as npm, install as npm_packages};
pub(crate) use tools::{cargo_install, path as path_with_tools, wasm_pack};

use crate::repo::Repo;
use crate::step::{quietly, step};

pub(crate) const WASM: &str = "wasm32-unknown-unknown";
const OLDEST_NODE: u32 = 20;

/// What building the package needs.
pub(crate) fn for_build(repo: &Repo) -> Result<()> {
    say_versions(repo)?;
    wasm_target(repo)?;
    npm::install(repo, ".")?;
    // The page is a part of the package.
    npm::install(repo, "www")
}

/// What testing and measuring needs in addition.
pub(crate) fn for_tests(repo: &Repo) -> Result<()> {
    for_build(repo)?;
    npm::install(repo, "tests")
}

fn say_versions(repo: &Repo) -> Result<()> {
    let shell = &repo.shell;
    let rust = cmd!(shell, "rustc --version").quiet().read()?;
    let node = cmd!(shell, "node --version").quiet().ignore_stderr().read();
    let node =
        node.with_context(|| format!("Node is missing: install {OLDEST_NODE} or newer from https://nodejs.org"))?;
    let npm = npm(shell).arg("--version").quiet().ignore_stderr().read();
    let npm = npm.context("npm is missing: it comes with Node from https://nodejs.org")?;

    ensure!(
        major(&node).is_some_and(|major| major >= OLDEST_NODE),
        "Node {node} is too old: install {OLDEST_NODE} or newer from https://nodejs.org"
    );
    let rust = rust.split_whitespace().nth(1).unwrap_or_default();
    eprintln!("  Rust {rust}, Node {}, npm {npm}", node.trim_start_matches('v'));
    Ok(())
}

fn major(version: &str) -> Option<u32> {
    version.trim_start_matches('v').split('.').next()?.parse().ok()
}

/// Asks the compiler and not rustup, so that a toolchain from elsewhere with the target works too.
fn wasm_target(repo: &Repo) -> Result<()> {
    let shell = &repo.shell;
    let libraries = cmd!(shell, "rustc --print target-libdir --target {WASM}").quiet().read()?;
    if shell.path_exists(libraries) {
        return Ok(());
    }
    if cmd!(shell, "rustup --version").quiet().ignore_stderr().read().is_err() {
        bail!("this Rust has no {WASM} target and rustup is missing: install rustup from https://rustup.rs");
    }
    step(&format!("add the Rust target {WASM}"), || quietly(cmd!(shell, "rustup target add {WASM}")))
}

#[cfg(test)]
mod tests {
    use super::major;

    #[test]
    fn reads_the_major_version() {
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major("nonsense"), None);
    }
}
