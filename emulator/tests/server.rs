//! The server over real sockets, with requests written by hand.

#[cfg(test)]
mod tests {
    use std::io::{BufRead, BufReader, Read, Write};
    use std::net::{SocketAddr, TcpStream};
    use std::process::{Child, Command, Stdio};
    use std::time::{Duration, Instant};

    use getstream_users::auth::SigningKey;
    use getstream_users_emulator::{Config, Emulator, server};
    use tokio::net::TcpListener;
    use tokio::runtime::Runtime;
    use tokio::sync::oneshot;

    /// A server in this process; it stops when dropped.
    struct Running {
        address: SocketAddr,
        runtime: Runtime,
        stop: Option<oneshot::Sender<()>>,
    }

    impl Running {
        fn start() -> Self {
            let runtime = Runtime::new().unwrap();
            let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
            let address = listener.local_addr().unwrap();
            let (stop, stopped) = oneshot::channel::<()>();
            let emulator = Emulator::new(Config::default());
            let serving = server::serve(listener, emulator, async { drop(stopped.await) });
            drop(runtime.spawn(async { serving.await.unwrap() }));
            Self { address, runtime, stop: Some(stop) }
        }

        fn connect(&self) -> TcpStream {
            connect(self.address)
        }

        /// Sends one request over a connection of its own and returns the whole answer.
        fn exchange(&self, request: &str) -> String {
            let mut connection = self.connect();
            connection.write_all(request.as_bytes()).unwrap();
            let mut answer = String::new();
            connection.read_to_string(&mut answer).unwrap();
            answer
        }
    }

    impl Drop for Running {
        fn drop(&mut self) {
            drop(self.stop.take());
            self.runtime.block_on(tokio::task::yield_now());
        }
    }

    fn connect(address: SocketAddr) -> TcpStream {
        let connection = TcpStream::connect(address).unwrap();
        connection.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        connection
    }

