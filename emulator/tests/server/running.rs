//! A server in this process, with short functions for requests.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use getstream_users::auth::SigningKey;
use getstream_users_emulator::server::{self, Limits, Options};
use getstream_users_emulator::{Config, Emulator};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::sync::oneshot;

/// A server that stops when dropped.
pub(crate) struct Running {
    pub(crate) address: SocketAddr,
    runtime: Runtime,
    stop: Option<oneshot::Sender<()>>,
}

impl Running {
    pub(crate) fn start() -> Self {
        Self::within(Limits::default())
    }

    pub(crate) fn within(limits: Limits) -> Self {
        let runtime = Runtime::new().unwrap();
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let emulator = Emulator::new(Config::default());
        let serving =
            server::serve(listener, emulator, Options { limits, ..Options::default() }, async { drop(stopped.await) });
        drop(runtime.spawn(async { serving.await.unwrap() }));
        Self { address, runtime, stop: Some(stop) }
    }

    /// Tells it to stop; it finishes requests under way.
    pub(crate) fn stop(&mut self) {
        drop(self.stop.take());
    }

    pub(crate) fn connect(&self) -> TcpStream {
        connect(self.address)
    }

    /// Sends these bytes over a new connection and returns everything that it receives.
    pub(crate) fn exchange(&self, request: impl AsRef<[u8]>) -> String {
        exchange(self.address, request)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.stop.take());
        self.runtime.block_on(tokio::task::yield_now());
    }
}

pub(crate) fn connect(address: SocketAddr) -> TcpStream {
    let connection = TcpStream::connect(address).unwrap();
    connection.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    connection
}

/// Sends these bytes over a new connection and returns everything that it receives.
pub(crate) fn exchange(address: SocketAddr, request: impl AsRef<[u8]>) -> String {
    let mut connection = connect(address);
    connection.write_all(request.as_ref()).unwrap();
    rest(&mut connection)
}

/// Everything else that a connection receives.
pub(crate) fn rest(connection: &mut TcpStream) -> String {
    let mut answer = String::new();
    connection.read_to_string(&mut answer).unwrap();
    answer
}

/// A request of the app's server, which asks to close the connection after the response.
pub(crate) fn request(method: &str, path: &str, body: &str) -> String {
    let token = SigningKey::new("devsecret").sign(r#"{"server":true}"#);
    format!(
        "{method} {path}?api_key=devkey HTTP/1.1\r\nHost: emulator:99\r\nConnection: close\r\n\
         Stream-Auth-Type: jwt\r\nAuthorization: {token}\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
}

/// The body of a response.
pub(crate) fn json(answer: &str) -> serde_json::Value {
    serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap()
}

/// Asserts that this is a failure with this status and code, with an envelope and the headers of every response.
pub(crate) fn assert_refused(answer: &str, status: u16, code: i32) {
    assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{answer}");
    for header in ["content-type: application/json\r\n", "access-control-allow-origin: *\r\n"] {
        assert!(answer.contains(header), "{answer}");
    }
    let envelope = json(answer);
    assert_eq!((&envelope["code"], &envelope["StatusCode"]), (&code.into(), &status.into()), "{answer}");
    assert_eq!(envelope["details"], serde_json::json!([]));
}
