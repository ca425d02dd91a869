//! Roles and their grants.
//!
//! A role is a name with granted permissions. The grants here are those of the whole app, which Stream calls the scope
//! `.app`: the emulator has no channels, and so no grants of channel types.

use std::collections::BTreeMap;

use getstream_users::model::{Role, RoleType, Timestamp};
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use super::custom_permissions::CustomPermissions;
use super::permissions::{ANY_TEAM, Action, Reach};

/// The default role of users.
pub(crate) const DEFAULT_ROLE: &str = "user";
/// The role of guests.
pub(crate) const GUEST_ROLE: &str = "guest";
/// The role of callers without a token.
pub(crate) const ANONYMOUS_ROLE: &str = "anonymous";

/// The built-in roles. Some are seen in one source only; a role too many does no harm.
const BUILT_IN: &[(&str, RoleType)] = &[
    (DEFAULT_ROLE, RoleType::User),
    (GUEST_ROLE, RoleType::User),
    (ANONYMOUS_ROLE, RoleType::User),
    ("admin", RoleType::User),
    ("moderator", RoleType::User),
    ("global_admin", RoleType::User),
    ("global_moderator", RoleType::User),
    ("channel_member", RoleType::Channel),
    ("channel_moderator", RoleType::Channel),
];

/// The creation time of built-in roles. A choice: the beginning of 2020, because SDKs take 0 for a missing time.
const BUILT_IN_SINCE: Timestamp = Timestamp(1_577_836_800_000_000_000);

/// The scope of the grants that are kept here.
const APP_SCOPE: &str = ".app";

/// A role that the app has created.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct CustomRole {
    created_at: Timestamp,
}

/// A role, and the type of users it is for; `None` for a role of the app, which any user can have.
#[derive(Debug)]
pub(crate) struct Listed {
    pub(crate) role: Role,
    pub(crate) role_type: Option<RoleType>,
}

/// The roles of an app.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Roles {
    /// The app's own roles by name, oldest first.
    custom: IndexMap<String, CustomRole>,
    /// Permission ids, by role. A role without permissions has no entry.
    grants: BTreeMap<String, Vec<String>>,
    /// The permissions that the app has created.
    #[serde(default)]
    pub(crate) permissions: CustomPermissions,
}

impl Default for Roles {
    /// The roles of a new app.
    fn default() -> Self {
        Self { custom: IndexMap::new(), grants: default_grants(), permissions: CustomPermissions::default() }
    }
}

impl Roles {
    /// Whether a user may be given this role.
    pub(crate) fn has(&self, name: &str) -> bool {
        Self::is_built_in(name) || self.custom.contains_key(name)
    }

    /// Whether every app has this role.
    pub(crate) fn is_built_in(name: &str) -> bool {
        BUILT_IN.iter().any(|(built_in, _)| *built_in == name)
    }

    /// How many roles the app has created.
    pub(crate) fn custom_count(&self) -> usize {
        self.custom.len()
    }

    /// Adds a role without grants. Its users may do nothing that needs a permission.
    pub(crate) fn add(&mut self, name: String, created_at: Timestamp) -> Role {
        let role = self.describe(&name, true, created_at);
        self.custom.insert(name, CustomRole { created_at });
        role
    }

    /// Removes a role that the app has created.
    pub(crate) fn remove(&mut self, name: &str) {
        self.custom.shift_remove(name);
    }

    /// All roles: the built-in ones, then those of the app, oldest first.
    pub(crate) fn all(&self) -> impl Iterator<Item = Listed> {
        let built_in = BUILT_IN.iter().map(|&(name, role_type)| Listed {
            role: self.describe(name, false, BUILT_IN_SINCE),
            role_type: Some(role_type),
        });
        let custom = self
            .custom
            .iter()
            .map(|(name, custom)| Listed { role: self.describe(name, true, custom.created_at), role_type: None });
        built_in.chain(custom)
    }

    fn describe(&self, name: &str, custom: bool, created_at: Timestamp) -> Role {
        let scopes = self.grants.contains_key(name).then(|| APP_SCOPE.to_owned()).into_iter().collect();
        Role { name: name.to_owned(), custom, scopes, created_at, updated_at: created_at }
    }

