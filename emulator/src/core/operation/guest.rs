//! Guests.
//!
//! Anyone may create one. Its id starts with `guest-` (Stream's Swift SDK recognizes guests by it), contains random
//! text and ends with the requested id (SDK tests look for it); the exact form is a choice. Its token contains only the
//! user id, as in the fixtures of the SDKs.

use std::slice;

use getstream_users::auth::SigningKey;
use getstream_users::model::{CreateGuestResponse, CustomData};

use super::unique_names;
use super::users::{keep, profile, read_user};
use super::validate;
use crate::core::failure::{Failure, Violations};
use crate::core::state::{App, GUEST_ROLE, User, World};
use crate::core::view;
use crate::core::wire::{Call, DURATION, Outcome};

/// `CreateGuest`.
pub(crate) fn create(world: &mut World, call: &Call<'_>) -> Outcome {
    check_allowed(&world.app)?;
    let mut request = call.body()?.required("user", |user, path| read_user(user, path, call.dialect))?;
    let mut violations = Violations::default();
    validate::new_id(&request.id, "user.id", &mut violations);
    violations.check()?;

    let id = format!("guest-{}-{}", world.ids.uuid(), request.id);
    let user = User {
        profile: profile(&mut request),
        // The role and teams of the request are ignored: a visitor must not choose them.
        role: GUEST_ROLE.to_owned(),
        ..User::new(id, world.clock.stamp(call.now))
    };
    validate::content(&user, &world.roles, "user")?;
    unique_names::check(world, slice::from_ref(&user))?;
    let access_token = token(&world.signing_key, &user.id)?;
    let body = call.reply(&CreateGuestResponse {
        access_token,
        user: view::brief(world, call.caller, &user),
        duration: DURATION.to_owned(),
    })?;
    keep(world, call.cause(), user);
    Ok(body)
}

/// An app can turn guests off. With multi-tenancy it has none, because a guest is in no team. The text is from an SDK
/// test.
fn check_allowed(app: &App) -> Result<(), Failure> {
    if app.guest_user_creation_disabled || app.multi_tenant_enabled {
        return Err(Failure::not_allowed("guest access is disabled for this application"));
    }
    Ok(())
}

fn token(key: &SigningKey, user_id: &str) -> Result<String, Failure> {
    let claims = CustomData::from_iter([("user_id".to_owned(), user_id.into())]);
    Ok(key.sign(&serde_json::to_string(&claims)?))
}
