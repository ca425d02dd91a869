//! Guests.

use super::{Input, Method, Operation, Path, Rule};

/// Creates a guest; the one write that needs no token.
pub static CREATE_GUEST: Operation = Operation {
    method_name: "createGuest",
    method: Method::Post,
    path: Path::parse("/api/v2/guest"),
    input: Input::Body,
    rules: &[Rule::NewUser],
    public: true,
    idempotent: false,
    result: "CreateGuestResponse",
};
