//! Users blocking each other.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::{Timestamp, UserRequest, UserResponse};

/// A user to block.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[cfg_attr(feature = "types", tsify(type_params = "Custom = UserCustomData"))]
pub struct BlockUsersRequest {
    /// The user to block.
    pub blocked_user_id: String,
    /// The user who blocks; the caller itself where a user calls.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
    /// The user who blocks, created or replaced on the way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "UserRequest<Custom>"))]
    pub user: Option<UserRequest>,
}

/// The block as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct BlockUsersResponse {
    /// The user who blocked.
    pub blocked_by_user_id: String,
    /// The user who is blocked.
    pub blocked_user_id: String,
    /// When the block was made.
    pub created_at: Timestamp,
    /// How long the server took, for reading: `"7.31ms"`.
    pub duration: String,
}

/// A block to take back.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[cfg_attr(feature = "types", tsify(type_params = "Custom = UserCustomData"))]
pub struct UnblockUsersRequest {
    /// The user who is blocked.
    pub blocked_user_id: String,
    /// The user who blocked; the caller itself where a user calls.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
    /// The user who blocked, created or replaced on the way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "UserRequest<Custom>"))]
    pub user: Option<UserRequest>,
}

/// Whom a user has blocked.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[cfg_attr(feature = "types", tsify(type_params = "Custom = UserCustomData"))]
pub struct GetBlockedUsersResponse {
    /// The blocks, in the order in which they were made; empty when there are none.
    #[cfg_attr(feature = "types", tsify(type = "BlockedUserResponse<Custom>[]"))]
    pub blocks: Vec<BlockedUserResponse>,
    /// How long the server took, for reading: `"3.02ms"`.
    pub duration: String,
}

/// One user blocking another.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[cfg_attr(feature = "types", tsify(type_params = "Custom = UserCustomData"))]
pub struct BlockedUserResponse {
    /// The user who blocked.
    #[cfg_attr(feature = "types", tsify(type = "UserResponse<Custom>"))]
    pub user: UserResponse,
    /// Its id.
    pub user_id: String,
    /// The user who is blocked.
    #[cfg_attr(feature = "types", tsify(type = "UserResponse<Custom>"))]
    pub blocked_user: UserResponse,
    /// Its id.
    pub blocked_user_id: String,
    /// When the block was made.
    pub created_at: Timestamp,
}
