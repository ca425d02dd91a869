//! Finding users.
//!
//! Deleted users are never found, deactivated ones only on demand. What the SDKs call a payload is JSON in the query
//! string. A query that names ids looks at those only; one without a sort order stops when it has enough; any other looks
//! at every user once.
//!
//! A search with `$autocomplete` comes in the order of relevance whatever order is asked for (seen in SDK tests).

use getstream_users::model::QueryUsersResponse;

use super::actor::{Actor, Names};
use super::connect::CONNECTION_ID;
use super::page::{Bounds, Page};
use super::tenancy;
use crate::core::caller::Caller;
use crate::core::failure::Failure;
use crate::core::filter::{Filter, Order, Sight};
use crate::core::state::{Standing, User, World};
use crate::core::view;
use crate::core::wire::read::{self, Fields};
use crate::core::wire::{Call, DURATION, Outcome};

const BOUNDS: Bounds = Bounds { limit: 100, offset: 1000 };

/// `QueryUsers`.
pub(crate) fn query(world: &mut World, call: &Call<'_>) -> Outcome {
    let mut payload = call.payload()?;
    let query = Query::parse(world, call.caller, &mut payload)?;
    let connection_id = query.presence.then(|| call.request.parameter(CONNECTION_ID).ok_or_else(no_connection));
    let connection_id = connection_id.transpose()?;
    if let Some(actor) = Actor::optional(world, call, &mut payload, Names::USER)? {
        actor.keep(world);
    }
    let sight = Sight { world, caller: call.caller };
    let users: Vec<_> = query.find(sight).into_iter().map(|user| view::full(world, call.caller, user)).collect();
    if let Some(id) = connection_id {
        world.connections.watch(&id, users.iter().map(|user| user.id.clone()));
    }
    call.reply(&QueryUsersResponse { users, duration: DURATION.to_owned() })
}

/// Text of an error report about another query.
fn no_connection() -> Failure {
    Failure::input(
        "Watch or Presence requires an active websocket connection, \
         please make sure to include your websocket connection_id",
    )
}

/// What is looked for, checked and ready.
#[derive(Debug)]
struct Query {
    filter: Filter<User>,
    order: Order<User>,
    page: Page,
    include_deactivated: bool,
    /// Whether the caller's connection is to be told when the presence of those who are found changes.
    presence: bool,
}

impl Query {
    fn parse(world: &World, caller: &Caller, payload: &mut Fields) -> Result<Self, Failure> {
        let presence = payload.optional("presence", read::flag)?.unwrap_or_default();
        let page = Page::parse(payload, BOUNDS)?;
        let conditions = payload.required("filter_conditions", read::object)?;
        let conditions = tenancy::bordered(world, caller, conditions)?;
        Ok(Self {
            filter: Filter::parse(&conditions)?,
            order: payload.optional("sort", Order::parse)?.unwrap_or(Order::DEFAULT),
            page,
            include_deactivated: payload.optional("include_deactivated_users", read::flag)?.unwrap_or_default(),
            presence,
        })
    }

    fn find<'a>(&self, sight: Sight<'a>) -> Vec<&'a User> {
        let users = &sight.world.users;
        match self.filter.keys() {
            Some(ids) => self.sorted(sight, ids.into_iter().filter_map(|id| users.get(id))),
            None if self.order.is_default() && !self.filter.is_search() => {
                self.page.of(users.newest_first().filter(|user| self.accepts(sight, user))).collect()
            }
            None => self.sorted(sight, users.newest_first()),
        }
    }

    fn accepts(&self, sight: Sight<'_>, user: &User) -> bool {
        let visible = match user.standing() {
            Standing::Active => true,
            Standing::Deactivated => self.include_deactivated,
            Standing::Deleted(_) => false,
        };
        visible && self.filter.accepts(sight, user)
    }

    fn sorted<'a>(&self, sight: Sight<'_>, users: impl Iterator<Item = &'a User>) -> Vec<&'a User> {
        let mut users: Vec<&User> = users.filter(|user| self.accepts(sight, user)).collect();
        if self.filter.is_search() {
            users.sort_by_key(|user| self.filter.relevance(user));
            return self.page.of(users).collect();
        }
        self.page.of(self.order.first(sight, users, self.page.end())).collect()
    }
}
