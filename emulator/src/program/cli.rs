//! The flags of the program.

use std::ffi::OsString;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::error::ErrorKind;
use clap::{CommandFactory, Parser, Subcommand, value_parser};
use getstream_users_emulator::server::LogFormat;
use getstream_users_emulator::{Choices, Config, RateLimits, WebhookTimes};

/// USER on a telephone's keypad. No service or development tool is known to use it. (8787, the port of earlier
/// versions, is Wrangler's.)
const PORT: u16 = 8737;

/// A stateful local emulator of Stream's user-management API.
///
/// Prints its address on the first line, and stops on Ctrl-C or SIGTERM. Give an SDK this address (`basePath` in the
/// official Node SDK), the key and the secret. With `exec`, it runs a command and stops with it.
#[derive(Debug, Parser)]
#[command(name = "getstream-users-emulator", version)]
pub(crate) struct Cli {
    /// Port to listen on; 0 takes any free port. [default: 8737, with `exec` any free port]
    #[arg(long)]
    port: Option<u16>,

    /// Address to listen on. An address that other machines can reach needs --allow-remote.
    #[arg(long, default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    host: IpAddr,

    /// Allows connections from other machines. Everyone who can reach the emulator can control it, and read and change
    /// all its data.
    #[arg(long)]
    allow_remote: bool,

    /// Host name of the emulator, as in a cluster: emulator.test.svc. May be repeated. Names of this machine, IP
    /// addresses and names without a dot are always allowed. A web page can make any other name resolve to this
    /// machine, so requests with another name can neither use the controls nor call as the server with the default
    /// secret.
    #[arg(long, value_name = "NAME", value_parser = host_name)]
    allow_host: Vec<String>,

    /// API key of the emulated app. It is not read from the environment, which may have the key of a real app.
    #[arg(long, default_value = "devkey")]
    api_key: String,

    /// Secret that signs the emulated app's tokens. It is not read from the environment either. The default is public,
    /// so web pages of other origins cannot call as the server with it.
    #[arg(long, default_value = "devsecret")]
    api_secret: String,

    /// How long a task takes, in milliseconds.
    #[arg(long, value_name = "MS", default_value_t = 50)]
    task_duration: u64,

    /// Seed of the ids that the emulator generates: the same number and the same requests give the same ids.
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    id_seed: u64,

    /// Requests per minute, for each operation and platform; `stream` sets the limits that Stream documents. [default:
    /// more than a machine can send]
    #[arg(long, value_name = "NUMBER|stream", value_parser = rate_limits)]
    rate_limit: Option<RateLimits>,

    /// Rejects unknown fields, and requests that the API may reject although no source says so.
    #[arg(long)]
    strict: bool,

    /// Format of times in webhooks: the integers that SDKs with typed events read, or text, which consumers of v1 need.
    #[arg(long, value_name = "FORM", default_value = "nanoseconds", value_parser = webhook_times())]
    webhook_times: WebhookTimes,

    /// JSON file with users and other objects to add at the start. Ignored if --data has restored a state.
    #[arg(long, value_name = "FILE")]
    pub(crate) seed: Option<PathBuf>,

    /// File that keeps the state between runs: read at the start if it exists, replaced after changes and at exit.
    /// Without it, the state is only in memory. FILE.lock beside it keeps other emulators out; FILE.tmp exists while
    /// the state is written.
    #[arg(long, value_name = "FILE")]
    pub(crate) data: Option<PathBuf>,

    /// The longest time until a change is saved to --data, in milliseconds.
    #[arg(long, value_name = "MS", default_value_t = 1000, requires = "data", value_parser = value_parser!(u64).range(1..))]
    save_every: u64,

    /// Format of the request log on stderr, one line per request: text or json. A line has the reason of an error, the
    /// ignored fields, and the choices about the API that affected the response.
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = log_format())]
    log: LogFormat,

    /// Writes no request log.
    #[arg(long, conflicts_with = "log")]
    quiet: bool,

    /// Folder with the emulator's page, which is served at /__emulator/ui/. `cargo xtask emulator` builds it.
    #[arg(long, value_name = "FOLDER")]
    pub(crate) ui: Option<PathBuf>,

    #[command(subcommand)]
    pub(crate) task: Option<Task>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Task {
    /// Runs a command with the emulator's address in its environment, and exits with the command's exit code.
    ///
    /// Sets STREAM_BASE_URL, STREAM_API_KEY, STREAM_API_SECRET, and STREAM_SECRET with the same value. Only the command
    /// itself writes to stdout.
    Exec {
        /// The command and its arguments.
        #[arg(required = true, trailing_var_arg = true, allow_hyphen_values = true)]
        command: Vec<OsString>,
    },
}

impl Cli {
    /// Reads the arguments. Ends the process if they are invalid.
    pub(crate) fn read() -> Self {
        let cli = Self::parse();
        if !cli.host.is_loopback() && !cli.allow_remote {
            let message = format!("{} can be reached from other machines; say --allow-remote if it should", cli.host);
            Self::command().error(ErrorKind::ArgumentConflict, message).exit();
        }
        cli
    }

    pub(crate) fn address(&self) -> SocketAddr {
        let default = if self.task.is_some() { 0 } else { PORT };
        SocketAddr::new(self.host, self.port.unwrap_or(default))
    }

