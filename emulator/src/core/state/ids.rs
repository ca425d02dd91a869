//! Ids that the server makes up. A seed decides all of them, so that a run can be repeated.

use serde::{Deserialize, Serialize};
use uuid::Builder;

/// Makes ids.
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

    /// A seed that gives the ids which come next.
    pub(crate) fn state(&self) -> u64 {
        self.0.get_seed()
    }

    /// A UUID of version 4: 36 characters, as SDK tests expect of a task's id.
    pub(crate) fn uuid(&mut self) -> String {
        Builder::from_random_bytes(self.0.u128(..).to_be_bytes()).into_uuid().to_string()
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
}
