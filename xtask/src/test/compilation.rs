//! Runs TypeScript's compiler, and counts the sources without errors.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

use anyhow::{Context, Result, anyhow};

use super::Counts;

/// One run of TypeScript's compiler.
pub(super) struct Compilation {
    pub(super) tsc: PathBuf,
    pub(super) configuration: PathBuf,
    /// `--skipLibCheck`: with `true`, declarations of packages are not checked.
    pub(super) skips_libraries: &'static str,
}

impl Compilation {
    /// Compiles, and counts the sources in `folder`.
    pub(super) fn run(&self, root: &Path, folder: &Path) -> Result<Counts> {
        let mut compiler = Command::new("node");
        compiler.current_dir(root).arg(&self.tsc).arg("--project").arg(&self.configuration);
        compiler.args(["--skipLibCheck", self.skips_libraries, "--noEmit", "--pretty", "false", "--listFiles"]);
        let output = compiler.output().context("cannot start TypeScript's compiler")?;
        let printed = String::from_utf8_lossy(&output.stdout);

        // The compiler's errors come before the list of all files it has read.
        let (listed, complaints): (Vec<_>, Vec<_>) = printed.lines().partition(|line| Path::new(line).is_absolute());
        complaints.iter().for_each(|line| eprintln!("{line}"));
        let sources = listed.iter().filter(|file| Path::new(file).starts_with(folder)).count();
        let wrong = files_with_errors(&complaints);
        let failed = if output.status.success() { 0 } else { wrong.max(1) };
        Ok(Counts { passed: sources.saturating_sub(wrong), failed, skipped: 0 })
    }
}

/// Runs all of them, several at once.
pub(super) fn run_all(compilations: &[Compilation], root: &Path, folder: &Path, at_once: usize) -> Result<Counts> {
    let left = Mutex::new(compilations.iter());
    let next = || left.lock().ok()?.next();
    let work = || std::iter::from_fn(next).map(|compilation| compilation.run(root, folder)).sum::<Result<Counts>>();
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..at_once).map(|_| scope.spawn(work)).collect();
        workers.into_iter().map(|worker| worker.join().map_err(|_| anyhow!("a thread has panicked"))?).sum()
    })
}

/// How many files have errors, in lines such as `types/a.mts(3,5): error TS2322: …`.
fn files_with_errors(complaints: &[&str]) -> usize {
    let lines = complaints.iter().filter(|line| line.contains("): error TS"));
    lines.filter_map(|line| line.split_once('(')).map(|(file, _)| file).collect::<BTreeSet<_>>().len()
}
