//! `cargo xtask soak`: the long tests, of which `cargo xtask test` has short versions.

use std::ffi::OsString;

use anyhow::{Result, ensure};
use clap::{Args, ValueEnum};
use xshell::cmd;

use crate::consumer;
use crate::emulator::{self, Profile, Server};
use crate::pack;
use crate::repo::Repo;
use crate::setup;

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Name {
    /// Hold many sockets open on the emulator's server, and print their cost
    Sockets,
    /// Every operation under every fault over real sockets, in Node, Deno, Bun and workerd
    Faults,
    /// Seeded runs under faults and kills, compared with a model: nothing lost, nothing done twice
    ExactlyOnce,
    /// Hundreds of thousands of calls, clients and sockets: how much memory stays in use
    Memory,
}

#[derive(Args)]
pub(crate) struct Options {
    /// Which test
    #[arg(long, value_enum, value_name = "NAME", default_value = "sockets")]
    only: Name,
    /// How many sockets `sockets` opens
    #[arg(long, default_value_t = 1_000)]
    sockets: u32,
    /// For how many seconds `sockets` holds them open
    #[arg(long, default_value_t = 60)]
    seconds: u32,
    /// Arguments for the script, such as a seed or a runtime
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<OsString>,
}

pub(crate) fn run(repo: &Repo, options: &Options) -> Result<()> {
    let Options { only, sockets, seconds, arguments } = options;
    match only {
        Name::Sockets => {
            setup::npm_packages(repo, "tests")?;
            emulator::soak(repo, *sockets, *seconds)
        }
        Name::Faults => script(repo, "soak/faults.mjs", arguments),
        Name::ExactlyOnce => script(repo, "soak/exactly-once.mjs", arguments),
        Name::Memory => script(repo, "soak/memory.mjs", arguments),
    }
}

/// Runs a script of `tests/` with the packed package and a separate server.
pub(crate) fn script(repo: &Repo, name: &str, arguments: &[OsString]) -> Result<()> {
    setup::for_tests(repo)?;
    emulator::build(repo)?;
    let package = pack::run(repo)?;
    let project = consumer::tests(repo, &package)?;
    let script = project.join(name);
    ensure!(script.exists(), "tests/{name} is missing");
    let server = Server::start(repo)?;
    let run = cmd!(repo.shell, "node --expose-gc {script} {arguments...}")
        .envs(server.environment())
        .env("CARGO_TARGET_DIR", &repo.target)
        .env("EMULATOR_PROGRAM", emulator::program(repo, Profile::Debug))
        .env("PACKAGE_TARBALL", &package.tarball);
    Ok(run.quiet().run()?)
}
