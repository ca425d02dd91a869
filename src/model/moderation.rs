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
    /// The user who bans; the caller itself where a user calls.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub banned_by_id: Option<String>,
    /// The user who bans, created or replaced on the way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "UserRequest<Custom>"))]
    pub banned_by: Option<UserRequest>,
    /// Why, for moderators to read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// How long, in minutes; for good when it is left out or 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timeout: Option<u32>,
    /// Whether it is a shadow ban: the user can write, but others do not see it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shadow: Option<bool>,
    /// Whether the user's IP address is banned too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ip_ban: Option<bool>,
    /// The one channel to ban from, as `type:id`; the whole app when it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel_cid: Option<String>,
    /// What happens to the user's messages; untouched when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delete_messages: Option<MessageDeleteMode>,
    /// Whether the user is also banned from future channels of the user who bans.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ban_from_future_channels: Option<bool>,
}

/// A ban to take away.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[cfg_attr(feature = "types", tsify(type_params = "Custom = UserCustomData"))]
pub struct UnbanRequest {
    /// The user who is banned. Goes into the query string.
    pub target_user_id: String,
    /// The one channel that the ban is from, as `type:id`; the whole app when it is left out. Goes into the query string.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel_cid: Option<String>,
    /// Removes the ban only if this user made it. Goes into the query string.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_by: Option<String>,
    /// Whether bans from future channels are removed, too. Goes into the query string.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remove_future_channels_ban: Option<bool>,
    /// The user who takes the ban away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unbanned_by_id: Option<String>,
    /// The user who takes the ban away, created or replaced on the way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "UserRequest<Custom>"))]
    pub unbanned_by: Option<UserRequest>,
}

/// Conditions on bans, their order, and which part of the result to return.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct QueryBannedUsersPayload {
    /// Conditions on `user_id`, `banned_by_id`, `created_at`, `reason` and `channel_cid`, all of which must hold. `{}`
    /// finds every ban.
    #[cfg_attr(feature = "types", tsify(type = "Record<string, unknown>"))]
    pub filter_conditions: CustomData,
    /// At most 1 sort term; newest first when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sort: Option<Vec<SortParamRequest>>,
    /// How many bans to return: up to 300, 30 when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// How many bans to skip: up to 10000.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offset: Option<u32>,
    /// Whether bans that have ended are left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exclude_expired_bans: Option<bool>,
    /// The user on whose behalf a server asks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
    /// The user on whose behalf a server acts; created or replaced.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<UserRequest>,
}

/// The bans a query found.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[cfg_attr(feature = "types", tsify(type_params = "Custom = UserCustomData"))]
pub struct QueryBannedUsersResponse {
    /// The bans, in the requested order.
    #[cfg_attr(feature = "types", tsify(type = "BanResponse<Custom>[]"))]
    pub bans: Vec<BanResponse>,
    /// How long the server took, for reading: `"3.02ms"`.
    pub duration: String,
}

/// A ban from the whole app or from one channel.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[cfg_attr(feature = "types", tsify(type_params = "Custom = UserCustomData"))]
pub struct BanResponse {
    /// The user who is banned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "UserResponse<Custom>"))]
    pub user: Option<UserResponse>,
    /// The user who banned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "UserResponse<Custom>"))]
    pub banned_by: Option<UserResponse>,
    /// The channel, as the chat API describes it; absent on a ban from the whole app. Its dates stay as they came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "Record<string, unknown>"))]
    pub channel: Option<CustomData>,
    /// When the ban was made.
    pub created_at: Timestamp,
    /// When the ban ends; absent on one without end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<Timestamp>,
    /// Why, for moderators to read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Whether it is a shadow ban: the user can write, but others do not see it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shadow: Option<bool>,
}

/// Conditions on bans from future channels, and which part of the result to return.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct QueryFutureChannelBansPayload {
    /// Only bans of this user.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target_user_id: Option<String>,
    /// Only bans that this user made; the caller itself where a user calls.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
    /// The same as a whole user, created or replaced on the way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<UserRequest>,
    /// How many bans to return.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// How many bans to skip.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offset: Option<u32>,
    /// Whether bans that have ended are left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exclude_expired_bans: Option<bool>,
    /// Whether the answer says how many bans there are in total.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub include_total: Option<bool>,
}

