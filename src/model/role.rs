//! Roles, which have permissions.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::Timestamp;

/// A role.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct Role {
    /// Its name, which users have as their `role`.
    pub name: String,
    /// Whether the app has created it; every app has the other roles.
    pub custom: bool,
    /// The scopes in which it has grants; `.app` is the whole app.
    pub scopes: Vec<String>,
    /// When it was created.
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
    /// How long the request took, as text: `"7.31ms"`.
    pub duration: String,
}

/// A role to create.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct CreateRoleRequest {
    /// Its name, at most 64 characters.
    pub name: String,
}

/// The created role.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct CreateRoleResponse {
    /// The role.
    pub role: Role,
    /// How long the request took, as text: `"7.31ms"`.
    pub duration: String,
}

/// Which roles to find.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct SearchRolesRequest {
    /// The beginning of their names, ignoring case.
    pub query: String,
    /// The page size, 1 to 25; by default 10.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// The last name of the previous page; only later names are returned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name_gt: Option<String>,
    /// Roles of users, or roles of channel members; by default both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role_type: Option<RoleType>,
    /// Whether roles that cover all teams (with names starting with `global_`) are included.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub include_global_roles: Option<bool>,
}

/// Who can have a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum RoleType {
    /// Users, everywhere.
    User,
    /// Members, in their channel.
    Channel,
}

/// The matching roles.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct SearchRolesResponse {
    /// The roles, sorted by name.
    pub roles: Vec<Role>,
    /// How long the request took, as text: `"7.31ms"`.
    pub duration: String,
}
