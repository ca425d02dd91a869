//! The app, its settings and its rate limits.

use super::{Answer, Input, Method, Operation, Path, Rule, USUAL};

/// Returns the app and its settings.
pub static GET_APP: Operation = Operation {
    method_name: "getApp",
    method: Method::Get,
    path: Path::parse("/api/v2/app"),
    input: Input::Nothing,
    result: Answer::GetApplicationResponse,
    ..USUAL
};

/// Changes the app's settings.
pub static UPDATE_APP: Operation = Operation {
    method_name: "updateApp",
    method: Method::Patch,
    path: Path::parse("/api/v2/app"),
    optional: true,
    rules: &[
        Rule::OneOf("enforce_unique_usernames", &["no", "app", "team"]),
        Rule::Time("revoke_tokens_issued_before"),
        Rule::Object("grants"),
    ],
    idempotent: true,
    ..USUAL
};

/// Returns the remaining calls.
pub static GET_RATE_LIMITS: Operation = Operation {
    method_name: "getRateLimits",
    method: Method::Get,
    path: Path::parse("/api/v2/rate_limits"),
    input: Input::Url,
    query: "server_side,android,ios,web,unity,endpoints",
    optional: true,
    ..USUAL
};
