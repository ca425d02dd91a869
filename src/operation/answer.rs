//! Which dates a response contains.

/// The models of responses with dates. `cargo xtask codegen` writes a decoder for each, in this order. An operation
/// refers to its decoder by position, because names would have to be in both wasm and JavaScript. One model stands for
/// all that have the same dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Dates as in the model of this name.
    BlockUsersResponse,
    /// Dates as in the model of this name.
    CreateGuestResponse,
    /// Dates as in the model of this name.
    CreateRoleResponse,
    /// Dates as in the model of this name.
    DeactivateUserResponse,
    /// Dates as in the model of this name.
    ExportUserResponse,
    /// Dates as in the model of this name.
    GetApplicationResponse,
    /// Dates as in the model of this name.
    GetBlockedUsersResponse,
    /// Dates as in the model of this name.
    GetTaskResponse,
    /// Dates as in the model of this name.
    GetUserGroupResponse,
    /// Dates as in the model of this name.
    ListDevicesResponse,
    /// Dates as in the model of this name.
    ListRolesResponse,
    /// Dates as in the model of this name.
    ListUserGroupsResponse,
    /// Dates as in the model of this name.
    MuteResponse,
    /// Dates as in the model of this name.
    QueryBannedUsersResponse,
    /// Dates as in the model of this name.
    QueryUsersResponse,
    /// Dates as in the model of this name.
    ReactivateUserResponse,
    /// Dates as in the model of this name.
    SharedLocationResponse,
    /// Dates as in the model of this name.
    SharedLocationsResponse,
    /// Dates as in the model of this name.
    UpdateUsersResponse,
    /// Dates as in the model of this name.
    UpsertPushPreferencesResponse,
    /// The response has no dates.
    Dateless,
}
