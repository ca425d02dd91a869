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
    /// The blocking user; for a user, always the caller.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
    /// The blocking user, who is created or replaced.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "UserRequest<Custom>"))]
    pub user: Option<UserRequest>,
}

/// The stored block.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct BlockUsersResponse {
    /// The blocking user.
    pub blocked_by_user_id: String,
    /// The blocked user.
    pub blocked_user_id: String,
    /// When the block was created.
    pub created_at: Timestamp,
    /// How long the request took, as text: `"7.31ms"`.
    pub duration: String,
}

/// A block to remove.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[cfg_attr(feature = "types", tsify(type_params = "Custom = UserCustomData"))]
pub struct UnblockUsersRequest {
    /// The blocked user.
    pub blocked_user_id: String,
    /// The blocking user; for a user, always the caller.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
    /// The blocking user, who is created or replaced.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "UserRequest<Custom>"))]
    pub user: Option<UserRequest>,
}

/// The users that a user has blocked.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[cfg_attr(feature = "types", tsify(type_params = "Custom = UserCustomData"))]
pub struct GetBlockedUsersResponse {
    /// The blocks, oldest first; empty if there are none.
    #[cfg_attr(feature = "types", tsify(type = "BlockedUserResponse<Custom>[]"))]
    pub blocks: Vec<BlockedUserResponse>,
    /// How long the request took, as text: `"3.02ms"`.
    pub duration: String,
}

/// A block of one user by another.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[cfg_attr(feature = "types", tsify(type_params = "Custom = UserCustomData"))]
pub struct BlockedUserResponse {
    /// The blocking user.
    #[cfg_attr(feature = "types", tsify(type = "UserResponse<Custom>"))]
    pub user: UserResponse,
    /// Its id.
    pub user_id: String,
    /// The blocked user.
    #[cfg_attr(feature = "types", tsify(type = "UserResponse<Custom>"))]
    pub blocked_user: UserResponse,
    /// Its id.
    pub blocked_user_id: String,
    /// When the block was created.
    pub created_at: Timestamp,
}
