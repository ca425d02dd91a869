//! The emulator without a face: requests in, answers out.
//!
//! - [`wire`]: requests and answers as values, the way from JSON and back, failures.
//! - [`gate`]: what stands before an operation: which one is meant, who calls, whether that caller may, how often.
//! - [`operation`]: what the operations do, one file per resource.
//! - [`filter`]: the language of queries.
//! - [`state`]: what the app knows.
//! - [`event`]: what the app's hooks are told.
//! - [`log`]: what was asked lately.
//! - [`control`]: what those who run the emulator can do with it.
//!
//! A request walks through them from the top to the bottom; [`emulator`] is the walk itself.

mod config;
mod control;
mod emulator;
mod event;
mod filter;
mod gate;
mod log;
mod operation;
mod path;
mod state;
mod wire;

pub use config::{Choices, Config, RateLimits};
pub use control::{SeedError, Seeded};
pub use emulator::Emulator;
pub use event::{WebhookCall, WebhookDelivery};
pub use gate::{Operation, operations};
pub use state::{CallResult, Progress, RestoreError, Snapshot, WebhookTimes};
pub use wire::{Delivery, Ending, Headers, Method, Refusal, Request, Response};
