//! Users in events.

use getstream_users::model::{Timestamp, UserResponse, UserResponsePrivacyFields};

use super::Content;
use crate::core::caller::Caller;
use crate::core::state::{User, World};
use crate::core::view;

/// A user in all events except `user.updated`.
pub(crate) fn user(world: &World, user: &User) -> Content {
    let user = shown(view::brief(world, &Caller::Server, user), deleted_at(user));
    Content::User(Box::new(UserResponsePrivacyFields { invisible: None, privacy_settings: None, ..user }))
}

/// The user with this id; `None` if there is none, or if it was deleted.
pub(crate) fn undeleted_user(world: &World, user_id: &str) -> Option<Content> {
    world.users.undeleted(user_id).ok().map(|found| user(world, found))
}

/// A user in `user.updated`, which has more fields.
pub(crate) fn updated_user(world: &World, user: &User) -> Content {
    Content::User(Box::new(shown(view::brief(world, &Caller::Server, user), deleted_at(user))))
}

/// Deleting a user is its last change, so that is the time of the deletion.
fn deleted_at(user: &User) -> Option<Timestamp> {
    user.deleted.map(|_| user.updated_at)
}

fn shown(user: UserResponse, deleted_at: Option<Timestamp>) -> UserResponsePrivacyFields {
    UserResponsePrivacyFields {
        id: user.id,
        name: user.name,
        image: user.image,
        language: user.language,
        role: user.role,
        custom: user.custom,
        teams: user.teams,
        teams_role: user.teams_role,
        created_at: user.created_at,
        updated_at: user.updated_at,
        last_active: user.last_active,
        deactivated_at: user.deactivated_at,
        deleted_at,
        revoke_tokens_issued_before: user.revoke_tokens_issued_before,
        banned: user.banned,
        online: user.online,
        blocked_user_ids: user.blocked_user_ids,
        avg_response_time: user.avg_response_time,
        invisible: Some(user.invisible),
        privacy_settings: user.privacy_settings,
    }
}
