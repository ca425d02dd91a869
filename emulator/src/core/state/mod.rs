//! What the app knows. Nothing here knows a request: operations change it, [`World`] holds all of it.

mod app;
mod choices;
mod clock;
mod deliveries;
mod devices;
mod groups;
mod hooks;
mod ids;
mod limits;
mod names;
pub(crate) mod permissions;
mod push_preferences;
mod roles;
mod snapshot;
mod tasks;
mod users;
mod world;

pub(crate) use app::{App, UniqueUsernames};
pub use choices::{Choices, WebhookTimes};
pub(crate) use clock::Clock;
pub(crate) use deliveries::{Announcement, Deliveries, Entry};
pub use deliveries::{CallResult, Progress};
pub(crate) use devices::Devices;
pub(crate) use groups::{Group, Groups, Membership};
pub(crate) use hooks::Hooks;
pub(crate) use ids::Ids;
pub use limits::RateLimits;
pub(crate) use limits::{Allowance, Limiter, Platform};
pub(crate) use names::claimed as claimed_name;
pub(crate) use push_preferences::{Preferences, PushPreferences};
pub(crate) use roles::{ANONYMOUS_ROLE, DEFAULT_ROLE, GUEST_ROLE, Listed, Roles};
pub(crate) use snapshot::read as read_snapshot;
pub use snapshot::{RestoreError, Snapshot};
pub(crate) use tasks::{Due, End, Job, Tasks};
pub(crate) use users::{Draft, Profile, Standing, User, Users};
pub(crate) use world::World;
