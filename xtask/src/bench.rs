//! `cargo xtask bench`: compares this package with the official SDKs, all installed by npm, and with another build of
//! it. `cargo xtask bench-emulator`: measures the emulator's server, under load and with many users.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use clap::Args;
use serde_json::Value;
use xshell::cmd;

use crate::emulator::{self, NAME as EMULATOR, Profile, Server};
use crate::pack::Package;
use crate::repo::Repo;
use crate::step::{step, watched};
use crate::{consumer, pack, section, setup, size};

const PEERS: [&str; 2] = ["@stream-io/node-sdk", "stream-chat"];
/// Other runtimes, installed as in the projects of the matrix.
const RUNTIMES: [&str; 3] = ["node", "deno", "bun"];
/// The program of a test, which the bulk benchmark runs with more users.
const IMPORT: &str = "tests/js/import";
const GUIDE: &str = "docs/performance.md";
const CHART: &str = "docs/performance.svg";

#[derive(Args)]
pub(crate) struct Options {
    /// Fewer rounds, in this Node alone: a minute once everything is built
    #[arg(long)]
    quick: bool,
    /// Memory and an import of 100,000 users, too, which take minutes
    #[arg(long, conflicts_with = "quick")]
    full: bool,
    /// Measure another build of this package as well: a checkout that was packed, or an unpacked package
    #[arg(long, value_name = "DIR")]
    baseline: Option<PathBuf>,
    /// Only these groups of rows: files of benches/rows/, separated by commas
    #[arg(long, value_name = "GROUPS")]
    only: Option<String>,
    /// Write the figures to a file, as JSON
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Write table and picture into docs/performance.md
    #[arg(long, conflicts_with_all = ["only", "baseline"])]
    write: bool,
}

pub(crate) fn run(repo: &Repo, options: &Options) -> Result<()> {
    let shell = &repo.shell;
    setup::for_tests(repo)?;
    let package = pack::run(repo)?;
    let project = project(repo, &package, options.quick)?;
    // Only if requested: building the optimised server takes minutes.
    let asked = |group: &str| options.only.as_ref().is_none_or(|only| only.split(',').any(|one| one == group));
    if asked("sizes") {
        weigh(repo, &package)?;
    }
    let benchmark = asked("emulator-server").then(|| step("build the server's benchmark", || server_benchmark(repo)));
    // With a slow server, bulk work would only show how slow the server is.
    let server = asked("bulk").then(|| {
        emulator::build_as(repo, Profile::Release)?;
        Server::start_as(repo, Profile::Release)
    });
    let server = server.transpose()?;

    let mut arguments = Vec::<OsString>::new();
    for (is_asked, flag) in [(options.quick, "--quick"), (options.full, "--full")] {
        arguments.extend(is_asked.then(|| flag.into()));
    }
    if let Some(groups) = &options.only {
        arguments.extend(["--only".into(), groups.into()]);
    }
    if let Some(file) = &options.json {
        arguments.extend(["--json".into(), std::path::absolute(file)?.into()]);
    }
    if options.write {
        arguments.extend(["--chart".into(), repo.root.join(CHART).into()]);
    }
    let mut environment: Vec<(&str, OsString)> =
        server.iter().flat_map(Server::environment).map(|(name, value)| (name, value.into())).collect();
    environment.extend([
        ("REPOSITORY", repo.root.clone().into()),
        // The code for workerd is bundled into the target folder.
        ("CARGO_TARGET_DIR", repo.target.clone().into()),
        ("WEIGHTS", size::weights(repo).into()),
    ]);
    if let Some(benchmark) = benchmark.transpose()? {
        environment.push(("SERVER_BENCHMARK", benchmark.into()));
    }
    if let Some(baseline) = &options.baseline {
        let baseline = std::path::absolute(baseline)?;
        arguments.extend(["--baseline".into(), unpacked(&baseline)?.into()]);
        let server = baseline.join("target/release").join(EMULATOR);
        environment.extend(server.exists().then(|| ("BASELINE_SERVER", server.into())));
    }

    let transcript = {
        let _folder = shell.push_dir(&project);
        watched(cmd!(shell, "node main.mjs").args(arguments).envs(environment))?
    };
    ensure!(transcript.success, "the benchmark did not run to its end");
    if options.write {
        section::write(repo, GUIDE, "cargo xtask bench --write", transcript.stdout.trim())
    } else {
        Ok(())
    }
}

