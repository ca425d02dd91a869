//! Live locations.

use super::{Answer, Input, Method, Operation, Path, Rule, USUAL};

/// Lists the locations that a user shares.
pub static GET_USER_LIVE_LOCATIONS: Operation = Operation {
    method_name: "getUserLiveLocations",
    method: Method::Get,
    path: Path::parse("/api/v2/users/live_locations"),
    input: Input::Url,
    query: "user_id",
    optional: true,
    rules: &[Rule::Text("user_id")],
    result: Answer::SharedLocationsResponse,
    ..USUAL
};

/// Updates a user's position.
pub static UPDATE_LIVE_LOCATION: Operation = Operation {
    method_name: "updateLiveLocation",
    method: Method::Put,
    path: Path::parse("/api/v2/users/live_locations"),
    query: "user_id",
    rules: &[Rule::Required("message_id"), Rule::Time("end_at"), Rule::Text("user_id")],
    idempotent: true,
    result: Answer::SharedLocationResponse,
    ..USUAL
};
