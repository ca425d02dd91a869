//! Users as answers show them.

use getstream_users::model::{FullUserResponse, UserResponse};

use crate::core::gate::Caller;
use crate::core::state::{User, World};

/// What upserts, partial updates and queries return to `viewer`.
pub(crate) fn full(world: &World, viewer: &Caller, user: &User) -> FullUserResponse {
    let profile = &user.profile;
    FullUserResponse {
        id: user.id.clone(),
        name: profile.name.clone(),
        image: profile.image.clone(),
        role: user.role.clone(),
        language: profile.language.clone(),
        custom: profile.custom.clone(),
        teams: user.teams.clone(),
        teams_role: user.teams_role.clone(),
        privacy_settings: profile.privacy_settings.clone(),
        invisible: profile.invisible,
        created_at: user.created_at,
        updated_at: user.updated_at,
        deactivated_at: user.deactivated_at,
        revoke_tokens_issued_before: user.revoke_tokens_issued_before,
        blocked_user_ids: blocked_user_ids(world, user),
        devices: if sees_all(viewer, user) { world.devices.of(&user.id).cloned().collect() } else { Vec::new() },
        ..FullUserResponse::default()
    }
}

/// Whether a viewer sees what is only a user's own.
fn sees_all(viewer: &Caller, user: &User) -> bool {
    match viewer {
        Caller::Server => true,
        Caller::User(id) => *id == user.id,
        Caller::Anonymous => false,
    }
}

/// What the other operations return.
pub(crate) fn brief(world: &World, user: &User) -> UserResponse {
    let profile = &user.profile;
    UserResponse {
        id: user.id.clone(),
        name: profile.name.clone(),
        image: profile.image.clone(),
        role: user.role.clone(),
        language: profile.language.clone(),
        custom: profile.custom.clone(),
        teams: user.teams.clone(),
        teams_role: user.teams_role.clone(),
        privacy_settings: profile.privacy_settings.clone(),
        invisible: profile.invisible,
        created_at: user.created_at,
        updated_at: user.updated_at,
        deactivated_at: user.deactivated_at,
        revoke_tokens_issued_before: user.revoke_tokens_issued_before,
        blocked_user_ids: blocked_user_ids(world, user),
        ..UserResponse::default()
    }
}

/// The same of the user of that id; `None` when there is none, or there was one.
pub(crate) fn undeleted(world: &World, user_id: &str) -> Option<UserResponse> {
    world.users.undeleted(user_id).ok().map(|user| brief(world, user))
}

/// A choice: users who were deleted are left out where somebody blocked them. A deletion that is taken back brings them
/// back there too.
fn blocked_user_ids(world: &World, user: &User) -> Vec<String> {
    let blocked = world.blocks.of(&user.id).map(|(id, _)| id);
    blocked.filter(|id| world.users.undeleted(id).is_ok()).map(str::to_owned).collect()
}
