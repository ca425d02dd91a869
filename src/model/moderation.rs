//! Banning, muting and flagging users.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::{
    CustomData, MessageDeleteMode, OwnUserResponse, SortParamRequest, Timestamp, UserMuteResponse, UserRequest,
    UserResponse,
};

/// A user to ban, from the whole app or from one channel.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[cfg_attr(feature = "types", tsify(type_params = "Custom = UserCustomData"))]
pub struct BanRequest {
    /// The user to ban.
    pub target_user_id: String,
    /// The banning user; for a user, always the caller.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub banned_by_id: Option<String>,
    /// The banning user, who is created or replaced.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "UserRequest<Custom>"))]
    pub banned_by: Option<UserRequest>,
    /// The reason, for moderators.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The duration in minutes; without one, or with 0, the ban has no end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timeout: Option<u32>,
    /// Whether it is a shadow ban: the user can write, but others do not see it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shadow: Option<bool>,
    /// Whether the user's IP address is banned too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ip_ban: Option<bool>,
    /// The channel to ban from, as `type:id`; by default the whole app.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel_cid: Option<String>,
    /// What happens to the user's messages; kept by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delete_messages: Option<MessageDeleteMode>,
    /// Whether the user is also banned from future channels of the banning user.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ban_from_future_channels: Option<bool>,
}

/// A ban to remove.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[cfg_attr(feature = "types", tsify(type_params = "Custom = UserCustomData"))]
pub struct UnbanRequest {
    /// The banned user. Sent in the query string.
    pub target_user_id: String,
    /// The channel of the ban, as `type:id`; by default the whole app. Sent in the query string.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel_cid: Option<String>,
    /// Removes the ban only if this user created it. Sent in the query string.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_by: Option<String>,
    /// Whether bans from future channels are removed too. Sent in the query string.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remove_future_channels_ban: Option<bool>,
    /// The user who removes the ban.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unbanned_by_id: Option<String>,
    /// The user who removes the ban, who is created or replaced.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "UserRequest<Custom>"))]
    pub unbanned_by: Option<UserRequest>,
}

/// A query for bans: conditions, sort order, limit and offset.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct QueryBannedUsersPayload {
    /// Conditions on `user_id`, `banned_by_id`, `created_at`, `reason` and `channel_cid`, all of which must match. `{}`
    /// finds every ban.
    #[cfg_attr(feature = "types", tsify(type = "Record<string, unknown>"))]
    pub filter_conditions: CustomData,
    /// At most 1 sort term; by default newest first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sort: Option<Vec<SortParamRequest>>,
    /// How many bans to return: up to 300, by default 30.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// How many bans to skip: up to 10000.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offset: Option<u32>,
    /// Whether expired bans are left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exclude_expired_bans: Option<bool>,
    /// The user on whose behalf the server sends the query.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
    /// The user on whose behalf the server sends the query, who is created or replaced.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<UserRequest>,
}

/// The matching bans.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[cfg_attr(feature = "types", tsify(type_params = "Custom = UserCustomData"))]
pub struct QueryBannedUsersResponse {
    /// The bans, in the requested order.
    #[cfg_attr(feature = "types", tsify(type = "BanResponse<Custom>[]"))]
    pub bans: Vec<BanResponse>,
    /// How long the request took, as text: `"3.02ms"`.
    pub duration: String,
}

/// A ban from the whole app or from one channel.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[cfg_attr(feature = "types", tsify(type_params = "Custom = UserCustomData"))]
pub struct BanResponse {
    /// The banned user.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "UserResponse<Custom>"))]
    pub user: Option<UserResponse>,
    /// The banning user.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "UserResponse<Custom>"))]
    pub banned_by: Option<UserResponse>,
    /// The channel, as the chat API describes it; absent for a ban from the whole app. Dates are not converted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "Record<string, unknown>"))]
    pub channel: Option<CustomData>,
    /// When the ban was created.
    pub created_at: Timestamp,
    /// When the ban expires; absent if it does not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<Timestamp>,
    /// The reason, for moderators.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Whether it is a shadow ban: the user can write, but others do not see it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shadow: Option<bool>,
}

/// A query for bans from future channels.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct QueryFutureChannelBansPayload {
    /// Only bans of this user.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target_user_id: Option<String>,
    /// Only bans that this user created; for a user, always the caller.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
    /// The same as a user object, which is created or replaced.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<UserRequest>,
    /// How many bans to return.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// How many bans to skip.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offset: Option<u32>,
    /// Whether expired bans are left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exclude_expired_bans: Option<bool>,
    /// Whether to return the total number of bans.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub include_total: Option<bool>,
}

