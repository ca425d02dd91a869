//! Creating, changing and finding users.

use alloc::string::String;
use alloc::vec::Vec;

use alloc::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{CustomData, FullUserResponse, UserRequest};

/// Users to create or to replace.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[cfg_attr(feature = "types", tsify(type_params = "Custom = UserCustomData"))]
pub struct UpdateUsersRequest {
    /// 1 to 100 users, each under its own id.
    #[cfg_attr(feature = "types", tsify(type = "Record<string, UserRequest<Custom>>"))]
    pub users: BTreeMap<String, UserRequest>,
}

/// The users after an upsert or a partial update.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[cfg_attr(feature = "types", tsify(type_params = "Custom = UserCustomData"))]
pub struct UpdateUsersResponse {
    /// Each user under its id.
    #[cfg_attr(feature = "types", tsify(type = "Record<string, FullUserResponse<Custom>>"))]
    pub users: BTreeMap<String, FullUserResponse>,
    /// The task that removes memberships in the users' former teams; an empty string if there is none.
    pub membership_deletion_task_id: String,
    /// How long the request took, as text: `"7.31ms"`.
    pub duration: String,
}

/// Changes to some fields of one user; the other fields stay unchanged.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[cfg_attr(feature = "types", tsify(type_params = "Custom = UserCustomData"))]
pub struct UpdateUserPartialRequest {
    /// The user to change.
    pub id: String,
    /// Fields to write. The API's own names (`name`, `image`, `role`, `language`, `invisible`, `teams`, `teams_role`,
    /// `privacy_settings`, `revoke_tokens_issued_before`) change the user, every other name a custom field; a dotted
    /// name changes a value inside one (`"address.city"`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "UserFieldUpdates<Custom>"))]
    pub set: Option<CustomData>,
    /// Names of fields to remove.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unset: Option<Vec<String>>,
}

/// Partial updates of several users.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[cfg_attr(feature = "types", tsify(type_params = "Custom = UserCustomData"))]
pub struct UpdateUsersPartialRequest {
    /// 1 to 100 updates.
    #[cfg_attr(feature = "types", tsify(type = "UpdateUserPartialRequest<Custom>[]"))]
    pub users: Vec<UpdateUserPartialRequest>,
}

/// A query for users: conditions, sort order, limit and offset.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[cfg_attr(feature = "types", tsify(type_params = "Custom = UserCustomData"))]
pub struct QueryUsersPayload {
    /// Conditions on fields, all of which must match: `{ role: "admin" }`, `{ id: { $in: ["a", "b"] } }`, `{ $or: [ … ]
    /// }`. `{}` finds every user.
    #[cfg_attr(feature = "types", tsify(type = "UserFilter<Custom>"))]
    pub filter_conditions: CustomData,
    /// At most 5 sort terms; by default newest first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "UserSort<Custom>[]"))]
    pub sort: Option<Vec<SortParamRequest>>,
    /// How many users to return: 1 to 100, by default 30.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// How many users to skip: 0 to 1000.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offset: Option<u32>,
    /// Whether to subscribe to the users' presence; this needs a connection, which this client does not open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub presence: Option<bool>,
    /// Whether deactivated users are returned too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub include_deactivated_users: Option<bool>,
    /// The user on whose behalf the server sends the query.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
    /// The user on whose behalf the server sends the query, who is created or replaced.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<UserRequest>,
}

/// One term of a sort order.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct SortParamRequest {
    /// The field to sort by; a custom field has its bare name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// `1` for ascending (the default), `-1` for descending.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "1 | -1"))]
    pub direction: Option<i32>,
    /// How values of a custom field are compared; by default as strings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "\"\" | \"number\" | \"boolean\""))]
    pub r#type: Option<String>,
}

/// The matching users.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[cfg_attr(feature = "types", tsify(type_params = "Custom = UserCustomData"))]
pub struct QueryUsersResponse {
    /// The users, in the requested order.
    #[cfg_attr(feature = "types", tsify(type = "FullUserResponse<Custom>[]"))]
    pub users: Vec<FullUserResponse>,
    /// How long the request took, as text: `"3.02ms"`.
    pub duration: String,
}
