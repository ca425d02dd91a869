//! The last bytes of a connection, written by hand.

use std::io;
use std::time::Duration;

use axum::http::header::{CONTENT_LENGTH, HeaderValue};
use axum::response::Response as HttpResponse;
use http_body_util::BodyExt;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::sleep;

/// How long a client may go on sending after its last answer. A connection that is closed before everything was read from
/// it takes the answer with it.
const LINGER: Duration = Duration::from_secs(1);

/// An answer as it goes over the wire, up to so many bytes of its body.
pub(super) async fn written(response: HttpResponse, most: usize) -> Vec<u8> {
    let (mut head, body) = response.into_parts();
    // The body is in memory already, so reading it does not fail.
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

/// Writes the last bytes, then waits a little until the client has read them and closes its side.
pub(super) async fn part(mut stream: TcpStream, last_words: &[u8], hurry: impl Future<Output = ()>) -> io::Result<()> {
    stream.write_all(last_words).await?;
    stream.shutdown().await?;
    tokio::select! {
        ended = discard(&mut stream) => ended,
        () = sleep(LINGER) => Ok(()),
        () = hurry => Ok(()),
    }
}

async fn discard(stream: &mut TcpStream) -> io::Result<()> {
    let mut buffer = [0; 4096];
    while stream.read(&mut buffer).await? > 0 {}
    Ok(())
}
