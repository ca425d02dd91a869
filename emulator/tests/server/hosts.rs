//! Allowed host names. A web page whose name resolves to this machine sends its own name.

use std::net::SocketAddr;

use getstream_users::auth::SigningKey;

use super::program::program;
use super::running::{assert_refused, exchange, json};

/// The response to a server that signs with this secret and sends this host.
fn under(address: SocketAddr, host: &str, method: &str, path: &str, secret: &str) -> String {
    let token = SigningKey::new(secret).sign(r#"{"server":true}"#);
    let head = format!("{method} {path}?api_key=devkey HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n");
    exchange(address, format!("{head}Stream-Auth-Type: jwt\r\nAuthorization: {token}\r\nContent-Length: 0\r\n\r\n"))
}

#[test]
fn the_default_secret_is_rejected_under_a_foreign_host_with_a_way_out() {
    let (mut child, address) = program(&[]);
    for (method, path) in [("GET", "/api/v2/app"), ("GET", "/api/v2/roles"), ("POST", "/api/v2/users/u/deactivate")] {
        for host in ["evil.example", "evil.example:8737", "localhost.evil.example", "127.0.0.1.evil.example"] {
            let response = under(address, host, method, path, "devsecret");
            assert_refused(&response, 401, 5);
            assert!(json(&response)["message"].as_str().unwrap().contains("--allow-host"), "{response}");
        }
    }
    for host in ["localhost", "LOCALHOST:1", "app.localhost", "127.0.0.1:1", "[::1]:1", "192.168.0.7", "emulator:1"] {
        assert!(under(address, host, "GET", "/api/v2/app", "devsecret").starts_with("HTTP/1.1 200 "), "{host}");
    }
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn an_allowed_host_has_the_rights_of_this_machine() {
    let (mut child, address) = program(&["--allow-host", "emulator.test.svc"]);
    for path in ["/api/v2/app", "/__emulator/clock"] {
        assert!(
            under(address, "emulator.test.svc:80", "GET", path, "devsecret").starts_with("HTTP/1.1 200 "),
            "{path}"
        );
        assert!(!under(address, "other.test.svc", "GET", path, "devsecret").starts_with("HTTP/1.1 200 "), "{path}");
    }
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn another_secret_is_accepted_under_every_host() {
    let (mut child, address) = program(&["--api-secret", "mine"]);
    for path in ["/api/v2/app", "/__emulator/clock"] {
        assert!(under(address, "emulator.example", "GET", path, "mine").starts_with("HTTP/1.1 200 "), "{path}");
    }
    child.kill().unwrap();
    child.wait().unwrap();
}
