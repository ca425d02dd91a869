//! Who may call an operation, and which permissions a caller's role has.
//!
//! The server may do everything. Users, guests and visitors may do what their roles were granted. Where the grants of
//! real apps mention no permission (blocking, devices, settings), every signed-in caller may act. An app can switch
//! these checks off for users; operations of the server stay the server's.

mod suspension;

use crate::core::caller::Caller;
use crate::core::failure::Failure;
use crate::core::state::permissions::{Action, Reach};
use crate::core::state::{ANONYMOUS_ROLE, DEFAULT_ROLE, Users, World};

pub(crate) use suspension::check_not_suspended;

/// Who may call an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    /// Anyone who has the address; not even an API key is needed.
    Public,
    /// Anyone who has the API key.
    Anyone,
    /// The server and users; what a user may do with it is up to the operation.
    Signed,
    /// The server, and callers whose role is granted the action. The operation asks [`check_reach`] where the grant may
    /// be for one's own only.
    Granted(Action),
    /// The server. The text tells others why; the usual one names their role.
    Server(Option<&'static str>),
}

/// # Errors
/// When the caller may not call the operation.
pub(crate) fn check_access(access: Access, operation: &str, caller: &Caller, world: &World) -> Result<(), Failure> {
    match (access, caller) {
        (Access::Public | Access::Anyone, _) | (_, Caller::Server) | (Access::Signed, Caller::User(_)) => Ok(()),
        (Access::Granted(action), _) => reach(world, caller, action).map(|_| ()),
        (Access::Server(Some(reason)), _) => Err(Failure::not_allowed(reason)),
        (Access::Server(None) | Access::Signed, _) => Err(forbidden(caller, &world.users, operation)),
    }
}

/// # Errors
/// When the caller's role does not let it do this to something that is, or is not, its `own`.
pub(crate) fn check_reach(world: &World, caller: &Caller, action: Action, own: bool) -> Result<(), Failure> {
    match reach(world, caller, action)? {
        Reach::Own if !own => Err(forbidden(caller, &world.users, action.name())),
        Reach::Own | Reach::All => Ok(()),
    }
}

fn reach(world: &World, caller: &Caller, action: Action) -> Result<Reach, Failure> {
    let granted = match caller {
        Caller::Server => Some(Reach::All),
        _ if action == Action::SearchUser && is_barred_from_search(world, caller) => None,
        Caller::User(_) if world.app.disable_permissions_checks => Some(Reach::All),
        Caller::User(_) | Caller::Anonymous => world.roles.reach(role_of(caller, &world.users), action),
    };
    granted.ok_or_else(|| forbidden(caller, &world.users, action.name()))
}

/// Whether a caller sees a user's shadow ban: everybody but that user does (seen in SDK tests).
pub(crate) fn sees_shadow_ban(caller: &Caller, user_id: &str) -> bool {
    caller.user_id() != Some(user_id)
}

/// The role whose permissions apply to a caller.
pub(crate) fn role_of<'a>(caller: &Caller, users: &'a Users) -> &'a str {
    match caller {
        Caller::Server => "server",
        Caller::User(id) => users.get(id).map_or(DEFAULT_ROLE, |user| user.role.as_str()),
        Caller::Anonymous => ANONYMOUS_ROLE,
    }
}

/// Some roles cannot look for users, whatever they are granted.
fn is_barred_from_search(world: &World, caller: &Caller) -> bool {
    let role = role_of(caller, &world.users);
    world.app.user_search_disallowed_roles.iter().any(|barred| barred == role)
}

/// The answer to a caller whose role does not allow an action. Text of SDK tests; visitors have no id.
pub(crate) fn forbidden(caller: &Caller, users: &Users, action: &str) -> Failure {
    let role = role_of(caller, users);
    let user = caller.user_id().map_or_else(|| "User".to_owned(), |id| format!("User '{id}'"));
    Failure::not_allowed(format!("{user} with role '{role}' is not allowed to perform action {action}"))
}
