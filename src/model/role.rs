//! Roles: names for what users are allowed to do.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::Timestamp;

/// A role.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct Role {
    /// Its name, by which users have it.
    pub name: String,
    /// Whether the app has made it; every app has the others.
    pub custom: bool,
    /// Where something is granted to it; `.app` is the app as a whole.
    pub scopes: Vec<String>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// All roles.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct ListRolesResponse {
    /// The roles.
    pub roles: Vec<Role>,
    /// How long the server took, for reading: `"7.31ms"`.
    pub duration: String,
}

/// A role to make.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct CreateRoleRequest {
    /// Its name, at most 64 characters.
    pub name: String,
}

/// The role that was made.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct CreateRoleResponse {
    /// The role.
    pub role: Role,
    /// How long the server took, for reading: `"7.31ms"`.
    pub duration: String,
}

/// Which roles are looked for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct SearchRolesRequest {
    /// What their names begin with, whatever the case.
    pub query: String,
    /// How many are wanted, 1 to 25; 10 when it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// The last name of the page before; only names that come after it are returned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name_gt: Option<String>,
    /// Whose roles: those of users or those of channel members; both when it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role_type: Option<RoleType>,
    /// Whether roles that cover all teams, whose names begin with `global_`, are included.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub include_global_roles: Option<bool>,
}

/// Who has a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum RoleType {
    /// Users, everywhere.
    User,
    /// Members, in their channel.
    Channel,
}

/// The roles that were found.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct SearchRolesResponse {
    /// The roles, by name.
    pub roles: Vec<Role>,
    /// How long the server took, for reading: `"7.31ms"`.
    pub duration: String,
}
