//! Bans from the whole app, from one channel, or from a user's future channels.
//!
//! A user has at most one ban per place; a new ban replaces it. An expired ban stays in the list without effect. Its
//! end is computed from the time, so nothing has to run when it expires.

use std::collections::BTreeMap;

use getstream_users::model::Timestamp;
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

/// A ban.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Ban {
    pub(crate) target_id: String,
    /// Who created the ban. The user need not exist.
    pub(crate) banned_by_id: String,
    pub(crate) place: Place,
    pub(crate) reason: Option<String>,
    /// Whether it is a shadow ban: the user can still write, but others do not see it.
    pub(crate) shadow: bool,
    pub(crate) created_at: Timestamp,
    /// When the ban expires; `None` if it does not.
    pub(crate) expires: Option<Timestamp>,
}

/// What a user is banned from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Place {
    /// The whole app.
    App,
    /// The channel with this type and id: `type:id`.
    Channel(String),
    /// The channels that the banning user will create.
    FutureChannels,
}

impl Ban {
    /// Whether the ban is in force at `now`.
    pub(crate) fn is_active(&self, now: Timestamp) -> bool {
        self.expires.is_none_or(|expires| now < expires)
    }

    /// The channel's cid, if the ban is from a channel.
    pub(crate) fn channel_cid(&self) -> Option<&str> {
        match &self.place {
            Place::Channel(cid) => Some(cid),
            Place::App | Place::FutureChannels => None,
        }
    }
}

/// The bans of one user.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct BansOfUser {
    app: Option<Ban>,
    /// By channel.
    channels: BTreeMap<String, Ban>,
    /// By the user who created the ban.
    future_channels: BTreeMap<String, Ban>,
}

impl BansOfUser {
    fn listed(&self) -> impl Iterator<Item = &Ban> {
        self.app.iter().chain(self.channels.values())
    }
}

/// All bans, by banned user.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Bans(IndexMap<String, BansOfUser>);

impl Bans {
    /// The ban from the whole app that is in force at `now`.
    pub(crate) fn in_whole_app(&self, user_id: &str, now: Timestamp) -> Option<&Ban> {
        self.0.get(user_id)?.app.as_ref().filter(|ban| ban.is_active(now))
    }

    /// How many bans from the app and from channels are in force at `now`.
    pub(crate) fn count(&self, user_id: &str, now: Timestamp) -> usize {
        self.of(user_id).filter(|ban| ban.is_active(now)).count()
    }

    /// One user's bans from the app and from channels, including expired ones.
    pub(crate) fn of(&self, user_id: &str) -> impl Iterator<Item = &Ban> {
        self.0.get(user_id).into_iter().flat_map(BansOfUser::listed)
    }

    /// All bans from the app and from channels, including expired ones.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Ban> {
        self.0.values().flat_map(BansOfUser::listed)
    }

    /// All bans from future channels, including expired ones.
    pub(crate) fn in_future_channels(&self) -> impl Iterator<Item = &Ban> {
        self.0.values().flat_map(|bans| bans.future_channels.values())
    }

    /// Adds a ban; it replaces the user's ban from the same place.
    pub(crate) fn put(&mut self, ban: Ban) {
        let bans = self.0.entry(ban.target_id.clone()).or_default();
        match &ban.place {
            Place::App => bans.app = Some(ban),
            Place::Channel(cid) => drop(bans.channels.insert(cid.clone(), ban)),
            Place::FutureChannels => drop(bans.future_channels.insert(ban.banned_by_id.clone(), ban)),
        }
    }

    /// Removes the user's ban from the app or from one channel; with `by`, only if that user created it.
    pub(crate) fn remove(&mut self, user_id: &str, channel_cid: Option<&str>, by: Option<&str>) -> Option<Ban> {
        let bans = self.0.get_mut(user_id)?;
        let meant = |ban: &mut Ban| by.is_none_or(|by| by == ban.banned_by_id);
        match channel_cid {
            None => bans.app.take_if(meant),
            Some(cid) if bans.channels.get_mut(cid).is_some_and(meant) => bans.channels.remove(cid),
            Some(_) => None,
        }
    }

    /// Removes the user's bans from future channels; with `by`, only those that this user created.
    pub(crate) fn remove_from_future_channels(&mut self, user_id: &str, by: Option<&str>) {
        if let Some(bans) = self.0.get_mut(user_id) {
            bans.future_channels.retain(|banned_by, _| by.is_some_and(|by| by != banned_by));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ban(place: Place, by: &str, expires: Option<i64>) -> Ban {
        Ban {
            target_id: "u".to_owned(),
            banned_by_id: by.to_owned(),
            place,
            reason: None,
            shadow: false,
            created_at: Timestamp(0),
            expires: expires.map(Timestamp),
        }
    }

    fn channel(cid: &str) -> Place {
        Place::Channel(cid.to_owned())
    }

    #[test]
    fn a_ban_ends_at_its_time_and_stays_in_the_list() {
        let mut bans = Bans::default();
        bans.put(ban(Place::App, "m", Some(10)));
        assert!(bans.in_whole_app("u", Timestamp(9)).is_some());
        assert!(bans.in_whole_app("u", Timestamp(10)).is_none());
        assert_eq!((bans.count("u", Timestamp(9)), bans.count("u", Timestamp(10))), (1, 0));
        assert_eq!((bans.all().count(), bans.of("u").count(), bans.of("v").count()), (1, 1, 0));
    }

    #[test]
    fn a_ban_replaces_the_one_from_the_same_place() {
        let mut bans = Bans::default();
        for (place, by) in [
            (Place::App, "m"),
            (Place::App, "n"),
            (channel("a:1"), "m"),
            (channel("a:1"), "n"),
            (channel("a:2"), "m"),
            (Place::FutureChannels, "m"),
            (Place::FutureChannels, "n"),
        ] {
            bans.put(ban(place, by, None));
        }
        let by: Vec<&str> = bans.all().map(|ban| ban.banned_by_id.as_str()).collect();
        assert_eq!(by, ["n", "n", "m"]);
        assert_eq!(bans.in_future_channels().count(), 2, "what somebody has yet to make is a place of its own");
    }

    #[test]
    fn a_ban_is_removed_by_place_and_by_creator() {
        let mut bans = Bans::default();
        bans.put(ban(Place::App, "m", None));
        bans.put(ban(channel("a:1"), "m", None));
        for (cid, by) in [(None, Some("n")), (Some("a:1"), Some("n")), (Some("a:2"), None)] {
            assert_eq!(bans.remove("u", cid, by), None, "{cid:?} {by:?}");
        }
        assert!(bans.remove("u", Some("a:1"), Some("m")).is_some());
        assert!(bans.remove("u", None, None).is_some());
        assert_eq!(bans.all().count(), 0);
    }

    #[test]
    fn bans_from_future_channels_are_removed_one_or_all() {
        for (by, left) in [(Some("m"), 1), (Some("x"), 2), (None, 0)] {
            let mut bans = Bans::default();
            bans.put(ban(Place::FutureChannels, "m", None));
            bans.put(ban(Place::FutureChannels, "n", None));
            bans.remove_from_future_channels("u", by);
            assert_eq!(bans.in_future_channels().count(), left, "{by:?}");
        }
    }
}
