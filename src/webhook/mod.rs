//! Webhooks: how Stream proves that a call comes from it.

mod signature;

pub use signature::{is_signature, signature};
