//! Ids that the emulator generates. A seed makes them reproducible.

use getstream_users::model::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Builder;

/// Generates ids.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(from = "u64", into = "u64")]
pub(crate) struct Ids(fastrand::Rng);

impl From<u64> for Ids {
    fn from(seed: u64) -> Self {
        Self::new(seed)
    }
}

impl From<Ids> for u64 {
    fn from(ids: Ids) -> Self {
        ids.state()
    }
}

impl Ids {
    pub(crate) fn new(seed: u64) -> Self {
        Self(fastrand::Rng::with_seed(seed))
    }

    /// The seed that generates the ids which come next.
    pub(crate) fn state(&self) -> u64 {
        self.0.get_seed()
    }

    /// A UUID of version 4: 36 characters, as SDK tests expect of a task's id.
    pub(crate) fn uuid(&mut self) -> String {
        Builder::from_random_bytes(self.0.u128(..).to_be_bytes()).into_uuid().to_string()
    }

    /// A UUID of version 7, which begins with the given time: later ids sort later. Its resolution is a microsecond,
    /// and no two changes have the same.
    pub(crate) fn uuid_at(&mut self, at: Timestamp) -> String {
        let microseconds = u64::try_from(at.0 / 1_000).unwrap_or_default();
        let [high, low] = u16::try_from(microseconds % 1_000).unwrap_or_default().to_be_bytes();
        let [a, b, c, d, e, f, g, h] = self.0.u64(..).to_be_bytes();
        let rest = [high, low, a, b, c, d, e, f, g, h];
        Builder::from_unix_timestamp_millis(microseconds / 1_000, &rest).into_uuid().to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_decides_the_ids() {
        let (mut one, mut same, mut other) = (Ids::new(1), Ids::new(1), Ids::new(2));
        let id = one.uuid();
        assert_eq!(id, same.uuid());
        assert_ne!(id, one.uuid());
        assert_ne!(id, other.uuid());
    }

    #[test]
    fn ids_have_the_form_of_a_random_uuid() {
        let id = Ids::new(7).uuid();
        let dashes: Vec<usize> = id.match_indices('-').map(|(at, _)| at).collect();
        assert_eq!((id.len(), dashes), (36, vec![8, 13, 18, 23]));
        assert_eq!(id.chars().nth(14), Some('4'));
    }

    #[test]
    fn ids_made_later_come_later() {
        let mut ids = Ids::new(7);
        let at = [0, 1_000, 999_000, 1_000_000, 1_767_225_600_123_456_000, 1_767_225_600_124_000_000];
        let made: Vec<String> = at.iter().map(|&at| ids.uuid_at(Timestamp(at))).collect();
        assert!(made.is_sorted(), "{made:?}");
        for id in made {
            let marks: Vec<char> = [8, 13, 14, 18, 23].iter().filter_map(|&index| id.chars().nth(index)).collect();
            assert_eq!((id.len(), marks), (36, vec!['-', '-', '7', '-', '-']));
        }
        assert_eq!(Ids::new(7).uuid_at(Timestamp(-1)).len(), 36);
    }
}
