//! Guests: temporary users that a visitor may create without a token.

use alloc::string::String;

use serde::{Deserialize, Serialize};

use super::{UserRequest, UserResponse};

/// A guest to create.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[cfg_attr(feature = "types", tsify(type_params = "Custom = UserCustomData"))]
pub struct CreateGuestRequest {
    /// The guest. The server may put a prefix before its `id`, and its role is always `guest`.
    #[cfg_attr(feature = "types", tsify(type = "UserRequest<Custom>"))]
    pub user: UserRequest,
}

/// A guest and the token it may use.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[cfg_attr(feature = "types", tsify(type_params = "Custom = UserCustomData"))]
pub struct CreateGuestResponse {
    /// The guest's token.
    pub access_token: String,
    /// The guest, with the id the server gave it.
    #[cfg_attr(feature = "types", tsify(type = "UserResponse<Custom>"))]
    pub user: UserResponse,
    /// How long the server took, for reading: `"7.31ms"`.
    pub duration: String,
}
