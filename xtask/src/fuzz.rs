//! `cargo xtask fuzz`: runs libFuzzer on untrusted input, the only task that needs the nightly compiler, and fast-check
//! on arguments of callers.

use std::ffi::OsString;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use clap::Args;
use xshell::cmd;

use crate::audit;
use crate::repo::Repo;
use crate::setup;
use crate::soak;
use crate::step::{quietly, step};

const FUZZ: (&str, &str) = ("cargo-fuzz", "0.13.2");
/// The targets, each a function of `fuzz/src/lib.rs`.
const TARGETS: [&str; 9] =
    ["tokens", "ids", "retries", "requests", "first_version", "filters", "seeds", "states", "sockets"];
/// The package's whole API, in Node: a script of `tests/fuzz`, and not a function of `fuzz/src/lib.rs`.
const SURFACE: &str = "surface";
/// Longer inputs are not worth the time.
const LONGEST: u32 = 4_096;

#[derive(Args)]
pub(crate) struct Options {
    /// Seconds that each target runs
    #[arg(long, default_value_t = 60)]
    seconds: u32,
    /// Run only this target; may be repeated
    #[arg(long, value_name = "TARGET", value_parser = TARGETS.into_iter().chain([SURFACE]).collect::<Vec<_>>())]
    only: Vec<String>,
    /// The seed of `surface`; random by default
    #[arg(long)]
    seed: Option<u32>,
}

impl Options {
    fn wants(&self, target: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|only| only == target)
    }
}

/// Runs the targets one after the other, and prints how many inputs each has tried. A failure saves its input in
/// `fuzz/artifacts`.
pub(crate) fn run(repo: &Repo, options: &Options) -> Result<()> {
    if TARGETS.iter().any(|target| options.wants(target)) {
        bytes(repo, options)?;
    }
    if options.wants(SURFACE) {
        let seed = options.seed.iter().flat_map(|seed| ["--seed".to_owned(), seed.to_string()]);
        let arguments = ["--seconds".to_owned(), options.seconds.to_string()].into_iter().chain(seed);
        soak::script(repo, "fuzz/surface.mjs", &arguments.map(OsString::from).collect::<Vec<_>>())?;
    }
    Ok(())
}

/// The targets that take bytes.
fn bytes(repo: &Repo, options: &Options) -> Result<()> {
    audit::install(repo, FUZZ)?;
    let (shell, path) = (&repo.shell, setup::path_with_tools(repo)?);
    let build = repo.target.join("fuzz");
    let fuzz = |task: &str| {
        // Sanitizers find what safe Rust cannot do, and `unsafe` is forbidden here.
        cmd!(shell, "cargo +nightly fuzz {task} --sanitizer none --target-dir {build}").env("PATH", &path)
    };
    step("build the fuzz targets (minutes)", || quietly(fuzz("build")))?;
    let mut total = 0;
    for target in TARGETS.into_iter().filter(|target| options.wants(target)) {
        let corpus = repo.target.join("fuzz-corpus").join(target);
        shell.create_dir(&corpus)?;
        let seeds = repo.root.join("fuzz/seeds").join(target);
        let run = fuzz("run").args([target.as_ref(), corpus.as_os_str(), seeds.as_os_str()]).arg("--").args([
            format!("-max_total_time={}", options.seconds),
            format!("-max_len={LONGEST}"),
            "-print_final_stats=1".to_owned(),
        ]);
        let output = run.quiet().ignore_status().output()?;
        let said = String::from_utf8_lossy(&output.stderr);
        ensure!(output.status.success(), "{target} has failed\n{}", said.trim_end());
        let tried = tried(&said).with_context(|| format!("{target} does not say how many inputs it tried"))?;
        total += tried;
        println!("{target:<16}{tried:>12} inputs in {:?}", Duration::from_secs(options.seconds.into()));
    }
    println!("{:<16}{total:>12} inputs", "all");
    Ok(())
}

/// The number of inputs in libFuzzer's output.
fn tried(said: &str) -> Option<u64> {
    said.lines().find_map(|line| line.strip_prefix("stat::number_of_executed_units:")?.trim().parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_inputs_is_read_from_what_libfuzzer_says() {
        assert_eq!(tried("Done 7 runs\nstat::number_of_executed_units: 86064\nstat::x: 1\n"), Some(86_064));
        assert_eq!(tried("Done"), None);
    }

    #[test]
    fn every_target_is_listed_and_has_inputs_to_begin_with() -> Result<()> {
        let root = Repo::open()?.root;
        let names = |folder: &str| -> Result<Vec<String>> {
            let mut names: Vec<_> = root.join(folder).read_dir()?.flatten().map(|entry| entry.file_name()).collect();
            names.sort();
            Ok(names.iter().map(|name| name.to_string_lossy().trim_end_matches(".rs").to_owned()).collect())
        };
        let mut targets = TARGETS.to_vec();
        targets.sort_unstable();
        assert_eq!(names("fuzz/fuzz_targets")?, targets);
        assert_eq!(names("fuzz/seeds")?, targets);
        Ok(())
    }
}
