//! Rejects writes by banned users.

use crate::core::caller::Caller;
use crate::core::failure::Failure;
use crate::core::state::World;
use crate::core::wire::Method;

/// A user who is banned from the app may still read. A shadow banned user may also write, because it must not notice
/// the ban. A server may write on behalf of either, since servers need no permission.
///
/// # Errors
/// If a banned user calls an operation that changes something. The text is from error reports.
pub(crate) fn check_not_suspended(method: Method, caller: &Caller, world: &World) -> Result<(), Failure> {
    let Caller::User(id) = caller else { return Ok(()) };
    let banned = world.bans.in_whole_app(id, world.now).is_some_and(|ban| !ban.shadow);
    if method == Method::Get || !banned {
        return Ok(());
    }
    Err(Failure::not_allowed(
        "Sorry, you do not have access to this feature. Your account is currently suspended from chat.",
    ))
}
