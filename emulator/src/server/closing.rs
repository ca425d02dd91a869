//! Closes a connection after hyper has released it: writes the last response, then gives the client time to read it.

use std::io;
use std::time::Duration;

use axum::http::header::{CONTENT_LENGTH, HeaderValue};
use axum::response::Response as HttpResponse;
use http_body_util::BodyExt;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::sleep;

/// How long a client may continue to send after its last response. If a connection is closed with unread data, the
/// client loses the response.
const LINGER: Duration = Duration::from_secs(1);

/// A response as bytes, with at most so many bytes of its body.
pub(super) async fn encode_response(response: HttpResponse, most: usize) -> Vec<u8> {
    let (mut head, body) = response.into_parts();
    // The body is in memory, so reading it does not fail.
    let body = body.collect().await.map(|body| body.to_bytes()).unwrap_or_default();
    head.headers.insert(CONTENT_LENGTH, HeaderValue::from(body.len()));
    let mut bytes = format!("HTTP/1.1 {}\r\n", head.status).into_bytes();
    for (name, value) in &head.headers {
        for part in [name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"] {
            bytes.extend_from_slice(part);
        }
    }
    bytes.extend_from_slice(b"\r\n");
    bytes.extend(body.into_iter().take(most));
    bytes
}

/// Writes the last bytes, closes this side, then waits briefly for the client to close its side; `stop` ends the wait.
pub(super) async fn close(mut stream: TcpStream, last_bytes: &[u8], stop: impl Future<Output = ()>) -> io::Result<()> {
    stream.write_all(last_bytes).await?;
    stream.shutdown().await?;
    tokio::select! {
        ended = discard(&mut stream) => ended,
        () = sleep(LINGER) => Ok(()),
        () = stop => Ok(()),
    }
}

async fn discard(stream: &mut TcpStream) -> io::Result<()> {
    let mut buffer = [0; 4096];
    while stream.read(&mut buffer).await? > 0 {}
    Ok(())
}
