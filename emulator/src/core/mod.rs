//! The emulator without a face: requests in, answers out.
//!
//! Floors, from the ground up; each uses only those below it, which the layering check of the `lint` stage holds:
//!
//! - [`failure`], [`caller`], [`field_path`], [`suggestion`]: why something did not happen, who calls, what leads to a
//!   field, what a misspelt name was meant to be.
//! - [`state`]: what the app knows; it knows no request. [`config`]: what is chosen about an emulator.
//! - [`wire`]: requests and answers as values, the way from JSON and back. [`filter`]: the language of queries.
//! - [`access`]: who may do what. [`view`]: how answers show users. [`event`]: what the app's hooks are told.
//! - [`operation`]: what the operations do, one file per resource.
//! - [`routes`]: which operation a request means. [`jobs`]: what tasks do when their time has come.
//! - [`gate`]: what stands between a request and its operation. [`log`]: what was asked lately.
//! - [`emulator`]: the walk of a request through all of these. [`webhooks`]: the calls of hooks that are due.
//! - [`sockets`]: who connects, and what is told to whom is connected.
//! - [`ui`]: the page with which a browser shows all of this.
//! - [`control`]: what those who run the emulator can do with it. [`health`]: whether it is there.
//! - [`front`]: whether a request is for the app or for the controls.

mod access;
mod caller;
mod config;
mod control;
mod emulator;
mod event;
mod failure;
mod field_path;
mod filter;
mod front;
mod gate;
mod health;
mod jobs;
mod log;
mod operation;
mod routes;
mod sockets;
mod state;
mod suggestion;
mod ui;
mod view;
mod webhooks;
mod wire;

pub use config::{Choices, Config, RateLimits, Ui};
pub use control::{SeedError, Seeded};
pub use emulator::Emulator;
pub use routes::{Operation, operations};
pub use sockets::is_socket_path;
pub use state::{CallResult, Frame, Progress, RestoreError, Snapshot, WebhookTimes};
#[cfg(target_arch = "wasm32")]
pub(crate) use suggestion::did_you_mean;
pub use webhooks::{WebhookCall, WebhookDelivery};
pub use wire::{Ending, Headers, Method, Refusal, Request, Response, Summary, Transmission};
pub use wire::{PAGE_HEADERS, PAGE_METHODS, PAGE_SECONDS};