    fn token() -> String {
        SigningKey::new("devsecret").sign(r#"{"server":true}"#)
    }

    fn request(method: &str, path: &str, body: &str) -> String {
        format!(
            "{method} {path}?api_key=devkey HTTP/1.1\r\nHost: emulator.test:99\r\nConnection: close\r\n\
             Stream-Auth-Type: jwt\r\nAuthorization: {}\r\nContent-Length: {}\r\n\r\n{body}",
            token(),
            body.len()
        )
    }

    fn json(answer: &str) -> serde_json::Value {
        serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap()
    }

    #[test]
    fn an_operation_is_answered_with_status_headers_and_json() {
        let server = Running::start();
        let answer = server.exchange(&request("POST", "/api/v2/users", r#"{"users":{"u":{"id":"u"}}}"#));
        assert!(answer.starts_with("HTTP/1.1 201 Created\r\n"), "{answer}");
        for header in ["content-type: application/json\r\n", "x-ratelimit-limit: ", "x-ratelimit-reset: "] {
            assert!(answer.contains(header), "{answer}");
        }
        assert_eq!(json(&answer)["users"]["u"]["role"], "user");
        let unknown = server.exchange(&request("GET", "/favicon.ico", ""));
        assert!(unknown.starts_with("HTTP/1.1 404 "), "{unknown}");
        assert_eq!(json(&unknown)["code"], 16);
    }

    #[test]
    fn ids_reach_the_core_as_they_were_encoded() {
        let server = Running::start();
        let answer = server.exchange(&request("POST", "/api/v2/users/a%2F..%2Fb%3Fx%3D1/deactivate", ""));
        let message = json(&answer)["message"].as_str().unwrap().to_owned();
        assert!(message.contains("the user a/../b?x=1 does not exist"), "{message}");
    }

    #[test]
    fn addresses_in_answers_are_those_the_client_used() {
        let server = Running::start();
        server.exchange(&request("POST", "/api/v2/users", r#"{"users":{"u":{"id":"u"}}}"#));
        let task = json(&server.exchange(&request("POST", "/api/v2/export/users", r#"{"user_ids":["u"]}"#)));
        let path = format!("/api/v2/tasks/{}", task["task_id"].as_str().unwrap());
        let deadline = Instant::now() + Duration::from_secs(10);
        let url = loop {
            let task = json(&server.exchange(&request("GET", &path, "")));
            if let Some(url) = task["result"]["url"].as_str() {
                break url.to_owned();
            }
            assert!(Instant::now() < deadline, "{task}");
            std::thread::sleep(Duration::from_millis(5));
        };
        let path = url.strip_prefix("http://emulator.test:99").unwrap();
        assert!(path.starts_with("/exports/users/"), "{path}");
        let file = server.exchange(&format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
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
            "access-control-allow-headers: authorization,stream-auth-type,x-client-request-id,x-stream-client\r\n",
            "access-control-allow-methods: GET,POST,PUT,PATCH,DELETE\r\n",
        ] {
            assert!(preflight.contains(header), "{preflight}");
        }
        let answer =
            server.exchange(&request("GET", "/api/v2/tasks/x", "").replace("\r\n\r\n", "\r\nOrigin: y\r\n\r\n"));
        assert!(answer.contains("access-control-allow-origin: *\r\n"), "{answer}");
        assert!(answer.contains("access-control-expose-headers: x-ratelimit-limit,"), "{answer}");
    }

    #[test]
    fn a_body_that_is_too_big_gets_an_answer_even_if_all_of_it_was_sent_first() {
        let server = Running::start();
        let answer = server.exchange(&request("POST", "/api/v2/users", &"x".repeat(3 * 1024 * 1024)));
        assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
        assert_eq!(json(&answer)["code"], 22);
    }

    #[test]
    fn a_request_that_breaks_off_changes_nothing() {
        let server = Running::start();
        let body = r#"{"users":{"u":{"id":"u"}}}"#;
        let request_text = request("POST", "/api/v2/users", body);
        // All of the JSON arrives; what the length promises beyond it does not.
        let cut = request_text.replace(&format!("Content-Length: {}", body.len()), "Content-Length: 1000");
        let mut connection = server.connect();
        connection.write_all(cut.as_bytes()).unwrap();
        connection.shutdown(std::net::Shutdown::Write).unwrap();
        connection.read_to_end(&mut Vec::new()).unwrap();
        let answer = server.exchange(&request("GET", "/api/v2/users/u/export", ""));
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
                    let answer = server.exchange(&request("POST", "/api/v2/users", &body));
                    assert!(answer.starts_with("HTTP/1.1 201 "), "{answer}");
                });
            }
        });
    }

    /// The program itself, and the address from its first line.
    fn program(arguments: &[&str]) -> (Child, SocketAddr) {
        let mut child = Command::new(env!("CARGO_BIN_EXE_getstream-users-emulator"))
            .args(["--port", "0"])
            .args(arguments)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.strip_prefix("listening on http://").unwrap().trim_end().parse().unwrap();
        (child, address)
    }

    #[cfg(unix)]
    fn stop(child: &Child, signal: &str) {
        let sent = Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap();
        assert!(sent.success());
    }

    #[cfg(unix)]
    #[test]
    fn the_program_stops_in_order_on_both_signals() {
        for signal in ["-INT", "-TERM"] {
            let (mut child, address) = program(&[]);
            // One connection that is idle and one whose request never ends: neither may hold the program up.
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
    fn the_program_says_when_its_port_is_taken() {
        let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let port = taken.local_addr().unwrap().port().to_string();
        let program = Command::new(env!("CARGO_BIN_EXE_getstream-users-emulator")).args(["--port", &port]).output();
        let output = program.unwrap();
        assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
        let message = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(message.starts_with(&format!("error: cannot serve at 127.0.0.1:{port}: ")), "{message}");
    }

    #[test]
    fn the_program_listens_for_other_machines_only_when_told_twice() {
        let refused = Command::new(env!("CARGO_BIN_EXE_getstream-users-emulator"))
            .args(["--port", "0", "--host", "0.0.0.0"])
            .output()
            .unwrap();
        assert_eq!((refused.status.code(), refused.stdout.len()), (Some(2), 0));
        assert!(String::from_utf8_lossy(&refused.stderr).contains("--allow-remote"));
        let (mut child, address) = program(&["--host", "0.0.0.0", "--allow-remote"]);
        assert!(address.ip().is_unspecified());
        child.kill().unwrap();
        child.wait().unwrap();
    }
}
