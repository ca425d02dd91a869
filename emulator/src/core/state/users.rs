//! Users: active, deactivated or deleted.
//!
//! A user is never removed: a hard-deleted user leaves its id, because that id stays taken (two statements by Stream in
//! public threads), unless a setting says otherwise. Users are stored in the order of `created_at`, so that the default
//! order of a query needs no sorting.

use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use getstream_users::model::{PrivacySettingsResponse, Timestamp, UserDeleteMode};
use indexmap::{IndexMap, IndexSet};
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::choices::Choices;
use super::custom::Custom;
use super::names::{self, Names};
use super::roles::DEFAULT_ROLE;
use super::sketches::{Sketch, Sketches};
use crate::core::failure::Failure;

/// The fields that an upsert replaces as a whole and that pruning clears.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub(crate) struct Profile {
    pub(crate) name: Option<String>,
    pub(crate) image: Option<String>,
    pub(crate) language: String,
    pub(crate) invisible: bool,
    pub(crate) custom: Custom,
    pub(crate) privacy_settings: Option<PrivacySettingsResponse>,
}

/// A user.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct User {
    pub(crate) id: String,
    pub(crate) profile: Profile,
    pub(crate) role: String,
    pub(crate) teams: Vec<String>,
    pub(crate) teams_role: Option<BTreeMap<String, String>>,
    pub(crate) revoke_tokens_issued_before: Option<Timestamp>,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
    /// When the user last connected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) last_active: Option<Timestamp>,
    pub(crate) deactivated_at: Option<Timestamp>,
    pub(crate) deleted: Option<UserDeleteMode>,
}

/// Whether a user can act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    Active,
    Deactivated,
    Deleted(UserDeleteMode),
}

impl User {
    /// A new user, with nothing but an id and a creation time.
    pub(crate) fn new(id: impl Into<String>, created_at: Timestamp) -> Self {
        Self {
            id: id.into(),
            profile: Profile::default(),
            role: DEFAULT_ROLE.to_owned(),
            teams: Vec::new(),
            teams_role: None,
            revoke_tokens_issued_before: None,
            created_at,
            updated_at: created_at,
            last_active: None,
            deactivated_at: None,
            deleted: None,
        }
    }

    /// The same user with an empty profile.
    pub(crate) fn without_profile(&self) -> Self {
        Self {
            id: self.id.clone(),
            profile: Profile::default(),
            role: self.role.clone(),
            teams: self.teams.clone(),
            teams_role: self.teams_role.clone(),
            ..*self
        }
    }

    /// A user that is both deactivated and deleted counts as deleted: error reports name the deletion.
    pub(crate) fn standing(&self) -> Standing {
        match (self.deleted, self.deactivated_at) {
            (Some(mode), _) => Standing::Deleted(mode),
            (None, Some(_)) => Standing::Deactivated,
            (None, None) => Standing::Active,
        }
    }

    /// The normalized name that no other user may have, if there is one. Deactivated and deleted users claim no name
    /// (seen in SDK tests).
    pub(crate) fn claimed_name(&self) -> Option<String> {
        let name = self.profile.name.as_deref().filter(|_| self.standing() == Standing::Active)?;
        names::key(name)
    }

    /// # Errors
    /// If the user is not active.
    pub(crate) fn require_active(&self) -> Result<&Self, Failure> {
        match self.standing() {
            Standing::Active => Ok(self),
            Standing::Deactivated => Err(Failure::deactivated(&self.id)),
            Standing::Deleted(_) => Err(Failure::deleted(&self.id)),
        }
    }

    /// # Errors
    /// If the user is deleted.
    pub(crate) fn require_undeleted(&self) -> Result<&Self, Failure> {
        if self.deleted.is_some() { Err(Failure::deleted(&self.id)) } else { Ok(self) }
    }
}

/// A user in the set of users: hashed by its id, and shared with saved snapshots.
#[derive(Debug, Clone)]
struct Kept(Arc<User>);

impl Borrow<str> for Kept {
    fn borrow(&self) -> &str {
        &self.0.id
    }
}

impl Hash for Kept {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.id.hash(state);
    }
}

impl PartialEq for Kept {
    fn eq(&self, other: &Self) -> bool {
        self.0.id == other.0.id
    }
}

impl Eq for Kept {}

