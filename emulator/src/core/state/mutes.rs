//! Mutes: which user has muted which.

use getstream_users::model::Timestamp;
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

/// A mute of one user by another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Mute {
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
    /// When the mute expires; `None` if it does not.
    pub(crate) expires: Option<Timestamp>,
}

impl Mute {
    fn is_active(&self, now: Timestamp) -> bool {
        self.expires.is_none_or(|expires| now < expires)
    }
}

/// All mutes: by muting user, then by muted user, oldest first.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Mutes(IndexMap<String, IndexMap<String, Mute>>);

impl Mutes {
    /// The users that a user mutes at `now`.
    pub(crate) fn of(&self, user_id: &str, now: Timestamp) -> impl Iterator<Item = (&str, &Mute)> {
        let mutes = self.0.get(user_id).into_iter().flatten();
        mutes.filter(move |(_, mute)| mute.is_active(now)).map(|(target, mute)| (target.as_str(), mute))
    }

    /// Adds a mute. If one is in force, its end is changed and its beginning stays.
    pub(crate) fn put(
        &mut self,
        user_id: &str,
        target_id: &str,
        at: Timestamp,
        expires: Option<Timestamp>,
        now: Timestamp,
    ) -> Mute {
        let mutes = self.0.entry(user_id.to_owned()).or_default();
        let before = mutes.get(target_id).filter(|mute| mute.is_active(now));
        let mute = Mute { created_at: before.map_or(at, |mute| mute.created_at), updated_at: at, expires };
        mutes.insert(target_id.to_owned(), mute);
        mute
    }

    /// Removes a mute and returns whether it was in force.
    pub(crate) fn remove(&mut self, user_id: &str, target_id: &str, now: Timestamp) -> bool {
        // `shift_remove` keeps the order of the others.
        let removed = self.0.get_mut(user_id).and_then(|mutes| mutes.shift_remove(target_id));
        removed.is_some_and(|mute| mute.is_active(now))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn muting_again_changes_the_end_and_begins_anew_only_after_it() {
        let mut mutes = Mutes::default();
        let mut put = |at, expires: Option<i64>| {
            mutes.put("u", "a", Timestamp(at), expires.map(Timestamp), Timestamp(at)).created_at.0
        };
        assert_eq!((put(1, Some(10)), put(2, Some(20)), put(20, None)), (1, 1, 20));
        assert_eq!(mutes.of("u", Timestamp(21)).count(), 1);
    }

    #[test]
    fn an_expired_mute_is_not_listed() {
        let mut mutes = Mutes::default();
        mutes.put("u", "a", Timestamp(1), Some(Timestamp(10)), Timestamp(1));
        assert_eq!((mutes.of("u", Timestamp(9)).count(), mutes.of("u", Timestamp(10)).count()), (1, 0));
        assert!(!mutes.remove("u", "a", Timestamp(10)));
        mutes.put("u", "a", Timestamp(11), None, Timestamp(11));
        assert!(mutes.remove("u", "a", Timestamp(12)));
        assert!(!mutes.remove("u", "a", Timestamp(12)));
    }
}
