//! Who may call an operation.

use super::authenticate::Caller;
use crate::core::state::Users;
use crate::core::wire::Failure;

/// Who may call an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    /// Anyone who has the address; not even an API key is needed.
    Public,
    /// Anyone who has the API key.
    Anyone,
    /// The server and users; what a user may do with it is up to the operation.
    Signed,
    /// The server. The text tells others why; the usual one names their role.
    Server(Option<&'static str>),
}

/// # Errors
/// When the caller is none of those who may call the operation.
pub(crate) fn check_access(access: Access, operation: &str, caller: &Caller, users: &Users) -> Result<(), Failure> {
    match (access, caller) {
        (Access::Public | Access::Anyone, _) | (_, Caller::Server) | (Access::Signed, Caller::User(_)) => Ok(()),
        (Access::Server(Some(reason)), _) => Err(Failure::not_allowed(reason)),
        (Access::Server(None) | Access::Signed, _) => Err(forbidden(caller, users, operation)),
    }
}

/// The answer to a caller whose role does not allow an action.
pub(crate) fn forbidden(caller: &Caller, users: &Users, action: &str) -> Failure {
    let role = caller.role(users);
    Failure::not_allowed(format!("User with role '{role}' is not allowed to perform action {action}"))
}
