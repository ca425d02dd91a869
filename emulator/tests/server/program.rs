//! The program: its flags, its first line, and its end.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use getstream_users::auth::SigningKey;

use super::running::{connect, json};

pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_getstream-users-emulator");

/// The program itself, and the address from its first line.
pub(crate) fn program(arguments: &[&str]) -> (Child, SocketAddr) {
    started(Command::new(PROGRAM).args(["--port", "0", "--quiet"]).args(arguments))
}

/// The program, after the beginning of a shell command.
#[cfg(target_os = "linux")]
pub(crate) fn program_in_shell(before: &str, arguments: &[&str]) -> (Child, SocketAddr) {
    let command = format!("{before} {PROGRAM} --port 0 --quiet \"$@\"");
    started(Command::new("sh").args(["-c", &command, "sh"]).args(arguments))
}

pub(crate) fn started(command: &mut Command) -> (Child, SocketAddr) {
    let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let address = line.strip_prefix("listening on http://").unwrap().trim_end().parse().unwrap();
    (child, address)
}

/// Sends a signal.
#[cfg(unix)]
pub(crate) fn stop(child: &Child, signal: &str) {
    let sent = Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap();
    assert!(sent.success());
}

#[cfg(unix)]
#[test]
fn the_program_stops_in_order_on_both_signals() {
    for signal in ["-INT", "-TERM"] {
        let (mut child, address) = program(&[]);
        // One idle connection, and one whose request never ends: neither may delay the end of the program.
        let _idle = connect(address);
        let mut unfinished = connect(address);
        unfinished.write_all(b"POST /api/v2/users HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n").unwrap();
        let asked = Instant::now();
        stop(&child, signal);
        let status = child.wait().unwrap();
        assert!(status.success(), "{signal}: {status}");
        assert!(asked.elapsed() < Duration::from_secs(10), "{signal}");
    }
}

#[cfg(unix)]
#[test]
fn the_program_takes_its_key_secret_and_task_duration_from_flags() {
    let (mut child, address) = program(&["--api-key", "k", "--api-secret", "s", "--task-duration", "0"]);
    let call = |method: &str, path: &str, body: &str| {
        let token = SigningKey::new("s").sign(r#"{"server":true}"#);
        let mut connection = connect(address);
        let head = format!(
            "{method} {path}?api_key=k HTTP/1.1\r\nHost: x\r\nConnection: close\r\nStream-Auth-Type: jwt\r\n\
             Authorization: {token}\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        connection.write_all(head.as_bytes()).unwrap();
        let mut answer = String::new();
        connection.read_to_string(&mut answer).unwrap();
        json(&answer)
    };
    let task = call("POST", "/api/v2/users/delete", r#"{"user_ids":["u"]}"#);
    let path = format!("/api/v2/tasks/{}", task["task_id"].as_str().unwrap());
    assert_eq!(call("GET", &path, "")["status"], "completed");
    stop(&child, "-TERM");
    assert!(child.wait().unwrap().success());
}

#[test]
fn the_program_reports_that_its_port_is_taken() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let program = Command::new(PROGRAM).args(["--port", &port]).output();
    let output = program.unwrap();
    assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(message.starts_with(&format!("error: cannot serve at 127.0.0.1:{port}: ")), "{message}");
}

#[test]
fn the_program_listens_for_other_machines_only_with_allow_remote() {
    let refused = Command::new(PROGRAM).args(["--port", "0", "--host", "0.0.0.0"]).output().unwrap();
    assert_eq!((refused.status.code(), refused.stdout.len()), (Some(2), 0));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("--allow-remote"));
    let (mut child, address) = program(&["--host", "0.0.0.0", "--allow-remote"]);
    assert!(address.ip().is_unspecified());
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn the_page_is_served_from_a_folder_that_must_have_an_index() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("ui-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let ui = folder.to_str().unwrap();
    let refused = Command::new(PROGRAM).args(["--port", "0", "--ui", ui]).output().unwrap();
    assert_eq!((refused.status.code(), refused.stdout.len()), (Some(1), 0));
    let message = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(message.contains("has no index.html"), "{message}");

    std::fs::write(folder.join("index.html"), "<title>the page</title>").unwrap();
    let (mut child, address) = program(&["--ui", ui]);
    let mut stream = connect(address);
    let head = "Host: localhost\r\nAccept: text/html\r\nConnection: close\r\n\r\n";
    write!(stream, "GET / HTTP/1.1\r\n{head}").unwrap();
    let mut led = String::new();
    stream.read_to_string(&mut led).unwrap();
    assert!(led.starts_with("HTTP/1.1 302") && led.contains("location: /__emulator/ui/\r\n"), "{led}");
    let mut stream = connect(address);
    write!(stream, "GET /__emulator/ui/ HTTP/1.1\r\n{head}").unwrap();
    let mut page = String::new();
    stream.read_to_string(&mut page).unwrap();
    assert!(page.starts_with("HTTP/1.1 200") && page.ends_with("<title>the page</title>"), "{page}");
    child.kill().unwrap();
    child.wait().unwrap();
    std::fs::remove_dir_all(folder).unwrap();
}
