//! Builds the two wasm modules: the client and the emulator.
//!
//! cargo compiles them, and wasm-bindgen, which is used as a library here, writes their glue. wasm-pack does the same
//! with programs that a clean clone would have to install first, 209 of the 556 s of its quickstart. `reproduce` builds
//! with wasm-pack and shows that the modules are the same. `wasm-opt` comes from npm.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use wasm_bindgen_cli_support::Bindgen;
use xshell::cmd;

use crate::repo::{Repo, utf8};
use crate::setup::{self, WASM};
use crate::step::{quietly, step};

/// A crate that becomes a wasm module.
pub(crate) struct Module {
    /// Its name in messages, in `modules/`, `target/pkg/` and `pkg-template/`.
    pub(crate) name: &'static str,
    /// The name of its files, without their endings.
    pub(crate) stem: &'static str,
}

pub(crate) const CLIENT: Module = Module { name: "client", stem: "getstream_users" };
pub(crate) const EMULATOR: Module = Module { name: "emulator", stem: "getstream_users_emulator" };

impl Module {
    /// The crate.
    fn package(&self) -> String {
        format!("{}-module", self.name)
    }

    /// The folder of the module and its glue before they are optimised.
    pub(crate) fn folder(&self, repo: &Repo) -> PathBuf {
        repo.pkg().join(self.name)
    }

    /// The name of the wasm file that is shipped.
    pub(crate) fn wasm(&self) -> String {
        format!("{}_bg.wasm", self.stem)
    }

    /// The wasm file that is shipped, as `build` leaves it.
    pub(crate) fn optimized(&self, repo: &Repo) -> PathBuf {
        repo.pkg().join("optimized").join(self.wasm())
    }
}

/// Builds and optimises both modules.
pub(crate) fn run(repo: &Repo) -> Result<()> {
    run_with(repo, compile)
}

/// Builds them with wasm-pack.
pub(crate) fn run_wasm_pack(repo: &Repo) -> Result<()> {
    setup::wasm_pack(repo)?;
    run_with(repo, wasm_pack)
}

fn run_with(repo: &Repo, build: fn(&Repo, &Module) -> Result<()>) -> Result<()> {
    for module in [&CLIENT, &EMULATOR] {
        step(&format!("build the {}", module.name), || build(repo, module))?;
        let key = optimization_key(repo, module)?;
        if !is_optimized(repo, module, &key) {
            step(&format!("optimise the {}", module.name), || optimize(repo, module, &key))?;
        }
    }
    Ok(())
}

fn compile(repo: &Repo, module: &Module) -> Result<()> {
    let (shell, package, out) = (&repo.shell, module.package(), module.folder(repo));
    let build =
        cmd!(shell, "cargo build --quiet --lib --package {package} --target {WASM} --profile wasm --target-dir")
            .arg(&repo.target)
            .env(COMPILER_FLAGS, compiler_flags(repo)?);
    quietly(build)?;
    // Otherwise, snippets of an older build would be packed too.
    shell.remove_path(out.join("snippets"))?;
    glue(&repo.target.join(WASM).join("wasm").join(package.replace('-', "_")).with_extension("wasm"), module.stem, &out)
}

fn wasm_pack(repo: &Repo, module: &Module) -> Result<()> {
    let (shell, stem) = (&repo.shell, module.stem);
    let build = cmd!(shell, "wasm-pack --quiet build")
        .arg(repo.root.join("modules").join(module.name))
        .args(["--mode", "no-install", "--target", "bundler", "--profile", "wasm", "--no-pack", "--no-opt"])
        .args(["--no-gitignore", "--out-name", stem, "--out-dir"])
        .arg(module.folder(repo))
        .arg("--target-dir")
        .arg(&repo.target)
        .env("PATH", setup::path_with_tools(repo)?)
        .env(COMPILER_FLAGS, compiler_flags(repo)?);
    quietly(build)
}

