//! Finding users.
//!
//! Deleted users are never found, deactivated ones only on demand. What the SDKs call a payload is JSON in the query
//! string. A query that names ids looks at those only; one without a sort order stops when it has enough; any other looks
//! at every user once.
//!
//! Where sources are silent: a limit of 0 counts as none given.

use getstream_users::model::{CustomData, QueryUsersPayload, QueryUsersResponse};

use super::authenticate::Caller;
use super::call::{self, Call, Outcome, reply};
use super::error::{DURATION, Failure};
use super::filter::{Filter, Order};
use super::state::{Standing, User, Users};
use super::users;
use super::validate::{self, require};
use super::view;
use super::world::World;

const DEFAULT_LIMIT: usize = 30;
const MAX_LIMIT: i64 = 100;
const MAX_OFFSET: i64 = 1000;

/// `QueryUsers`.
pub(crate) fn query(world: &mut World, call: &Call<'_>) -> Outcome {
    let mut payload = call::object(call.request.parameter("payload").unwrap_or_default().as_bytes())?;
    let limit = bounded(&mut payload, "limit", MAX_LIMIT)?;
    let offset = bounded(&mut payload, "offset", MAX_OFFSET)?;
    let conditions = require(&mut payload, "", "filter_conditions")?;
    payload.insert("filter_conditions".to_owned(), conditions);
    let payload: QueryUsersPayload = validate::read(payload.into(), "")?;
    let query = Query::parse(&payload, limit, offset)?;
    act_as(world, call, payload)?;
    let users = query.find(&world.users).into_iter().map(view::full).collect();
    reply(&QueryUsersResponse { users, duration: DURATION.to_owned() })
}

/// Takes a number that has to be between zero and `most`, if it is there at all.
fn bounded(payload: &mut CustomData, name: &str, most: i64) -> Result<usize, Failure> {
    let Some(value) = payload.shift_remove(name).filter(|value| !value.is_null()) else { return Ok(0) };
    let number: i64 = validate::read(value, name)?;
    if number > most {
        return Err(Failure::field(name, format!("must be {most} or less")));
    }
    usize::try_from(number).map_err(|_| Failure::field(name, "must be 0 or greater"))
}

/// Lets a server ask on behalf of a user: one that is named has to be active if it exists, one that is sent along is
/// created or replaced.
fn act_as(world: &mut World, call: &Call<'_>, payload: QueryUsersPayload) -> Result<(), Failure> {
    match (payload.user_id, payload.user) {
        _ if *call.caller != Caller::Server => Ok(()),
        // Text of an SDK test.
        (Some(_), Some(_)) => Err(Failure::input("cannot set both user and user_id.")),
        (Some(id), None) => world.users.get(&id).map_or(Ok(()), |user| user.require_active().map(|_| ())),
        (None, Some(user)) => users::upsert_one(world, user, "user", call.now),
        (None, None) => Ok(()),
    }
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
    fn parse(payload: &QueryUsersPayload, limit: usize, offset: usize) -> Result<Self, Failure> {
        if payload.presence == Some(true) {
            // Text of an error report about another query.
            return Err(Failure::input(
                "Watch or Presence requires an active websocket connection, \
                 please make sure to include your websocket connection_id",
            ));
        }
        Ok(Self {
            filter: Filter::parse(&payload.filter_conditions)?,
            order: Order::parse(payload.sort.as_deref().unwrap_or_default())?,
            limit: if limit == 0 { DEFAULT_LIMIT } else { limit },
            offset,
            include_deactivated: payload.include_deactivated_users.unwrap_or_default(),
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

    /// Sorts no more of the users than the page needs: the rest only has to be known to come later.
    fn page<'a>(&self, mut users: Vec<&'a User>) -> Vec<&'a User> {
        users.retain(|user| self.accepts(user));
        let compare = |one: &&User, other: &&User| self.order.compare(one, other);
        let end = self.offset + self.limit;
        if end < users.len() {
            users.select_nth_unstable_by(end, compare);
            users.truncate(end);
        }
        users.sort_unstable_by(compare);
        users.into_iter().skip(self.offset).collect()
    }
}
