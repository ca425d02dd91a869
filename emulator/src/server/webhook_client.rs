//! The HTTP client that calls webhooks: one POST on a connection of its own, over HTTP or HTTPS. It follows no redirect
//! and sends nothing twice.

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

/// How much of a response's body is read before the connection is closed. Nobody looks at it, but a receiver should be
/// able to send it.
const MAX_RESPONSE_BODY: usize = 64 * 1024;

#[derive(Debug, Clone)]
pub(super) struct WebhookClient(Client<HttpsConnector<HttpConnector>, Full<Bytes>>);

impl WebhookClient {
    /// A client that trusts Mozilla's certificate authorities; the list is part of the program, as the system need not
    /// have one.
    pub(super) fn new() -> Self {
        let connector = HttpsConnectorBuilder::new().with_webpki_roots().https_or_http().enable_http1().build();
        let client = Client::builder(TokioExecutor::new())
            // Each call gets a connection of its own, so a receiver that restarts between two calls loses none.
            .pool_max_idle_per_host(0)
            // The emulator counts attempts as Stream does.
            .retry_canceled_requests(false)
            .build(connector);
        Self(client)
    }

    /// Makes a call and returns the status of the response.
    ///
    /// # Errors
    /// When there is no response: the reason.
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
