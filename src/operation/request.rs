//! Requests that are no operation of ours.

use super::{Input, Operation, Path, Rule, USUAL};

/// Makes any request below the base path. Whether it may run twice says its method, or its caller.
pub static REQUEST: Operation = Operation {
    method_name: "request",
    path: Path::parse("{path}"),
    input: Input::Request,
    rules: &[Rule::Request, Rule::Object("query"), Rule::Flag("idempotent")],
    ..USUAL
};