/// Bans from future channels.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[cfg_attr(feature = "types", tsify(type_params = "Custom = UserCustomData"))]
pub struct QueryFutureChannelBansResponse {
    /// The bans, newest first.
    #[cfg_attr(feature = "types", tsify(type = "FutureChannelBanResponse<Custom>[]"))]
    pub bans: Vec<FutureChannelBanResponse>,
    /// The total number, up to 100,000; absent unless it was requested.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<u32>,
    /// How long the request took, as text: `"3.02ms"`.
    pub duration: String,
}

/// A ban from the future channels of a user.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[cfg_attr(feature = "types", tsify(type_params = "Custom = UserCustomData"))]
pub struct FutureChannelBanResponse {
    /// The banned user.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "UserResponse<Custom>"))]
    pub user: Option<UserResponse>,
    /// The banning user, whose channels they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "UserResponse<Custom>"))]
    pub banned_by: Option<UserResponse>,
    /// When the ban was created.
    pub created_at: Timestamp,
    /// When the ban expires; absent if it does not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<Timestamp>,
    /// The reason, for moderators.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Whether it is a shadow ban: the user can write, but others do not see it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shadow: Option<bool>,
}

/// Users to mute: the muting user no longer receives messages from them.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[cfg_attr(feature = "types", tsify(type_params = "Custom = UserCustomData"))]
pub struct MuteRequest {
    /// 1 to 1000 users to mute.
    pub target_ids: Vec<String>,
    /// The duration in minutes; without one, or with 0, the mute has no end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timeout: Option<u32>,
    /// The muting user; for a user, always the caller.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
    /// The muting user, who is created or replaced.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "UserRequest<Custom>"))]
    pub user: Option<UserRequest>,
}

/// The stored mutes.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[cfg_attr(feature = "types", tsify(type_params = "Custom = UserCustomData"))]
pub struct MuteResponse {
    /// The mutes, one for each user that exists.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "UserMuteResponse<Custom>[]"))]
    pub mutes: Option<Vec<UserMuteResponse>>,
    /// Targets that do not exist; absent if all exist.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub non_existing_users: Option<Vec<String>>,
    /// The caller, if it is a user.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "OwnUserResponse<Custom>"))]
    pub own_user: Option<OwnUserResponse>,
    /// How long the request took, as text: `"7.31ms"`.
    pub duration: String,
}

/// Mutes to remove.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[cfg_attr(feature = "types", tsify(type_params = "Custom = UserCustomData"))]
pub struct UnmuteRequest {
    /// 1 to 1000 muted users.
    pub target_ids: Vec<String>,
    /// The muting user; for a user, always the caller.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
    /// The muting user, who is created or replaced.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "UserRequest<Custom>"))]
    pub user: Option<UserRequest>,
}

/// The result of removing mutes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct UnmuteResponse {
    /// Targets that do not exist; absent if all exist.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub non_existing_users: Option<Vec<String>>,
    /// How long the request took, as text: `"7.31ms"`.
    pub duration: String,
}

/// An entity to flag for moderators.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[cfg_attr(feature = "types", tsify(type_params = "Custom = UserCustomData"))]
pub struct FlagRequest {
    /// Type of the entity: `stream:user`, `stream:chat:v1:message`, or one of your own.
    pub entity_type: String,
    /// The entity's id.
    pub entity_id: String,
    /// The user who created it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity_creator_id: Option<String>,
    /// The reason, at most 255 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// More information for moderators.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "Record<string, unknown>"))]
    pub custom: Option<CustomData>,
    /// The content to review: texts, images, videos.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "Record<string, unknown>"))]
    pub moderation_payload: Option<CustomData>,
    /// The flagging user; for a user, always the caller.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
    /// The flagging user, who is created or replaced.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "UserRequest<Custom>"))]
    pub user: Option<UserRequest>,
}

/// The flagged item in the moderators' queue.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct FlagItemResponse {
    /// The item's id.
    pub item_id: String,
    /// How long the request took, as text: `"7.31ms"`.
    pub duration: String,
}

/// Which flags to count.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct GetFlagCountRequest {
    /// The user who created the flagged entities.
    pub entity_creator_id: String,
    /// Only flags of entities of this type.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity_type: Option<String>,
}

/// The number of flags.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct GetFlagCountResponse {
    /// The number of flags.
    pub count: u32,
    /// How long the request took, as text: `"3.02ms"`.
    pub duration: String,
}
