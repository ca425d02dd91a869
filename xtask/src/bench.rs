//! `cargo xtask bench`: this package beside its peer, both as npm installs them. `cargo xtask bench-emulator`: the
//! emulator's server under load and with many users.

use std::ffi::OsString;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;
use xshell::cmd;

use crate::emulator::{self, NAME as EMULATOR, Profile, Server};
use crate::repo::Repo;
use crate::{consumer, pack, setup};

const PEER: &str = "@stream-io/node-sdk";
/// The program of a test, which the bulk benchmark runs with more users.
const IMPORT: &str = "tests/js/import";

pub(crate) fn run(repo: &Repo, arguments: &[OsString]) -> Result<()> {
    setup::for_tests(repo)?;
    let package = pack::run(repo)?;
    let project = consumer::scratch(repo, "bench", &package, &[format!("{PEER}@{}", peer_version(repo)?)])?;
    for folder in ["benches", IMPORT] {
        for file in repo.shell.read_dir(folder)? {
            repo.shell.copy_file(file, &project)?;
        }
    }
    // Of a slow server, the bulk work would show nothing but how slow it is.
    emulator::build_as(repo, Profile::Release)?;
    let server = Server::start_as(repo, Profile::Release)?;
    let _folder = repo.shell.push_dir(&project);
    cmd!(repo.shell, "node run.mjs").args(arguments).quiet().run()?;
    cmd!(repo.shell, "node refused.mjs").quiet().run()?;
    cmd!(repo.shell, "node without-wasm.mjs").quiet().run()?;
    Ok(cmd!(repo.shell, "node bulk.mjs").envs(server.environment()).quiet().run()?)
}

/// Runs this build and another build of this package in turns.
pub(crate) fn beside(repo: &Repo, baseline: &Path) -> Result<()> {
    let baseline = std::path::absolute(baseline)?;
    setup::for_tests(repo)?;
    let package = pack::run(repo)?;
    let ours = &package.folder;
    cmd!(repo.shell, "node benches/baseline.mjs {ours} {baseline}").quiet().run()?;
    // Its Workers are bundled into the target folder.
    let webhooks = cmd!(repo.shell, "node benches/webhook-worker.mjs {ours} {baseline}");
    Ok(webhooks.env("CARGO_TARGET_DIR", &repo.target).quiet().run()?)
}

/// Cargo builds the server for it, optimized, unless another build is given.
pub(crate) fn emulator_server(repo: &Repo, server: Option<&Path>) -> Result<()> {
    let shell = &repo.shell;
    let server: Vec<OsString> = match server.map(std::path::absolute).transpose()? {
        Some(server) => vec!["--".into(), "--server".into(), server.into()],
        None => Vec::new(),
    };
    let bench = cmd!(shell, "cargo bench --quiet --package {EMULATOR} --features server --bench server {server...}");
    Ok(bench.quiet().run()?)
}

fn peer_version(repo: &Repo) -> Result<String> {
    let manifest: Value = serde_json::from_str(&repo.shell.read_file("tests/package.json")?)?;
    let version = manifest.get("devDependencies").and_then(|packages| packages.get(PEER)?.as_str());
    version.map(str::to_owned).with_context(|| format!("tests/package.json does not list {PEER}"))
}
