//! The core of the emulator: requests in, responses out. It does no I/O.
//!
//! The graph in ARCHITECTURE.md says which module may use which, and the `lint` stage checks it. From the bottom up:
//!
//! - [`failure`], [`caller`], [`field_path`], [`suggestion`]: failures, callers, dotted field paths, "did you mean".
//! - [`state`]: the data of the app, independent of requests. [`config`]: the settings of an emulator.
//! - [`wire`]: requests and responses as values, JSON to types and back. [`filter`]: the filter language of queries.
//! - [`access`]: permissions. [`view`]: users in responses. [`event`]: events for hooks and connections.
//! - [`operation`]: the operations, one file per resource.
//! - [`routes`]: finds the operation of a request. [`jobs`]: runs due tasks.
//! - [`gate`]: authentication, rate limits, faults. [`log`]: recent requests.
//! - [`emulator`]: handles a request, using all of these. [`webhooks`]: due webhook requests.
//! - [`sockets`]: connections and their frames. [`ui`]: the emulator's page.
//! - [`control`]: the controls. [`health`]: the health check.
//! - [`front`]: passes a request to the app or to the controls.

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
