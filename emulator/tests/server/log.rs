//! The program's request log.

use std::io::Read;
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use super::program::{PROGRAM, started};
use super::running::{exchange, request};

fn program(arguments: &[&str]) -> (Child, SocketAddr) {
    started(Command::new(PROGRAM).args(["--port", "0"]).args(arguments).stderr(Stdio::piped()))
}

/// Everything that a program has written to stderr.
fn told(mut child: Child) -> String {
    #[cfg(unix)]
    super::program::stop(&child, "-TERM");
    #[cfg(not(unix))]
    child.kill().unwrap();
    let mut text = String::new();
    child.stderr.take().unwrap().read_to_string(&mut text).unwrap();
    child.wait().unwrap();
    text
}

fn call_a_little(address: SocketAddr) {
    exchange(address, request("POST", "/api/v2/users", r#"{"users":{"ann":{"id":"ann","nmae":"Ann"}}}"#));
    exchange(address, request("POST", "/api/v2/users/nobody/deactivate", ""));
    exchange(address, request("GET", "/__emulator/clock", ""));
    exchange(address, "\u{16}\u{3}\u{1} a client that speaks TLS\r\n\r\n");
}

#[cfg(unix)]
#[test]
fn each_request_is_a_line_with_its_operation_status_caller_time_and_reason() {
    let (child, address) = program(&[]);
    call_a_little(address);
    let text = told(child);
    let lines: Vec<&str> = text.lines().collect();
    let [upsert, refused, control, malformed] = lines.as_slice() else { panic!("{text}") };
    assert!(upsert.contains("ms 201 UpdateUsers by server; ignored: users[ann].nmae"), "{upsert}");
    assert!(
        refused.contains("ms 400 DeactivateUser by server: ") || refused.contains("ms 404 DeactivateUser by server: ")
    );
    assert!(refused.contains("nobody"), "{refused}");
    assert!(control.ends_with("ms 200 GET /__emulator/clock"), "{control}");
    assert!(malformed.contains("ms 400 - -: the request is not valid HTTP/1.1"), "{malformed}");
    assert!(lines.iter().all(|line| line.as_bytes().get(2) == Some(&b':')), "each begins with the time: {text}");
    assert!(!text.contains("eyJ"), "no token: {text}");
}

#[cfg(unix)]
#[test]
fn programs_can_read_the_lines_as_json() {
    let (child, address) = program(&["--log", "json"]);
    call_a_little(address);
    let text = told(child);
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 4, "{text}");
    assert_eq!((&lines[0]["operation"], &lines[0]["status"]), (&"UpdateUsers".into(), &201.into()));
    assert_eq!((&lines[0]["caller"], &lines[0]["path"]), (&"server".into(), &"/api/v2/users".into()));
    assert!(lines[0]["ignored"][0].as_str().unwrap().starts_with("users[ann].nmae"), "{text}");
    assert!(lines[1]["reason"].as_str().unwrap().contains("nobody"), "{text}");
    assert!(lines.iter().all(|line| line["time"].is_string() && line["duration_ms"].is_number()), "{text}");
}

#[cfg(unix)]
#[test]
fn a_quiet_program_writes_no_log() {
    let (child, address) = program(&["--quiet"]);
    call_a_little(address);
    assert_eq!(told(child), "");
}

/// A pipe holds 64 kB, which is some 1,000 lines.
#[test]
fn requests_do_not_wait_for_a_reader_of_the_log() {
    let (mut child, address) = program(&[]);
    let path = format!("/api/v2/users/{}/deactivate", "x".repeat(200));
    for _ in 0..600 {
        assert!(exchange(address, request("POST", &path, "")).starts_with("HTTP/1.1 4"));
    }
    child.kill().unwrap();
    child.wait().unwrap();
}
