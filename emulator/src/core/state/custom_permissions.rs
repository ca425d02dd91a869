//! Permissions that an app has created.

use getstream_users::model::Permission;
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use super::permissions::{Action, Reach};

/// By id, oldest first.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct CustomPermissions(IndexMap<String, Permission>);

impl CustomPermissions {
    pub(crate) fn all(&self) -> impl Iterator<Item = &Permission> {
        self.0.values()
    }

    pub(crate) fn get(&self, id: &str) -> Option<&Permission> {
        self.0.get(id)
    }

    /// Adds a permission; it replaces the one with the same id.
    pub(crate) fn put(&mut self, permission: Permission) {
        self.0.insert(permission.id.clone(), permission);
    }

    /// Removes the permission with this id.
    pub(crate) fn remove(&mut self, id: &str) {
        self.0.shift_remove(id);
    }

    /// How far the granted custom permissions allow an action.
    pub(crate) fn reach(&self, action: Action, granted: &[String]) -> Option<Reach> {
        let allowing = granted.iter().filter_map(|id| self.get(id)).filter(|found| found.action == action.name());
        allowing.map(|found| if found.owner { Reach::Own } else { Reach::All }).reduce(Reach::wider)
    }
}
