//! Users as answers show them. [`brief`] reads a user; the longer shapes are made from that.

use getstream_users::model::{FullUserResponse, OwnUserResponse, UserMuteResponse, UserResponse};

use crate::core::access;
use crate::core::caller::Caller;
use crate::core::state::{Mute, User, World};

/// What upserts, partial updates and queries return to `viewer`.
pub(crate) fn full(world: &World, viewer: &Caller, user: &User) -> FullUserResponse {
    let (devices, mutes) = if sees_all(viewer, user) {
        (world.devices.of(&user.id).cloned().collect(), mutes(world, viewer, user))
    } else {
        Default::default()
    };
    let user = brief(world, viewer, user);
    FullUserResponse {
        id: user.id,
        name: user.name,
        image: user.image,
        role: user.role,
        language: user.language,
        custom: user.custom,
        teams: user.teams,
        teams_role: user.teams_role,
        privacy_settings: user.privacy_settings,
        invisible: user.invisible,
        created_at: user.created_at,
        updated_at: user.updated_at,
        deactivated_at: user.deactivated_at,
        revoke_tokens_issued_before: user.revoke_tokens_issued_before,
        banned: user.banned,
        shadow_banned: user.shadow_banned,
        ban_expires: user.ban_expires,
        online: user.online,
        last_active: user.last_active,
        blocked_user_ids: user.blocked_user_ids,
        devices,
        mutes,
        ..FullUserResponse::default()
    }
}

/// Whether a viewer sees what is only a user's own: devices, mutes, what it has not read. No source shows another user
/// seeing it; Stream's server SDKs do.
fn sees_all(viewer: &Caller, user: &User) -> bool {
    match viewer {
        Caller::Server => true,
        Caller::User(id) => *id == user.id,
        Caller::Anonymous => false,
    }
}

/// What the other operations return to `viewer`.
pub(crate) fn brief(world: &World, viewer: &Caller, user: &User) -> UserResponse {
    let profile = &user.profile;
    let ban = world.bans.in_whole_app(&user.id, world.now);
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
        banned: ban.is_some_and(|ban| !ban.shadow),
        shadow_banned: ban.is_some_and(|ban| ban.shadow) && access::sees_shadow_ban(viewer, &user.id),
        ban_expires: ban.and_then(|ban| ban.expires),
        online: world.connections.is_connected(&user.id) && !profile.invisible,
        last_active: user.last_active,
        blocked_user_ids: blocked_user_ids(world, user),
        ..UserResponse::default()
    }
}

/// The same of the user of that id; `None` when there is none, or there was one.
pub(crate) fn undeleted(world: &World, viewer: &Caller, user_id: &str) -> Option<UserResponse> {
    world.users.undeleted(user_id).ok().map(|user| brief(world, viewer, user))
}

/// What a user that calls for itself gets to see of itself.
pub(crate) fn own(world: &World, user: &User) -> OwnUserResponse {
    let push_preferences = world.push_preferences.get(&user.id).map(|preferences| preferences.overall.clone());
    let user = full(world, &Caller::User(user.id.clone()), user);
    OwnUserResponse {
        id: user.id,
        name: user.name,
        image: user.image,
        role: user.role,
        language: user.language,
        custom: user.custom,
        teams: user.teams,
        teams_role: user.teams_role,
        privacy_settings: user.privacy_settings,
        banned: user.banned,
        online: user.online,
        invisible: user.invisible,
        blocked_user_ids: Some(user.blocked_user_ids),
        devices: user.devices,
        mutes: user.mutes,
        channel_mutes: user.channel_mutes,
        total_unread_count: user.total_unread_count,
        unread_count: user.unread_count,
        unread_channels: user.unread_channels,
        unread_threads: user.unread_threads,
        total_unread_count_by_team: None,
        push_preferences,
        latest_hidden_channels: user.latest_hidden_channels,
        avg_response_time: user.avg_response_time,
        created_at: user.created_at,
        updated_at: user.updated_at,
        last_active: user.last_active,
        deactivated_at: user.deactivated_at,
        deleted_at: user.deleted_at,
        revoke_tokens_issued_before: user.revoke_tokens_issued_before,
    }
}

/// A choice: users who were deleted are left out wherever somebody blocked, muted or banned them. A deletion that is taken
/// back brings them back there too.
fn blocked_user_ids(world: &World, user: &User) -> Vec<String> {
    let blocked = world.blocks.of(&user.id).map(|(id, _)| id);
    blocked.filter(|id| world.users.undeleted(id).is_ok()).map(str::to_owned).collect()
}

fn mutes(world: &World, viewer: &Caller, user: &User) -> Vec<UserMuteResponse> {
    world
        .mutes
        .of(&user.id, world.now)
        .filter_map(|(target_id, entry)| mute(world, viewer, user, target_id, entry))
        .collect()
}

/// One user muting another; `None` when the other was deleted.
pub(crate) fn mute(
    world: &World,
    viewer: &Caller,
    user: &User,
    target_id: &str,
    mute: &Mute,
) -> Option<UserMuteResponse> {
    Some(UserMuteResponse {
        target: Some(undeleted(world, viewer, target_id)?),
        user: Some(brief(world, viewer, user)),
        created_at: mute.created_at,
        updated_at: mute.updated_at,
        expires: mute.expires,
    })
}
