//! Guests: temporary users that can be created without a token.

use alloc::string::String;

use serde::{Deserialize, Serialize};

use super::{UserRequest, UserResponse};

/// A guest to create.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[cfg_attr(feature = "types", tsify(type_params = "Custom = UserCustomData"))]
pub struct CreateGuestRequest {
    /// The guest. The server may add a prefix to its `id`, and its role is always `guest`.
    #[cfg_attr(feature = "types", tsify(type = "UserRequest<Custom>"))]
    pub user: UserRequest,
}

/// A guest and its token.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[cfg_attr(feature = "types", tsify(type_params = "Custom = UserCustomData"))]
pub struct CreateGuestResponse {
    /// The guest's token.
    pub access_token: String,
    /// The guest, with the id that the server assigned.
    #[cfg_attr(feature = "types", tsify(type = "UserResponse<Custom>"))]
    pub user: UserResponse,
    /// How long the request took, as text: `"7.31ms"`.
    pub duration: String,
}
