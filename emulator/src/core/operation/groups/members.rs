//! Adding users to a group and removing them. Either all users are added or none.

use getstream_users::model::{
    AddUserGroupMembersRequest, AddUserGroupMembersResponse, RemoveUserGroupMembersRequest,
    RemoveUserGroupMembersResponse,
};

use super::{MAX_MEMBERS, announce, changeable, check_members, team, view};
use crate::core::failure::Failure;
use crate::core::operation::validate::check_count;
use crate::core::state::permissions::Action;
use crate::core::state::{Group, World};
use crate::core::wire::read::{self, Fields};
use crate::core::wire::{Call, DURATION, Outcome};

/// `AddUserGroupMembers`.
pub(crate) fn add_members(world: &mut World, call: &Call<'_>) -> Outcome {
    let mut body = call.body()?;
    let request = AddUserGroupMembersRequest {
        member_ids: member_ids(&mut body)?,
        as_admin: body.optional("as_admin", read::flag)?,
        team_id: team(world, &mut body)?,
    };
    let mut group = changeable(world, call, request.team_id.as_deref(), Action::UpdateUserGroup)?;
    check_members(&world.users, &request.member_ids)?;
    let at = world.clock.stamp(call.now);
    let added = group.add(&request.member_ids, request.as_admin.unwrap_or_default(), at);
    let user_group = Some(view::answered(&group));
    let body = call.reply(&AddUserGroupMembersResponse { user_group, duration: DURATION.to_owned() })?;
    keep(world, call, "user_group.member_added", group, added);
    Ok(body)
}

/// `RemoveUserGroupMembers`.
pub(crate) fn remove_members(world: &mut World, call: &Call<'_>) -> Outcome {
    let mut body = call.body()?;
    let request =
        RemoveUserGroupMembersRequest { member_ids: member_ids(&mut body)?, team_id: team(world, &mut body)? };
    let mut group = changeable(world, call, request.team_id.as_deref(), Action::UpdateUserGroup)?;
    let removed = group.remove(&request.member_ids);
    let user_group = Some(view::answered(&group));
    let body = call.reply(&RemoveUserGroupMembersResponse { user_group, duration: DURATION.to_owned() })?;
    keep(world, call, "user_group.member_removed", group, removed);
    Ok(body)
}

fn member_ids(body: &mut Fields) -> Result<Vec<String>, Failure> {
    let ids = body.required("member_ids", |value, path| read::list(value, path, read::filled))?;
    check_count("member_ids", ids.len(), MAX_MEMBERS)?;
    Ok(ids)
}

/// Stores a group, and announces added and removed members.
fn keep(world: &mut World, call: &Call<'_>, event: &str, group: Group, moved: Vec<String>) {
    world.groups.put(group.clone());
    if !moved.is_empty() {
        announce(world, call, event, &group, Some(moved));
    }
}
