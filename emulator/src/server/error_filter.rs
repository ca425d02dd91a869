//! Drops hyper's own error responses.
//!
//! If bytes are no valid request, hyper responds with a status and no body. Clients of this API expect an error
//! envelope in every response, so this file drops such a head. The connection then ends with hyper's error, and
//! `connection.rs` sends a response with an envelope instead.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

/// A stream that drops hyper's own error responses.
#[derive(Debug)]
pub(super) struct ErrorFilter {
    stream: TcpStream,
    /// Whether a response was dropped.
    pub(super) dropped: bool,
}

impl ErrorFilter {
    pub(super) fn new(stream: TcpStream) -> Self {
        Self { stream, dropped: false }
    }

    /// The stream without the filter.
    pub(super) fn into_stream(self) -> TcpStream {
        self.stream
    }
}

/// Whether these bytes are an error response by hyper: an error status without a body. The emulator's own responses
/// have a CORS header.
fn is_bare_error(bytes: &[u8]) -> bool {
    bytes.starts_with(b"HTTP/1.")
        && bytes.get(b"HTTP/1.1".len()..).is_some_and(|status| status.starts_with(b" 4"))
        && bytes.ends_with(b"\r\n\r\n")
        && !str::from_utf8(bytes).is_ok_and(|head| head.contains("\r\naccess-control-allow-origin:"))
}

impl AsyncWrite for ErrorFilter {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        if is_bare_error(bytes) {
            self.dropped = true;
            return Poll::Ready(Ok(bytes.len()));
        }
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        parts: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        match parts {
            [only] => self.poll_write(cx, only),
            _ => Pin::new(&mut self.stream).poll_write_vectored(cx, parts),
        }
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

impl AsyncRead for ErrorFilter {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buffer)
    }
}

#[cfg(test)]
mod tests {
    use super::is_bare_error;

    #[test]
    fn only_what_hyper_made_up_is_dropped() {
        for (bytes, bare) in [
            ("HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\ndate: x\r\n\r\n", true),
            ("HTTP/1.0 431 Request Header Fields Too Large\r\ncontent-length: 0\r\n\r\n", true),
            ("HTTP/1.1 404 Not Found\r\naccess-control-allow-origin: *\r\ncontent-length: 0\r\n\r\n", false),
            ("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n", false),
            ("HTTP/1.1 100 Continue\r\n\r\n", false),
            ("HTTP/1.1 400 Bad Request\r\ncontent-length: 2\r\n\r\n{}", false),
            ("HTTP/1.1", false),
            ("", false),
        ] {
            assert_eq!(is_bare_error(bytes.as_bytes()), bare, "{bytes}");
        }
    }
}
