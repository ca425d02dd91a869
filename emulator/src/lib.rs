//! A stateful local emulator of Stream's user-management API.
//!
//! It keeps users, tokens, tasks and limits as the real API does, as far as public sources say; where they are silent, the
//! code says which choice it made. One core has two hosts:
//!
//! - `core`: requests in, responses out. It does no I/O and has no clock and no randomness: the same requests at the same
//!   times give the same responses, byte for byte.
//! - `js`: a `fetch` inside the process, for tests without a network (WebAssembly only).
//! - [`server`]: an HTTP server (feature `server`).
//!
//! ```
//! use getstream_users_emulator::{Config, Emulator, Method, Request, Timestamp};
//!
//! let mut emulator = Emulator::new(Config::default());
//! let request = Request::new(Method::Get, "/api/v2/users?api_key=devkey").header("stream-auth-type", "anonymous");
//! let response = emulator.handle(&request, Timestamp::from_millis(1_767_225_600_000));
//! assert_eq!(response.status, 400); // the payload is missing
//! ```

mod core;
#[cfg(target_arch = "wasm32")]
pub mod js;
#[cfg(feature = "server")]
pub mod server;

pub use crate::core::{
    CallResult, Choices, Config, Emulator, Ending, Frame, Headers, Method, Operation, PAGE_HEADERS, PAGE_METHODS,
    PAGE_SECONDS, Progress, RateLimits, Refusal, Request, Response, RestoreError, SeedError, Seeded, Snapshot, Summary,
    Transmission, Ui, WebhookCall, WebhookDelivery, WebhookTimes, is_socket_path, operations,
};
pub use getstream_users::model::Timestamp;
