//! `cargo xtask test`: runs all tests, in stages, and prints the counts.

mod compilation;
mod count;
mod stages;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use clap::{Args, ValueEnum};

use crate::pack::{self, Package};
use crate::repo::Repo;
use crate::runtimes::{FRAMEWORKS, Matrix};
use crate::step::seconds;
use crate::{consumer, emulator, parity, reproduce, setup};

pub(crate) use count::Counts;

/// Features of the native checks: everything except the JavaScript API. The emulator's server is built with the same
/// features; otherwise cargo would build the client again each time.
pub(crate) const NATIVE: [&str; 4] =
    ["--workspace", "--no-default-features", "--features", "getstream-users-emulator/server,getstream-users/fetch"];

/// A stage of the tests. They run in this order, so that quick failures come first.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Stage {
    /// Format, lints, layers, generated files
    Lint,
    /// The crates' own tests
    Rust,
    /// Tests of the crates compiled to wasm
    Wasm,
    /// The package's TypeScript types
    Types,
    /// The sizes of the package, against the limits of benches/sizes.json
    Size,
    /// The package in Node
    Js,
    /// The same tests with the module as JavaScript, which engines without WebAssembly use
    NoWasm,
    /// The package's command, in pipes and in a terminal
    Cli,
    /// The demo page in Chromium, and its parts
    Demo,
    /// The emulator, tested with the official SDK and raw requests, on each of its hosts
    Parity,
    /// The emulator, tested with official SDKs of other languages
    Sdks,
    /// The package in workerd, Cloudflare's runtime
    Workerd,
    /// The short versions of `cargo xtask soak`
    Soak,
    /// The package in Chromium
    Browser,
    /// The package in every runtime and bundler of `tests/runtimes`, and the table of docs/runtimes.md
    Runtimes,
    /// The package in every framework of `tests/runtimes`; only on request, because it takes long
    Frameworks,
    /// The examples in `examples/`
    Examples,
    /// The code in the documents and in the package's declarations, compiled and run
    Snippets,
    /// Whether a build from scratch gives the same modules
    Reproduce,
}

#[derive(Args)]
pub(crate) struct Selection {
    /// Run only this stage; may be repeated
    #[arg(long, value_enum, value_name = "STAGE")]
    only: Vec<Stage>,
    /// Skip this stage; may be repeated
    #[arg(long, value_enum, value_name = "STAGE")]
    skip: Vec<Stage>,
}

impl Selection {
    fn stages(&self) -> impl Iterator<Item = Stage> {
        let everyday = |stage: &Stage| self.only.is_empty() && *stage != Stage::Frameworks;
        let chosen = move |stage: &Stage| (everyday(stage) || self.only.contains(stage)) && !self.skip.contains(stage);
        Stage::value_variants().iter().copied().filter(chosen)
    }
}

/// What the stages from `types` on use.
struct Built {
    package: Package,
    /// The project in `tests/` in which the package is installed.
    project: PathBuf,
}

struct Report {
    stage: Stage,
    counts: Counts,
    elapsed: Duration,
}

/// Runs the selected stages, all of them even if one fails, and prints the counts.
pub(crate) fn run(repo: &Repo, selection: &Selection) -> Result<()> {
    setup::for_tests(repo)?;
    let mut built = None;
    let mut reports = Vec::new();
    for stage in selection.stages() {
        let start = Instant::now();
        eprintln!("\n{}", name(stage));
        let counts = run_stage(repo, stage, &mut built).unwrap_or_else(|error| {
            eprintln!("{error:#}");
            Counts::one_failure()
        });
        reports.push(Report { stage, counts: counts.or_failure_if_none(), elapsed: start.elapsed() });
    }
    summarize(&reports)
}

/// Tests the facts about the emulator and writes the parity table.
pub(crate) fn write_parity(repo: &Repo) -> Result<()> {
    setup::for_tests(repo)?;
    let counts = stages::facts(repo, &everything(repo, &mut None)?.project)?;
    ensure!(counts.failed == 0, "not every fact holds, so the table stays as it is");
    parity::write(repo)
}