/// A project with the package, the SDKs, the runtimes and the programs that measure them.
fn project(repo: &Repo, package: &Package, is_quick: bool) -> Result<PathBuf> {
    let mut others = dependencies(repo, "tests", "devDependencies")?;
    others.retain(|(name, _)| PEERS.contains(&name.as_str()));
    ensure!(others.len() == PEERS.len(), "tests/package.json does not list {}", PEERS.join(" and "));
    if !is_quick {
        for folder in RUNTIMES {
            let folder = format!("tests/runtimes/{folder}");
            others.extend(dependencies(repo, &folder, "optionalDependencies")?);
            others.extend(dependencies(repo, &folder, "devDependencies")?);
        }
    }
    let others: Vec<_> = others.into_iter().map(|(name, version)| format!("{name}@{version}")).collect();
    let project = consumer::scratch(repo, "bench", package, &others)?;
    for folder in ["benches", IMPORT] {
        consumer::copy(repo, Path::new(folder), &project)?;
    }
    Ok(project)
}

/// A manifest's dependencies, with versions.
fn dependencies(repo: &Repo, folder: &str, kind: &str) -> Result<Vec<(String, String)>> {
    let manifest: Value = serde_json::from_str(&repo.shell.read_file(Path::new(folder).join("package.json"))?)?;
    let listed = manifest.get(kind).and_then(Value::as_object).into_iter().flatten();
    Ok(listed.filter_map(|(name, version)| Some((name.clone(), version.as_str()?.to_owned()))).collect())
}

/// Writes the package's sizes into a file.
fn weigh(repo: &Repo, package: &Package) -> Result<()> {
    let project = consumer::tests(repo, package)?;
    // `cargo xtask size` reports sizes over the budget; they do not stop the benchmark.
    if let Err(error) = size::check(repo, package, &project) {
        eprintln!("  {error:#}");
    }
    Ok(())
}

/// The unpacked package in a checkout that was packed, or the folder itself if it is one.
fn unpacked(place: &Path) -> Result<PathBuf> {
    let packed = place.join("target/pkg/package");
    let package = if packed.exists() { packed } else { place.to_owned() };
    ensure!(
        package.join("dist").exists(),
        "{} is no checkout that was packed (`cargo xtask pack`), and no unpacked package",
        place.display()
    );
    Ok(package)
}

/// Builds the load test of the server, and returns its path.
fn server_benchmark(repo: &Repo) -> Result<PathBuf> {
    let build = cmd!(repo.shell, "cargo bench --quiet --no-run --message-format=json").args([
        "--package",
        EMULATOR,
        "--features",
        "server",
        "--bench",
        "server",
    ]);
    let messages = build.quiet().read()?;
    let built = messages.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok()).find_map(|message| {
        let is_it = message.pointer("/target/kind/0").and_then(Value::as_str) == Some("bench");
        is_it.then(|| message.get("executable")?.as_str().map(PathBuf::from)).flatten()
    });
    built.context("cargo named no benchmark")
}

/// Runs the load test. Cargo builds an optimised server for it; another build is measured in turns with that one.
pub(crate) fn emulator_server(repo: &Repo, other: Option<&Path>) -> Result<()> {
    let other: Vec<OsString> = match other.map(std::path::absolute).transpose()? {
        Some(other) => vec!["--beside".into(), other.into()],
        None => Vec::new(),
    };
    let benchmark = server_benchmark(repo)?;
    Ok(cmd!(repo.shell, "{benchmark} --bench {other...}").quiet().run()?)
}
