//! The core's public API: requests in, responses out, with a clock that the test advances.

#[cfg(test)]
mod access;
#[cfg(test)]
mod app;
#[cfg(test)]
mod app_settings;
#[cfg(test)]
mod blocks;
#[cfg(test)]
mod control;
#[cfg(test)]
mod custom_events;
#[cfg(test)]
mod determinism;
#[cfg(test)]
mod devices;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod form;
#[cfg(test)]
mod groups;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod life_cycle;
#[cfg(test)]
mod locations;
#[cfg(test)]
mod long_poll;
#[cfg(test)]
mod moderation;
#[cfg(test)]
mod permissions;
#[cfg(test)]
mod push_preferences;
#[cfg(test)]
mod queries;
#[cfg(test)]
mod rate_limits;
#[cfg(test)]
mod roles;
#[cfg(test)]
mod seed;
#[cfg(test)]
mod snapshot;
#[cfg(test)]
mod sockets;
#[cfg(test)]
mod tasks;
#[cfg(test)]
mod teams;
#[cfg(test)]
mod tokens;
#[cfg(test)]
mod ui;
#[cfg(test)]
mod unique_names;
#[cfg(test)]
mod v1;
#[cfg(test)]
mod webhooks;
#[cfg(test)]
mod writes;
