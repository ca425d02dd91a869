//! User groups, which name several users.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::Timestamp;

/// A user group in responses.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct UserGroupResponse {
    /// Its id.
    pub id: String,
    /// Its name; several groups may have the same one.
    pub name: String,
    /// Its purpose.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The team it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team_id: Option<String>,
    /// The user who created it; absent if the server did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_by: Option<String>,
    /// The members.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub members: Option<Vec<UserGroupMember>>,
    /// When it was created.
    pub created_at: Timestamp,
    /// When its name or description was last changed.
    pub updated_at: Timestamp,
}

/// A user group in events.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct UserGroup {
    /// The app's numeric id.
    pub app_pk: u32,
    /// Its id.
    pub id: String,
    /// Its name; several groups may have the same one.
    pub name: String,
    /// Its purpose.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The team it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team_id: Option<String>,
    /// The user who created it; absent if the server did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_by: Option<String>,
    /// The members.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub members: Option<Vec<UserGroupMember>>,
    /// When it was created.
    pub created_at: Timestamp,
    /// When its name or description was last changed.
    pub updated_at: Timestamp,
}

/// A user in a group.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct UserGroupMember {
    /// The app's numeric id.
    pub app_pk: u32,
    /// The group's id.
    pub group_id: String,
    /// The user's id.
    pub user_id: String,
    /// Whether the user is an admin of the group.
    pub is_admin: bool,
    /// When the user was added.
    pub created_at: Timestamp,
}

/// A user group to create.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct CreateUserGroupRequest {
    /// Its id, at most 255 characters; by default, the server generates one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Its name, 1 to 255 characters.
    pub name: String,
    /// Its purpose, at most 1024 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Its team, at most 255 characters; required in apps with several teams.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team_id: Option<String>,
    /// Ids of the first members, at most 100.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member_ids: Option<Vec<String>>,
}

/// The created user group.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct CreateUserGroupResponse {
    /// The group, with its members.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_group: Option<UserGroupResponse>,
    /// How long the request took, as text: `"7.31ms"`.
    pub duration: String,
}

/// Which user groups to list.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct ListUserGroupsRequest {
    /// The page size, 1 to 100.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// The id of the last group of the previous page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id_gt: Option<String>,
    /// When the last group of the previous page was created.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "Date | string"))]
    pub created_at_gt: Option<Timestamp>,
    /// The team of the groups; all teams by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team_id: Option<String>,
}

/// A page of user groups.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct ListUserGroupsResponse {
    /// The groups, oldest first.
    pub user_groups: Vec<UserGroupResponse>,
    /// How long the request took, as text: `"7.31ms"`.
    pub duration: String,
}

/// Which user groups to find.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct SearchUserGroupsRequest {
    /// The beginning of their names, ignoring case; 1 to 255 characters.
    pub query: String,
    /// The page size, 1 to 25.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// The name of the last group of the previous page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name_gt: Option<String>,
    /// The id of the last group of the previous page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id_gt: Option<String>,
    /// The team of the groups; required in apps with several teams.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team_id: Option<String>,
}

/// The matching user groups.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct SearchUserGroupsResponse {
    /// The groups, sorted by name.
    pub user_groups: Vec<UserGroupResponse>,
    /// How long the request took, as text: `"7.31ms"`.
    pub duration: String,
}

/// One user group.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct GetUserGroupResponse {
    /// The group, with its members.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_group: Option<UserGroupResponse>,
    /// How long the request took, as text: `"7.31ms"`.
    pub duration: String,
}

/// Changes to a user group; its id is in the path. Fields that are left out stay unchanged.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct UpdateUserGroupRequest {
    /// Its new name, 1 to 255 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its purpose, at most 1024 characters; an empty string removes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The team it belongs to; required in apps with several teams.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team_id: Option<String>,
}

/// The changed user group.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct UpdateUserGroupResponse {
    /// The group, with its members.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_group: Option<UserGroupResponse>,
    /// How long the request took, as text: `"7.31ms"`.
    pub duration: String,
}

/// Users to add to a group; its id is in the path. Either all are added or none.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct AddUserGroupMembersRequest {
    /// 1 to 100 user ids.
    pub member_ids: Vec<String>,
    /// Whether the users become admins of the group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_admin: Option<bool>,
    /// The team of the group; required in apps with several teams.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team_id: Option<String>,
}

/// The user group with the new members.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct AddUserGroupMembersResponse {
    /// The group, with its members.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_group: Option<UserGroupResponse>,
    /// How long the request took, as text: `"7.31ms"`.
    pub duration: String,
}

/// Users to remove from a group; its id is in the path. Users who are not members are ignored.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct RemoveUserGroupMembersRequest {
    /// 1 to 100 user ids.
    pub member_ids: Vec<String>,
    /// The team of the group; required in apps with several teams.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team_id: Option<String>,
}

/// The user group without the removed members.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct RemoveUserGroupMembersResponse {
    /// The group, with its members.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_group: Option<UserGroupResponse>,
    /// How long the request took, as text: `"7.31ms"`.
    pub duration: String,
}
