//! Permissions, which are granted to roles.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::CustomData;

/// A permission.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct Permission {
    /// Its id, as in grants: `update-user-owner`.
    pub id: String,
    /// Its name, for people.
    pub name: String,
    /// The action it allows: `UpdateUser`.
    pub action: String,
    /// Its description, for people.
    pub description: String,
    /// Where it is granted: `app` or `channel`.
    pub level: String,
    /// Whether it only covers the user's own objects.
    pub owner: bool,
    /// The type of these objects.
    pub owner_resource: String,
    /// Whether it only covers the user's own teams.
    pub same_team: bool,
    /// Whether the app has created it.
    pub custom: bool,
    /// Its tags.
    pub tags: Vec<String>,
    /// The condition under which it applies, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "Record<string, unknown>"))]
    pub condition: Option<CustomData>,
}

/// All permissions.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct ListPermissionsResponse {
    /// The permissions.
    pub permissions: Vec<Permission>,
    /// How long the request took, as text: `"7.31ms"`.
    pub duration: String,
}

/// One permission.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct GetCustomPermissionResponse {
    /// The permission.
    pub permission: Permission,
    /// How long the request took, as text: `"7.31ms"`.
    pub duration: String,
}
