//! The system's clock, which drives a server's emulator.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::Timestamp;

/// What time it is.
#[must_use]
pub fn now() -> Timestamp {
    let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp(i64::try_from(since_1970.as_nanos()).unwrap_or(i64::MAX))
}
