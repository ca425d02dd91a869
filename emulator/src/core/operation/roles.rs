//! Roles.
//!
//! Creating and deleting a role takes effect at once. At Stream it takes a moment, and SDK tests wait for it.

use getstream_users::model::{
    CreateRoleRequest, CreateRoleResponse, DurationResponse, ListRolesResponse, RoleType, SearchRolesRequest,
    SearchRolesResponse,
};

use super::validate;
use crate::core::failure::{Failure, Violations};
use crate::core::state::{Listed, Roles, Standing, User, World};
use crate::core::wire::read::{self, Fields};
use crate::core::wire::{Call, DURATION, Outcome, parameter};

const MAX_NAME: usize = 64;
/// The most roles that an app can create.
const MAX_CUSTOM: usize = 25;
const MAX_FOUND: i64 = 25;
const DEFAULT_FOUND: u32 = 10;

/// `ListRoles`.
pub(crate) fn list(world: &mut World, call: &Call<'_>) -> Outcome {
    let roles = world.roles.all().map(|listed| listed.role).collect();
    call.reply(&ListRolesResponse { roles, duration: DURATION.to_owned() })
}

/// `CreateRole`.
pub(crate) fn create(world: &mut World, call: &Call<'_>) -> Outcome {
    let CreateRoleRequest { name } = CreateRoleRequest { name: call.body()?.required("name", read::filled)? };
    let mut violations = Violations::default();
    validate::check_length(&name, MAX_NAME, "name", &mut violations);
    violations.check()?;
    if world.roles.has(&name) {
        return Err(Failure::input(format!("role \"{name}\" already exists")));
    }
    if world.roles.custom_count() >= MAX_CUSTOM {
        // The text is a choice, because sources are silent.
        return Err(Failure::input(format!("an app can have a maximum of {MAX_CUSTOM} custom roles")));
    }
    let role = world.roles.add(name, world.clock.stamp(call.now));
    call.reply(&CreateRoleResponse { role, duration: DURATION.to_owned() })
}

/// `DeleteRole`. The error messages are from SDK tests, except for the last.
pub(crate) fn delete(world: &mut World, call: &Call<'_>) -> Outcome {
    let name = call.subject;
    if Roles::is_built_in(name) {
        return Err(Failure::input(format!("role \"{name}\" is a built-in role and cannot be deleted")));
    }
    if !world.roles.has(name) {
        return Err(Failure::input(format!("role \"{name}\" does not exist")));
    }
    if let Some(user) = world.users.newest_first().find(|user| uses(user, name)) {
        let id = &user.id;
        return Err(Failure::input(format!(
            "role \"{name}\" cannot be deleted, at least one user is using this role (ie. \"{id}\")"
        )));
    }
    if world.roles.grants().contains_key(name) {
        return Err(Failure::input(format!("role \"{name}\" cannot be deleted, permissions are granted to it")));
    }
    world.roles.remove(name);
    call.reply(&DurationResponse { duration: DURATION.to_owned() })
}

/// A choice: a deleted user does not use its role, so that tests which delete their users can delete their roles.
fn uses(user: &User, role: &str) -> bool {
    let team_roles = user.teams_role.iter().flat_map(|roles| roles.values());
    !matches!(user.standing(), Standing::Deleted(_)) && team_roles.chain([&user.role]).any(|used| used == role)
}

/// `SearchRoles`.
pub(crate) fn search(world: &mut World, call: &Call<'_>) -> Outcome {
    let request = read_search(call.parameters())?;
    let limit = request.limit.unwrap_or(DEFAULT_FOUND);
    let mut roles: Vec<_> =
        world.roles.all().filter(|listed| is_wanted(listed, &request)).map(|listed| listed.role).collect();
    roles.sort_by(|one, other| one.name.cmp(&other.name));
    roles.truncate(limit.try_into().unwrap_or(usize::MAX));
    call.reply(&SearchRolesResponse { roles, duration: DURATION.to_owned() })
}

fn read_search(mut parameters: Fields) -> Result<SearchRolesRequest, Failure> {
    Ok(SearchRolesRequest {
        query: parameters.required("query", read::text)?,
        limit: validate::limit(&mut parameters, MAX_FOUND)?,
        name_gt: parameters.optional("name_gt", read::text)?,
        role_type: parameters.choice("role_type", &[("user", RoleType::User), ("channel", RoleType::Channel)])?,
        include_global_roles: parameters.optional("include_global_roles", parameter::flag)?,
    })
}

fn is_wanted(Listed { role, role_type }: &Listed, request: &SearchRolesRequest) -> bool {
    let begins = role.name.to_lowercase().starts_with(&request.query.to_lowercase());
    let comes_after = request.name_gt.as_ref().is_none_or(|last| role.name > *last);
    let right_type = request.role_type.is_none() || role_type.is_none() || request.role_type == *role_type;
    let visible = request.include_global_roles.unwrap_or_default() || !role.name.starts_with("global_");
    begins && comes_after && right_type && visible
}
