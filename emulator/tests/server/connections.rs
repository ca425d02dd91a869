//! Many connections, idle connections, and persistent ones.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};

use super::running::{Running, request, rest};

fn kept_alive(method: &str, path: &str, body: &str) -> String {
    request(method, path, body).replace("Connection: close\r\n", "")
}

/// Reads one response, whose head has the length.
fn answer(connection: &mut TcpStream) -> String {
    let (mut answer, mut byte) = (Vec::new(), [0]);
    while !answer.ends_with(b"\r\n\r\n") {
        connection.read_exact(&mut byte).unwrap();
        answer.extend(byte);
    }
    let head = String::from_utf8(answer).unwrap();
    let length = head.split("\r\n").find_map(|line| line.strip_prefix("content-length: ")).unwrap();
    let mut body = vec![0; length.parse().unwrap()];
    connection.read_exact(&mut body).unwrap();
    head + str::from_utf8(&body).unwrap()
}

#[test]
fn a_connection_serves_one_request_after_the_other() {
    let server = Running::start();
    let mut connection = server.connect();
    for n in 0..20 {
        let body = format!(r#"{{"users":{{"u{n}":{{"id":"u{n}"}}}}}}"#);
        connection.write_all(kept_alive("POST", "/api/v2/users", &body).as_bytes()).unwrap();
        assert!(answer(&mut connection).starts_with("HTTP/1.1 201 "));
    }
}

#[test]
fn requests_sent_ahead_are_answered_in_order() {
    let server = Running::start();
    let mut connection = server.connect();
    let ahead: String = (0..50).map(|n| kept_alive("GET", &format!("/api/v2/tasks/t{n}"), "")).collect();
    connection.write_all(ahead.as_bytes()).unwrap();
    for n in 0..50 {
        assert!(answer(&mut connection).contains(&format!(r#"\"t{n}\""#)));
    }
}

#[test]
fn hundreds_of_connections_that_say_nothing_do_not_hold_up_the_others() {
    let server = Running::start();
    let idle: Vec<TcpStream> = (0..300).map(|_| server.connect()).collect();
    let mut begun: Vec<TcpStream> = (0..100).map(|_| server.connect()).collect();
    for connection in &mut begun {
        connection.write_all(b"POST /api/v2/users HTTP/1.1\r\nContent-Length: 9\r\n\r\n{").unwrap();
    }
    let mut busy: Vec<TcpStream> = (0..200).map(|_| server.connect()).collect();
    for _ in 0..3 {
        for connection in &mut busy {
            connection.write_all(kept_alive("GET", "/api/v2/tasks/x", "").as_bytes()).unwrap();
        }
        for connection in &mut busy {
            assert!(answer(connection).starts_with("HTTP/1.1 404 "));
        }
    }
    drop((idle, begun));
}

/// A client that closes its side right after the request, as `nc -N` does.
#[test]
fn every_client_that_closes_its_side_after_the_request_is_answered() {
    let server = Running::start();
    for n in 0..600 {
        let mut connection = server.connect();
        let body = format!(r#"{{"users":{{"u{n}":{{"id":"u{n}"}}}}}}"#);
        let (method, body) = if n % 2 == 0 { ("POST", body.as_str()) } else { ("GET", "") };
        let path = if n % 2 == 0 { "/api/v2/users" } else { "/api/v2/app" };
        connection.write_all(kept_alive(method, path, body).as_bytes()).unwrap();
        connection.shutdown(Shutdown::Write).unwrap();
        let response = rest(&mut connection);
        assert!(response.starts_with("HTTP/1.1 20"), "request {n}: {response:?}");
    }
}

/// Only Linux reveals how many files a process may open, and lets another process change that.
#[cfg(target_os = "linux")]
#[test]
fn a_server_out_of_file_descriptors_recovers() {
    use super::program::{program_in_shell, stop};
    use super::running::connect;

    let (mut child, address) = program_in_shell("ulimit -n 40; exec", &[]);
    let mut first = connect(address);
    first.write_all(kept_alive("GET", "/api/v2/tasks/x", "").as_bytes()).unwrap();
    assert!(answer(&mut first).starts_with("HTTP/1.1 404 "));
    // The system accepts these; the server cannot.
    let too_many: Vec<TcpStream> = (0..60).map(|_| connect(address)).collect();
    first.write_all(kept_alive("GET", "/api/v2/tasks/x", "").as_bytes()).unwrap();
    assert!(answer(&mut first).starts_with("HTTP/1.1 404 "));
    drop(too_many);
    let mut last = connect(address);
    last.write_all(request("GET", "/api/v2/tasks/x", "").as_bytes()).unwrap();
    assert!(answer(&mut last).starts_with("HTTP/1.1 404 "));
    stop(&child, "-TERM");
    assert!(child.wait().unwrap().success());
}
