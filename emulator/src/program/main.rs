//! The emulator as a program: `getstream-users-emulator --port 8737`.

mod cli;
mod exec;

use std::ffi::OsString;
use std::fmt::Display;
use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use getstream_users_emulator::server::{self, DataFile, Options, Signals};
use getstream_users_emulator::{Config, Emulator, Ui};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

use mimalloc::MiMalloc;

use cli::{Cli, Task};
use exec::Command;

/// A request allocates and frees some hundred small values, often on different threads: with the allocator of glibc, an
/// upsert of one user took 1.3 times as much processor time.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    let cli = Cli::read();
    let runtime = Runtime::new().map_err(|error| format!("cannot start: {error}"));
    runtime.and_then(|runtime| runtime.block_on(run(cli))).unwrap_or_else(|message| {
        eprintln!("error: {message}");
        ExitCode::FAILURE
    })
}

/// # Errors
/// A message on stderr.
async fn run(cli: Cli) -> Result<ExitCode, String> {
    // Before anyone can know that the program runs.
    let signals = Signals::listen().map_err(|error| format!("cannot listen for signals: {error}"))?;
    let (emulator, options) = begin(&cli)?;
    let listener = TcpListener::bind(cli.address()).await.map_err(|error| cannot_serve(&cli, error))?;
    match &cli.task {
        None => serve(&cli, signals, listener, emulator, options).await,
        Some(Task::Exec { command }) => exec(&cli, command, signals, listener, emulator, options).await,
    }
}

/// Serves until it receives a signal to stop.
async fn serve(
    cli: &Cli,
    mut signals: Signals,
    listener: TcpListener,
    emulator: Emulator,
    options: Options,
) -> Result<ExitCode, String> {
    say(&listener).map_err(|error| cannot_serve(cli, error))?;
    let stop = async {
        signals.next().await;
    };
    server::serve(listener, emulator, options, stop).await.map_err(|error| error.to_string())?;
    Ok(ExitCode::SUCCESS)
}

/// Prints the first line, which other programs read the address from.
fn say(listener: &TcpListener) -> io::Result<()> {
    let mut stdout = io::stdout();
    writeln!(stdout, "listening on http://{}", listener.local_addr()?)?;
    stdout.flush()
}

/// Serves until the command has ended, and exits with its code.
async fn exec(
    cli: &Cli,
    command: &[OsString],
    signals: Signals,
    listener: TcpListener,
    emulator: Emulator,
    options: Options,
) -> Result<ExitCode, String> {
    let address = listener.local_addr().map_err(|error| cannot_serve(cli, error))?;
    let command = match Command::start(command, address, emulator.config()) {
        Ok(command) => command,
        Err(not_started) => {
            eprintln!("error: {not_started}");
            return Ok(not_started.exit_code());
        }
    };
    eprintln!("listening on http://{address}");
    let mut code = ExitCode::FAILURE;
    let stop = async { code = command.ended(signals).await };
    server::serve(listener, emulator, options, stop).await.map_err(|error| error.to_string())?;
    Ok(code)
}

fn cannot_serve(cli: &Cli, error: io::Error) -> String {
    format!("cannot serve at {}: {error}", cli.address())
}

/// Reads the files of the page, once at the start.
fn read_ui(folder: &Path) -> Result<Ui, String> {
    let read = || -> io::Result<Ui> {
        let files = fs::read_dir(folder)?.map(|entry| {
            let entry = entry?;
            Ok((entry.file_name().to_string_lossy().into_owned(), fs::read(entry.path())?))
        });
        files.collect()
    };
    let ui = read().map_err(|error| format!("--ui: cannot read {}: {error}", folder.display()))?;
    if ui.is_there() { Ok(ui) } else { Err(format!("--ui: {} has no index.html", folder.display())) }
}

/// Creates the emulator with its initial state.
fn begin(cli: &Cli) -> Result<(Emulator, Options), String> {
    let ui = cli.ui.as_deref().map(read_ui).transpose()?.unwrap_or_default();
    let mut emulator = Emulator::new(Config { ui, ..cli.config() });
    let mut data = match &cli.data {
        Some(path) => Some(DataFile::open(path).map_err(|error| error.to_string())?.save_every(cli.save_every())),
        None => None,
    };
    let restored = match &mut data {
        Some(data) => data.restore(&mut emulator).map_err(|error| error.to_string())?,
        None => false,
    };
    if let Some(path) = cli.seed.as_ref().filter(|_| !restored) {
        let cannot = |error: &dyn Display| format!("cannot begin with {}: {error}", path.display());
        let seed = fs::read(path).map_err(|error| cannot(&error))?;
        emulator.seed(&seed, server::now()).map_err(|error| cannot(&error))?;
    }
    Ok((emulator, Options { data, log: cli.log(), ..Options::default() }))
}