/// Bans from channels that are yet to be made.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[cfg_attr(feature = "types", tsify(type_params = "Custom = UserCustomData"))]
pub struct QueryFutureChannelBansResponse {
    /// The bans, the newest first.
    #[cfg_attr(feature = "types", tsify(type = "FutureChannelBanResponse<Custom>[]"))]
    pub bans: Vec<FutureChannelBanResponse>,
    /// How many there are in total, up to 100,000; absent unless it was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<u32>,
    /// How long the server took, for reading: `"3.02ms"`.
    pub duration: String,
}

/// A ban from the future channels of a user.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[cfg_attr(feature = "types", tsify(type_params = "Custom = UserCustomData"))]
pub struct FutureChannelBanResponse {
    /// The user who is banned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "UserResponse<Custom>"))]
    pub user: Option<UserResponse>,
    /// The user who banned, and whose channels are meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "UserResponse<Custom>"))]
    pub banned_by: Option<UserResponse>,
    /// When the ban was made.
    pub created_at: Timestamp,
    /// When the ban ends; absent on one without end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<Timestamp>,
    /// Why, for moderators to read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Whether it is a shadow ban: the user can write, but others do not see it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shadow: Option<bool>,
}

/// Users to mute: the user who mutes them gets nothing from them.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[cfg_attr(feature = "types", tsify(type_params = "Custom = UserCustomData"))]
pub struct MuteRequest {
    /// 1 to 1000 users to mute.
    pub target_ids: Vec<String>,
    /// How long, in minutes; for good when it is left out or 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timeout: Option<u32>,
    /// The user who mutes; the caller itself where a user calls.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
    /// The user who mutes, created or replaced on the way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "UserRequest<Custom>"))]
    pub user: Option<UserRequest>,
}

/// The mutes as they are kept.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[cfg_attr(feature = "types", tsify(type_params = "Custom = UserCustomData"))]
pub struct MuteResponse {
    /// The mutes, one for each user that exists.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "UserMuteResponse<Custom>[]"))]
    pub mutes: Option<Vec<UserMuteResponse>>,
    /// Targets that do not exist; absent when all of them do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub non_existing_users: Option<Vec<String>>,
    /// The caller, where a user calls.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "OwnUserResponse<Custom>"))]
    pub own_user: Option<OwnUserResponse>,
    /// How long the server took, for reading: `"7.31ms"`.
    pub duration: String,
}

/// Mutes to take back.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[cfg_attr(feature = "types", tsify(type_params = "Custom = UserCustomData"))]
pub struct UnmuteRequest {
    /// 1 to 1000 users who are muted.
    pub target_ids: Vec<String>,
    /// The user who muted; the caller itself where a user calls.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
    /// The user who muted, created or replaced on the way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "UserRequest<Custom>"))]
    pub user: Option<UserRequest>,
}

/// What became of mutes to take back.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct UnmuteResponse {
    /// Targets that do not exist; absent when all of them do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub non_existing_users: Option<Vec<String>>,
    /// How long the server took, for reading: `"7.31ms"`.
    pub duration: String,
}

/// Something for moderators to look at.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[cfg_attr(feature = "types", tsify(type_params = "Custom = UserCustomData"))]
pub struct FlagRequest {
    /// What kind of thing it is: `stream:user`, `stream:chat:v1:message`, or one of your own.
    pub entity_type: String,
    /// Its id.
    pub entity_id: String,
    /// The user who made it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity_creator_id: Option<String>,
    /// Why, at most 255 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Whatever else moderators should know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "Record<string, unknown>"))]
    pub custom: Option<CustomData>,
    /// The content to look at: texts, images, videos.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "Record<string, unknown>"))]
    pub moderation_payload: Option<CustomData>,
    /// The user who flags; the caller itself where a user calls.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
    /// The user who flags, created or replaced on the way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "UserRequest<Custom>"))]
    pub user: Option<UserRequest>,
}

/// What was flagged, as moderators find it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct FlagItemResponse {
    /// The item in the moderators' queue.
    pub item_id: String,
    /// How long the server took, for reading: `"7.31ms"`.
    pub duration: String,
}

/// Whose flags to count.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct GetFlagCountRequest {
    /// The user who made what was flagged.
    pub entity_creator_id: String,
    /// Only flags of this kind of thing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity_type: Option<String>,
}

/// How many flags there are.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct GetFlagCountResponse {
    /// How many flags there are.
    pub count: u32,
    /// How long the server took, for reading: `"3.02ms"`.
    pub duration: String,
}