    pub(crate) fn config(&self) -> Config {
        Config {
            api_key: self.api_key.clone(),
            api_secret: self.api_secret.clone(),
            task_duration: Duration::from_millis(self.task_duration),
            seed: self.id_seed,
            rate_limits: self.rate_limit.clone().unwrap_or_default(),
            allowed_hosts: self.allow_host.clone(),
            choices: Choices { strict: self.strict, webhook_times: self.webhook_times, ..Choices::default() },
            ..Config::default()
        }
    }

    pub(crate) fn log(&self) -> Option<LogFormat> {
        (!self.quiet).then_some(self.log)
    }

    pub(crate) fn save_every(&self) -> Duration {
        Duration::from_millis(self.save_every)
    }
}

/// # Errors
/// If the text is neither a number nor `stream`.
fn rate_limits(text: &str) -> Result<RateLimits, String> {
    match text {
        "stream" => Ok(RateLimits::stream()),
        number => number.parse().map(RateLimits::all).map_err(|error| format!("{error}, and it is not `stream`")),
    }
}

/// # Errors
/// If the text is no host name.
fn host_name(text: &str) -> Result<String, String> {
    let is_name = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-_".contains(&byte));
    let name = text.strip_suffix('.').unwrap_or(text);
    if name.is_empty() || !is_name(name) {
        return Err("must be the name of a host, without scheme, port and path".to_owned());
    }
    Ok(name.to_owned())
}

fn log_format() -> impl TypedValueParser<Value = LogFormat> {
    PossibleValuesParser::new(["text", "json"]).map(|format| match format.as_str() {
        "json" => LogFormat::Json,
        _ => LogFormat::Text,
    })
}

fn webhook_times() -> impl TypedValueParser<Value = WebhookTimes> {
    PossibleValuesParser::new(["rfc3339", "nanoseconds"]).map(|form| match form.as_str() {
        "nanoseconds" => WebhookTimes::Nanoseconds,
        _ => WebhookTimes::Rfc3339,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arguments_are_well_formed() {
        Cli::command().debug_assert();
    }

    #[test]
    fn a_command_gets_a_port_of_its_own_unless_one_is_asked_for() {
        for (arguments, port) in [
            (&["emulator"][..], 8737),
            (&["emulator", "--port", "1"], 1),
            (&["emulator", "exec", "--", "npm", "test"], 0),
            (&["emulator", "--port", "1", "exec", "npm", "test"], 1),
        ] {
            assert_eq!(Cli::parse_from(arguments).address().port(), port, "{arguments:?}");
        }
    }

    #[test]
    fn rate_limits_are_a_number_or_those_of_stream() {
        for (arguments, limits) in [
            (&["emulator"][..], RateLimits::default()),
            (&["emulator", "--rate-limit", "5"], RateLimits::all(5)),
            (&["emulator", "--rate-limit", "stream"], RateLimits::stream()),
        ] {
            assert_eq!(Cli::parse_from(arguments).config().rate_limits, limits);
        }
        assert!(Cli::try_parse_from(["emulator", "--rate-limit", "-1"]).is_err());
    }

    #[test]
    fn hosts_are_allowed_by_name_alone() {
        let arguments = ["emulator", "--allow-host", "emulator.test.svc.", "--allow-host", "ci"];
        assert_eq!(Cli::parse_from(arguments).config().allowed_hosts, ["emulator.test.svc", "ci"]);
        for wrong in ["", ".", "http://a.b", "a.b:80", "a.b/c", "*.b"] {
            assert!(Cli::try_parse_from(["emulator", "--allow-host", wrong]).is_err(), "{wrong}");
        }
    }

    #[test]
    fn requests_are_told_as_text_unless_another_form_or_none_is_asked_for() {
        for (arguments, log) in [
            (&["emulator"][..], Some(LogFormat::Text)),
            (&["emulator", "--log", "json"], Some(LogFormat::Json)),
            (&["emulator", "--quiet", "exec", "true"], None),
        ] {
            assert_eq!(Cli::parse_from(arguments).log(), log, "{arguments:?}");
        }
        assert!(Cli::try_parse_from(["emulator", "--quiet", "--log", "json"]).is_err());
        assert!(Cli::try_parse_from(["emulator", "--log", "xml"]).is_err());
    }

    #[test]
    fn times_of_webhooks_have_two_forms() {
        for (arguments, times) in [
            (&["emulator"][..], WebhookTimes::Nanoseconds),
            (&["emulator", "--webhook-times", "rfc3339"], WebhookTimes::Rfc3339),
        ] {
            assert_eq!(Cli::parse_from(arguments).config().choices.webhook_times, times);
        }
        assert!(Cli::try_parse_from(["emulator", "--webhook-times", "seconds"]).is_err());
    }

    #[test]
    fn what_follows_the_command_is_its_own() {
        for arguments in [
            &["emulator", "--strict", "exec", "--", "npm", "--port", "1", "--", "x"][..],
            &["emulator", "--strict", "exec", "npm", "--port", "1", "--", "x"],
        ] {
            let Cli { task: Some(Task::Exec { command }), strict, .. } = Cli::parse_from(arguments) else {
                panic!("{arguments:?}")
            };
            assert!(strict);
            assert_eq!(command, ["npm", "--port", "1", "--", "x"]);
        }
    }
}
