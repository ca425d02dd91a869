//! Sends webhooks when they are due.

use std::future::pending;
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use super::clock::now;
use super::shared_emulator::SharedEmulator;
use super::webhook_client::WebhookClient;
use crate::{CallResult, WebhookCall};

/// Sends the app's webhooks for as long as it is polled. If it is dropped, requests under way are broken off.
pub(super) async fn tell(emulator: SharedEmulator) {
    let client = WebhookClient::new();
    let mut calls = JoinSet::new();
    loop {
        let (due, next) = emulator.quietly(|emulator| {
            let now = now();
            (emulator.due_webhooks(now), emulator.next_webhook_in(now))
        });
        for call in due {
            calls.spawn(make(client.clone(), call));
        }
        tokio::select! {
            () = emulator.webhooks_expected() => {}
            () = sleep_for(next) => {}
            // Nothing in these tasks can panic.
            Some(Ok((id, result))) = calls.join_next() => {
                emulator.quietly(|emulator| emulator.webhook_called(&id, result, now()));
            }
        }
    }
}

async fn sleep_for(wait: Option<Duration>) {
    match wait {
        Some(wait) => sleep(wait).await,
        None => pending().await,
    }
}

async fn make(client: WebhookClient, call: WebhookCall) -> (String, CallResult) {
    let result = match timeout(call.timeout, client.post(&call)).await {
        Ok(Ok(status)) => CallResult::Status(status),
        Ok(Err(reason)) => CallResult::Unreachable(reason),
        Err(_) => CallResult::TimedOut,
    };
    (call.id, result)
}
