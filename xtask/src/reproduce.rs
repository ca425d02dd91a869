//! `cargo xtask reproduce`: checks that a build from scratch gives the same modules, byte for byte, so that anyone can
//! verify that the package is built from this source. It builds with wasm-pack, which is a second way to the same
//! bytes.

use anyhow::{Result, ensure};
use sha2::{Digest, Sha256};

use crate::build::{self, CLIENT, EMULATOR, Module};
use crate::repo::Repo;
use crate::setup;

/// Builds the modules a second time, in an empty target folder and with wasm-pack, and prints the hashes of both
/// builds.
pub(crate) fn run(repo: &Repo) -> Result<()> {
    setup::for_build(repo)?;
    build::run(repo)?;

    let clean = repo.with_target(repo.target.join("reproduce"))?;
    repo.shell.remove_path(&clean.target)?;
    eprintln!("  once more, from nothing, with wasm-pack");
    build::run_wasm_pack(&clean)?;

    for module in [&CLIENT, &EMULATOR] {
        let (here, there) = (hash(repo, module)?, hash(&clean, module)?);
        ensure!(here == there, "{}: {here} here, {there} when built from nothing", module.wasm());
        println!("{here}  {}", module.wasm());
    }
    Ok(repo.shell.remove_path(&clean.target)?)
}

fn hash(repo: &Repo, module: &Module) -> Result<String> {
    let bytes = repo.shell.read_binary_file(module.optimized(repo))?;
    Ok(Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect())
}
