//! Who may call an operation, and which permissions a caller's role has.
//!
//! The server may do everything. Users, guests and anonymous visitors may do what their roles are granted. Some
//! permissions are in the grants of no real app (blocking, devices, settings); every signed-in caller has those. An app
//! can turn these checks off for users, but operations that only the server may call stay restricted to it.

mod suspension;

use crate::core::caller::Caller;
use crate::core::failure::Failure;
use crate::core::state::permissions::{Action, Reach};
use crate::core::state::{ANONYMOUS_ROLE, DEFAULT_ROLE, Users, World};

pub(crate) use suspension::check_not_suspended;

/// Who may call an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    /// Anyone who knows the address; no API key is needed.
    Public,
    /// Anyone who has the API key.
    Anyone,
    /// The server and users. The operation decides what a user may do.
    Signed,
    /// The server, and callers whose role is granted the action. If the grant may cover only the caller's own objects,
    /// the operation also calls [`check_reach`].
    Granted(Action),
    /// The server only. The text is the error for other callers; `None` stands for the usual text, which names their
    /// role.
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
/// If the caller's role does not allow the action on an object that is the caller's `own`, or somebody else's.
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

/// Whether the caller can see that a user is shadow banned: everybody can except that user (seen in SDK tests).
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

/// Some roles cannot search for users, whatever they are granted.
fn is_barred_from_search(world: &World, caller: &Caller) -> bool {
    let role = role_of(caller, &world.users);
    world.app.user_search_disallowed_roles.iter().any(|barred| barred == role)
}

/// The error for a caller whose role does not allow an action. The text is from SDK tests; a visitor has no id to name.
pub(crate) fn forbidden(caller: &Caller, users: &Users, action: &str) -> Failure {
    let role = role_of(caller, users);
    let user = caller.user_id().map_or_else(|| "User".to_owned(), |id| format!("User '{id}'"));
    Failure::not_allowed(format!("{user} with role '{role}' is not allowed to perform action {action}"))
}
