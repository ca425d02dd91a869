//! A stateful local double of Stream's user-management API.
//!
//! It keeps users, tokens, tasks and limits as the real API does, as far as public sources tell; where they are silent,
//! the code says which choice it took. One core, two faces:
//!
//! - `core`: requests in, answers out. No I/O, no clock and no random of its own: the same requests at the same times
//!   give the same answers, byte for byte.
//! - `js`: a `fetch` inside the process, for tests that want no network (WebAssembly only).
//! - [`server`]: the same over HTTP (feature `server`).
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
