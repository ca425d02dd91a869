//! Groups in responses and events.

use getstream_users::model::{UserGroup, UserGroupMember, UserGroupResponse};

use crate::core::state::{Group, Membership};

/// The number of the app: the emulator has only one.
const APP: u32 = 1;

/// A group in responses.
pub(super) fn answered(group: &Group) -> UserGroupResponse {
    UserGroupResponse {
        id: group.id.clone(),
        name: group.name.clone(),
        description: group.description.clone(),
        team_id: group.team_id.clone(),
        created_by: group.created_by.clone(),
        members: Some(group.members.iter().map(|(id, membership)| member(group, id, *membership)).collect()),
        created_at: group.created_at,
        updated_at: group.updated_at,
    }
}

/// A group in events.
pub(super) fn announced(group: &Group) -> UserGroup {
    let UserGroupResponse { id, name, description, team_id, created_by, members, created_at, updated_at } =
        answered(group);
    UserGroup { app_pk: APP, id, name, description, team_id, created_by, members, created_at, updated_at }
}

fn member(group: &Group, user_id: &str, membership: Membership) -> UserGroupMember {
    UserGroupMember {
        app_pk: APP,
        group_id: group.id.clone(),
        user_id: user_id.to_owned(),
        is_admin: membership.is_admin,
        created_at: membership.created_at,
    }
}
