//! What goes over the wire: requests and answers as plain values, and the way from JSON and back.

mod call;
mod error;
mod http;
pub(crate) mod parameter;
pub(crate) mod read;
mod refusal;
pub(crate) mod rfc3339;

pub(crate) use call::{Call, Cause, Outcome, body, reply};
pub(crate) use error::{Code, DURATION, Failure, Violations};

pub use http::{Delivery, Ending, Headers, Method, Request, Response};
pub use refusal::Refusal;
