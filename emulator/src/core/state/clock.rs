//! The app's clock, and the times of its changes.
//!
//! The clock follows the host's clock until it is advanced or stopped. Two changes never have the same time: lists are
//! ordered by `created_at`, and two users with the same time would have no order. A change gets the time of its request
//! or, if an earlier change has that time or a later one, a microsecond more than the latest change. On a stopped
//! clock, each change is a microsecond later. Times are whole microseconds because the times of users in the API's
//! known responses are, and because a JavaScript number cannot represent nanoseconds.

use getstream_users::model::Timestamp;
use serde::{Deserialize, Serialize};

const STEP_NS: i64 = 1_000;

/// The clock, and the time of the latest change.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Clock {
    /// How far it is ahead of the host's clock.
    ahead_ns: i64,
    /// The time at which it is stopped, if it is.
    frozen_at: Option<Timestamp>,
    /// The time of the latest change.
    latest: Timestamp,
}

impl Default for Clock {
    fn default() -> Self {
        Self { ahead_ns: 0, frozen_at: None, latest: Timestamp(i64::MIN) }
    }
}

impl Clock {
    /// The app's time when the host's clock shows `driving`.
    pub(crate) fn read(&self, driving: Timestamp) -> Timestamp {
        self.frozen_at.unwrap_or_else(|| plus(driving, self.ahead_ns))
    }

    /// The time at which it is stopped, if it is.
    pub(crate) fn frozen_at(&self) -> Option<Timestamp> {
        self.frozen_at
    }

    /// Advances it, whether it runs or not.
    pub(crate) fn advance(&mut self, nanoseconds: i64) {
        match &mut self.frozen_at {
            Some(at) => *at = plus(*at, nanoseconds),
            None => self.ahead_ns = self.ahead_ns.saturating_add(nanoseconds),
        }
    }

    /// Stops it at the given time.
    pub(crate) fn freeze(&mut self, at: Timestamp) {
        self.frozen_at = Some(at);
    }

    /// Starts it again, from the time at which it was stopped.
    pub(crate) fn unfreeze(&mut self, driving: Timestamp) {
        if let Some(at) = self.frozen_at.take() {
            self.ahead_ns = at.0.saturating_sub(driving.0);
        }
    }

    /// The time of the latest change.
    pub(crate) fn latest(&self) -> Timestamp {
        self.latest
    }

    /// The time of a change made at `now`; later than every time returned before.
    pub(crate) fn stamp(&mut self, now: Timestamp) -> Timestamp {
        let now = now.0.saturating_sub(now.0.rem_euclid(STEP_NS));
        self.latest = Timestamp(now.max(self.latest.0.saturating_add(STEP_NS)));
        self.latest
    }
}

fn plus(time: Timestamp, nanoseconds: i64) -> Timestamp {
    Timestamp(time.0.saturating_add(nanoseconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_changes_grow_when_the_clock_moves_stands_still_or_goes_back() {
        let mut clock = Clock::default();
        let stamps = [5_000_000, 5_000_000, 4_000_000, 5_000_500, 9_000_999].map(|now| clock.stamp(Timestamp(now)).0);
        assert_eq!(stamps, [5_000_000, 5_001_000, 5_002_000, 5_003_000, 9_000_000]);
    }

    #[test]
    fn it_follows_the_clock_of_its_host_until_it_is_advanced_or_stopped() {
        let mut clock = Clock::default();
        assert_eq!(clock.read(Timestamp(100)), Timestamp(100));
        clock.advance(50);
        assert_eq!(clock.read(Timestamp(101)), Timestamp(151));
        clock.freeze(Timestamp(10));
        clock.advance(5);
        assert_eq!(clock.read(Timestamp(900)), Timestamp(15));
        clock.unfreeze(Timestamp(1000));
        assert_eq!(clock.read(Timestamp(1001)), Timestamp(16));
    }
}