/// All users.
#[derive(Debug, Clone, Default)]
pub(crate) struct Users {
    by_id: IndexSet<Kept>,
    /// Index of names. It exists only if names must be unique, so that other apps do not pay for it. With it, a check
    /// among 100,000 users reads only the few that have the name.
    names: Option<Names>,
    /// The sketches that queries use.
    sketches: Sketches,
}

impl Users {
    /// The user with this id, whatever its state.
    pub(crate) fn get(&self, id: &str) -> Option<&User> {
        self.by_id.get(id).map(|Kept(user)| &**user)
    }

    /// The user with this id, unless it is deleted.
    ///
    /// # Errors
    /// If there is none, or it is deleted.
    pub(crate) fn undeleted(&self, id: &str) -> Result<&User, Failure> {
        self.get(id).ok_or_else(|| Failure::unknown(id))?.require_undeleted()
    }

    /// The user with this id, if it is active.
    ///
    /// # Errors
    /// If there is none, or it is deactivated or deleted.
    pub(crate) fn active(&self, id: &str) -> Result<&User, Failure> {
        self.get(id).ok_or_else(|| Failure::unknown(id))?.require_active()
    }

    /// Adds a user; it replaces the one with the same id.
    pub(crate) fn put(&mut self, user: impl Into<Arc<User>>) {
        let user: Arc<User> = user.into();
        let before = self.by_id.get_full(user.id.as_str()).map(|(place, Kept(before))| (place, Arc::clone(before)));
        if let Some(names) = &mut self.names {
            if let Some(key) = before.as_ref().and_then(|(_, before)| before.claimed_name()) {
                names.remove(&user.id, &key);
            }
            if let Some(key) = user.claimed_name() {
                names.add(&user.id, key);
            }
        }
        let is_new = |before: &User| before.deleted == Some(UserDeleteMode::Hard) && user.deleted.is_none();
        match before {
            Some((place, before)) if !is_new(&before) => {
                self.sketches.replace(place, &user);
                self.by_id.replace(Kept(user));
            }
            before => {
                if let Some((place, _)) = before {
                    // A new user with the id of a hard-deleted one does not take over its place.
                    self.by_id.shift_remove_index(place);
                    self.sketches.remove(place);
                }
                // The end, unless a seed has users with a time in the future.
                let place = self.by_id.partition_point(|Kept(other)| other.created_at <= user.created_at);
                self.sketches.insert(place, &user);
                self.by_id.shift_insert(place, Kept(user));
            }
        }
    }

    /// Indexes all names; from then on, [`Self::namesakes`] finds users.
    pub(crate) fn index_names(&mut self) {
        self.names.get_or_insert_with(|| {
            let mut names = Names::default();
            let claimed = self.by_id.iter().filter_map(|Kept(user)| Some((&user.id, user.claimed_name()?)));
            claimed.for_each(|(id, key)| names.add(id, key));
            names
        });
    }

    /// Drops the index of names.
    pub(crate) fn forget_names(&mut self) {
        self.names = None;
    }

    /// The active users with a normalized name; none unless names are indexed.
    pub(crate) fn namesakes(&self, name: &str) -> impl Iterator<Item = &User> {
        let holders = self.names.iter().flat_map(move |names| names.holders(name));
        holders.filter_map(|id| self.get(id))
    }

    /// Sorts users by creation time again, after these times were changed. Users with the same time are sorted by id.
    pub(crate) fn sort(&mut self) {
        self.sketches.clear();
        self.by_id.sort_by(|Kept(one), Kept(other)| (one.created_at, &one.id).cmp(&(other.created_at, &other.id)));
    }

    /// How many users there are.
    pub(crate) fn len(&self) -> usize {
        self.by_id.len()
    }

    /// Keeps the numbers of this sketch for all users from now on.
    pub(crate) fn require(&mut self, sketch: &Sketch) {
        self.sketches.require(sketch, self.by_id.iter().map(|Kept(user)| &**user));
    }

    /// The numbers of all users, by position; `None` if they are not kept.
    pub(crate) fn numbers(&self, sketch: &Sketch) -> Option<&[u64]> {
        self.sketches.row(sketch)
    }

    /// The positions of all users, in the default order of queries.
    pub(crate) fn places(&self) -> impl Iterator<Item = usize> + use<> {
        (0..self.by_id.len()).rev()
    }

