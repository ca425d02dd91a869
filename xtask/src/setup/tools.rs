//! Installs programs with `cargo install`.

use anyhow::Result;
use xshell::cmd;

use crate::repo::{Repo, utf8};
use crate::step::{quietly, step};

const WASM_PACK: &str = "0.15.1";

/// Installs wasm-pack, and wasm-bindgen's command line at the locked version: wasm-pack runs it, and tests in wasm run
/// in it.
pub(crate) fn wasm_pack(repo: &Repo) -> Result<()> {
    let wanted = [("wasm-pack", WASM_PACK), ("wasm-bindgen", repo.wasm_bindgen.as_str())];
    let missing: Vec<_> = wanted.into_iter().filter(|(program, version)| !installed(repo, program, version)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let names: Vec<_> = missing.iter().map(|(program, version)| format!("{program} {version}")).collect();
    step(&format!("install {} (minutes)", names.join(", ")), || {
        // One call builds shared dependencies once.
        let crates = missing.iter().map(|(program, version)| match *program {
            "wasm-bindgen" => format!("wasm-bindgen-cli@{version}"),
            program => format!("{program}@{version}"),
        });
        cargo_install(repo, &crates.collect::<Vec<_>>())?;
        silence_update_check(repo)
    })
}

/// wasm-pack checks once a day for a newer version, and keeps the time in this file. A date in the far future prevents
/// that, so that a build needs no network.
fn silence_update_check(repo: &Repo) -> Result<()> {
    let stamp = repo.tools().join("bin/wasm-pack.stamp");
    Ok(repo.shell.write_file(stamp, format!("created 9999-01-01T00:00:00+00:00\nversion {WASM_PACK}"))?)
}

/// Builds programs from crates, each with its version (`name@1.2.3`), and installs them beside the others.
pub(crate) fn cargo_install(repo: &Repo, crates: &[String]) -> Result<()> {
    // They need not be optimised: they run for a second, and optimising them takes minutes more.
    let (shell, root, build) = (&repo.shell, repo.tools(), repo.tools().join("build"));
    let install = cmd!(shell, "cargo install --locked --debug --force --root {root} {crates...}");
    quietly(install.env("CARGO_TARGET_DIR", &build).env("CARGO_PROFILE_DEV_DEBUG", "0"))?;
    Ok(shell.remove_path(&build)?)
}

fn installed(repo: &Repo, program: &str, version: &str) -> bool {
    let (shell, path) = (&repo.shell, repo.tools().join("bin").join(program));
    let said = cmd!(shell, "{path} --version").quiet().ignore_stderr().read();
    said.is_ok_and(|said| said.split_whitespace().last() == Some(version))
}

/// `PATH` with the folder of these programs first.
pub(crate) fn path(repo: &Repo) -> Result<String> {
    let inherited = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(repo.tools().join("bin")).chain(std::env::split_paths(&inherited));
    let joined = std::env::join_paths(folders)?;
    utf8(joined.as_ref()).map(str::to_owned)
}
