//! Deactivating and reactivating users: a single user at once, many in a task.
//!
//! Where sources are silent: deactivating a deactivated user succeeds and changes nothing; a task skips users that it
//! cannot change and reports them in its result; `created_by_id` need not exist.

use std::slice;

use getstream_users::model::{
    CustomData, DeactivateUserRequest, DeactivateUserResponse, DeactivateUsersRequest, DeactivateUsersResponse,
    ReactivateUserRequest, ReactivateUserResponse, ReactivateUsersRequest, ReactivateUsersResponse, Timestamp,
};

use super::unique_names;
use super::validate::{self, MAX_BATCH};
use crate::core::caller::Caller;
use crate::core::event;
use crate::core::failure::Failure;
use crate::core::state::{End, Job, User, World};
use crate::core::view;
use crate::core::wire::read::{self, Fields};
use crate::core::wire::{Call, Cause, DURATION, Outcome};

/// `DeactivateUser`.
pub(crate) fn deactivate_one(world: &mut World, call: &Call<'_>) -> Outcome {
    let request = read_deactivation(call.body()?)?;
    let user = deactivated(world.users.undeleted(call.subject)?, world.clock.stamp(call.now));
    let body = call.reply(&DeactivateUserResponse {
        user: Some(view::brief(world, &Caller::Server, &user)),
        duration: DURATION.to_owned(),
    })?;
    keep(world, call.cause(), user, request.created_by_id.as_deref());
    Ok(body)
}

/// `mark_messages_deleted` is only checked for its type, because there are no messages.
fn read_deactivation(mut body: Fields) -> Result<DeactivateUserRequest, Failure> {
    Ok(DeactivateUserRequest {
        created_by_id: body.optional("created_by_id", read::text)?,
        mark_messages_deleted: body.optional("mark_messages_deleted", read::flag)?,
    })
}

/// `ReactivateUser`.
pub(crate) fn reactivate_one(world: &mut World, call: &Call<'_>) -> Outcome {
    let request = read_reactivation(call.body()?)?;
    let user = world.users.undeleted(call.subject)?;
    if user.deactivated_at.is_none() {
        // SDK tests look for the last three words.
        return Err(Failure::input(format!("user \"{}\" is not deactivated", user.id)));
    }
    let mut user = reactivated(user, world.clock.stamp(call.now));
    user.profile.name = request.name.or(user.profile.name);
    unique_names::check(world, slice::from_ref(&user))?;
    let body = call.reply(&ReactivateUserResponse {
        user: Some(view::brief(world, &Caller::Server, &user)),
        duration: DURATION.to_owned(),
    })?;
    keep(world, call.cause(), user, request.created_by_id.as_deref());
    Ok(body)
}

fn read_reactivation(mut body: Fields) -> Result<ReactivateUserRequest, Failure> {
    Ok(ReactivateUserRequest {
        created_by_id: body.optional("created_by_id", read::text)?,
        name: body.optional("name", read::text)?,
        restore_messages: body.optional("restore_messages", read::flag)?,
    })
}

/// `DeactivateUsers`.
pub(crate) fn deactivate_many(world: &mut World, call: &Call<'_>) -> Outcome {
    let mut body = call.body()?;
    let request = DeactivateUsersRequest {
        user_ids: validate::user_ids(&mut body, MAX_BATCH)?,
        created_by_id: body.optional("created_by_id", read::text)?,
        mark_messages_deleted: body.optional("mark_messages_deleted", read::flag)?,
        mark_channels_deleted: body.optional("mark_channels_deleted", read::flag)?,
    };
    let job = Job::Deactivate { user_ids: request.user_ids, created_by_id: request.created_by_id };
    let task_id = world.start_task(job, call.now);
    call.reply(&DeactivateUsersResponse { task_id, duration: DURATION.to_owned() })
}

/// `ReactivateUsers`.
pub(crate) fn reactivate_many(world: &mut World, call: &Call<'_>) -> Outcome {
    let mut body = call.body()?;
    let request = ReactivateUsersRequest {
        user_ids: validate::user_ids(&mut body, MAX_BATCH)?,
        created_by_id: body.optional("created_by_id", read::text)?,
        restore_messages: body.optional("restore_messages", read::flag)?,
        restore_channels: body.optional("restore_channels", read::flag)?,
    };
    let job = Job::Reactivate { user_ids: request.user_ids, created_by_id: request.created_by_id };
    let task_id = world.start_task(job, call.now);
    call.reply(&ReactivateUsersResponse { task_id, duration: DURATION.to_owned() })
}

/// The task of `DeactivateUsers`.
pub(crate) fn run_deactivation(world: &mut World, user_ids: &[String], by: Option<&str>, at: Timestamp) -> End {
    change_all(world, user_ids, by, at, deactivated)
}

/// The task of `ReactivateUsers`. Users that are already active count as reactivated: an SDK test calls it twice.
pub(crate) fn run_reactivation(world: &mut World, user_ids: &[String], by: Option<&str>, at: Timestamp) -> End {
    change_all(world, user_ids, by, at, reactivated)
}

/// The result lists the changed users (seen in SDK tests) and, under `errors`, why the others were not changed.
fn change_all(
    world: &mut World,
    user_ids: &[String],
    by: Option<&str>,
    at: Timestamp,
    change: fn(&User, Timestamp) -> User,
) -> End {
    let mut users = Vec::new();
    let mut errors = CustomData::new();
    for id in user_ids {
        match changed(world, id, at, change) {
            Ok(user) => {
                users.push(view::brief(world, &Caller::Server, &user));
                keep(world, Cause::task(at), user, by);
            }
            Err(failure) => drop(errors.insert(id.clone(), failure.reason.into())),
        }
    }
    let mut result = CustomData::new();
    result.insert("users".to_owned(), serde_json::to_value(users).unwrap_or_default());
    if !errors.is_empty() {
        result.insert("errors".to_owned(), errors.into());
    }
    End::Completed(result)
}

fn changed(world: &mut World, id: &str, at: Timestamp, change: fn(&User, Timestamp) -> User) -> Result<User, Failure> {
    let user = change(world.users.undeleted(id)?, world.clock.stamp(at));
    unique_names::check(world, slice::from_ref(&user))?;
    Ok(user)
}

/// Stores a user and announces the change, with the user who made it if there is such a user.
fn keep(world: &mut World, cause: Cause<'_>, user: User, created_by_id: Option<&str>) {
    let was_active = world.users.get(&user.id).is_some_and(|before| before.deactivated_at.is_none());
    let is_active = user.deactivated_at.is_none();
    world.users.put(user.clone());
    if is_active == was_active {
        return;
    }
    let event = if is_active { "user.reactivated" } else { "user.deactivated" };
    world.announce(event, cause, |world| {
        let by = created_by_id.and_then(|id| world.users.get(id)).map(|by| ("created_by", event::user(world, by)));
        [("user", event::user(world, &user))].into_iter().chain(by).collect()
    });
}

pub(crate) fn deactivated(user: &User, now: Timestamp) -> User {
    match user.deactivated_at {
        Some(_) => user.clone(),
        None => User { deactivated_at: Some(now), updated_at: now, ..user.clone() },
    }
}

fn reactivated(user: &User, now: Timestamp) -> User {
    match user.deactivated_at {
        Some(_) => User { deactivated_at: None, updated_at: now, ..user.clone() },
        None => user.clone(),
    }
}
