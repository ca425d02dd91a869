//! Creating, changing and finding users.

use alloc::string::String;
use alloc::vec::Vec;

use alloc::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{CustomData, FullUserResponse, UserRequest};

/// Users to create, or to replace as a whole.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[cfg_attr(feature = "types", tsify(type_params = "Custom = UserCustomData"))]
pub struct UpdateUsersRequest {
    /// 1 to 100 users, each under its own id.
    #[cfg_attr(feature = "types", tsify(type = "Record<string, UserRequest<Custom>>"))]
    pub users: BTreeMap<String, UserRequest>,
}

/// The users as they are after an upsert or a partial update.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[cfg_attr(feature = "types", tsify(type_params = "Custom = UserCustomData"))]
pub struct UpdateUsersResponse {
    /// Each user under its id.
    #[cfg_attr(feature = "types", tsify(type = "Record<string, FullUserResponse<Custom>>"))]
    pub users: BTreeMap<String, FullUserResponse>,
    /// The task that removes memberships in teams the users left; an empty string when there is none.
    pub membership_deletion_task_id: String,
    /// How long the server took, for reading: `"7.31ms"`.
    pub duration: String,
}

/// Changes to some fields of one user; the others stay.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[cfg_attr(feature = "types", tsify(type_params = "Custom = UserCustomData"))]
pub struct UpdateUserPartialRequest {
    /// The user to change.
    pub id: String,
    /// Fields to write. The API's own names (`name`, `image`, `role`, `language`, `invisible`, `teams`, `teams_role`,
    /// `privacy_settings`, `revoke_tokens_issued_before`) change the user, every other name a custom field; a dotted
    /// name reaches into one (`"address.city"`).
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

/// What to look for, in which order, and which part of it to return.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[cfg_attr(feature = "types", tsify(type_params = "Custom = UserCustomData"))]
pub struct QueryUsersPayload {
    /// Conditions on fields, all of which must hold: `{ role: "admin" }`, `{ id: { $in: ["a", "b"] } }`,
    /// `{ $or: [ … ] }`. `{}` finds every user.
    #[cfg_attr(feature = "types", tsify(type = "UserFilter<Custom>"))]
    pub filter_conditions: CustomData,
    /// At most 5 sort terms; newest first when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "UserSort<Custom>[]"))]
    pub sort: Option<Vec<SortParamRequest>>,
    /// How many users to return: 1 to 100, 30 when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// How many users to skip: 0 to 1000.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offset: Option<u32>,
    /// Whether to subscribe to the users' presence; needs a connection that this client does not open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub presence: Option<bool>,
    /// Whether deactivated users are returned too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub include_deactivated_users: Option<bool>,
    /// The user on whose behalf a server asks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
    /// The user on whose behalf a server acts; created or replaced.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<UserRequest>,
}

/// One term of a sort order.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct SortParamRequest {
    /// The field to sort by; a custom field by its bare name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// `1` for ascending, `-1` for descending; ascending when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "1 | -1"))]
    pub direction: Option<i32>,
    /// How a custom field's values compare; as text when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "\"\" | \"number\" | \"boolean\""))]
    pub r#type: Option<String>,
}

/// The users a query found.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[cfg_attr(feature = "types", tsify(type_params = "Custom = UserCustomData"))]
pub struct QueryUsersResponse {
    /// The users, in the requested order.
    #[cfg_attr(feature = "types", tsify(type = "FullUserResponse<Custom>[]"))]
    pub users: Vec<FullUserResponse>,
    /// How long the server took, for reading: `"3.02ms"`.
    pub duration: String,
}
