//! Guests.

use super::{Answer, Operation, Path, Rule, USUAL};

/// Creates a guest. It is the only write that needs no token.
pub static CREATE_GUEST: Operation = Operation {
    method_name: "createGuest",
    path: Path::parse("/api/v2/guest"),
    rules: &[Rule::NewUser],
    public: true,
    result: Answer::CreateGuestResponse,
    ..USUAL
};
