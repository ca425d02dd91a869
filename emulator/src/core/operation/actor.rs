//! The user on whose behalf an operation acts: the caller, or for a server the user that the request names or contains.

use std::slice;

use getstream_users::model::UserRequest;

use super::{unique_names, users};
use crate::core::caller::Caller;
use crate::core::failure::Failure;
use crate::core::state::{Draft, User, World};
use crate::core::wire::read::{self, Fields};
use crate::core::wire::{Call, Cause, Dialect};

/// The user on whose behalf an operation acts.
#[derive(Debug)]
pub(crate) struct Actor<'a> {
    pub(crate) id: String,
    /// The user object in the request, to be stored if the operation succeeds.
    sent: Option<User>,
    /// The call.
    cause: Cause<'a>,
}

/// The fields in which a server says who acts: an id, or a user object.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Names {
    pub(crate) id: &'static str,
    pub(crate) user: &'static str,
    /// Whether a user with this id must exist.
    existence: Existence,
}

/// Whether the user that a server names must exist. An existing user must be active in any case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Existence {
    Required,
    /// No source shows an unknown user rejected here, so only a strict emulator does.
    RequiredIfStrict,
    /// SDK tests name users that never existed.
    Free,
}

impl Names {
    /// The fields of most operations.
    pub(crate) const USER: Self = Self { id: "user_id", user: "user", existence: Existence::Required };
    /// The owner of devices.
    pub(crate) const OWNER: Self = Self { existence: Existence::Free, ..Self::USER };
    /// The user who bans.
    pub(crate) const BANNED_BY: Self =
        Self { id: "banned_by_id", user: "banned_by", existence: Existence::RequiredIfStrict };
    /// The user who removes a ban.
    pub(crate) const UNBANNED_BY: Self =
        Self { id: "unbanned_by_id", user: "unbanned_by", existence: Existence::RequiredIfStrict };
}

impl Names {
    /// The fields in [`Dialect::V1`]: chat SDKs use the same ones for every operation.
    fn in_v1(self, body: &Fields) -> Self {
        let has = |name: &str| body.names().any(|field| field == name);
        let by = [self, Self::BANNED_BY, Self::USER].into_iter().find(|names| has(names.id) || has(names.user));
        by.map_or(self, |Self { id, user, .. }| Self { id, user, ..self })
    }
}

impl<'a> Actor<'a> {
    /// The acting user. A user always acts for itself. A server has to name an active user, or send a user object,
    /// which is created or replaced.
    ///
    /// # Errors
    /// If a server names no user, two users, or a user who cannot act.
    pub(crate) fn required(
        world: &mut World,
        call: &Call<'a>,
        body: &mut Fields,
        names: Names,
    ) -> Result<Self, Failure> {
        // The text is from SDK tests.
        let nobody = || {
            let Names { id, user, .. } = names;
            Failure::input(format!("either {user} or {id} must be provided when using server side auth."))
        };
        Self::optional(world, call, body, names)?.ok_or_else(nobody)
    }

    /// Like [`Self::required`], but a server need not name a user.
    ///
    /// # Errors
    /// If a server names two users, or one that cannot act.
    pub(crate) fn optional(
        world: &mut World,
        call: &Call<'a>,
        body: &mut Fields,
        names: Names,
    ) -> Result<Option<Self>, Failure> {
        let names = if call.dialect == Dialect::V1 { names.in_v1(body) } else { names };
        let id = body.optional(names.id, read::text)?.filter(|id| !id.is_empty());
        let path = body.path_of(names.user);
        let user = body.optional(names.user, |user, path| users::read_user(user, path, call.dialect))?;
        match call.caller {
            Caller::User(id) => Ok(Some(Self { id: id.clone(), sent: None, cause: call.cause() })),
            Caller::Anonymous => Ok(None),
            Caller::Server => Self::named(world, call, id, user, names, &path),
        }
    }

    fn named(
        world: &mut World,
        call: &Call<'a>,
        id: Option<String>,
        user: Option<UserRequest>,
        names: Names,
        path: &str,
    ) -> Result<Option<Self>, Failure> {
        match (id, user) {
            // The text is from an SDK test.
            (Some(_), Some(_)) => Err(Failure::input(format!("cannot set both {} and {}.", names.user, names.id))),
            (Some(id), None) => {
                let required = match names.existence {
                    Existence::Required => true,
                    Existence::RequiredIfStrict => world.choices.strict,
                    Existence::Free => false,
                };
                if names.existence == Existence::RequiredIfStrict && !required && world.users.get(&id).is_none() {
                    world.notes.guess("the user who bans or unbans need not exist (rejected in strict mode)");
                }
                if required || world.users.get(&id).is_some() {
                    world.users.active(&id)?;
                }
                Ok(Some(Self { id, sent: None, cause: call.cause() }))
            }
            (None, Some(request)) => {
                let now = world.clock.stamp(call.now);
                let user = users::upserted(&Draft::new(&world.users, world.choices), &world.roles, request, path, now)?;
                unique_names::check(world, slice::from_ref(&user))?;
                Ok(Some(Self { id: user.id.clone(), sent: Some(user), cause: call.cause() }))
            }
            (None, None) => Ok(None),
        }
    }

    /// Stores the user object of the request. Call this when nothing can fail any more.
    pub(crate) fn keep(self, world: &mut World) -> String {
        if let Some(user) = self.sent {
            users::keep(world, self.cause, user);
        }
        self.id
    }
}
