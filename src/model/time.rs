//! Times in the format of the API.

use serde::{Deserialize, Serialize};

/// A point in time: whole nanoseconds since 1970-01-01T00:00:00Z.
///
/// The API responds with these integers. They exceed 2^53, so they lose their last digits in a JavaScript number; the
/// client converts them into `Date` with a rounding that restores the right millisecond.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
// Not `#[serde(transparent)]`: a serializer gets the name of this type, so that one for another form of the API can
// write text.
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
