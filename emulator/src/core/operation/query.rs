//! Finding users.
//!
//! Deleted users are never found, deactivated ones only on demand. What the SDKs call a payload is JSON in the query
//! string. A query that names ids looks at those only; one without a sort order stops when it has enough; any other looks
//! at every user once.
//!
//! Where sources are silent: a limit of 0 counts as none given, and a search with `$autocomplete` comes in the order asked
//! for like any other query.

use getstream_users::model::QueryUsersResponse;

use super::actor::{Actor, Names};
use super::{tenancy, view};
use crate::core::filter::{Filter, Order};
use crate::core::gate::Caller;
use crate::core::state::{Standing, User, Users, World};
use crate::core::wire::read::{self, Fields};
use crate::core::wire::{self, Call, DURATION, Failure, Outcome, reply};

const DEFAULT_LIMIT: usize = 30;
const MAX_LIMIT: i64 = 100;
const MAX_OFFSET: i64 = 1000;

/// `QueryUsers`.
pub(crate) fn query(world: &mut World, call: &Call<'_>) -> Outcome {
    let payload = call.request.parameter("payload").unwrap_or_default();
    let mut payload = Fields::new("", wire::object(payload.as_bytes())?);
    let query = Query::parse(world, call.caller, &mut payload)?;
    if let Some(actor) = Actor::optional(world, call, &mut payload, Names::USER)? {
        actor.keep(world);
    }
    let users = query.find(&world.users).into_iter().map(|user| view::full(world, call.caller, user)).collect();
    reply(&QueryUsersResponse { users, duration: DURATION.to_owned() })
}

/// What is looked for, checked and ready.
#[derive(Debug)]
struct Query {
    filter: Filter,
    order: Order,
    limit: usize,
    offset: usize,
    include_deactivated: bool,
}

impl Query {
    fn parse(world: &World, caller: &Caller, payload: &mut Fields) -> Result<Self, Failure> {
        if payload.optional("presence", read::flag)? == Some(true) {
            // Text of an error report about another query.
            return Err(Failure::input(
                "Watch or Presence requires an active websocket connection, \
                 please make sure to include your websocket connection_id",
            ));
        }
        let limit = bounded(payload, "limit", MAX_LIMIT)?;
        let conditions = payload.required("filter_conditions", read::object)?;
        let conditions = tenancy::bordered(world, caller, conditions)?;
        Ok(Self {
            filter: Filter::parse(&conditions)?,
            order: payload.optional("sort", Order::parse)?.unwrap_or(Order::DEFAULT),
            limit: if limit == 0 { DEFAULT_LIMIT } else { limit },
            offset: bounded(payload, "offset", MAX_OFFSET)?,
            include_deactivated: payload.optional("include_deactivated_users", read::flag)?.unwrap_or_default(),
        })
    }

    fn find<'a>(&self, users: &'a Users) -> Vec<&'a User> {
        match self.filter.ids() {
            Some(ids) => self.page(ids.into_iter().filter_map(|id| users.get(id)).collect()),
            None if self.order.is_default() => {
                users.newest_first().filter(|user| self.accepts(user)).skip(self.offset).take(self.limit).collect()
            }
            None => self.page(users.newest_first().collect()),
        }
    }

    fn accepts(&self, user: &User) -> bool {
        let visible = match user.standing() {
            Standing::Active => true,
            Standing::Deactivated => self.include_deactivated,
            Standing::Deleted(_) => false,
        };
        visible && self.filter.accepts(user)
    }

    fn page<'a>(&self, mut users: Vec<&'a User>) -> Vec<&'a User> {
        users.retain(|user| self.accepts(user));
        self.order.first(users, self.offset + self.limit).into_iter().skip(self.offset).collect()
    }
}

/// Takes a number that has to be between zero and `most`; zero when it is left out.
fn bounded(payload: &mut Fields, name: &str, most: i64) -> Result<usize, Failure> {
    let number = payload.optional(name, read::integer)?.unwrap_or_default();
    if number > most {
        return Err(Failure::field(name, format!("must be {most} or less")));
    }
    usize::try_from(number).map_err(|_| Failure::field(name, "must be 0 or greater"))
}