/// The variable with flags for the compiler, separated by `\u{1f}`.
const COMPILER_FLAGS: &str = "CARGO_ENCODED_RUSTFLAGS";

fn compiler_flags(repo: &Repo) -> Result<String> {
    Ok([SHA2_BACKEND, &path_remapping(repo)?].join("\u{1f}"))
}

/// Runs wasm-bindgen: writes a compiled module with its glue for bundlers and its types.
pub(crate) fn glue(compiled: &Path, stem: &str, out: &Path) -> Result<()> {
    let mut bindgen = Bindgen::new();
    bindgen.input_path(compiled).out_name(stem).typescript(true).bundler(true)?.generate(out)
}

/// SHA-256 as a loop instead of 64 unrolled rounds: 6 kB less, while a token takes 0.1 µs (4 %) longer.
const SHA2_BACKEND: &str = "--cfg=sha2_backend_soft=\"compact\"";

/// Compiler flags that keep this machine's paths out of the module, so that two machines build the same one.
fn path_remapping(repo: &Repo) -> Result<String> {
    let shell = &repo.shell;
    let sysroot = cmd!(shell, "rustc --print sysroot").quiet().read()?;
    let version = cmd!(shell, "rustc --version --verbose").quiet().read()?;
    let commit = version.lines().find_map(|line| line.strip_prefix("commit-hash: ")).unwrap_or("unknown");

    // Later flags win, so the path of a registry comes after the paths that contain it.
    let mut mappings = vec![(repo.root.clone(), ".".to_owned())];
    mappings.push((Path::new(&sysroot).join("lib/rustlib/src/rust"), format!("/rustc/{commit}")));
    let registries = cargo_home()?.join("registry/src");
    for registry in shell.read_dir(&registries).unwrap_or_default() {
        mappings.push((registry, "crates".to_owned()));
    }

    let flags: Result<Vec<_>> =
        mappings.iter().map(|(from, to)| Ok(format!("--remap-path-prefix={}={to}", utf8(from)?))).collect();
    Ok(flags?.join("\u{1f}"))
}

fn cargo_home() -> Result<PathBuf> {
    let from_env = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = from_env.or_else(|| Some(std::env::home_dir()?.join(".cargo")));
    home.context("neither CARGO_HOME nor a home directory is set")
}

/// Smallest size first: what a Worker downloads and compiles matters more than a few per cent of speed. There are no
/// feature flags: the module declares the features it uses, and with all of them enabled no runtime loads it. Data is
/// one segment including its zeros: compressed, they take 0.3 kB less than a header for each of 70 segments.
const WASM_OPT_FLAGS: [&str; 4] = ["-Oz", "--skip-pass=memory-packing", "--strip-producers", "--strip-target-features"];

fn optimize(repo: &Repo, module: &Module, key: &str) -> Result<()> {
    let (shell, output) = (&repo.shell, module.optimized(repo));
    let (wasm_opt, input) = (repo.npm_bin(".", "wasm-opt"), module.folder(repo).join(module.wasm()));
    shell.create_dir(output.parent().context("no folder for the optimised module")?)?;
    quietly(cmd!(shell, "{wasm_opt} {input} -o {output}").args(WASM_OPT_FLAGS))?;
    Ok(shell.write_file(key_file(&output), key)?)
}

/// The inputs of the optimised module, as one text.
fn optimization_key(repo: &Repo, module: &Module) -> Result<String> {
    let mut hash = Sha256::new();
    hash.update(repo.shell.read_binary_file(module.folder(repo).join(module.wasm()))?);
    hash.update(repo.shell.read_binary_file("package-lock.json")?);
    hash.update(WASM_OPT_FLAGS.join(" "));
    Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

fn is_optimized(repo: &Repo, module: &Module, key: &str) -> bool {
    let output = module.optimized(repo);
    output.exists() && repo.shell.read_file(key_file(&output)).is_ok_and(|done| done == key)
}

fn key_file(output: &Path) -> PathBuf {
    output.with_extension("key")
}
