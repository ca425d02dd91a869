//! Permissions that an app has created.

use getstream_users::model::Permission;
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use super::permissions::{Action, Reach};

/// By their ids, in the order in which they were made.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct CustomPermissions(IndexMap<String, Permission>);

impl CustomPermissions {
    pub(crate) fn all(&self) -> impl Iterator<Item = &Permission> {
        self.0.values()
    }

    pub(crate) fn get(&self, id: &str) -> Option<&Permission> {
        self.0.get(id)
    }

    /// Keeps a permission, in the place of the one with that id if there is one.
    pub(crate) fn put(&mut self, permission: Permission) {
        self.0.insert(permission.id.clone(), permission);
    }

    /// Forgets the permission of that id.
    pub(crate) fn remove(&mut self, id: &str) {
        self.0.shift_remove(id);
    }

    /// The scope in which the app's own permissions among these allow an action.
    pub(crate) fn reach(&self, action: Action, granted: &[String]) -> Option<Reach> {
        let allowing = granted.iter().filter_map(|id| self.get(id)).filter(|found| found.action == action.name());
        allowing.map(|found| if found.owner { Reach::Own } else { Reach::All }).reduce(Reach::wider)
    }
}
