//! Runs a command beside the emulator.

use std::ffi::OsString;
use std::fmt::{self, Display};
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::process::{ExitCode, ExitStatus};

use getstream_users_emulator::Config;
use getstream_users_emulator::server::{Signal, Signals};
use tokio::process::{self, Child};

/// A running command.
#[derive(Debug)]
pub(crate) struct Command(Child);

impl Command {
    /// Starts a command with the emulator's address and credentials in its environment.
    ///
    /// # Errors
    /// If the system cannot start it.
    pub(crate) fn start(command: &[OsString], address: SocketAddr, config: &Config) -> Result<Self, NotStarted> {
        let (name, arguments) = command.split_first().unwrap_or((const { &OsString::new() }, &[]));
        let started = process::Command::new(name)
            .args(arguments)
            .env("STREAM_BASE_URL", format!("http://{}", reachable(address)))
            .env("STREAM_API_KEY", &config.api_key)
            .env("STREAM_API_SECRET", &config.api_secret)
            // The variable that the official Node SDK's tests read.
            .env("STREAM_SECRET", &config.api_secret)
            .kill_on_drop(true)
            .spawn();
        started.map(Self).map_err(|error| NotStarted { name: name.clone(), error })
    }

    /// Waits for the command to end, and forwards signals that only the emulator receives.
    pub(crate) async fn ended(mut self, mut signals: Signals) -> ExitCode {
        loop {
            tokio::select! {
                status = self.0.wait() => return status.map_or(ExitCode::FAILURE, exit_code),
                signal = signals.next() => hand_on(&self.0, signal),
            }
        }
    }
}

/// The address on this machine of a server that listens on `address`; one that listens on all addresses is reached by
/// loopback.
fn reachable(address: SocketAddr) -> SocketAddr {
    let host = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(host, address.port())
}

/// A terminal sends Ctrl-C to the command too, and some commands treat a second one as a request to stop at once.
#[cfg(unix)]
fn hand_on(command: &Child, signal: Signal) {
    use std::io::{IsTerminal, stderr, stdin, stdout};

    use rustix::process::{Pid, kill_process};

    let at_a_terminal = || stdin().is_terminal() || stdout().is_terminal() || stderr().is_terminal();
    let signal = match signal {
        Signal::Interrupt if at_a_terminal() => return,
        Signal::Interrupt => rustix::process::Signal::INT,
        Signal::Terminate => rustix::process::Signal::TERM,
    };
    let id = command.id().and_then(|id| i32::try_from(id).ok()).and_then(Pid::from_raw);
    if let Some(id) = id {
        // The command may be ending already.
        let _: Result<(), rustix::io::Errno> = kill_process(id, signal);
    }
}

/// Windows sends Ctrl-C to every process of a terminal.
#[cfg(not(unix))]
fn hand_on(_command: &Child, _signal: Signal) {}

/// The command's exit code or, as in shells, 128 plus the number of the signal that ended it.
fn exit_code(status: ExitStatus) -> ExitCode {
    let code = status.code().or_else(|| signal_of(status).map(|signal| 128 + signal));
    ExitCode::from(code.and_then(|code| u8::try_from(code).ok()).unwrap_or(1))
}

#[cfg(unix)]
fn signal_of(status: ExitStatus) -> Option<i32> {
    std::os::unix::process::ExitStatusExt::signal(&status)
}

#[cfg(not(unix))]
fn signal_of(_status: ExitStatus) -> Option<i32> {
    None
}

/// The error of a command that could not be started.
#[derive(Debug)]
pub(crate) struct NotStarted {
    name: OsString,
    error: io::Error,
}

impl NotStarted {
    /// The exit codes of shells for this error.
    pub(crate) fn exit_code(&self) -> ExitCode {
        ExitCode::from(if self.error.kind() == io::ErrorKind::NotFound { 127 } else { 126 })
    }
}

impl Display for NotStarted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot run {}: {}", self.name.display(), self.error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_at_every_address_is_reached_at_this_machines_own() {
        for (listening, reached) in [
            ("127.0.0.1:1", "127.0.0.1:1"),
            ("0.0.0.0:1", "127.0.0.1:1"),
            ("[::]:1", "[::1]:1"),
            ("192.0.2.1:1", "192.0.2.1:1"),
        ] {
            assert_eq!(reachable(listening.parse().unwrap()), reached.parse().unwrap());
        }
    }
}