/// Asks an app what the emulator had to guess.
pub(crate) fn ask_app(repo: &Repo, options: &parity::Options) -> Result<()> {
    setup::for_tests(repo)?;
    parity::ask_app(repo, &everything(repo, &mut None)?.project, options)
}

/// Runs the package in every row of a matrix and writes its table.
pub(crate) fn write_matrix(repo: &Repo, matrix: &Matrix) -> Result<()> {
    setup::for_tests(repo)?;
    let counts = stages::matrix(repo, everything(repo, &mut None)?, matrix)?;
    ensure!(counts.failed == 0, "not every row passes, so the table stays as it is");
    matrix.write(repo)
}

fn run_stage(repo: &Repo, stage: Stage, built: &mut Option<Built>) -> Result<Counts> {
    match stage {
        Stage::Lint => Ok(crate::lint::run(repo)),
        Stage::Rust => stages::rust(repo),
        Stage::Wasm => stages::wasm(repo),
        Stage::Types => stages::types(repo, &everything(repo, built)?.project),
        Stage::Size => {
            let Built { package, project } = everything(repo, built)?;
            crate::size::check(repo, package, project).map(|()| Counts { passed: 1, ..Counts::default() })
        }
        Stage::Js => stages::node(repo, &everything(repo, built)?.project, "js"),
        Stage::NoWasm => stages::no_wasm(repo, &everything(repo, built)?.project),
        Stage::Cli => stages::node(repo, &everything(repo, built)?.project, "cli"),
        Stage::Demo => {
            let Built { package, project } = everything(repo, built)?;
            stages::demo(repo, package, project)
        }
        Stage::Parity => stages::parity(repo, &everything(repo, built)?.project),
        Stage::Sdks => {
            // Its tests of tokens compare the package with the SDK's signatures.
            everything(repo, built)?;
            crate::sdks::run(repo)
        }
        Stage::Workerd => stages::node(repo, &everything(repo, built)?.project, "workerd"),
        Stage::Soak => stages::soak(repo, everything(repo, built)?),
        Stage::Browser => stages::node(repo, &everything(repo, built)?.project, "browser"),
        Stage::Runtimes => stages::runtimes(repo, everything(repo, built)?),
        Stage::Frameworks => stages::matrix(repo, everything(repo, built)?, &FRAMEWORKS),
        Stage::Examples => stages::examples(repo, &everything(repo, built)?.package),
        Stage::Snippets => {
            setup::npm_packages(repo, "tests/snippets")?;
            stages::node(repo, &everything(repo, built)?.project, "snippets")
        }
        Stage::Reproduce => reproduce::run(repo).map(|()| Counts { passed: 1, ..Counts::default() }),
    }
}

/// Builds everything for the first stage that needs it.
fn everything<'a>(repo: &Repo, built: &'a mut Option<Built>) -> Result<&'a Built> {
    if built.is_none() {
        emulator::build(repo)?;
        let package = pack::run(repo)?;
        let project = consumer::tests(repo, &package)?;
        *built = Some(Built { package, project });
    }
    built.as_ref().context("nothing is built")
}

fn name(stage: Stage) -> String {
    stage.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
}

fn summarize(reports: &[Report]) -> Result<()> {
    ensure!(!reports.is_empty(), "no stage is left to run");
    println!("\n{:<10}{:>8}{:>8}{:>8}{:>10}", "stage", "passed", "failed", "skipped", "time");
    for Report { stage, counts, elapsed } in reports {
        let Counts { passed, failed, skipped } = counts;
        println!("{:<10}{passed:>8}{failed:>8}{skipped:>8}{:>10}", name(*stage), seconds(*elapsed));
    }
    let total: Counts = reports.iter().map(|report| report.counts).sum();
    println!("\n{total}");
    ensure!(total.failed == 0, "the tests failed");
    Ok(())
}
