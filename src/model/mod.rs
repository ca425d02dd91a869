//! The types of requests and responses, one file per resource.
//!
//! Names are Stream's own, in JSON and in TypeScript. The same structs generate the `.d.ts` (through `tsify`) and the
//! date decoders (`cargo xtask codegen` reads these files), and the emulator uses them for requests and responses, so
//! the three cannot differ. The sources of the types are Stream's OpenAPI description v236, and what
//! `@stream-io/node-sdk` and `getstream-go` send and expect.
//!
//! Two rules keep the generators simple: a date is a field of type [`Timestamp`] (or an `Option` of it), and a nested
//! model is only inside `Option`, `Vec` and `BTreeMap<String, _>`.

mod activation;
mod app;
mod block;
mod custom;
mod custom_event;
mod deletion;
mod device;
mod error;
mod event;
mod export;
mod filter;
mod group;
mod guest;
mod hook;
mod location;
mod moderation;
mod permission;
mod push_preferences;
mod rate_limit;
mod role;
mod task;
mod time;
mod user;
mod users;

pub use activation::*;
pub use app::*;
pub use block::*;
pub use custom::*;
pub use custom_event::*;
pub use deletion::*;
pub use device::*;
pub use error::*;
pub use event::*;
pub use export::*;
pub use group::*;
pub use guest::*;
pub use hook::*;
pub use location::*;
pub use moderation::*;
pub use permission::*;
pub use push_preferences::*;
pub use rate_limit::*;
pub use role::*;
pub use task::*;
pub use time::*;
pub use user::*;
pub use users::*;
