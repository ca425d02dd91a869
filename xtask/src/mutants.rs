//! `cargo xtask mutants`: changes the code in small ways, one at a time, and lists the changes that no test notices.
//!
//! cargo-mutants changes the Rust that decides, except the mutants that change no behaviour, which `.cargo/mutants.toml` lists. Stryker
//! changes the TypeScript.

mod stryker;

use anyhow::{Context, Result, ensure};
use clap::Args;
use serde_json::Value;
use xshell::cmd;

use crate::audit;
use crate::repo::Repo;
use crate::setup;
use crate::step::{step, watched};

const MUTANTS: (&str, &str) = ("cargo-mutants", "27.1.0");
/// The time limit of the tests for one mutant, in seconds: some mutants create endless loops.
const SECONDS: &str = "120";

/// A part of the code, and the tests that have to notice its mutants.
struct Part {
    name: &'static str,
    package: &'static str,
    files: &'static str,
    tests: &'static [&'static str],
}

const CLIENT: &str = "getstream-users";
const EMULATOR: &str = "getstream-users-emulator";

const PARTS: [Part; 5] = [
    Part { name: "policy", package: CLIENT, files: "src/policy/**", tests: &["--lib"] },
    Part { name: "auth", package: CLIENT, files: "src/auth/**", tests: &["--lib"] },
    Part { name: "operation", package: CLIENT, files: "src/operation/**", tests: &["--lib"] },
    Part { name: "filter", package: EMULATOR, files: "emulator/src/core/filter/**", tests: &["--lib", "--test=it"] },
    Part { name: "gate", package: EMULATOR, files: "emulator/src/core/gate/**", tests: &["--lib", "--test=it"] },
];
const NAMES: [&str; 9] =
    ["policy", "auth", "operation", "filter", "gate", "bulk", "bulk-options", "paging", "webhooks"];

#[derive(Args)]
pub(crate) struct Options {
    /// Change this part of the code and no other; may be repeated
    #[arg(long, value_name = "PART", value_parser = NAMES)]
    only: Vec<String>,
}

/// Tests the parts one after the other, and prints how many mutants were noticed.
///
/// # Errors
/// When a mutant was not noticed that is not listed as equivalent.
pub(crate) fn run(repo: &Repo, options: &Options) -> Result<()> {
    let mut missed = 0;
    for name in NAMES.iter().filter(|name| options.only.is_empty() || options.only.iter().any(|only| only == *name)) {
        let figures = match PARTS.iter().find(|part| part.name == *name) {
            Some(part) => part.run(repo)?,
            None => stryker::run(repo, name)?,
        };
        println!("{name:<14}{figures}");
        missed += figures.missed;
    }
    ensure!(missed == 0, "{missed} changes were not noticed; the tools have listed them");
    Ok(())
}

impl Part {
    fn run(&self, repo: &Repo) -> Result<Figures> {
        let Self { name, package, files, tests } = self;
        audit::install(repo, MUTANTS)?;
        let (shell, path) = (&repo.shell, setup::path_with_tools(repo)?);
        let output = repo.target.join("mutants").join(name);
        let mutants = |arguments: &[&str]| {
            cmd!(shell, "cargo mutants --package {package} --file {files} --no-default-features")
                .args(arguments)
                .env("PATH", &path)
        };
        let count = |arguments: &[&str]| -> Result<usize> { Ok(mutants(arguments).quiet().read()?.lines().count()) };
        let equivalent = count(&["--list", "--no-config"])? - count(&["--list"])?;
        // The same inputs each time; without the search for a smaller one that fails, which takes longer than the rest.
        let run = mutants(&["--no-shuffle", "--jobs=1", "--timeout", SECONDS, "--output"])
            .arg(&output)
            .arg("--")
            .args(*tests)
            .env("PROPTEST_RNG_SEED", "1")
            .env("PROPTEST_MAX_SHRINK_ITERS", "0")
            .env("PROPTEST_DISABLE_FAILURE_PERSISTENCE", "true")
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .env("CARGO_TARGET_DIR", repo.target.join("mutants/build"));
        // It fails where a change was missed, which the figures tell as well.
        step(&format!("change {name}"), || watched(run).map(drop))?;
        let outcomes = shell.read_file(output.join("mutants.out/outcomes.json"))?;
        Figures::of(&outcomes, equivalent).with_context(|| format!("{name}: cargo-mutants did not say what came out"))
    }
}

/// What came of the changes to a part.
#[derive(Debug, Default, PartialEq, Eq)]
struct Figures {
    caught: u64,
    missed: u64,
    /// After which the tests did not end.
    endless: u64,
    /// That do not compile.
    unviable: u64,
    /// That make no difference.
    equivalent: usize,
    /// That are of no interest, and were not tried.
    left_out: usize,
}

impl Figures {
    fn of(outcomes: &str, equivalent: usize) -> Option<Self> {
        let outcomes: Value = serde_json::from_str(outcomes).ok()?;
        let count = |name: &str| outcomes.get(name).and_then(Value::as_u64);
        Some(Self {
            caught: count("caught")?,
            missed: count("missed")?,
            endless: count("timeout")?,
            unviable: count("unviable")?,
            equivalent,
            left_out: 0,
        })
    }
}

impl std::fmt::Display for Figures {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { caught, missed, endless, unviable, equivalent, left_out } = self;
        write!(f, "{caught:>4} caught, {missed} missed, {endless} endless, {unviable} that do not compile, ")?;
        write!(f, "{equivalent} that make no difference, {left_out} not tried")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_out_is_read_from_the_report() {
        let report = r#"{"outcomes":[],"total_mutants":12,"missed":1,"caught":7,"timeout":1,"unviable":3,"success":0}"#;
        let figures = Figures { caught: 7, missed: 1, endless: 1, unviable: 3, equivalent: 2, left_out: 0 };
        assert_eq!(Figures::of(report, 2), Some(figures));
        assert_eq!(Figures::of("{}", 0), None);
    }

    #[test]
    fn every_part_can_be_asked_for() {
        let stryker = include_str!("../../tests/mutants/stryker.config.mjs");
        assert!(PARTS.iter().all(|part| NAMES.contains(&part.name)));
        let others = NAMES.iter().filter(|name| PARTS.iter().all(|part| part.name != **name));
        for name in others {
            let is_there =
                [format!("\n  {name}: {{"), format!("\n  {name:?}: {{")].iter().any(|text| stryker.contains(text));
            assert!(is_there, "{name}");
        }
    }
}
