//! The stages that run a test runner and count.

use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};
use xshell::cmd;

use super::compilation::{self, Compilation};
use super::{Built, Counts, NATIVE};
use crate::emulator::{self, Profile, Server};
use crate::pack::Package;
use crate::repo::Repo;
use crate::runtimes::{Matrix, RUNTIMES};
use crate::setup::{WASM, npm, path_with_tools, wasm_pack};
use crate::step::{quietly, watched};
use crate::{consumer, demo, parity};

pub(super) fn rust(repo: &Repo) -> Result<Counts> {
    let test = cmd!(repo.shell, "cargo test --quiet {NATIVE...} --no-fail-fast");
    Ok(Counts::of_cargo(&watched(test)?))
}

/// Only tests marked `wasm_bindgen_test` run here, with the runner of the locked wasm-bindgen version. The crates run
/// one after the other, because the emulator links the client without its JavaScript API.
pub(super) fn wasm(repo: &Repo) -> Result<Counts> {
    wasm_pack(repo)?;
    let path = path_with_tools(repo)?;
    let modules = wasm_modules(repo)?;
    ["getstream-users", "getstream-users-emulator"]
        .map(|package| {
            let test = cmd!(repo.shell, "cargo test --target {WASM} --package {package} --lib --tests --no-fail-fast")
                .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner")
                .env("NODE_PATH", &modules)
                .env("PATH", &path);
            Ok(Counts::of_cargo(&watched(test)?).or_failure_if_none())
        })
        .into_iter()
        .sum()
}

