//! How fast the server is and how much memory it takes: `cargo xtask bench-emulator`.
//!
//! Prints figures and asserts nothing. Server and clients share the machine, so both are in the figures. `--server PATH`
//! measures another build of the program, to compare two in one sitting.

use std::error::Error;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use getstream_users::auth::SigningKey;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::runtime::Builder;
use tokio::task::JoinSet;

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

const CONNECTIONS: usize = 64;
const WARM_UP: Duration = Duration::from_millis(500);
const MEASURED: Duration = Duration::from_secs(4);
const USERS: usize = 100_000;
/// What an upsert takes at most.
const BATCH: usize = 100;
const QUERIES: usize = 50;
const NAMES: [&str; 8] = ["Ada", "Ben", "Cleo", "Dan", "Eve", "Fay", "Gus", "Hal"];
const PERCENTILES: &str = "         p50         p90         p99";
const COLORS: [&str; 10] = ["amber", "blue", "coral", "denim", "ecru", "fawn", "gold", "hazel", "ivory", "jade"];

fn main() -> Result<()> {
    // `cargo test --all-targets` runs benchmarks too, without this.
    if !std::env::args().any(|argument| argument == "--bench") {
        return Ok(());
    }
    let server = Server::start()?;
    // One thread is enough to keep the server busy.
    Builder::new_current_thread().enable_all().build()?.block_on(run(&server))
}