    /// The user at a position.
    pub(crate) fn at(&self, place: usize) -> Option<&User> {
        self.by_id.get_index(place).map(|Kept(user)| &**user)
    }

    /// All users in the default order of queries: the latest first.
    pub(crate) fn newest_first(&self) -> impl Iterator<Item = &User> {
        self.by_id.iter().rev().map(|Kept(user)| &**user)
    }
}

impl Serialize for Users {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.by_id.iter().map(|Kept(user)| (&user.id, &**user)))
    }
}

impl<'de> Deserialize<'de> for Users {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(UsersVisitor)
    }
}

/// Reads users from a map by id.
struct UsersVisitor;

impl<'de> Visitor<'de> for UsersVisitor {
    type Value = Users;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Users, A::Error> {
        let mut users = Users::default();
        while let Some((key, user)) = map.next_entry::<String, User>()? {
            if key != user.id {
                return Err(A::Error::custom("its id differs from its key"));
            }
            users.by_id.replace(Kept(user.into()));
        }
        Ok(users)
    }
}

/// Changes to several users that are applied together or not at all.
#[derive(Debug)]
pub(crate) struct Draft<'a> {
    users: &'a Users,
    /// Whether ids of hard-deleted users are free again.
    reuses_ids: bool,
    changed: IndexMap<String, User>,
}

impl<'a> Draft<'a> {
    pub(crate) fn new(users: &'a Users, choices: Choices) -> Self {
        Self { users, reuses_ids: choices.reuse_hard_deleted_ids, changed: IndexMap::new() }
    }

    /// The user with the draft's changes. A user whose id is free again counts as none.
    pub(crate) fn get(&self, id: &str) -> Option<&User> {
        let is_free = |user: &User| self.reuses_ids && user.deleted == Some(UserDeleteMode::Hard);
        self.changed.get(id).or_else(|| self.users.get(id).filter(|user| !is_free(user)))
    }

    pub(crate) fn put(&mut self, user: User) {
        self.changed.insert(user.id.clone(), user);
    }

    /// The changed users, each once.
    pub(crate) fn finish(self) -> impl Iterator<Item = User> {
        self.changed.into_values()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deletion_outranks_deactivation() {
        let mut user = User::new("u", Timestamp(1));
        assert_eq!(user.standing(), Standing::Active);
        user.deactivated_at = Some(Timestamp(2));
        assert_eq!(user.standing(), Standing::Deactivated);
        assert_eq!(user.require_active(), Err(Failure::deactivated("u")));
        user.deleted = Some(UserDeleteMode::Soft);
        assert_eq!(user.standing(), Standing::Deleted(UserDeleteMode::Soft));
        assert_eq!(user.require_active(), Err(Failure::deleted("u")));
    }

    #[test]
    fn only_active_users_claim_a_name() {
        let mut named = User::new("u", Timestamp(0));
        named.profile.name = Some("Ann".to_owned());
        assert_eq!(named.claimed_name().as_deref(), Some("ann"));
        let deactivated = User { deactivated_at: Some(Timestamp(1)), ..named.clone() };
        let deleted = User { deleted: Some(UserDeleteMode::Soft), ..named };
        assert_eq!((deactivated.claimed_name(), deleted.claimed_name()), (None, None));
    }

    #[test]
    fn a_replaced_user_keeps_its_place() {
        let mut users = Users::default();
        for (id, at) in [("a", 1), ("b", 2), ("a", 3)] {
            users.put(User::new(id, Timestamp(at)));
        }
        let ids: Vec<&str> = users.newest_first().map(|user| user.id.as_str()).collect();
        assert_eq!(ids, ["b", "a"]);
    }

    #[test]
    fn a_draft_sees_its_own_changes_and_leaves_the_users_alone() {
        let mut users = Users::default();
        users.put(User::new("a", Timestamp(1)));
        let mut draft = Draft::new(&users, Choices::default());
        let mut changed = User::new("a", Timestamp(1));
        changed.role = "admin".to_owned();
        draft.put(changed);
        assert_eq!(draft.get("a").map(|user| user.role.as_str()), Some("admin"));
        assert_eq!(draft.finish().count(), 1);
        assert_eq!(users.get("a").map(|user| user.role.as_str()), Some("user"));
    }
}
