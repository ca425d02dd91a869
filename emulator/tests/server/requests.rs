//! Requests and responses.

use std::io::{Read, Write};
use std::time::{Duration, Instant};

use super::running::{Running, json, request};

#[test]
fn an_operation_is_answered_with_status_headers_and_json() {
    let server = Running::start();
    let answer = server.exchange(request("POST", "/api/v2/users", r#"{"users":{"u":{"id":"u"}}}"#));
    assert!(answer.starts_with("HTTP/1.1 201 Created\r\n"), "{answer}");
    for header in ["content-type: application/json\r\n", "x-ratelimit-limit: ", "x-ratelimit-reset: "] {
        assert!(answer.contains(header), "{answer}");
    }
    assert_eq!(json(&answer)["users"]["u"]["role"], "user");
    let unknown = server.exchange(request("GET", "/favicon.ico", ""));
    assert!(unknown.starts_with("HTTP/1.1 404 "), "{unknown}");
    assert_eq!(json(&unknown)["code"], 16);
}

#[test]
fn ids_reach_the_core_as_they_were_encoded() {
    let server = Running::start();
    let answer = server.exchange(request("POST", "/api/v2/users/a%2F..%2Fb%3Fx%3D1/deactivate", ""));
    let message = json(&answer)["message"].as_str().unwrap().to_owned();
    assert!(message.contains("the user a/../b?x=1 does not exist"), "{message}");
}

#[test]
fn urls_in_responses_begin_with_the_origin_that_the_client_used() {
    let server = Running::start();
    server.exchange(request("POST", "/api/v2/users", r#"{"users":{"u":{"id":"u"}}}"#));
    let task = json(&server.exchange(request("POST", "/api/v2/export/users", r#"{"user_ids":["u"]}"#)));
    let path = format!("/api/v2/tasks/{}", task["task_id"].as_str().unwrap());
    let deadline = Instant::now() + Duration::from_secs(10);
    let url = loop {
        let task = json(&server.exchange(request("GET", &path, "")));
        if let Some(url) = task["result"]["url"].as_str() {
            break url.to_owned();
        }
        assert!(Instant::now() < deadline, "{task}");
        std::thread::sleep(Duration::from_millis(5));
    };
    let path = url.strip_prefix("http://emulator:99").unwrap();
    assert!(path.starts_with("/exports/users/"), "{path}");
    let file = server.exchange(format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
    assert_eq!(json(&file)["users"][0]["user"]["id"], "u");
}

#[test]
fn browsers_may_call_from_any_page() {
    let server = Running::start();
    let preflight = server.exchange(
        "OPTIONS /api/v2/users?api_key=devkey HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\
         Origin: https://app.example\r\nAccess-Control-Request-Method: PATCH\r\n\
         Access-Control-Request-Headers: authorization,stream-auth-type,x-client-request-id,x-stream-client\r\n\r\n",
    );
    assert!(preflight.starts_with("HTTP/1.1 200 "), "{preflight}");
    for header in [
        "access-control-allow-origin: *\r\n",
        "access-control-allow-headers: x-requested-with,content-type,accept,origin,authorization,x-csrftoken,\
         x-stream-client,stream-auth-type,x-csrf-token,content-encoding,x-client-request-id,x-emulator-fault\r\n",
        "access-control-allow-methods: GET,POST,PUT,PATCH,DELETE\r\n",
    ] {
        assert!(preflight.contains(header), "{preflight}");
    }
    let answer = server.exchange(request("GET", "/api/v2/tasks/x", "").replace("\r\n\r\n", "\r\nOrigin: y\r\n\r\n"));
    assert!(answer.contains("access-control-allow-origin: *\r\n"), "{answer}");
    assert!(!answer.contains("access-control-expose-headers"), "{answer}");
}

#[test]
fn a_body_that_is_too_big_gets_a_response_even_if_the_client_sends_all_of_it_first() {
    let server = Running::start();
    let answer = server.exchange(request("POST", "/api/v2/users", &"x".repeat(3 * 1024 * 1024)));
    assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
    assert_eq!(json(&answer)["code"], 22);
}

#[test]
fn a_request_that_breaks_off_changes_nothing() {
    let server = Running::start();
    let body = r#"{"users":{"u":{"id":"u"}}}"#;
    let request_text = request("POST", "/api/v2/users", body);
    // All of the JSON arrives, but fewer bytes than the length announces.
    let cut = request_text.replace(&format!("Content-Length: {}", body.len()), "Content-Length: 1000");
    let mut connection = server.connect();
    connection.write_all(cut.as_bytes()).unwrap();
    connection.shutdown(std::net::Shutdown::Write).unwrap();
    connection.read_to_end(&mut Vec::new()).unwrap();
    let answer = server.exchange(request("GET", "/api/v2/users/u/export", ""));
    assert!(answer.starts_with("HTTP/1.1 404 "), "{answer}");
}

#[test]
fn many_clients_at_once_are_all_answered() {
    let server = Running::start();
    std::thread::scope(|scope| {
        for n in 0..32 {
            let server = &server;
            scope.spawn(move || {
                let body = format!(r#"{{"users":{{"u{n}":{{"id":"u{n}"}}}}}}"#);
                let answer = server.exchange(request("POST", "/api/v2/users", &body));
                assert!(answer.starts_with("HTTP/1.1 201 "), "{answer}");
            });
        }
    });
}

/// A request with a fault for its own response.
fn faulty(fault: &str) -> String {
    let body = r#"{"users":{"u":{"id":"u"}}}"#;
    request("POST", "/api/v2/users", body).replace("\r\n\r\n", &format!("\r\nX-Emulator-Fault: {fault}\r\n\r\n"))
}

#[test]
fn faults_affect_the_bytes_sent() {
    let server = Running::start();
    assert_eq!(server.exchange(faulty(r#"{"drop":"after"}"#)), "");
    let exported = server.exchange(request("GET", "/api/v2/users/u/export", ""));
    assert!(exported.starts_with("HTTP/1.1 200 "), "it has happened: {exported}");

    let cut = server.exchange(faulty(r#"{"body":"truncate"}"#));
    let (head, body) = cut.split_once("\r\n\r\n").unwrap();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap();
    assert!(!body.is_empty() && body.len() < length.parse().unwrap(), "{cut}");

    let asked = Instant::now();
    let late = server.exchange(faulty(r#"{"latency_ms":30}"#));
    assert!(late.starts_with("HTTP/1.1 201 ") && asked.elapsed() >= Duration::from_millis(30), "{late}");

    let empty = server.exchange(faulty(r#"{"status":400,"body":"empty"}"#));
    assert!(empty.starts_with("HTTP/1.1 400 ") && empty.ends_with("\r\n\r\n"), "{empty}");
}

#[test]
fn a_state_may_be_larger_than_a_request() {
    let server = Running::start();
    let state = |method, body| request(method, "/__emulator/state", body).replace("emulator:99", "localhost");
    for n in 0..6 {
        let padding = "x".repeat(4_000);
        let users: Vec<String> =
            (0..100).map(|m| format!(r#""u{n}-{m}":{{"id":"u{n}-{m}","custom":{{"padding":"{padding}"}}}}"#)).collect();
        let users = format!(r#"{{"users":{{{}}}}}"#, users.join(","));
        let answer = server.exchange(request("POST", "/api/v2/users", &users));
        assert!(answer.starts_with("HTTP/1.1 201 "), "{}", answer.get(..200).unwrap());
    }
    let kept = server.exchange(state("GET", ""));
    let kept = kept.split_once("\r\n\r\n").unwrap().1;
    assert!(kept.len() > 2 * 1024 * 1024);
    let other = Running::start();
    let answer = other.exchange(state("PUT", kept));
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    let exported = other.exchange(request("GET", "/api/v2/users/u5-99/export", ""));
    assert!(exported.starts_with("HTTP/1.1 200 "));
}
