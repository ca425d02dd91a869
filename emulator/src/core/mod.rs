//! The emulator without a face: requests in, answers out.
//!
//! A request walks through the files in this order: [`http`] is its value; [`route`] finds the operation; [`authenticate`]
//! finds the caller; [`rate_limit`] counts it; one file per resource does the work on the [`state`] ([`read`] takes the request
//! apart, [`validate`] checks it); [`error`] makes the answer of what went wrong. [`emulator`] is the walk itself.

mod activation;
mod authenticate;
mod call;
mod clock;
mod deletion;
mod emulator;
mod error;
mod export;
mod filter;
mod guest;
mod http;
mod ids;
mod partial;
mod path;
mod query;
mod rate_limit;
mod read;
mod rfc3339;
mod route;
mod state;
mod tasks;
mod users;
mod validate;
mod view;
mod world;

pub use emulator::{Config, Emulator};
pub use http::{Headers, Method, Request, Response};
