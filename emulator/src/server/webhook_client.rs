//! The HTTP client for webhooks: one POST per connection, over HTTP or HTTPS. It follows no redirects and never sends
//! twice.

use std::error::Error;
use std::iter::successors;

use axum::body::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::{Method, Request, Response};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;

use crate::WebhookCall;

/// How much of a response body is read before the connection is closed. The body is ignored, but a receiver should be
/// able to send it.
const MAX_RESPONSE_BODY: usize = 64 * 1024;

#[derive(Debug, Clone)]
pub(super) struct WebhookClient(Client<HttpsConnector<HttpConnector>, Full<Bytes>>);

impl WebhookClient {
    /// A client that trusts Mozilla's certificate authorities. The list is compiled in, because the system need not
    /// have one.
    pub(super) fn new() -> Self {
        let connector = HttpsConnectorBuilder::new().with_webpki_roots().https_or_http().enable_http1().build();
        let client = Client::builder(TokioExecutor::new())
            // Each request opens a new connection, so none fails because the receiver restarted in between.
            .pool_max_idle_per_host(0)
            // Retries would not be counted as attempts, which the emulator counts as Stream does.
            .retry_canceled_requests(false)
            .build(connector);
        Self(client)
    }

    /// Sends a webhook and returns the status of the response.
    ///
    /// # Errors
    /// The reason why there is no response.
    pub(super) async fn post(&self, call: &WebhookCall) -> Result<u16, String> {
        let request = request(call).map_err(|error| error.to_string())?;
        let response = self.0.request(request).await.map_err(|error| root_cause(&error))?;
        let status = response.status().as_u16();
        drain(response).await;
        Ok(status)
    }
}

fn request(call: &WebhookCall) -> Result<Request<Full<Bytes>>, hyper::http::Error> {
    let builder = Request::builder().method(Method::POST).uri(&call.url);
    let builder = call.headers.iter().fold(builder, |builder, (name, value)| builder.header(name, value));
    builder.body(Full::new(Bytes::from(call.body.clone())))
}

/// The root cause of the client's error: "Connection refused" helps where "client error (Connect)" does not.
fn root_cause(error: &(dyn Error + 'static)) -> String {
    successors(Some(error), |&error| error.source()).last().unwrap_or(error).to_string()
}

async fn drain(response: Response<Incoming>) {
    let mut body = response.into_body();
    let mut read = 0;
    while let Some(Ok(frame)) = body.frame().await {
        read += frame.data_ref().map_or(0, Bytes::len);
        if read > MAX_RESPONSE_BODY {
            return;
        }
    }
}
