//! Requests and responses as plain values, error envelopes, and conversion between JSON and types.

mod call;
mod dialect;
mod envelope;
mod http;
mod pages;
pub(crate) mod parameter;
pub(crate) mod read;
mod refusal;
pub(crate) mod rfc3339;
pub(crate) mod shape;
mod summary;
mod write;

pub(crate) use call::{Call, Cause, Outcome, body, reply};
pub(crate) use dialect::Dialect;
pub(crate) use envelope::DURATION;
pub(crate) use write::{EVENT, Form, Written};

pub use http::{Ending, Headers, Method, Request, Response, Transmission};
pub use pages::{PAGE_HEADERS, PAGE_METHODS, PAGE_SECONDS};
pub use refusal::Refusal;
pub use summary::Summary;
