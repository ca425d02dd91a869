//! What the operations do, one file per resource. [`validate`] holds what several of them check, [`actor`] on whose behalf they act, [`page`] which part of a list they return, [`timeout`] how long
//! what they do lasts.

pub(crate) mod activation;
pub(crate) mod actor;
pub(crate) mod app;
pub(crate) mod banned_users;
pub(crate) mod bans;
pub(crate) mod block_lists;
pub(crate) mod blocks;
pub(crate) mod channels;
pub(crate) mod checks;
pub(crate) mod client_events;
pub(crate) mod connect;
pub(crate) mod custom_event;
pub(crate) mod deletion;
pub(crate) mod devices;
pub(crate) mod export;
pub(crate) mod flags;
pub(crate) mod groups;
pub(crate) mod guest;
mod hooks;
pub(crate) mod locations;
pub(crate) mod mutes;
pub(crate) mod page;
pub(crate) mod partial;
pub(crate) mod permissions;
pub(crate) mod push_preferences;
pub(crate) mod push_providers;
pub(crate) mod query;
pub(crate) mod rate_limits;
pub(crate) mod roles;
mod settings;
pub(crate) mod tasks;
mod tenancy;
pub(crate) mod timeout;
pub(crate) mod unique_names;
pub(crate) mod users;
pub(crate) mod validate;
