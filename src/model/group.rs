//! User groups: names for several users.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::Timestamp;

/// A user group, as operations return it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct UserGroupResponse {
    /// Its id.
    pub id: String,
    /// Its name; several groups may have the same.
    pub name: String,
    /// What it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The team it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team_id: Option<String>,
    /// The user who created it; none for the server.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_by: Option<String>,
    /// The members.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub members: Option<Vec<UserGroupMember>>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When its name or description was last changed.
    pub updated_at: Timestamp,
}

/// A user group, as events hold it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct UserGroup {
    /// The number of the app.
    pub app_pk: u32,
    /// Its id.
    pub id: String,
    /// Its name; several groups may have the same.
    pub name: String,
    /// What it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The team it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team_id: Option<String>,
    /// The user who created it; none for the server.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_by: Option<String>,
    /// The members.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub members: Option<Vec<UserGroupMember>>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When its name or description was last changed.
    pub updated_at: Timestamp,
}

/// A user in a group.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct UserGroupMember {
    /// The number of the app.
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

/// A user group to make.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct CreateUserGroupRequest {
    /// Its id, at most 255 characters; the server generates one when it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Its name, 1 to 255 characters.
    pub name: String,
    /// What it is for, at most 1024 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Its team, at most 255 characters; required in apps with several teams.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team_id: Option<String>,
    /// Ids of at most 100 users who are in it from the start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member_ids: Option<Vec<String>>,
}

/// The user group that was made.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct CreateUserGroupResponse {
    /// The group, with its members.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_group: Option<UserGroupResponse>,
    /// How long the server took, for reading: `"7.31ms"`.
    pub duration: String,
}

/// Which user groups are listed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct ListUserGroupsRequest {
    /// How many are wanted, 1 to 100.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// The id of the last group of the page before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id_gt: Option<String>,
    /// When the last group of the page before was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "Date | string"))]
    pub created_at_gt: Option<Timestamp>,
    /// The team whose groups are wanted; all when it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team_id: Option<String>,
}

/// A page of user groups.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct ListUserGroupsResponse {
    /// The groups, the oldest first.
    pub user_groups: Vec<UserGroupResponse>,
    /// How long the server took, for reading: `"7.31ms"`.
    pub duration: String,
}

/// Which user groups are looked for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct SearchUserGroupsRequest {
    /// What their names begin with, whatever the case; 1 to 255 characters.
    pub query: String,
    /// How many are wanted, 1 to 25.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// The name of the last group of the page before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name_gt: Option<String>,
    /// The id of the last group of the page before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id_gt: Option<String>,
    /// The team of the groups; required in apps with several teams.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team_id: Option<String>,
}

/// The user groups that were found.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct SearchUserGroupsResponse {
    /// The groups, by name.
    pub user_groups: Vec<UserGroupResponse>,
    /// How long the server took, for reading: `"7.31ms"`.
    pub duration: String,
}

/// One user group.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct GetUserGroupResponse {
    /// The group, with its members.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_group: Option<UserGroupResponse>,
    /// How long the server took, for reading: `"7.31ms"`.
    pub duration: String,
}

/// Changes of a user group; its id is in the path. Fields that are left out do not change.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct UpdateUserGroupRequest {
    /// Its new name, 1 to 255 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What it is for, at most 1024 characters; an empty text removes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The team it belongs to; to be given in apps with several teams.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team_id: Option<String>,
}

/// The user group as it was changed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct UpdateUserGroupResponse {
    /// The group, with its members.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_group: Option<UserGroupResponse>,
    /// How long the server took, for reading: `"7.31ms"`.
    pub duration: String,
}

/// Users to add to a group; its id is in the path. Either all are added or none.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct AddUserGroupMembersRequest {
    /// 1 to 100 user ids.
    pub member_ids: Vec<String>,
    /// Whether they become admins of the group.
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
    /// How long the server took, for reading: `"7.31ms"`.
    pub duration: String,
}

/// Users to remove from a group; its id is in the path. Users who are no members are ignored.
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
    /// How long the server took, for reading: `"7.31ms"`.
    pub duration: String,
}
