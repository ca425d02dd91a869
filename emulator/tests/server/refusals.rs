//! Bytes that are no request are rejected with the same error envelope as every other failure.

use std::io::Write;
use std::time::Duration;

use getstream_users_emulator::server::Limits;

use super::running::{Running, assert_refused, request, rest};

const SHORT: Duration = Duration::from_millis(100);

#[test]
fn bytes_that_are_not_http_are_rejected_as_invalid_input() {
    let server = Running::start();
    for bytes in [
        b"hello\r\n\r\n".as_slice(),
        b"GET  HTTP/1.1\r\n\r\n",
        b"GET / HTTP/9.9\r\nHost: x\r\n\r\n",
        b"GET /\x00 HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /\xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /api/v2/users?payload=\xc3\x28 HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nno colon\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\n folded: y\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nnot a size\r\n",
    ] {
        assert_refused(&server.exchange(bytes), 400, 4);
    }
    assert!(server.exchange(request("GET", "/api/v2/tasks/x", "")).starts_with("HTTP/1.1 404 "));
}

#[test]
fn header_values_that_are_not_utf8_are_ignored() {
    let server = Running::start();
    let mut bytes = request("POST", "/api/v2/users", r#"{"users":{"u":{"id":"u"}}}"#).into_bytes();
    let fields = bytes.windows(2).position(|pair| pair == b"\r\n").unwrap() + 2;
    bytes.splice(fields..fields, b"X-Stream-Client: \xff\xfe\r\n".iter().copied());
    assert!(server.exchange(bytes).starts_with("HTTP/1.1 201 "));
}

#[test]
fn an_invalid_request_after_a_valid_one_on_the_same_connection_is_rejected() {
    let server = Running::start();
    let good = request("GET", "/api/v2/tasks/x", "").replace("Connection: close\r\n", "");
    let answers = server.exchange(format!("{good}\r\nno request\r\n\r\n"));
    let (first, second) = answers.split_at(answers.rfind("HTTP/1.1 ").unwrap());
    assert_refused(first, 404, 16);
    assert_refused(second, 400, 4);
}

#[test]
fn a_head_that_is_too_large_is_refused_even_if_all_of_it_was_sent_first() {
    let server = Running::start();
    let fits = format!("GET /x?q={} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "x".repeat(60_000));
    assert_refused(&server.exchange(fits), 401, 2);
    let one_field = format!("GET / HTTP/1.1\r\nHost: x\r\nCookie: {}\r\n\r\n", "x".repeat(1024 * 1024));
    let many_fields = format!("GET / HTTP/1.1\r\nHost: x\r\n{}\r\n", "a: b\r\n".repeat(101));
    let long_path = format!("GET /{} HTTP/1.1\r\nHost: x\r\n\r\n", "x".repeat(70_000));
    let no_end = "x".repeat(70_000);
    for head in [one_field, many_fields, long_path, no_end] {
        assert_refused(&server.exchange(head), 431, 24);
    }
}

#[test]
fn a_head_that_never_ends_is_refused_and_an_idle_connection_just_closed() {
    let server = Running::within(Limits { head_time: SHORT, ..Limits::default() });
    assert_refused(&server.exchange("GET / HTTP/1.1\r\nHost:"), 408, 23);
    assert_eq!(server.exchange(""), "");
    let answered = server.exchange(request("GET", "/api/v2/tasks/x", "").replace("Connection: close\r\n", ""));
    assert_eq!(answered.matches("HTTP/1.1").count(), 1, "{answered}");
}

#[test]
fn a_body_that_never_ends_is_refused_and_changes_nothing() {
    let server = Running::within(Limits { body_time: SHORT, ..Limits::default() });
    let body = r#"{"users":{"u":{"id":"u"}}}"#;
    let whole = request("POST", "/api/v2/users", body);
    // All of the JSON arrives, but fewer bytes than the length announces.
    let length = format!("Content-Length: {}", body.len());
    assert_refused(&server.exchange(whole.replace(&length, "Content-Length: 99")), 408, 23);
    let chunked = whole.replace(&length, "Transfer-Encoding: chunked").replace(body, &format!("1a\r\n{body}\r\n"));
    assert_refused(&server.exchange(chunked), 408, 23);
    assert_refused(&server.exchange(request("GET", "/api/v2/users/u/export", "")), 404, 16);
}

#[test]
fn a_slow_client_is_served_if_it_stays_within_the_limits() {
    let server = Running::start();
    let request = request("POST", "/api/v2/users", r#"{"users":{"u":{"id":"u"}}}"#);
    let mut connection = server.connect();
    for byte in request.as_bytes() {
        connection.write_all(&[*byte]).unwrap();
    }
    assert!(rest(&mut connection).starts_with("HTTP/1.1 201 "));
}

#[test]
fn a_client_of_another_protocol_is_not_answered() {
    let server = Running::start();
    assert_eq!(server.exchange("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), "");
}
