//! One POST over a connection of its own, over HTTP or HTTPS. Redirects are not followed, nothing is sent twice.
//!
//! What a webhook needs of a client is little enough that hyper's connections do. A blocking client would be shorter, but
//! one that waits for a receiver would keep the process from ending.

use std::error::Error;
use std::sync::Arc;

use axum::body::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::client::conn::http1;
use hyper::http::uri::Scheme;
use hyper::{Method, Request, Response, Uri};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{self, ClientConfig, RootCertStore};

use crate::WebhookCall;

/// How much of an answer's body is read before the connection is closed. Nobody looks at it, but a receiver should be able
/// to send it.
const MOST_READ: usize = 64 * 1024;

type Failure = Box<dyn Error + Send + Sync>;

/// Makes calls.
#[derive(Clone)]
pub(super) struct Poster {
    tls: Option<TlsConnector>,
}

impl Poster {
    pub(super) fn new() -> Self {
        // There is no other reason for an error than versions of TLS that ring does not know.
        Self { tls: config().ok().map(|config| TlsConnector::from(Arc::new(config))) }
    }

    /// Makes a call and returns the status of the answer.
    ///
    /// # Errors
    /// When there is no answer.
    pub(super) async fn post(&self, call: &WebhookCall) -> Result<u16, Failure> {
        let uri: Uri = call.url.parse()?;
        let host = uri.host().unwrap_or_default();
        // An IPv6 address is bracketed in a URL and nowhere else.
        let name = host.trim_start_matches('[').trim_end_matches(']');
        let encrypted = uri.scheme() == Some(&Scheme::HTTPS);
        let port = uri.port_u16().unwrap_or(if encrypted { 443 } else { 80 });
        let stream = TcpStream::connect((name, port)).await?;
        let request = request(call, &uri, host)?;
        if encrypted {
            let tls = self.tls.as_ref().ok_or("there is no TLS")?;
            let stream = tls.connect(ServerName::try_from(name.to_owned())?, stream).await?;
            exchange(stream, request).await
        } else {
            exchange(stream, request).await
        }
    }
}

/// Mozilla's list of authorities, which comes with the program: the system need not have one.
fn config() -> Result<ClientConfig, rustls::Error> {
    let roots = RootCertStore::from_iter(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    let versions = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?;
    Ok(versions.with_root_certificates(roots).with_no_client_auth())
}

fn request(call: &WebhookCall, uri: &Uri, host: &str) -> Result<Request<Full<Bytes>>, Failure> {
    let target = uri.path_and_query().map_or("/", |target| target.as_str());
    let host = uri.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"));
    let builder = Request::builder().method(Method::POST).uri(target).header("host", host);
    let builder = call.headers.iter().fold(builder, |builder, (name, value)| builder.header(name, value));
    Ok(builder.body(Full::new(Bytes::from(call.body.clone())))?)
}

async fn exchange(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    request: Request<Full<Bytes>>,
) -> Result<u16, Failure> {
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    // It ends with the sender and the body of the answer, and what goes wrong with it is told there.
    drop(tokio::spawn(connection));
    let response = sender.send_request(request).await?;
    let status = response.status().as_u16();
    drain(response).await;
    Ok(status)
}

async fn drain(response: Response<Incoming>) {
    let mut body = response.into_body();
    let mut read = 0;
    while let Some(Ok(frame)) = body.frame().await {
        read += frame.data_ref().map_or(0, Bytes::len);
        if read > MOST_READ {
            return;
        }
    }
}
