//! User groups and their members.

use getstream_users::model::Timestamp;
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use crate::core::failure::{Code, Failure};

/// A user group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Group {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) description: Option<String>,
    pub(crate) team_id: Option<String>,
    pub(crate) created_by: Option<String>,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
    /// By user id, in the order in which they were added.
    pub(crate) members: IndexMap<String, Membership>,
}

/// A user's membership in a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Membership {
    pub(crate) is_admin: bool,
    pub(crate) created_at: Timestamp,
}

impl Group {
    /// Adds users and returns the new members. Existing members stay, and can become admins.
    pub(crate) fn add(&mut self, user_ids: &[String], is_admin: bool, at: Timestamp) -> Vec<String> {
        let before = self.members.len();
        for id in user_ids {
            let new = Membership { is_admin, created_at: at };
            self.members.entry(id.clone()).or_insert(new).is_admin |= is_admin;
        }
        self.members.keys().skip(before).cloned().collect()
    }

    /// Removes users and returns those who were members.
    pub(crate) fn remove(&mut self, user_ids: &[String]) -> Vec<String> {
        user_ids.iter().filter(|id| self.members.shift_remove(*id).is_some()).cloned().collect()
    }
}

/// All user groups, oldest first.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Groups(IndexMap<String, Group>);

impl Groups {
    pub(crate) fn has(&self, id: &str) -> bool {
        self.0.contains_key(id)
    }

    /// The group with this id, if it belongs to the team; `None` for the team means any.
    ///
    /// # Errors
    /// If there is none. SDK tests take the words "not found" for a feature that is turned off, so the message avoids
    /// them.
    pub(crate) fn get(&self, id: &str, team: Option<&str>) -> Result<&Group, Failure> {
        let group = self.0.get(id).filter(|group| team.is_none() || group.team_id.as_deref() == team);
        group.ok_or_else(|| Failure::new(Code::DoesNotExist, format!("user group \"{id}\" does not exist")))
    }

    /// Adds a group; it replaces the one with the same id.
    pub(crate) fn put(&mut self, group: Group) {
        self.0.insert(group.id.clone(), group);
    }

    pub(crate) fn remove(&mut self, id: &str) {
        self.0.shift_remove(id);
    }

    /// All groups, oldest first.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Group> {
        self.0.values()
    }

    /// Removes a user from all groups.
    pub(crate) fn forget_user(&mut self, user_id: &str) {
        for group in self.0.values_mut() {
            group.members.shift_remove(user_id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(ids: &[&str]) -> Vec<String> {
        ids.iter().map(|&id| id.to_owned()).collect()
    }

    fn group() -> Group {
        let at = Timestamp(0);
        Group {
            id: "g".to_owned(),
            name: "g".to_owned(),
            description: None,
            team_id: Some("red".to_owned()),
            created_by: None,
            created_at: at,
            updated_at: at,
            members: IndexMap::new(),
        }
    }

    #[test]
    fn adding_twice_keeps_the_first_time_and_makes_admins_but_not_the_other_way_round() {
        let mut group = group();
        assert_eq!(group.add(&ids(&["a", "b", "a"]), false, Timestamp(1)), ["a", "b"]);
        assert_eq!(group.add(&ids(&["c", "b"]), true, Timestamp(2)), ["c"]);
        assert!(group.add(&ids(&["b"]), false, Timestamp(3)).is_empty());
        let members: Vec<_> =
            group.members.iter().map(|(id, member)| (id.as_str(), member.is_admin, member.created_at.0)).collect();
        assert_eq!(members, [("a", false, 1), ("b", true, 1), ("c", true, 2)]);
        assert_eq!(group.remove(&ids(&["c", "x", "a", "a"])), ["c", "a"]);
        assert_eq!(group.members.len(), 1);
    }

    #[test]
    fn a_group_is_only_seen_from_its_team() {
        let mut groups = Groups::default();
        groups.put(group());
        assert!(groups.get("g", None).is_ok());
        assert!(groups.get("g", Some("red")).is_ok());
        assert_eq!(groups.get("g", Some("blue")).unwrap_err().reason, "user group \"g\" does not exist");
        assert_eq!(groups.get("h", None).unwrap_err().code, Code::DoesNotExist);
    }
}
