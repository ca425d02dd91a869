//! Users in responses. Most responses use [`full`], which borrows what it can; the other forms are made from [`brief`].

use std::collections::BTreeMap;

use getstream_users::model::{
    DeviceResponse, OwnUserResponse, PrivacySettingsResponse, Timestamp, UserMuteResponse, UserResponse,
};
use serde::Serialize;

use crate::core::access;
use crate::core::caller::Caller;
use crate::core::state::{Mute, User, World};
use crate::core::wire::Written;

/// The user in responses of upserts, partial updates and queries. It is serialized like
/// [`FullUserResponse`](getstream_users::model::FullUserResponse), without copying into one; a test compares the two.
#[derive(Debug, Serialize)]
#[serde(rename = "FullUserResponse")]
pub(crate) struct FullUser<'a> {
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<&'a str>,
    role: &'a str,
    language: &'a str,
    custom: Written<'a>,
    teams: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    teams_role: Option<&'a BTreeMap<String, String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    privacy_settings: Option<&'a PrivacySettingsResponse>,
    banned: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    ban_expires: Option<Timestamp>,
    shadow_banned: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    bypass_moderation: Option<bool>,
    online: bool,
    invisible: bool,
    blocked_user_ids: Vec<&'a str>,
    devices: Vec<&'a DeviceResponse>,
    mutes: Vec<UserMuteResponse>,
    channel_mutes: [(); 0],
    total_unread_count: u32,
    unread_count: u32,
    unread_channels: u32,
    unread_threads: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    latest_hidden_channels: Option<()>,
    #[serde(skip_serializing_if = "Option::is_none")]
    avg_response_time: Option<u32>,
    created_at: Timestamp,
    updated_at: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_active: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    deactivated_at: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    deleted_at: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    revoke_tokens_issued_before: Option<Timestamp>,
}

/// A user with all its fields, as `viewer` sees it.
pub(crate) fn full<'a>(world: &'a World, viewer: &Caller, user: &'a User) -> FullUser<'a> {
    let profile = &user.profile;
    let ban = world.bans.in_whole_app(&user.id, world.now);
    let (devices, mutes) = devices_and_mutes(world, viewer, user);
    FullUser {
        id: &user.id,
        name: profile.name.as_deref(),
        image: profile.image.as_deref(),
        role: &user.role,
        language: &profile.language,
        custom: Written(profile.custom.text()),
        teams: &user.teams,
        teams_role: user.teams_role.as_ref(),
        privacy_settings: profile.privacy_settings.as_ref(),
        banned: ban.is_some_and(|ban| !ban.shadow),
        ban_expires: ban.and_then(|ban| ban.expires),
        shadow_banned: ban.is_some_and(|ban| ban.shadow) && access::sees_shadow_ban(viewer, &user.id),
        bypass_moderation: None,
        online: world.connections.is_connected(&user.id) && !profile.invisible,
        invisible: profile.invisible,
        blocked_user_ids: blocked_user_ids(world, user).collect(),
        devices,
        mutes,
        channel_mutes: [],
        total_unread_count: 0,
        unread_count: 0,
        unread_channels: 0,
        unread_threads: 0,
        latest_hidden_channels: None,
        avg_response_time: None,
        created_at: user.created_at,
        updated_at: user.updated_at,
        last_active: user.last_active,
        deactivated_at: user.deactivated_at,
        deleted_at: None,
        revoke_tokens_issued_before: user.revoke_tokens_issued_before,
    }
}

/// The user's devices and mutes, if `viewer` may see them.
fn devices_and_mutes<'a>(
    world: &'a World,
    viewer: &Caller,
    user: &User,
) -> (Vec<&'a DeviceResponse>, Vec<UserMuteResponse>) {
    if sees_all(viewer, user) {
        (world.devices.of(&user.id).collect(), mutes(world, viewer, user))
    } else {
        Default::default()
    }
}

/// Whether the viewer sees the user's private fields: devices, mutes, unread counts. No source shows another user
/// seeing them; Stream's server SDKs do.
fn sees_all(viewer: &Caller, user: &User) -> bool {
    match viewer {
        Caller::Server => true,
        Caller::User(id) => *id == user.id,
        Caller::Anonymous => false,
    }
}

/// The user in the responses of all other operations.
pub(crate) fn brief(world: &World, viewer: &Caller, user: &User) -> UserResponse {
    let profile = &user.profile;
    let ban = world.bans.in_whole_app(&user.id, world.now);
    UserResponse {
        id: user.id.clone(),
        name: profile.name.clone(),
        image: profile.image.clone(),
        role: user.role.clone(),
        language: profile.language.clone(),
        custom: profile.custom.data(),
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
        blocked_user_ids: blocked_user_ids(world, user).map(str::to_owned).collect(),
        ..UserResponse::default()
    }
}

/// The user with this id; `None` if there is none, or if it was deleted.
pub(crate) fn undeleted(world: &World, viewer: &Caller, user_id: &str) -> Option<UserResponse> {
    world.users.undeleted(user_id).ok().map(|user| brief(world, viewer, user))
}

/// A user as it sees itself.
pub(crate) fn own(world: &World, user: &User) -> OwnUserResponse {
    let push_preferences = world.push_preferences.get(&user.id).map(|preferences| preferences.overall.clone());
    let viewer = Caller::User(user.id.clone());
    let (devices, mutes) = devices_and_mutes(world, &viewer, user);
    let user = brief(world, &viewer, user);
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
        devices: devices.into_iter().cloned().collect(),
        mutes,
        push_preferences,
        created_at: user.created_at,
        updated_at: user.updated_at,
        last_active: user.last_active,
        deactivated_at: user.deactivated_at,
        revoke_tokens_issued_before: user.revoke_tokens_issued_before,
        ..OwnUserResponse::default()
    }
}

/// A choice: deleted users are left out of the blocks, mutes and bans of others. Restoring the user brings them back
/// there.
fn blocked_user_ids<'a>(world: &'a World, user: &User) -> impl Iterator<Item = &'a str> {
    let blocked = world.blocks.of(&user.id).map(|(id, _)| id);
    blocked.filter(|id| world.users.undeleted(id).is_ok())
}

fn mutes(world: &World, viewer: &Caller, user: &User) -> Vec<UserMuteResponse> {
    world
        .mutes
        .of(&user.id, world.now)
        .filter_map(|(target_id, entry)| mute(world, viewer, user, target_id, entry))
        .collect()
}

/// A mute of one user by another; `None` if the muted user was deleted.
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
