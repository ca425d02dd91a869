#!/usr/bin/env bash
# hyper sends no response to a client that closes its sending side after the request.
#
# Guess: the request is complete and the other direction is open, so the response is sent, as by
#   Node's server.
# What happens: by default, the end of the input ends the connection while the handler still runs;
#   with `half_close(true)` the response is sent. `nc -N` and old health checks are such clients.
# Seen: hyper 1.12.0, tokio 1.54.1, hyper-util 0.1.21, http-body-util 0.1.5 (crates.io), 2026-11-28.
#   The output was:
#> by default: nothing
#> half_close: HTTP/1.1 200 OK
set -euo pipefail
finding=$(realpath "$0")
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
mkdir src
cat > Cargo.toml <<'TOML'
[package]
name = "probe"
version = "0.0.0"
edition = "2024"

[profile.dev]
debug = 0

[dependencies]
http-body-util = "=0.1.5"
hyper = { version = "=1.12.0", features = ["http1", "server"] }
hyper-util = { version = "=0.1.21", features = ["tokio"] }
tokio = { version = "=1.54.1", features = ["io-util", "macros", "net", "rt", "time"] }
TOML
cat > src/main.rs <<'RUST'
use std::{convert::Infallible, time::Duration};

use http_body_util::Full;
use hyper::{Response, body::Bytes, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

async fn answer(half_close: bool) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut client = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
    let (served, _) = listener.accept().await.unwrap();
    let handler = service_fn(async |_| {
        tokio::time::sleep(Duration::from_millis(100)).await;
        Ok::<_, Infallible>(Response::new(Full::new(Bytes::from("served"))))
    });
    let serving = http1::Builder::new().half_close(half_close).serve_connection(TokioIo::new(served), handler);
    let asking = async {
        client.write_all(b"GET / HTTP/1.1\r\nhost: localhost\r\n\r\n").await.unwrap();
        client.shutdown().await.unwrap();
        let mut text = String::new();
        client.read_to_string(&mut text).await.unwrap();
        text.lines().next().unwrap_or("nothing").to_string()
    };
    tokio::join!(async { drop(serving.await) }, asking).1
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("by default: {}", answer(false).await);
    println!("half_close: {}", answer(true).await);
}
RUST
cargo run -q | diff <(sed -n 's/^#> \?//p' "$finding") - && echo "still so"
