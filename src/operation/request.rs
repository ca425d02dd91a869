//! Custom requests.

use super::{Input, Operation, Path, Rule, USUAL};

/// Sends any request below the base path. Its method decides whether it may run twice, unless the caller does.
pub static REQUEST: Operation = Operation {
    method_name: "request",
    path: Path::parse("{path}"),
    input: Input::Request,
    rules: &[Rule::Request, Rule::Object("query"), Rule::Flag("idempotent")],
    ..USUAL
};
