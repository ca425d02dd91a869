//! Refuses writes of banned users.

use crate::core::caller::Caller;
use crate::core::failure::Failure;
use crate::core::state::World;
use crate::core::wire::Method;

/// A user that is banned from the app may go on reading. One that is shadow banned may go on writing: it is not to notice.
/// A server may write in the name of either, since no permission is asked of it.
///
/// # Errors
/// When a user that is banned calls to change something. Text of error reports.
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
