//! Deactivating users and bringing them back: one at once, many in a task.
//!
//! Where sources are silent: deactivating a user twice changes nothing and is no failure; a task passes over users it
//! cannot change and says so in its result; who does it (`created_by_id`) need not exist.

use getstream_users::model::{
    CustomData, DeactivateUserRequest, DeactivateUserResponse, DeactivateUsersRequest, DeactivateUsersResponse,
    ReactivateUserRequest, ReactivateUserResponse, ReactivateUsersRequest, ReactivateUsersResponse, Timestamp,
};

use super::call::{Call, Outcome, reply};
use super::error::{DURATION, Failure};
use super::state::{Profile, User};
use super::tasks::{End, Job};
use super::validate::{self, MAX_BATCH, read};
use super::view;
use super::world::World;

/// `DeactivateUser`.
pub(crate) fn deactivate_one(world: &mut World, call: &Call<'_>) -> Outcome {
    // Read for its types; there are no messages to mark and nobody to tell who did it.
    let _: DeactivateUserRequest = read(call.object()?.into(), "")?;
    let user = deactivated(world.users.undeleted(call.subject)?, world.clock.stamp(call.now));
    let body = reply(&DeactivateUserResponse { user: Some(view::brief(&user)), duration: DURATION.to_owned() })?;
    world.users.put(user);
    Ok(body)
}

/// `ReactivateUser`.
pub(crate) fn reactivate_one(world: &mut World, call: &Call<'_>) -> Outcome {
    let request: ReactivateUserRequest = read(call.object()?.into(), "")?;
    let user = world.users.undeleted(call.subject)?;
    if user.deactivated_at.is_none() {
        // SDK tests look for the last three words.
        return Err(Failure::input(format!("user \"{}\" is not deactivated", user.id)));
    }
    let mut user = reactivated(user, world.clock.stamp(call.now));
    user.profile = Profile { name: request.name.or(user.profile.name), ..user.profile };
    let body = reply(&ReactivateUserResponse { user: Some(view::brief(&user)), duration: DURATION.to_owned() })?;
    world.users.put(user);
    Ok(body)
}

/// `DeactivateUsers`.
pub(crate) fn deactivate_many(world: &mut World, call: &Call<'_>) -> Outcome {
    let user_ids = read_ids::<DeactivateUsersRequest>(call)?;
    let task_id = world.start(Job::Deactivate { user_ids }, call.now);
    reply(&DeactivateUsersResponse { task_id, duration: DURATION.to_owned() })
}

/// `ReactivateUsers`.
pub(crate) fn reactivate_many(world: &mut World, call: &Call<'_>) -> Outcome {
    let user_ids = read_ids::<ReactivateUsersRequest>(call)?;
    let task_id = world.start(Job::Reactivate { user_ids }, call.now);
    reply(&ReactivateUsersResponse { task_id, duration: DURATION.to_owned() })
}

/// Checks the whole body against its type and takes the ids out of it.
fn read_ids<T: serde::de::DeserializeOwned>(call: &Call<'_>) -> Result<Vec<String>, Failure> {
    let body = call.object()?;
    let user_ids = validate::user_ids(&mut body.clone(), MAX_BATCH)?;
    let _: T = read(body.into(), "")?;
    Ok(user_ids)
}

/// The task behind `DeactivateUsers`.
pub(crate) fn run_deactivation(world: &mut World, user_ids: &[String], at: Timestamp) -> End {
    change_all(world, user_ids, at, deactivated)
}

/// The task behind `ReactivateUsers`. Users that are active already count as brought back: an SDK test asks twice.
pub(crate) fn run_reactivation(world: &mut World, user_ids: &[String], at: Timestamp) -> End {
    change_all(world, user_ids, at, reactivated)
}

/// The result lists the users as they are now (seen in SDK tests) and, under `errors`, why others are not among them.
fn change_all(world: &mut World, user_ids: &[String], at: Timestamp, change: fn(&User, Timestamp) -> User) -> End {
    let mut users = Vec::new();
    let mut errors = CustomData::new();
    for id in user_ids {
        match world.users.undeleted(id) {
            Ok(user) => {
                let user = change(user, world.clock.stamp(at));
                users.push(view::brief(&user));
                world.users.put(user);
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

fn deactivated(user: &User, now: Timestamp) -> User {
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
