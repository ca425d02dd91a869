//! How fast the server is and how much memory it takes: `cargo xtask bench-emulator`.
//!
//! Prints figures and asserts nothing. Server and clients share the machine, so both are in the figures. `--beside PROGRAM`
//! measures another build of the server in turns with this one, so that what else the machine does hits both. Of each load
//! the best round counts, and of each query the median. `--json` prints the figures as JSON, and `--quick` takes shorter.

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
const WARM_UP: Duration = Duration::from_millis(300);
const USERS: usize = 100_000;
/// What an upsert takes at most.
const BATCH: usize = 100;
const QUERIES: usize = 50;
const NAMES: [&str; 8] = ["Ada", "Ben", "Cleo", "Dan", "Eve", "Fay", "Gus", "Hal"];
const COLORS: [&str; 10] = ["amber", "blue", "coral", "denim", "ecru", "fawn", "gold", "hazel", "ivory", "jade"];

/// How long a load goes on, and how often servers take turns.
#[derive(Clone, Copy)]
struct Effort {
    measured: Duration,
    rounds: usize,
}

/// A figure of each server.
struct Row {
    name: String,
    unit: &'static str,
    values: Vec<f64>,
}

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().collect();
    let has = |flag: &str| arguments.iter().any(|argument| argument == flag);
    // `cargo test --all-targets` runs benchmarks too, without this.
    if !has("--bench") {
        return Ok(());
    }
    let other = arguments.iter().skip_while(|argument| *argument != "--beside").nth(1);
    let programs = [Some(env!("CARGO_BIN_EXE_getstream-users-emulator")), other.map(String::as_str)];
    let servers = programs.into_iter().flatten().map(Server::start).collect::<Result<Vec<_>>>()?;
    let effort = if has("--quick") {
        Effort { measured: Duration::from_secs(1), rounds: 2 }
    } else {
        Effort { measured: Duration::from_secs(2), rounds: 4 }
    };
    // One thread is enough to keep a server busy.
    let rows = Builder::new_current_thread().enable_all().build()?.block_on(measure(&servers, effort))?;
    if has("--json") {
        println!("{}", json(&rows))
    } else {
        print(&rows)
    }
    Ok(())
}

async fn measure(servers: &[Server], effort: Effort) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    let upserts = |connection: usize, n: usize| upsert(&[format!("c{connection}-{}", n % 100)], 0);
    rows.extend(loads("upsert of 1", servers, effort, upserts).await?);
    let page = query(r#"{"filter_conditions":{},"limit":30}"#);
    rows.extend(loads("query of 30", servers, effort, move |_, _| page.clone()).await?);

    let (mut times, mut sizes) = (Vec::new(), Vec::new());
    for server in servers {
        let (before, begun) = (server.memory(), Instant::now());
        fill(server).await?;
        times.push(begun.elapsed().as_secs_f64());
        let users = u32::try_from(USERS).map_or(f64::NAN, f64::from);
        sizes.extend(before.zip(server.memory()).map(|(before, after)| (after - before) * 1024.0 / users));
    }
    rows.push(Row { name: format!("{USERS} users, upserted by {BATCH}"), unit: "s", values: times });
    rows.push(Row { name: "memory of a plain user".to_owned(), unit: "B", values: sizes });

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
        rows.extend(queries(&format!("of {USERS}: {name}"), servers, effort, &query(payload)).await?);
    }
    Ok(rows)
}

/// Answers a second, and how long an answer took, of the best round of each server.
async fn loads(
    name: &str,
    servers: &[Server],
    effort: Effort,
    request: impl Fn(usize, usize) -> Vec<u8> + Clone + Send + 'static,
) -> Result<Vec<Row>> {
    let mut best: Vec<Vec<Duration>> = servers.iter().map(|_| Vec::new()).collect();
    for _ in 0..effort.rounds {
        for (server, best) in servers.iter().zip(&mut best) {
            let times = load(server, effort.measured, request.clone()).await?;
            if times.len() > best.len() {
                *best = times;
            }
        }
    }
    let per_second = |times: &Vec<Duration>| {
        u32::try_from(times.len()).map_or(f64::NAN, |count| f64::from(count) / effort.measured.as_secs_f64())
    };
    let mut rows = vec![Row { name: name.to_owned(), unit: "a second", values: best.iter().map(per_second).collect() }];
    rows.extend(percentiles(name, &best));
    Ok(rows)
}

/// How long the same query takes of each server, asked one after the other.
async fn queries(name: &str, servers: &[Server], effort: Effort, request: &[u8]) -> Result<Vec<Row>> {
    let mut first = Vec::new();
    for server in servers {
        // Which may find the server unprepared.
        first.push(millis(server.connect().await?.call(request).await?));
    }
    let mut times: Vec<Vec<Duration>> = servers.iter().map(|_| Vec::new()).collect();
    for _ in 0..effort.rounds {
        for (server, times) in servers.iter().zip(&mut times) {
            let mut client = server.connect().await?;
            for _ in 0..QUERIES / effort.rounds {
                times.push(client.call(request).await?);
            }
        }
    }
    times.iter_mut().for_each(|times| times.sort_unstable());
    let mut rows = vec![Row { name: format!("{name}, first"), unit: "ms", values: first }];
    rows.extend(percentiles(name, &times));
    Ok(rows)
}

fn percentiles(name: &str, sorted: &[Vec<Duration>]) -> Vec<Row> {
    let row = |percent| Row {
        name: format!("{name}, p{percent}"),
        unit: "ms",
        values: sorted.iter().map(|times| millis(percentile(times, percent))).collect(),
    };
    [50, 90, 99].map(row).into()
}

/// The time that so many percent did not exceed.
fn percentile(sorted: &[Duration], percent: usize) -> Duration {
    let last = sorted.len().saturating_sub(1);
    sorted.get(last * percent / 100).copied().unwrap_or_default()
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

fn json(rows: &[Row]) -> serde_json::Value {
    rows.iter()
        .map(|Row { name, unit, values }| serde_json::json!({ "name": name, "unit": unit, "values": values }))
        .collect()
}

/// A line for each row; with two servers, the second's figure and how many times as good the first one is.
fn print(rows: &[Row]) {
    for Row { name, unit, values } in rows {
        let figures: Vec<String> = values.iter().map(|value| format!("{value:>12.2} {unit:<8}")).collect();
        let ratio = match values.as_slice() {
            [ours, other] if *unit == "a second" => format!("{:.2}x", ours / other),
            [ours, other] => format!("{:.2}x", other / ours),
            _ => String::new(),
        };
        println!("{name:<60}{}  {ratio}", figures.concat());
    }
}

/// The emulator's server, as it is released.
struct Server {
    process: Child,
    address: String,
}

impl Server {
    fn start(program: &str) -> Result<Self> {
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
    measured: Duration,
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
                    now if now > WARM_UP + measured => break,
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
