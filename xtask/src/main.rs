//! Every task for people and CI. `cargo xtask --help` lists them.

mod api_report;
mod audit;
mod bench;
mod build;
mod ci;
mod codegen;
mod consumer;
mod demo;
mod docs;
mod emulator;
mod fuzz;
mod layering;
mod lint;
mod mutants;
mod pack;
mod parity;
mod quickstart;
mod release;
mod repo;
mod reproduce;
mod runtimes;
mod sdks;
mod section;
mod setup;
mod size;
mod soak;
mod step;
mod test;

use std::ffi::OsString;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use repo::Repo;

#[derive(Parser)]
#[command(
    name = "cargo xtask",
    about = "Every task of this repository. What a task needs and does not find, it installs."
)]
struct CommandLine {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Try every operation, through the packed package, on the emulator or on your own app
    Quickstart,
    /// Build the demo page, serve it and print its address
    Demo(demo::Options),
    /// Build the site of guides, reference and demo page, and print its folder
    Docs,
    /// Run the tests and print the counts
    Test(test::Selection),
    /// Run the tests as in CI, and check that they leave the working tree unchanged
    Ci(test::Selection),
    /// Run the emulator as an HTTP server
    Emulator {
        /// Arguments of the server; `-- --help` lists them
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<OsString>,
    },
    /// Build the wasm modules
    Build,
    /// Build the npm package; the last line printed is the tarball's path
    Pack,
    /// Build the wasm modules a second time, from scratch, and compare
    Reproduce,
    /// Print the sizes of the package
    Size,
    /// Compare the package's speed and memory with the official SDKs
    Bench(bench::Options),
    /// Measure the emulator's server: under load, and with 100,000 users
    BenchEmulator {
        /// Another build of the server, measured in turns with this one
        #[arg(long, value_name = "PROGRAM")]
        server: Option<std::path::PathBuf>,
    },
    /// Run the long tests: sockets, faults, lost and doubled operations, memory
    Soak(soak::Options),
    /// Check licences, duplicates, sources and lock files of all dependencies
    Audit {
        /// Check for advisories too, which needs the network
        #[arg(long)]
        advisories: bool,
    },
    /// Write bills of materials of the package's modules, as CycloneDX
    Sbom,
    /// Build and check everything that a release consists of
    Release(release::Options),
    /// Compare an OpenAPI description of the API, which you provide, with the models and operations here
    Drift {
        /// The description as JSON
        #[arg(long, value_name = "FILE")]
        spec: std::path::PathBuf,
    },
    /// Fuzz untrusted input with libFuzzer, and print how many inputs were tried
    Fuzz(fuzz::Options),
    /// Change the code in small ways, and print which changes no test notices; takes hours
    Mutants(mutants::Options),
    /// Test the facts about the emulator and write their tables into docs/parity.md and docs/emulator.md
    Parity(parity::Options),
    /// Run the package in every runtime and write the table in docs/runtimes.md
    Runtimes,
    /// Run the package in every framework, which takes long, and write the table in docs/runtimes.md
    Frameworks,
    /// Write the generated sources
    Codegen {
        /// Only check whether they are up to date
        #[arg(long)]
        check: bool,
    },
}

fn main() -> ExitCode {
    let CommandLine { task } = CommandLine::parse();
    match run(task) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(task: Task) -> Result<()> {
    let repo = Repo::open()?;
    match task {
        Task::Quickstart => quickstart::run(&repo),
        Task::Demo(options) => demo::run(&repo, &options),
        Task::Docs => docs::run(&repo),
        Task::Test(selection) => test::run(&repo, &selection),
        Task::Ci(selection) => ci::run(&repo, &selection),
        Task::Emulator { arguments } => emulator::run(&repo, &arguments),
        Task::Build => {
            setup::for_build(&repo)?;
            build::run(&repo)
        }
        Task::Pack => {
            setup::for_build(&repo)?;
            println!("{}", pack::run(&repo)?.tarball.display());
            Ok(())
        }
        Task::Reproduce => reproduce::run(&repo),
        Task::Size => size::run(&repo),
        Task::Bench(options) => bench::run(&repo, &options),
        Task::BenchEmulator { server } => bench::emulator_server(&repo, server.as_deref()),
        Task::Soak(options) => soak::run(&repo, &options),
        Task::Drift { spec } => codegen::drift(&repo, &spec),
        Task::Fuzz(options) => fuzz::run(&repo, &options),
        Task::Mutants(options) => mutants::run(&repo, &options),
        Task::Audit { advisories } => audit::run(&repo, advisories),
        Task::Sbom => {
            audit::bill_of_materials(&repo)?.iter().for_each(|file| println!("{}", file.display()));
            Ok(())
        }
        Task::Release(options) => release::run(&repo, &options),
        Task::Parity(options) if options.app => test::ask_app(&repo, &options),
        Task::Parity(_) => test::write_parity(&repo),
        Task::Runtimes => test::write_matrix(&repo, &runtimes::RUNTIMES),
        Task::Frameworks => test::write_matrix(&repo, &runtimes::FRAMEWORKS),
        Task::Codegen { check: true } => codegen::check(&repo),
        Task::Codegen { check: false } => codegen::write(&repo),
    }
}
