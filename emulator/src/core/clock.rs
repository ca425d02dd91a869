//! Times of changes: never two the same.
//!
//! Lists are ordered by `created_at`, so two users made in the same instant would have no order. A change therefore
//! happens at the time of its request or, if something already happened then or later, one microsecond after the latest
//! change. With a clock that stands still, changes run ahead of it by a microsecond each. Times are whole microseconds
//! because those of users that the API has been seen to send are, and because a JavaScript number cannot tell
//! nanoseconds apart.

use getstream_users::model::Timestamp;

const STEP_NS: i64 = 1_000;

/// Hands out the times of changes.
#[derive(Debug, Clone)]
pub(crate) struct Clock {
    latest: Timestamp,
}

impl Default for Clock {
    fn default() -> Self {
        Self { latest: Timestamp(i64::MIN) }
    }
}

impl Clock {
    /// The time of a change that is made `now`; later than every one handed out before.
    pub(crate) fn stamp(&mut self, now: Timestamp) -> Timestamp {
        let now = now.0.saturating_sub(now.0.rem_euclid(STEP_NS));
        self.latest = Timestamp(now.max(self.latest.0.saturating_add(STEP_NS)));
        self.latest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_grow_when_the_clock_moves_stands_still_or_goes_back() {
        let mut clock = Clock::default();
        let stamps = [5_000_000, 5_000_000, 4_000_000, 5_000_500, 9_000_999].map(|now| clock.stamp(Timestamp(now)).0);
        assert_eq!(stamps, [5_000_000, 5_001_000, 5_002_000, 5_003_000, 9_000_000]);
    }
}
