//! Permissions.
//!
//! An app can create its own permissions, each of which allows one of the existing actions. Where sources are silent: a
//! condition is stored and not evaluated.

use getstream_users::model::{DurationResponse, GetCustomPermissionResponse, ListPermissionsResponse, Permission};

use crate::core::failure::{Code, Failure};
use crate::core::state::{World, permissions};
use crate::core::wire::read::{self, Fields};
use crate::core::wire::{Call, DURATION, Outcome};

/// `ListPermissions`.
pub(crate) fn list(world: &mut World, call: &Call<'_>) -> Outcome {
    let permissions = permissions::all().chain(world.roles.permissions.all().cloned()).collect();
    call.reply(&ListPermissionsResponse { permissions, duration: DURATION.to_owned() })
}

/// `GetPermission`.
pub(crate) fn get(world: &mut World, call: &Call<'_>) -> Outcome {
    let built_in = permissions::get(call.subject);
    let permission = built_in.or_else(|| world.roles.permissions.get(call.subject).cloned());
    answer(call, permission.ok_or_else(|| unknown(call.subject))?)
}

/// `CreateCustomPermission`.
pub(crate) fn create(world: &mut World, call: &Call<'_>) -> Outcome {
    let mut body = call.body()?;
    let id = body.required("id", read::filled)?;
    if permissions::get(&id).is_some() || world.roles.permissions.get(&id).is_some() {
        return Err(Failure::input(format!("permission \"{id}\" already exists")));
    }
    let permission = read_permission(body, id)?;
    world.roles.permissions.put(permission.clone());
    answer(call, permission)
}

/// `UpdateCustomPermission`: replaces the whole permission.
pub(crate) fn update(world: &mut World, call: &Call<'_>) -> Outcome {
    check_is_custom(world, call.subject)?;
    let permission = read_permission(call.body()?, call.subject.to_owned())?;
    world.roles.permissions.put(permission.clone());
    answer(call, permission)
}

/// `DeleteCustomPermission`. A choice: a permission that is granted cannot be deleted, just as a role with grants.
pub(crate) fn delete(world: &mut World, call: &Call<'_>) -> Outcome {
    check_is_custom(world, call.subject)?;
    if world.roles.grants_to_any(call.subject) {
        let reason = format!("permission \"{}\" cannot be deleted, it is granted to a role", call.subject);
        return Err(Failure::input(reason));
    }
    world.roles.permissions.remove(call.subject);
    call.reply(&DurationResponse { duration: DURATION.to_owned() })
}

fn read_permission(mut body: Fields, id: String) -> Result<Permission, Failure> {
    Ok(Permission {
        id,
        name: body.required("name", read::filled)?,
        action: body.required("action", read::filled)?,
        description: body.optional("description", read::text)?.unwrap_or_default(),
        level: body.optional("level", read::text)?.unwrap_or_else(|| "app".to_owned()),
        owner: body.optional("owner", read::flag)?.unwrap_or_default(),
        owner_resource: String::new(),
        same_team: body.optional("same_team", read::flag)?.unwrap_or_default(),
        custom: true,
        tags: body.optional("tags", read::texts)?.unwrap_or_default(),
        condition: body.optional("condition", read::object)?,
    })
}

fn check_is_custom(world: &World, id: &str) -> Result<(), Failure> {
    if permissions::get(id).is_some() {
        return Err(Failure::input(format!("permission \"{id}\" is built in, it can't be changed")));
    }
    world.roles.permissions.get(id).map(|_| ()).ok_or_else(|| unknown(id))
}

fn answer(call: &Call<'_>, permission: Permission) -> Outcome {
    call.reply(&GetCustomPermissionResponse { permission, duration: DURATION.to_owned() })
}

/// Status and text are a choice, because sources are silent.
fn unknown(id: &str) -> Failure {
    Failure::new(Code::DoesNotExist, format!("permission \"{id}\" does not exist"))
}
