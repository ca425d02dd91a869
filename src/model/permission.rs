//! What may be granted to a role.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::CustomData;

/// Something that a role may be granted.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct Permission {
    /// Its id, as in grants: `update-user-owner`.
    pub id: String,
    /// Its name, for reading.
    pub name: String,
    /// The action it allows: `UpdateUser`.
    pub action: String,
    /// What it allows, for reading.
    pub description: String,
    /// Where it is granted: `app` or `channel`.
    pub level: String,
    /// Whether it only allows the action on what is one's own.
    pub owner: bool,
    /// What kind of thing `owner` speaks of.
    pub owner_resource: String,
    /// Whether it stops at the border of the team, in apps with several.
    pub same_team: bool,
    /// Whether the app has made it itself.
    pub custom: bool,
    /// Words it is filed under.
    pub tags: Vec<String>,
    /// A condition under which alone it is granted, if there is one.
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
    /// How long the server took, for reading: `"7.31ms"`.
    pub duration: String,
}

/// One permission.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct GetCustomPermissionResponse {
    /// The permission.
    pub permission: Permission,
    /// How long the server took, for reading: `"7.31ms"`.
    pub duration: String,
}
