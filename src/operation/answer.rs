//! Which dates an answer holds.

/// The models of answers that hold dates. `cargo xtask codegen` writes a decoder for each, in this order; by its place,
/// rather than by a name that wasm and JavaScript would both spell out, an operation finds the one it needs. Where several
/// models hold the same dates, one of them stands for all.
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
    /// There are no dates.
    Dateless,
}
