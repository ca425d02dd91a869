//! Users blocking each other.
//!
//! Where sources are silent: users cannot block themselves or unknown users; blocking again keeps the first block;
//! removing a block that does not exist succeeds; a deleted user is not among the blocked users until it is restored.
//! Blocks have no further effect here, and trigger no webhook.

use getstream_users::model::{
    BlockUsersRequest, BlockUsersResponse, BlockedUserResponse, DurationResponse, GetBlockedUsersResponse,
    UnblockUsersRequest,
};

use super::actor::{Actor, Names};
use crate::core::caller::Caller;
use crate::core::failure::Failure;
use crate::core::state::World;
use crate::core::view;
use crate::core::wire::read;
use crate::core::wire::{Call, DURATION, Outcome};

/// `BlockUsers`.
pub(crate) fn block(world: &mut World, call: &Call<'_>) -> Outcome {
    let mut body = call.body()?;
    let request = BlockUsersRequest {
        blocked_user_id: body.required("blocked_user_id", read::filled)?,
        // Read by `Actor`.
        user_id: None,
        user: None,
    };
    let actor = Actor::required(world, call, &mut body, Names::USER)?;
    if actor.id == request.blocked_user_id {
        return Err(Failure::input("users cannot block themselves"));
    }
    world.users.undeleted(&request.blocked_user_id)?;

    let user_id = actor.keep(world);
    let at = world.clock.stamp(call.now);
    let created_at = world.blocks.add(&user_id, &request.blocked_user_id, at);
    call.reply(&BlockUsersResponse {
        blocked_by_user_id: user_id,
        blocked_user_id: request.blocked_user_id,
        created_at,
        duration: DURATION.to_owned(),
    })
}

/// `UnblockUsers`.
pub(crate) fn unblock(world: &mut World, call: &Call<'_>) -> Outcome {
    let mut body = call.body()?;
    let request = UnblockUsersRequest {
        blocked_user_id: body.required("blocked_user_id", read::filled)?,
        // Read by `Actor`.
        user_id: None,
        user: None,
    };
    let user_id = Actor::required(world, call, &mut body, Names::USER)?.keep(world);
    world.blocks.remove(&user_id, &request.blocked_user_id);
    call.reply(&DurationResponse { duration: DURATION.to_owned() })
}

/// `GetBlockedUsers`.
pub(crate) fn list(world: &mut World, call: &Call<'_>) -> Outcome {
    let user_id = Actor::required(world, call, &mut call.parameters(), Names::USER)?.keep(world);
    let blocks = blocks_of(world, call.caller, &user_id)?;
    call.reply(&GetBlockedUsersResponse { blocks, duration: DURATION.to_owned() })
}

fn blocks_of(world: &World, caller: &Caller, user_id: &str) -> Result<Vec<BlockedUserResponse>, Failure> {
    let user = view::brief(world, caller, world.users.undeleted(user_id)?);
    let blocks = world.blocks.of(user_id).filter_map(|(id, created_at)| {
        Some(BlockedUserResponse {
            user: user.clone(),
            user_id: user_id.to_owned(),
            blocked_user: view::undeleted(world, caller, id)?,
            blocked_user_id: id.to_owned(),
            created_at,
        })
    });
    Ok(blocks.collect())
}
