//! User groups.
//!
//! A user may create groups and change those it created; the server may change all; an app can grant more. Members must
//! be active users when they are added. They stay in the group when they are deactivated, and leave it when they are
//! deleted.
//!
//! Where sources are silent: creating a group with an existing id fails; a member need not belong to the group's team;
//! adding and removing members leaves the group's `updated_at` unchanged.

mod lists;
mod members;
mod view;

use getstream_users::model::{
    CreateUserGroupRequest, CreateUserGroupResponse, DurationResponse, GetUserGroupResponse, UpdateUserGroupRequest,
    UpdateUserGroupResponse,
};
use indexmap::IndexMap;
use serde_json::Value;

use super::validate::{check_count, check_length};
use crate::core::access::check_reach;
use crate::core::caller::Caller;
use crate::core::event::{self, Content};
use crate::core::failure::{Failure, Violations};
use crate::core::state::permissions::Action;
use crate::core::state::{Group, Users, World};
use crate::core::wire::read::{self, Fields};
use crate::core::wire::{Call, DURATION, Outcome};

pub(crate) use lists::{list, search};
pub(crate) use members::{add_members, remove_members};

const MAX_NAME: usize = 255;
const MAX_DESCRIPTION: usize = 1024;
const MAX_ID: usize = 255;
/// The most members in one request.
const MAX_MEMBERS: usize = 100;

/// `CreateUserGroup`.
pub(crate) fn create(world: &mut World, call: &Call<'_>) -> Outcome {
    let request = read_creation(world, call.body()?)?;
    if let Some(id) = request.id.as_ref().filter(|id| world.groups.has(id)) {
        return Err(Failure::input(format!("user group \"{id}\" already exists")));
    }
    let member_ids = request.member_ids.unwrap_or_default();
    check_members(&world.users, &member_ids)?;
    let at = world.clock.stamp(call.now);
    let mut group = Group {
        id: request.id.unwrap_or_else(|| world.ids.uuid_at(at)),
        name: request.name,
        description: request.description.filter(|text| !text.is_empty()),
        team_id: request.team_id,
        created_by: actor(call.caller).map(str::to_owned),
        created_at: at,
        updated_at: at,
        members: IndexMap::new(),
    };
    group.add(&member_ids, false, at);
    let user_group = Some(view::answered(&group));
    let body = call.reply(&CreateUserGroupResponse { user_group, duration: DURATION.to_owned() })?;
    world.groups.put(group.clone());
    announce(world, call, "user_group.created", &group, None);
    Ok(body)
}

fn read_creation(world: &World, mut body: Fields) -> Result<CreateUserGroupRequest, Failure> {
    let request = CreateUserGroupRequest {
        id: body.optional("id", read::text)?.filter(|id| !id.is_empty()),
        name: body.required("name", read::filled)?,
        description: body.optional("description", read::text)?,
        team_id: team(world, &mut body)?,
        member_ids: body.optional("member_ids", |value, path| read::list(value, path, read::filled))?,
    };
    let mut violations = Violations::default();
    check_length(request.id.as_deref().unwrap_or_default(), MAX_ID, "id", &mut violations);
    check_length(request.team_id.as_deref().unwrap_or_default(), MAX_ID, "team_id", &mut violations);
    check_texts(Some(&request.name), request.description.as_deref(), &mut violations);
    violations.check()?;
    if let Some(ids) = request.member_ids.as_ref().filter(|ids| !ids.is_empty()) {
        check_count("member_ids", ids.len(), MAX_MEMBERS)?;
    }
    Ok(request)
}

fn check_texts(name: Option<&str>, description: Option<&str>, violations: &mut Violations) {
    check_length(name.unwrap_or_default(), MAX_NAME, "name", violations);
    check_length(description.unwrap_or_default(), MAX_DESCRIPTION, "description", violations);
}

/// # Errors
/// If one of the users is unknown, deactivated or deleted.
fn check_members(users: &Users, ids: &[String]) -> Result<(), Failure> {
    ids.iter().try_for_each(|id| users.active(id).map(|_| ()))
}

/// Takes the team of the groups. Stream documents it as required in an app with several teams.
fn team(world: &World, fields: &mut Fields) -> Result<Option<String>, Failure> {
    if world.app.multi_tenant_enabled {
        return fields.required("team_id", read::filled).map(Some);
    }
    Ok(fields.optional("team_id", read::text)?.filter(|team| !team.is_empty()))
}

/// `GetUserGroup`.
pub(crate) fn get(world: &mut World, call: &Call<'_>) -> Outcome {
    let team = team(world, &mut call.parameters())?;
    let user_group = Some(view::answered(world.groups.get(call.subject, team.as_deref())?));
    call.reply(&GetUserGroupResponse { user_group, duration: DURATION.to_owned() })
}

/// `UpdateUserGroup`.
pub(crate) fn update(world: &mut World, call: &Call<'_>) -> Outcome {
    let request = read_update(world, call.body()?)?;
    let mut group = changeable(world, call, request.team_id.as_deref(), Action::UpdateUserGroup)?;
    group.name = request.name.unwrap_or(group.name);
    group.description = request.description.or(group.description).filter(|text| !text.is_empty());
    group.updated_at = world.clock.stamp(call.now);
    let user_group = Some(view::answered(&group));
    let body = call.reply(&UpdateUserGroupResponse { user_group, duration: DURATION.to_owned() })?;
    world.groups.put(group.clone());
    announce(world, call, "user_group.updated", &group, None);
    Ok(body)
}

fn read_update(world: &World, mut body: Fields) -> Result<UpdateUserGroupRequest, Failure> {
    let request = UpdateUserGroupRequest {
        name: body.optional("name", read::filled)?,
        description: body.optional("description", read::text)?,
        team_id: team(world, &mut body)?,
    };
    let mut violations = Violations::default();
    check_texts(request.name.as_deref(), request.description.as_deref(), &mut violations);
    violations.check()?;
    Ok(request)
}

/// `DeleteUserGroup`.
pub(crate) fn delete(world: &mut World, call: &Call<'_>) -> Outcome {
    let team = team(world, &mut call.parameters())?;
    let group = changeable(world, call, team.as_deref(), Action::DeleteUserGroup)?;
    let body = call.reply(&DurationResponse { duration: DURATION.to_owned() })?;
    world.groups.remove(&group.id);
    announce(world, call, "user_group.deleted", &group, None);
    Ok(body)
}

/// A copy of the group in the path, to be changed.
///
/// # Errors
/// If there is none, or the caller may not do this to it.
fn changeable(world: &World, call: &Call<'_>, team: Option<&str>, action: Action) -> Result<Group, Failure> {
    let group = world.groups.get(call.subject, team)?;
    let own = group.created_by.is_some() && group.created_by.as_deref() == actor(call.caller);
    check_reach(world, call.caller, action, own)?;
    Ok(group.clone())
}

/// The acting user; `None` for the server.
fn actor(caller: &Caller) -> Option<&str> {
    match caller {
        Caller::User(id) => Some(id),
        Caller::Server | Caller::Anonymous => None,
    }
}

/// Announces a change of a group and who made it. `moved` are the users who joined or left.
fn announce(world: &mut World, call: &Call<'_>, name: &str, group: &Group, moved: Option<Vec<String>>) {
    world.announce(name, call.cause(), |world| {
        let user = actor(call.caller).and_then(|id| world.users.get(id));
        let user = user.map(|user| ("user", event::user(world, user)));
        let moved = moved.map(|ids| ("members", Value::from(ids).into()));
        [user, Some(("user_group", Content::Group(view::announced(group)))), moved].into_iter().flatten().collect()
    });
}