/// Bundles the TypeScript that Rust imports, as a module that the tests' runner finds by its name.
fn wasm_modules(repo: &Repo) -> Result<PathBuf> {
    let (shell, folder) = (&repo.shell, repo.target.join("wasm-modules"));
    let (esbuild, output) = (repo.npm_bin(".", "esbuild"), folder.join("getstream-users-values/index.js"));
    quietly(
        cmd!(shell, "{esbuild} src/client/values.ts --bundle --format=cjs --platform=node")
            .arg(format!("--outfile={}", output.display())),
    )?;
    // The repository's own packages are ES modules, and the runner loads this one with `require`.
    shell.write_file(folder.join("package.json"), r#"{ "type": "commonjs" }"#)?;
    Ok(folder)
}

/// Files of `tests/js` that test the package's files, wasm itself or sources without a module, or need another package
/// for which the condition has another file.
const NOT_WITHOUT_WASM: [&str; 23] = [
    "bulk-blame.test.mjs",
    "bulk-chunk-runner.test.mjs",
    "bulk-chunks.test.mjs",
    "bulk-difference.test.mjs",
    "bulk-operations.test.mjs",
    "bulk-results.test.mjs",
    "bulk-retries.test.mjs",
    "bulk-rules.test.mjs",
    "bulk-source.test.mjs",
    "comparison.test.mjs",
    "declarations.test.mjs",
    "emulator-face.test.mjs",
    "emulator-sockets.test.mjs",
    "floor.test.mjs",
    "growth.test.mjs",
    "guest-connects.test.mjs",
    "lifecycle.test.mjs",
    "package.test.mjs",
    "paging-cursor.test.mjs",
    "publishing.test.mjs",
    "realms.test.mjs",
    "slim.test.mjs",
    "traps.test.mjs",
];

/// Runs the package's tests with the module as JavaScript, which React Native's condition selects.
pub(super) fn no_wasm(repo: &Repo, project: &Path) -> Result<Counts> {
    let is_test = |name: &str| name.ends_with(".test.mjs") && !NOT_WITHOUT_WASM.contains(&name);
    in_node(repo, &files(&project.join("js"), is_test), &["--conditions=react-native"])
}

/// Runs the tests of one folder of `tests/` in Node, with a separate emulator.
pub(super) fn node(repo: &Repo, project: &Path, folder: &str) -> Result<Counts> {
    let files = files(&project.join(folder), |name| name.ends_with(".test.mjs") || name.ends_with(".test.cjs"));
    ensure!(!files.is_empty(), "tests/{folder} has no *.test.mjs or *.test.cjs");
    in_node(repo, &files, &[])
}

fn in_node(repo: &Repo, files: &[PathBuf], flags: &[&str]) -> Result<Counts> {
    let server = Server::start(repo)?;
    // By default, Node leaves one core free, so on two cores it would run one file after the other.
    let at_once = format!("--test-concurrency={}", cores());
    let test = cmd!(repo.shell, "node {flags...} --test {at_once} --test-reporter=spec {files...}")
        .envs(server.environment())
        .env("CARGO_TARGET_DIR", &repo.target);
    Ok(Counts::of_node(&watched(test)?))
}

/// Builds the demo page, checks its types, and tests it in Chromium.
pub(super) fn demo(repo: &Repo, package: &Package, project: &Path) -> Result<Counts> {
    demo::build(repo, package)?;
    let www = repo.root.join("www");
    let page = Compilation {
        tsc: project.join("node_modules/typescript/bin/tsc"),
        configuration: www.join("tsconfig.json"),
        skips_libraries: "true",
    };
    Ok([page.run(&repo.root, &www.join("src"))?, node(repo, project, "demo")?].into_iter().sum())
}

/// Tests the facts about the emulator, and whether the parity table is up to date.
pub(super) fn parity(repo: &Repo, project: &Path) -> Result<Counts> {
    Ok([facts(repo, project)?, one(parity::check(repo))].into_iter().sum())
}

/// A single check, counted.
fn one(result: Result<()>) -> Counts {
    match result {
        Ok(()) => Counts { passed: 1, ..Counts::default() },
        Err(error) => {
            eprintln!("{error:#}");
            Counts::one_failure()
        }
    }
}

/// Tests the facts about the emulator, on each of its hosts.
pub(super) fn facts(repo: &Repo, project: &Path) -> Result<Counts> {
    parity::forget(repo)?;
    node(repo, project, "parity")
}

/// Runs the package in every runtime, and checks that the table is up to date.
pub(super) fn runtimes(repo: &Repo, built: &Built) -> Result<Counts> {
    Ok([matrix(repo, built, &RUNTIMES)?, one(RUNTIMES.check(repo))].into_iter().sum())
}

/// Runs the package in every row of a matrix. The tests install it there themselves, several at once.
pub(super) fn matrix(repo: &Repo, built: &Built, matrix: &Matrix) -> Result<Counts> {
    matrix.forget(repo)?;
    let _tarball = repo.shell.push_env("PACKAGE_TARBALL", &built.package.tarball);
    node(repo, &built.project, matrix.folder())
}

/// Runs the short versions of the long tests. Their scripts install the package in other runtimes, and kill their own
/// servers.
pub(super) fn soak(repo: &Repo, built: &Built) -> Result<Counts> {
    let _tarball = repo.shell.push_env("PACKAGE_TARBALL", &built.package.tarball);
    let _program = repo.shell.push_env("EMULATOR_PROGRAM", emulator::program(repo, Profile::Debug));
    node(repo, &built.project, "soak")
}

/// Installs every example as its users do, and runs its tests, with a separate emulator.
pub(super) fn examples(repo: &Repo, package: &Package) -> Result<Counts> {
    let examples = files(&repo.root.join("examples"), |name| !name.starts_with('.'));
    ensure!(!examples.is_empty(), "there are no examples");
    examples.iter().map(|example| Ok(self::example(repo, example, package)?.or_failure_if_none())).sum()
}

fn example(repo: &Repo, example: &Path, package: &Package) -> Result<Counts> {
    let project = consumer::example(repo, example, package)?;
    let server = Server::start(repo)?;
    let _folder = repo.shell.push_dir(&project);
    Ok(Counts::of_node(&watched(npm(&repo.shell).arg("test").envs(server.environment()))?))
}

/// The oldest and the newest TypeScript that the types support, by their names in `tests/package.json`.
const COMPILERS: [&str; 2] = ["typescript-oldest", "typescript-newest"];

/// Compiles `tests/types` under each of its configurations, by each compiler, with and without checking the package's
/// own declarations. Each file under one of these counts.
pub(super) fn types(repo: &Repo, project: &Path) -> Result<Counts> {
    let folder = project.join("types");
    let configurations = files(&folder, |name| name.starts_with("tsconfig") && name.ends_with(".json"));
    let mut compilations = Vec::new();
    for compiler in COMPILERS {
        let tsc = project.join("node_modules").join(compiler).join("bin/tsc");
        for configuration in &configurations {
            let skipping = ["false", "true"];
            compilations.extend(skipping.map(|skips_libraries| Compilation {
                tsc: tsc.clone(),
                configuration: configuration.clone(),
                skips_libraries,
            }));
        }
    }
    compilation::run_all(&compilations, &repo.root, &folder, cores())
}

/// How many things a stage does at once.
fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

fn files(folder: &Path, wanted: impl Fn(&str) -> bool) -> Vec<PathBuf> {
    let entries = folder.read_dir().into_iter().flatten().flatten().map(|entry| entry.path());
    let mut files: Vec<PathBuf> =
        entries.filter(|path| path.file_name().and_then(|name| name.to_str()).is_some_and(&wanted)).collect();
    files.sort();
    files
}
