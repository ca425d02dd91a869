//! The output of tasks: one line per step on stderr, so that stdout has only results.

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use xshell::Cmd;

/// Runs `work` and prints its name and duration.
pub(crate) fn step<T>(name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    eprint!("  {name:<56}");
    std::io::stderr().flush()?;
    let start = Instant::now();
    let result = work();
    let outcome = if result.is_ok() { "" } else { "  failed" };
    eprintln!("{}{outcome}", seconds(start.elapsed()));
    result
}

pub(crate) fn seconds(elapsed: Duration) -> String {
    format!("{:>7.1} s", elapsed.as_secs_f64())
}

/// Runs a command and shows its output only if it fails.
pub(crate) fn quietly(command: Cmd<'_>) -> Result<()> {
    let line = command.to_string();
    let output = command.quiet().ignore_status().output().with_context(|| format!("cannot start `{line}`"))?;
    if output.status.success() {
        return Ok(());
    }
    let (stdout, stderr) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    bail!("`{line}` ended with {}\n{}\n{}", output.status, stdout.trim_end(), stderr.trim_end());
}

/// Replaces this process with a program, so that signals and the exit code are the program's.
#[cfg(unix)]
pub(crate) fn become_process(command: &mut Command) -> Result<()> {
    Err(std::os::unix::process::CommandExt::exec(command)).with_context(|| cannot_start(command))
}

#[cfg(not(unix))]
pub(crate) fn become_process(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| cannot_start(command))?;
    std::process::exit(status.code().unwrap_or(1));
}

fn cannot_start(command: &Command) -> String {
    format!("cannot start {}", command.get_program().display())
}

/// The stdout of a command, and whether it succeeded.
pub(crate) struct Transcript {
    pub(crate) stdout: String,
    pub(crate) success: bool,
}

/// Runs a command with visible output and keeps its stdout.
pub(crate) fn watched(command: Cmd<'_>) -> Result<Transcript> {
    let line = command.to_string();
    let mut child = Command::from(command)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start `{line}`"))?;

    let mut stdout = String::new();
    for text in BufReader::new(child.stdout.take().context("no stdout to read")?).lines() {
        let text = text?;
        eprintln!("{text}");
        stdout.push_str(&text);
        stdout.push('\n');
    }
    Ok(Transcript { stdout, success: child.wait()?.success() })
}
