//! Tests the emulator with official SDKs: `tests/sdks`, a folder for each language.
//!
//! Those for Python are installed from PyPI into virtual environments below `target/`, if the machine has Python; those
//! for JavaScript from npm, at the versions of the folder's lock file. The SDKs for PHP and Ruby are not included: they
//! are not Debian packages, and their registries need other package managers.

use std::path::{Path, PathBuf};

use anyhow::Result;
use xshell::cmd;

use crate::emulator::{self, Server};
use crate::repo::Repo;
use crate::setup;
use crate::step::{quietly, step, watched};
use crate::test::Counts;

/// The oldest Python that the SDKs support.
const OLDEST_PYTHON: (u32, u32) = (3, 10);

/// The test runner of a folder.
#[derive(Debug, Clone, Copy)]
enum Language {
    JavaScript,
    Python,
}

/// The folders, each with its SDKs.
const SDKS: [(&str, Language, &str); 3] = [
    ("python", Language::Python, "getstream (Python)"),
    ("python-chat", Language::Python, "stream-chat (Python, blocking and asynchronous)"),
    ("javascript", Language::JavaScript, "stream-chat, feeds-client, video-client (JavaScript)"),
];

/// Runs the SDKs that this machine can run, and prints the results; the others count as skipped, and the reason is
/// printed.
pub(crate) fn run(repo: &Repo) -> Result<Counts> {
    emulator::build(repo)?;
    let mut all = Vec::new();
    for (folder, language, name) in SDKS {
        let tests = repo.root.join("tests/sdks").join(folder);
        let counts = match language {
            Language::JavaScript => javascript(repo, &tests)?,
            Language::Python => python(repo, &tests, folder)?,
        };
        all.push((name, counts.or_failure_if_none()));
    }
    for (name, Counts { passed, failed, skipped }) in &all {
        eprintln!("  {name}: {passed} passed, {failed} failed, {skipped} skipped");
    }
    Ok(all.into_iter().map(|(_, counts)| counts).sum())
}

fn javascript(repo: &Repo, tests: &Path) -> Result<Counts> {
    setup::npm_packages(repo, "tests/sdks/javascript")?;
    let files: Vec<PathBuf> = repo.shell.read_dir(tests)?;
    let files = files.into_iter().filter(|file| file.to_string_lossy().ends_with(".test.mjs"));
    let server = Server::start(repo)?;
    // One file after the other, because they share an emulator and each starts by emptying it.
    let test = cmd!(repo.shell, "node --test --test-concurrency=1 --test-reporter=spec {files...}");
    Ok(Counts::of_node(&watched(test.envs(server.environment()))?))
}

fn python(repo: &Repo, tests: &Path, folder: &str) -> Result<Counts> {
    if let Err(reason) = usable(repo) {
        eprintln!("skipped: {reason}");
        return Ok(Counts { skipped: 1, ..Counts::default() });
    }
    let python = environment(repo, tests, folder)?;
    let server = Server::start(repo)?;
    let run = repo.root.join("tests/sdks/unittests.py");
    let test = cmd!(repo.shell, "{python} {run} {tests}")
        .envs(server.environment())
        // Otherwise, compiled files would be written beside the sources.
        .env("PYTHONDONTWRITEBYTECODE", "1");
    Ok(Counts::of_unittest(&watched(test)?))
}

/// # Errors
/// Why this machine's Python cannot be used.
fn usable(repo: &Repo) -> Result<(), String> {
    let script = "import sys; print(*sys.version_info[:2])";
    let said = cmd!(repo.shell, "python3 -c {script}").quiet().ignore_stderr().read();
    let version = said.map_err(|_| "no python3".to_owned())?;
    let (oldest_major, oldest_minor) = OLDEST_PYTHON;
    if parse(&version).is_none_or(|version| version < OLDEST_PYTHON) {
        let version = version.trim().replace(' ', ".");
        return Err(format!("python3 is {version}, the SDK needs {oldest_major}.{oldest_minor}"));
    }
    let modules = "import ensurepip, venv";
    let has_venv = cmd!(repo.shell, "python3 -c {modules}").quiet().ignore_stderr().run();
    has_venv.map_err(|_| "python3 has no venv (on Debian: apt install python3-venv)".to_owned())
}

/// Major and minor version.
fn parse(version: &str) -> Option<(u32, u32)> {
    let (major, minor) = version.trim().split_once(' ')?;
    Some((major.parse().ok()?, minor.parse().ok()?))
}

/// The Python of an environment with the packages of the tests, recreated when their list has changed.
fn environment(repo: &Repo, tests: &Path, name: &str) -> Result<PathBuf> {
    let shell = &repo.shell;
    let (folder, required) = (repo.target.join("sdks").join(name), tests.join("requirements.txt"));
    let python = folder.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    let installed = folder.join("requirements.txt");
    let wanted = shell.read_file(&required)?;
    if shell.read_file(&installed).is_ok_and(|installed| installed == wanted) {
        return Ok(python);
    }
    step(&format!("install what {name} needs from PyPI"), || {
        shell.remove_path(&folder)?;
        quietly(cmd!(shell, "python3 -m venv {folder}"))?;
        let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"];
        quietly(cmd!(shell, "{python} {pip...} --requirement {required}"))?;
        // Last, so that an incomplete environment is recreated.
        Ok(shell.write_file(&installed, &wanted)?)
    })?;
    Ok(python)
}

#[cfg(test)]
mod tests {
    use super::{OLDEST_PYTHON, SDKS, parse};

    #[test]
    fn versions_are_compared_as_numbers() {
        for (said, usable) in [("3 9\n", false), ("3 10\n", true), ("3 14\n", true), ("4 0\n", true), ("no", false)] {
            assert_eq!(parse(said).is_some_and(|version| version >= OLDEST_PYTHON), usable, "{said}");
        }
    }

    #[test]
    fn no_folder_of_tests_is_left_out() {
        let sdks = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/sdks");
        let folders = sdks.read_dir().unwrap().flatten().filter(|entry| entry.path().is_dir());
        let mut folders: Vec<String> = folders.map(|entry| entry.file_name().into_string().unwrap()).collect();
        folders.sort();
        let mut named = SDKS.map(|(folder, _, _)| folder);
        named.sort_unstable();
        assert_eq!(folders, named);
    }
}