async fn run(server: &Server) -> Result<()> {
    println!("{:<44}{:>12}{PERCENTILES}", format!("at {CONNECTIONS} connections"), "requests/s");
    let upsert = |connection: usize, n: usize| upsert(&[format!("c{connection}-{}", n % 100)], 0);
    print_load("upsert of 1", load(server, upsert).await?);
    let page = query(r#"{"filter_conditions":{},"limit":30}"#);
    print_load("query of 30", load(server, move |_, _| page.clone()).await?);

    let before = server.memory();
    let begun = Instant::now();
    fill(server).await?;
    println!("\n{:<44}{:>12}", format!("{USERS} users, upserted by {BATCH}"), seconds(begun.elapsed()));
    let filled = server.memory();
    println!("{:<44}{:>12}", "memory before", mebibytes(before));
    println!("{:<44}{:>12}", "memory with them", mebibytes(filled));
    println!("{:<44}{:>12}", "memory a user", per_user(before, filled));

    println!("\n{:<44}{:>12}{PERCENTILES}", format!("query among {USERS} users"), "first");
    for (name, payload) in [
        ("by id", r#"{"filter_conditions":{"id":"u50000"}}"#),
        ("by 100 ids", &by_ids()),
        ("30 in the default order", r#"{"filter_conditions":{},"limit":30}"#),
        ("30 after 1000 in the default order", r#"{"filter_conditions":{},"limit":30,"offset":1000}"#),
        (
            "30 of a tenth, by a custom field, sorted",
            r#"{"filter_conditions":{"color":"jade"},"sort":[{"field":"score","direction":-1}],"limit":30}"#,
        ),
        ("30 of all, sorted by name", r#"{"filter_conditions":{},"sort":[{"field":"name","direction":1}],"limit":30}"#),
        ("$autocomplete on a name that many have", r#"{"filter_conditions":{"name":{"$autocomplete":"ad"}}}"#),
        ("$autocomplete on a name that nobody has", r#"{"filter_conditions":{"name":{"$autocomplete":"zoe"}}}"#),
    ] {
        let (first, times) = one_by_one(server, &query(payload)).await?;
        println!("{name:<44}{:>12}{}", millis(first), percentiles(&times));
    }
    println!("\n{:<44}{:>12}", "memory after the queries", mebibytes(server.memory()));
    Ok(())
}

/// The emulator's server, as it is released.
struct Server {
    process: Child,
    address: String,
}

impl Server {
    fn start() -> Result<Self> {
        let mut arguments = std::env::args_os().skip_while(|argument| argument != "--server").skip(1);
        let program = arguments.next().unwrap_or_else(|| env!("CARGO_BIN_EXE_getstream-users-emulator").into());
        let mut process = Command::new(program).args(["--port", "0", "--quiet"]).stdout(Stdio::piped()).spawn()?;
        let mut line = String::new();
        BufReader::new(process.stdout.take().ok_or("no stdout")?).read_line(&mut line)?;
        let address = line.trim_end().strip_prefix("listening on http://").ok_or("no address")?.to_owned();
        Ok(Self { process, address })
    }

    async fn connect(&self) -> Result<Client> {
        let stream = TcpStream::connect(&self.address).await?;
        stream.set_nodelay(true)?;
        Ok(Client { stream, buffer: Vec::new() })
    }

    /// How many kibibytes the process has in memory. Only Linux tells without help.
    fn memory(&self) -> Option<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id())).ok()?;
        let kibibytes = status.lines().find_map(|line| line.strip_prefix("VmRSS:")?.split_whitespace().next())?;
        kibibytes.parse().ok()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing left to do.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// One connection that is kept.
struct Client {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Client {
    /// Sends a request, reads the whole answer, and says how long that took.
    async fn call(&mut self, request: &[u8]) -> Result<Duration> {
        let begun = Instant::now();
        self.stream.write_all(request).await?;
        self.buffer.clear();
        let length = loop {
            if self.stream.read_buf(&mut self.buffer).await? == 0 {
                return Err("the server closed the connection".into());
            }
            if let Some(length) = answer_length(&self.buffer)? {
                break length;
            }
        };
        while self.buffer.len() < length {
            if self.stream.read_buf(&mut self.buffer).await? == 0 {
                return Err("the server closed the connection".into());
            }
        }
        Ok(begun.elapsed())
    }
}

/// How long a whole answer is, once its head is there.
fn answer_length(bytes: &[u8]) -> Result<Option<usize>> {
    let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") else { return Ok(None) };
    let head = str::from_utf8(bytes.get(..end).unwrap_or_default())?;
    if !head.starts_with("HTTP/1.1 20") {
        return Err(head.into());
    }
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).ok_or("no length")?;
    Ok(Some(end + 4 + length.parse::<usize>()?))
}

fn request(method: &str, query: &str, body: &str) -> Vec<u8> {
    let token = SigningKey::new("devsecret").sign(r#"{"server":true}"#);
    format!(
        "{method} /api/v2/users?api_key=devkey{query} HTTP/1.1\r\nHost: localhost\r\nStream-Auth-Type: jwt\r\n\
         Authorization: {token}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

fn query(payload: &str) -> Vec<u8> {
    let payload: String = form_urlencoded::byte_serialize(payload.as_bytes()).collect();
    request("GET", &format!("&payload={payload}"), "")
}

/// Users with a name and three fields of their own. `first` is the number of the first of them.
fn upsert(ids: &[String], first: usize) -> Vec<u8> {
    let mut users = String::new();
    for (n, id) in ids.iter().enumerate().map(|(n, id)| (first + n, id)) {
        let (name, color) = (cycled(&NAMES, n), cycled(&COLORS, n));
        let separator = if users.is_empty() { "" } else { "," };
        // Writing to a string does not fail.
        let _ = write!(
            users,
            r#"{separator}"{id}":{{"id":"{id}","name":"{name} {n}","custom":{{"color":"{color}","score":{},"note":"one of many"}}}}"#,
            n * 7919 % 10_007
        );
    }
    request("POST", "", &format!(r#"{{"users":{{{users}}}}}"#))
}

fn cycled<'a>(values: &[&'a str], n: usize) -> &'a str {
    values.iter().cycle().nth(n % values.len()).copied().unwrap_or_default()
}

fn by_ids() -> String {
    let ids: Vec<String> = (0..100).map(|n| format!("\"u{}\"", n * 997)).collect();
    format!(r#"{{"filter_conditions":{{"id":{{"$in":[{}]}}}},"limit":100}}"#, ids.join(","))
}

/// Has every connection send one request after the other for a while. Returns how long each took, in order of time.
async fn load(
    server: &Server,
    request: impl Fn(usize, usize) -> Vec<u8> + Clone + Send + 'static,
) -> Result<Vec<Duration>> {
    let mut connections = JoinSet::new();
    for connection in 0..CONNECTIONS {
        let (mut client, request) = (server.connect().await?, request.clone());
        connections.spawn(async move {
            let requests: Vec<Vec<u8>> = (0..100).map(|n| request(connection, n)).collect();
            let (begun, mut times) = (Instant::now(), Vec::new());
            for request in requests.iter().cycle() {
                let time = client.call(request).await?;
                match begun.elapsed() {
                    now if now > WARM_UP + MEASURED => break,
                    now if now > WARM_UP => times.push(time),
                    _ => {}
                }
            }
            Result::Ok(times)
        });
    }
    let mut times = Vec::new();
    while let Some(connection) = connections.join_next().await {
        times.extend(connection??);
    }
    times.sort_unstable();
    Ok(times)
}

async fn fill(server: &Server) -> Result<()> {
    let mut client = server.connect().await?;
    for first in (0..USERS).step_by(BATCH) {
        let ids: Vec<String> = (first..first + BATCH).map(|n| format!("u{n}")).collect();
        client.call(&upsert(&ids, first)).await?;
    }
    Ok(())
}

/// How long the first took, which may find the server unprepared, and how long each of the others, in order of time.
async fn one_by_one(server: &Server, request: &[u8]) -> Result<(Duration, Vec<Duration>)> {
    let mut client = server.connect().await?;
    let first = client.call(request).await?;
    let mut times = Vec::new();
    for _ in 1..QUERIES {
        times.push(client.call(request).await?);
    }
    times.sort_unstable();
    Ok((first, times))
}

fn print_load(name: &str, times: Vec<Duration>) {
    let seconds = u32::try_from(MEASURED.as_secs()).unwrap_or(u32::MAX);
    let per_second = times.len() / usize::try_from(seconds).unwrap_or(1);
    println!("{name:<44}{per_second:>12}{}", percentiles(&times));
}

fn percentiles(sorted: &[Duration]) -> String {
    [50, 90, 99].map(|percent| format!("{:>12}", millis(percentile(sorted, percent)))).concat()
}

/// The time that so many percent did not exceed.
fn percentile(sorted: &[Duration], percent: usize) -> Duration {
    let last = sorted.len().saturating_sub(1);
    sorted.get(last * percent / 100).copied().unwrap_or_default()
}

fn millis(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1000.0)
}

fn mebibytes(kibibytes: Option<f64>) -> String {
    kibibytes.map_or_else(|| "not measured".to_owned(), |kibibytes| format!("{:.1} MiB", kibibytes / 1024.0))
}

fn per_user(before: Option<f64>, after: Option<f64>) -> String {
    let users = u32::try_from(USERS).map_or(f64::NAN, f64::from);
    let bytes = before.zip(after).map(|(before, after)| (after - before) * 1024.0 / users);
    bytes.map_or_else(|| "not measured".to_owned(), |bytes| format!("{bytes:.0} B"))
}

fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}
