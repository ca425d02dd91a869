//! The emulator as a program: `getstream-users-emulator --port 8787`.

use std::io::{self, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::process::ExitCode;
use std::time::Duration;

use clap::error::ErrorKind;
use clap::{CommandFactory, Parser};
use getstream_users_emulator::server::{self, Signals};
use getstream_users_emulator::{Config, Emulator};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

/// A stateful local double of Stream's user-management API.
///
/// Prints the address it listens at as its first line, keeps everything in memory, and stops on Ctrl-C or SIGTERM.
/// Point an SDK at the address (the official Node SDK calls it `basePath`) and give it the key and the secret.
#[derive(Debug, Parser)]
#[command(name = "getstream-users-emulator", version)]
struct Cli {
    /// Port to listen at; 0 takes any that is free.
    #[arg(long, default_value_t = 8787)]
    port: u16,

    /// Address to listen at. Any other than one of this machine's own needs --allow-remote.
    #[arg(long, default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    host: IpAddr,

    /// Lets other machines connect. Whoever can reach the emulator and knows its key and secret can do everything.
    #[arg(long)]
    allow_remote: bool,

    /// API key of the emulated app.
    #[arg(long, default_value = "devkey")]
    api_key: String,

    /// Secret that the emulated app's tokens are signed with.
    #[arg(long, default_value = "devsecret")]
    api_secret: String,

    /// How long a task takes, in milliseconds.
    #[arg(long, value_name = "MS", default_value_t = 50)]
    task_duration: u64,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    if !cli.host.is_loopback() && !cli.allow_remote {
        let message = format!("{} can be reached from other machines; say --allow-remote if it should", cli.host);
        Cli::command().error(ErrorKind::ArgumentConflict, message).exit();
    }
    let address = SocketAddr::new(cli.host, cli.port);
    match Runtime::new().and_then(|runtime| runtime.block_on(run(cli, address))) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: cannot serve at {address}: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(cli: Cli, address: SocketAddr) -> io::Result<()> {
    let signals = Signals::listen()?;
    let listener = TcpListener::bind(address).await?;
    let mut stdout = io::stdout();
    writeln!(stdout, "listening on http://{}", listener.local_addr()?)?;
    stdout.flush()?;
    let emulator = Emulator::new(Config {
        api_key: cli.api_key,
        api_secret: cli.api_secret,
        task_duration: Duration::from_millis(cli.task_duration),
        ..Config::default()
    });
    server::serve(listener, emulator, server::Limits::default(), signals.received()).await
}
