//! The emulator as an HTTP server: for people, and as the API for tests and the quickstart.

use std::ffi::OsString;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, Stdio};

use anyhow::{Context, Result};
use xshell::cmd;

use crate::repo::Repo;
use crate::step::{become_process, quietly, step};

/// The name of the package and the program.
pub(crate) const NAME: &str = "getstream-users-emulator";
/// The server's first output, before its address.
const GREETING: &str = "listening on ";

/// How the server is built: quickly, or optimised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Profile {
    Debug,
    Release,
}

impl Profile {
    /// Cargo's name of the profile, and the folder it builds into.
    fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Debug => ("dev", "debug"),
            Self::Release => ("release", "release"),
        }
    }
}

/// Builds the server.
pub(crate) fn build(repo: &Repo) -> Result<()> {
    build_as(repo, Profile::Debug)
}

/// Builds the server with a profile.
pub(crate) fn build_as(repo: &Repo, profile: Profile) -> Result<()> {
    let (shell, (profile, _)) = (&repo.shell, profile.names());
    step("build the emulator's server", || {
        quietly(cmd!(shell, "cargo build --quiet --profile {profile} --package {NAME} --features server --bin {NAME}"))
    })
}

/// The path of the server's program.
pub(crate) fn program(repo: &Repo, profile: Profile) -> PathBuf {
    let (_, folder) = profile.names();
    repo.target.join(folder).join(NAME).with_extension(std::env::consts::EXE_EXTENSION)
}

/// Runs the server in place of this process, so that signals and the exit code are the server's own.
pub(crate) fn run(repo: &Repo, arguments: &[OsString]) -> Result<()> {
    build(repo)?;
    // By default, the page of the package that was built last.
    let page = repo.pkg().join("package/dist/ui");
    let is_chosen = arguments.iter().any(|argument| argument.to_string_lossy().starts_with("--ui"));
    let page = (page.is_dir() && !is_chosen).then(|| [OsString::from("--ui"), page.into()]);
    become_process(Command::new(program(repo, Profile::Debug)).args(page.into_iter().flatten()).args(arguments))
}

/// Holds sockets open on a separate server, whose memory the script measures as its parent process.
pub(crate) fn soak(repo: &Repo, sockets: u32, seconds: u32) -> Result<()> {
    let before = ["--port", "0", "--quiet", "exec", "--", "node"].map(OsString::from);
    let script = repo.root.join("tests/soak/sockets.mjs").into_os_string();
    let after = [sockets, seconds].map(|number| OsString::from(number.to_string()));
    let arguments: Vec<OsString> = before.into_iter().chain([script]).chain(after).collect();
    run(repo, &arguments)
}

/// A server on a free port, which stops when this is dropped.
pub(crate) struct Server {
    /// Its address.
    url: String,
    process: Child,
    /// Kept open: if the output of a server is closed, it may fail at its next line.
    _output: BufReader<ChildStdout>,
}

impl Server {
    /// Starts the server that `build` has built.
    pub(crate) fn start(repo: &Repo) -> Result<Self> {
        Self::start_as(repo, Profile::Debug)
    }

    /// Starts the server that `build_as` has built.
    pub(crate) fn start_as(repo: &Repo, profile: Profile) -> Result<Self> {
        let mut process = Command::new(program(repo, profile))
            .args(["--port", "0", "--quiet"])
            .stdout(Stdio::piped())
            .spawn()
            .context("cannot start the emulator")?;
        let mut output = BufReader::new(process.stdout.take().context("the emulator has no output")?);
        let mut line = String::new();
        output.read_line(&mut line)?;
        let url = line.trim_end().strip_prefix(GREETING);
        let url = url.with_context(|| format!("the emulator began with {line:?} instead of its address"))?.to_owned();
        Ok(Self { url, process, _output: output })
    }

    /// The variables that tell scripts and tests where the API is.
    pub(crate) fn environment(&self) -> [(&str, &str); 3] {
        // The server's own defaults.
        [("STREAM_BASE_URL", &self.url), ("STREAM_API_KEY", "devkey"), ("STREAM_API_SECRET", "devsecret")]
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already; then there is nothing to do.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
