//! Points in time as the API writes them.

use serde::{Deserialize, Serialize};

/// A point in time: whole nanoseconds since 1970-01-01T00:00:00Z.
///
/// The API answers with these integers, which pass 2^53 and so lose their last digits in a JavaScript number; the
/// client turns them into `Date` with the rounding that brings back the right millisecond.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
// Not transparent: a serializer is told the type by its name, so that one for another form of the API can write text.
pub struct Timestamp(#[cfg_attr(feature = "types", tsify(type = "Date"))] pub i64);

impl Timestamp {
    /// The time `milliseconds` after 1970-01-01T00:00:00Z; saturates at the ends of the range.
    #[must_use]
    pub const fn from_millis(milliseconds: i64) -> Self {
        Self(milliseconds.saturating_mul(1_000_000))
    }

    /// Whole seconds since 1970-01-01T00:00:00Z, rounded down.
    #[must_use]
    pub const fn as_seconds(self) -> i64 {
        self.0.div_euclid(1_000_000_000)
    }
}