    /// The granted permission ids by role. Roles without grants are left out.
    pub(crate) fn grants(&self) -> &BTreeMap<String, Vec<String>> {
        &self.grants
    }

    /// Replaces the grants of one role and leaves the other roles unchanged. With an empty list, the role is removed
    /// from [`Self::grants`].
    ///
    /// A choice: neither the role nor the permissions need exist. The emulator only knows permissions for users, and
    /// apps grant those of other products too; unknown permissions have no effect.
    pub(crate) fn merge_grants(&mut self, role: &str, permissions: Vec<String>) {
        if permissions.is_empty() {
            self.grants.remove(role);
        } else {
            self.grants.insert(role.to_owned(), permissions);
        }
    }

    /// How far a role allows an action; `None` if the action is not granted.
    pub(crate) fn reach(&self, role: &str, action: Action) -> Option<Reach> {
        let granted = self.grants.get(role)?;
        action.reach(granted).into_iter().chain(self.permissions.reach(action, granted)).reduce(Reach::wider)
    }

    /// Whether any role is granted a permission.
    pub(crate) fn grants_to_any(&self, permission: &str) -> bool {
        self.grants.values().flatten().any(|id| id == permission)
    }
}

/// The grants of a new app. Those of users and guests are seen in the settings of a new app, as far as they concern
/// users; those of moderators and admins are documented by Stream.
///
/// Choices: a real app grants anonymous visitors nothing, but an SDK test queries users as one, so they may search
/// here. Moderators and admins may ban, which a real app grants them by channel type, and may do with groups and roles
/// what users may.
fn default_grants() -> BTreeMap<String, Vec<String>> {
    let own = ["flag-user", "mute-user", "search-user", "update-user-owner"];
    let groups = ["create-user-group", "delete-user-group-owner", "read-user-groups", "update-user-group-owner"];
    let all_groups = ["create-user-group", "delete-user-group", "read-user-groups", "update-user-group"];
    let staff = [&own[..], &all_groups, &["ban-user", "read-roles"]].concat();
    let global = staff.iter().map(|id| match *id {
        "update-user-owner" => "update-user-owner".to_owned(),
        id => format!("{id}{ANY_TEAM}"),
    });
    let global = sorted(global);
    let [user, guest, anonymous, staff] =
        [[&own[..], &groups, &["read-roles"]].concat(), own.to_vec(), vec!["search-user"], staff]
            .map(|ids| sorted(ids.into_iter().map(str::to_owned)));
    [
        (DEFAULT_ROLE, user),
        (GUEST_ROLE, guest),
        (ANONYMOUS_ROLE, anonymous),
        ("moderator", staff.clone()),
        ("admin", staff),
        ("global_moderator", global.clone()),
        ("global_admin", global),
    ]
    .map(|(role, ids)| (role.to_owned(), ids))
    .into()
}

fn sorted(ids: impl Iterator<Item = String>) -> Vec<String> {
    let mut ids: Vec<String> = ids.collect();
    ids.sort();
    ids
}

#[cfg(test)]
mod tests {
    use super::super::permissions;
    use super::*;

    fn ids(ids: &[&str]) -> Vec<String> {
        ids.iter().map(|&id| id.to_owned()).collect()
    }

    #[test]
    fn grants_merge_by_role_and_an_empty_list_removes_them() {
        let mut roles = Roles::default();
        let others = |roles: &Roles| {
            let mut grants = roles.grants().clone();
            grants.remove("user");
            grants
        };
        let before = others(&roles);
        roles.merge_grants("user", ids(&["mute-user", "delete-call"]));
        assert_eq!(roles.grants().get("user"), Some(&ids(&["mute-user", "delete-call"])));
        assert_eq!(roles.reach("user", Action::MuteUser), Some(Reach::All));
        assert_eq!(roles.reach("user", Action::UpdateUser), None);
        roles.merge_grants("user", Vec::new());
        assert_eq!(roles.grants().get("user"), None);
        assert_eq!(roles.reach("user", Action::MuteUser), None);
        assert_eq!(others(&roles), before);
    }

    #[test]
    fn what_is_granted_from_the_start_is_listed() {
        for (role, ids) in default_grants() {
            for id in ids {
                assert!(permissions::all().any(|permission| permission.id == id), "{role}: {id}");
            }
        }
    }
}
