//! Querying users.
//!
//! Deleted users are never found, deactivated users only on request. The parameters are JSON in the query string. A
//! query by ids reads only those users; one without a sort order stops when it has enough; any other uses
//! [sketches](Search) to skip users.
//!
//! A search with `$autocomplete` is sorted by relevance, whatever order the request asks for (seen in SDK tests).

use serde::Serialize;

use super::actor::{Actor, Names};
use super::connect::CONNECTION_ID;
use super::page::{Bounds, Page};
use super::tenancy;
use crate::core::caller::Caller;
use crate::core::failure::Failure;
use crate::core::filter::{Filter, Order, Search, Sight, Subject};
use crate::core::state::{Standing, User, World};
use crate::core::view::{self, FullUser};
use crate::core::wire::read::{self, Fields};
use crate::core::wire::{Call, DURATION, Outcome};

const BOUNDS: Bounds = Bounds { limit: 100, offset: 1000 };

/// The number of users from which on sketches are used. Scanning fewer users takes a tenth of a millisecond.
const MANY: usize = 1_000;

/// `QueryUsers`.
pub(crate) fn query(world: &mut World, call: &Call<'_>) -> Outcome {
    let mut payload = call.payload()?;
    let query = Query::parse(world, call.caller, &mut payload)?;
    let connection_id = query.presence.then(|| call.request.parameter(CONNECTION_ID).ok_or_else(no_connection));
    let connection_id = connection_id.transpose()?;
    if let Some(actor) = Actor::optional(world, call, &mut payload, Names::USER)? {
        actor.keep(world);
    }
    if world.users.len() >= MANY && query.filter.keys().is_none() {
        query.search.prepare(&mut world.users);
    }
    let sight = Sight { world, caller: call.caller };
    let found = query.find(sight);
    let users = found.iter().map(|user| view::full(world, call.caller, user)).collect();
    let body = call.reply(&Found { users, duration: DURATION })?;
    if let Some(id) = connection_id {
        let ids: Vec<String> = found.into_iter().map(|user| user.id.clone()).collect();
        world.connections.watch(&id, ids.into_iter());
    }
    Ok(body)
}

/// A [`QueryUsersResponse`](getstream_users::model::QueryUsersResponse).
#[derive(Serialize)]
struct Found<'a> {
    users: Vec<FullUser<'a>>,
    duration: &'a str,
}

/// The text is from an error report about another query.
fn no_connection() -> Failure {
    Failure::input(
        "Watch or Presence requires an active websocket connection, \
         please make sure to include your websocket connection_id",
    )
}

/// A validated query.
#[derive(Debug)]
struct Query {
    filter: Filter<User>,
    order: Order<User>,
    search: Search,
    page: Page,
    include_deactivated: bool,
    /// Whether the caller's connection is to watch the presence of the users found.
    presence: bool,
}

impl Query {
    fn parse(world: &World, caller: &Caller, payload: &mut Fields) -> Result<Self, Failure> {
        let presence = payload.optional("presence", read::flag)?.unwrap_or_default();
        let page = Page::parse(payload, BOUNDS)?;
        let conditions = payload.required("filter_conditions", read::object)?;
        let conditions = tenancy::within_teams(world, caller, conditions)?;
        let filter = Filter::parse(&conditions)?;
        let order = payload.optional("sort", Order::parse)?.unwrap_or(Order::DEFAULT);
        Ok(Self {
            search: Search::of(&filter, &order),
            filter,
            order,
            page,
            include_deactivated: payload.optional("include_deactivated_users", read::flag)?.unwrap_or_default(),
            presence,
        })
    }

    fn find<'a>(&'a self, sight: Sight<'a>) -> Vec<&'a User> {
        let users = &sight.world.users;
        match self.filter.keys() {
            Some(ids) => {
                // The ids have no order, and the result must not depend on that.
                let mut named: Vec<&User> = ids.into_iter().filter_map(|id| users.get(id)).collect();
                named.sort_unstable_by(|one, other| one.default_order(other));
                self.page_of(sight, named.into_iter().map(|user| (None, user)))
            }
            None => {
                let near =
                    self.search.likely_bound(users, self.page.end()).and_then(|most| self.page_up_to(sight, most));
                near.unwrap_or_else(|| self.page_of(sight, self.search.candidates(users, None)))
            }
        }
    }

    /// The page, if the users with numbers up to `most` fill it: all others come later.
    fn page_up_to<'a>(&'a self, sight: Sight<'a>, most: u64) -> Option<Vec<&'a User>> {
        if self.filter.is_search() {
            return None;
        }
        let (users, end) = (self.search.candidates(&sight.world.users, Some(most)), self.page.end());
        let first = self.order.first(sight, users, end, |user| self.accepts(sight, user));
        (first.len() >= end).then(|| self.page.of(first).collect())
    }

    fn page_of<'a>(&self, sight: Sight<'a>, users: impl Iterator<Item = (Option<u64>, &'a User)>) -> Vec<&'a User> {
        let accepts = |user: &User| self.accepts(sight, user);
        if self.filter.is_search() {
            return self.most_relevant(users.map(|(_, user)| user).filter(|user| accepts(user)));
        }
        if self.order.is_default() {
            return self.page.of(users.map(|(_, user)| user).filter(|user| accepts(user))).collect();
        }
        self.page.of(self.order.first(sight, users, self.page.end(), accepts)).collect()
    }

    /// Among equally relevant users, the oldest come first.
    fn most_relevant<'a>(&self, users: impl Iterator<Item = &'a User>) -> Vec<&'a User> {
        let ranked = users.enumerate().map(|(place, user)| ((self.filter.relevance(user), place), user));
        let mut ranked: Vec<_> = ranked.collect();
        let end = self.page.end();
        if end < ranked.len() {
            ranked.select_nth_unstable_by_key(end, |(rank, _)| *rank);
            ranked.truncate(end);
        }
        ranked.sort_unstable_by_key(|(rank, _)| *rank);
        self.page.of(ranked.into_iter().map(|(_, user)| user)).collect()
    }

    fn accepts(&self, sight: Sight<'_>, user: &User) -> bool {
        let visible = match user.standing() {
            Standing::Active => true,
            Standing::Deactivated => self.include_deactivated,
            Standing::Deleted(_) => false,
        };
        visible && self.filter.accepts(sight, user)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::state::{Choices, Limiter, RateLimits};
    use getstream_users::auth::SigningKey;
    use getstream_users::model::{CustomData, Timestamp, UserDeleteMode};
    use proptest::prelude::*;
    use proptest::sample::select;
    use serde_json::{Value, json};
    use std::time::Duration;

    fn empty() -> World {
        let limiter = Limiter::new(RateLimits::default());
        World::new(Choices::default(), limiter, Duration::ZERO, 1, SigningKey::new("s"))
    }

    /// A query without sketches: evaluates the filter for every user and sorts all matches.
    fn scan<'a>(query: &Query, sight: Sight<'a>) -> Vec<&'a User> {
        let mut found: Vec<&User> =
            sight.world.users.newest_first().filter(|user| query.accepts(sight, user)).collect();
        if query.filter.keys().is_some() {
            found.sort_by(|one, other| one.default_order(other));
        }
        if query.filter.is_search() {
            found.sort_by_key(|user| query.filter.relevance(user));
        } else if !query.order.is_default() {
            found = query.order.sorted(sight, found.into_iter());
        }
        query.page.of(found).collect()
    }

    fn check(world: &mut World, payload: &Value) -> Result<(), TestCaseError> {
        let mut fields = Fields::of(payload.clone(), "").unwrap();
        let query = Query::parse(world, &Caller::Server, &mut fields).unwrap();
        query.search.prepare(&mut world.users);
        let sight = Sight { world, caller: &Caller::Server };
        let ids = |users: Vec<&User>| users.into_iter().map(|user| user.id.clone()).collect::<Vec<_>>();
        prop_assert_eq!(ids(query.find(sight)), ids(scan(&query, sight)), "{}", payload);
        Ok(())
    }

    fn custom() -> impl Strategy<Value = Value> {
        select(vec![
            json!(null),
            json!(true),
            json!(false),
            json!(0),
            json!(-0.0),
            json!(1),
            json!(1.0),
            json!(-7.5),
            json!(10),
            json!(9_007_199_254_740_993_i64),
            json!(9_007_199_254_740_992_i64),
            json!(u64::MAX),
            json!("1"),
            json!(""),
            json!("abcdefgh1"),
            json!("abcdefgh2"),
            json!("abcdefgh"),
            json!("é"),
            json!([1, "x"]),
            json!({ "x": 1 }),
        ])
    }

    fn name() -> impl Strategy<Value = &'static str> {
        select(vec!["Ada Lovelace", "ada", "Éva-Maria", "Zoe", "Zo", "zoë 7", "", "-", "Ben_Adams", "Ann\u{130}"])
    }

    prop_compose! {
        fn user()(
            id in 0..40_u8, name in proptest::option::of(name()), role in select(vec!["user", "admin", "guest"]),
            teams in proptest::collection::vec(select(vec!["red", "blue", "green"]), 0..3), a in proptest::option::of(custom()),
            b in proptest::option::of(custom()), created_at in 0..5_i64, standing in 0..8_u8,
        ) -> User {
            let mut data = CustomData::new();
            data.extend(a.map(|a| ("a".to_owned(), a)));
            data.insert("o".to_owned(), json!({ "b": b }));
            data.extend(name.map(|name| ("username".to_owned(), json!(name))));
            let mut user = User::new(format!("u{id}"), Timestamp(created_at));
            user.profile.name = name.map(str::to_owned);
            user.profile.custom = data.into();
            user.role = role.to_owned();
            user.teams = teams.into_iter().map(str::to_owned).collect();
            user.deactivated_at = (standing == 1).then_some(Timestamp(0));
            user.deleted = (standing == 2).then_some(UserDeleteMode::Hard);
            user
        }
    }

    fn condition() -> impl Strategy<Value = Value> {
        let typed = || select(vec!["a", "ad", "lo", "ada lov", "zoe", "é", "7", "i\u{307}"]);
        prop_oneof![
            typed().prop_map(|text| json!({ "name": { "$autocomplete": text } })),
            typed().prop_map(|text| json!({ "username": { "$autocomplete": text } })),
            name().prop_map(|name| json!({ "name": name })),
            name().prop_map(|name| json!({ "name": { "$gt": name } })),
            Just(json!({ "role": { "$in": ["admin", "guest"] } })),
            Just(json!({ "teams": null })),
            Just(json!({ "teams": { "$in": ["red", "blue"] } })),
            Just(json!({ "teams": ["red", "green"] })),
            Just(json!({ "teams": { "$contains": "red" } })),
            custom().prop_map(|value| json!({ "a": { "$eq": value } })),
            custom().prop_map(|value| json!({ "custom.o.b": { "$eq": value } })),
            (custom(), custom()).prop_map(|(one, other)| json!({ "a": { "$in": [one, other] } })),
            any::<bool>().prop_map(|exists| json!({ "a": { "$exists": exists } })),
            custom().prop_map(|value| json!({ "a": { "$lt": value } })),
            Just(json!({ "a": { "$contains": 1 } })),
            Just(json!({ "id": { "$in": ["u1", "u2", "u3", "u4", "u5", "u6", "u7"] } })),
            Just(json!({ "banned": false })),
            Just(json!({ "created_at": { "$gte": 2 } })),
        ]
    }

    fn filter() -> impl Strategy<Value = Value> {
        condition().prop_recursive(3, 8, 3, |inner| {
            (select(vec!["$and", "$or", "$nor"]), proptest::collection::vec(inner, 1..4))
                .prop_map(|(name, parts)| json!({ name: parts }))
        })
    }

    fn sort() -> impl Strategy<Value = Value> {
        let field =
            select(vec!["name", "role", "a", "o.b", "created_at", "last_active", "teams", "banned", "username"]);
        let kind = select(vec!["", "", "number", "boolean"]);
        let term = (field, select(vec![1, -1]), kind);
        let term =
            term.prop_map(|(field, direction, kind)| json!({ "field": field, "direction": direction, "type": kind }));
        proptest::collection::vec(term, 0..3).prop_map(Value::from)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        /// Sketches are updated with every change, and never change the result.
        #[test]
        fn a_query_finds_the_same_users_in_the_same_order_as_a_scan_of_all(
            users in proptest::collection::vec(user(), 0..60),
            changes in proptest::collection::vec(user(), 0..20),
            filters in proptest::collection::vec(filter(), 1..4),
            sort in sort(), limit in 1..12, offset in 0..6, include_deactivated in any::<bool>(),
        ) {
            let mut world = empty();
            users.into_iter().for_each(|user| world.users.put(user));
            let payloads: Vec<Value> = filters.into_iter().map(|filter| json!({
                "filter_conditions": filter, "sort": sort, "limit": limit, "offset": offset,
                "include_deactivated_users": include_deactivated,
            })).collect();
            payloads.iter().try_for_each(|payload| check(&mut world, payload))?;
            for change in changes {
                world.users.put(change);
                payloads.iter().try_for_each(|payload| check(&mut world, payload))?;
            }
            world.users.sort();
            payloads.iter().try_for_each(|payload| check(&mut world, payload))?;
        }
    }

    /// There are more users than are kept before those that come too late are dropped.
    #[test]
    fn the_first_of_many_users_equal_the_first_of_all_sorted() {
        let mut world = empty();
        for n in 0..1_000_i64 {
            let mixed = n * 7_919 % 1_000;
            // Before 1970 and after it, negative and positive, whole and fractional, and values of every type.
            let mut user = User::new(format!("u{n}"), Timestamp((mixed / 3 - 150) * 1_000_000_000_000_000));
            let number = (mixed / 10 - 50) * 3;
            let any = match n % 4 {
                0 => json!(mixed % 8 < 4),
                1 => json!(number),
                2 => json!(-f64::from(i32::try_from(number).unwrap()) / 7.0),
                _ => json!(format!("{mixed}")),
            };
            user.profile.name = (n % 5 > 0).then(|| format!("{:08}", mixed / 4 * 7_919_337 % 100_000_000));
            let flag = json!(mixed % 3 > 0);
            let custom =
                [("n", json!(number)), ("flag", flag), ("any", any)].map(|(name, value)| (name.to_owned(), value));
            user.profile.custom = CustomData::from_iter(custom).into();
            world.users.put(user);
        }
        for field in ["created_at", "name", "n", "flag", "any", "id", "missing"] {
            for (direction, limit, offset) in
                [(1, 1, 0), (-1, 1, 0), (1, 100, 0), (-1, 100, 0), (1, 30, 500), (-1, 30, 0)]
            {
                let sort = json!([{ "field": field, "direction": direction }]);
                let payload = json!({ "filter_conditions": {}, "sort": sort, "limit": limit, "offset": offset });
                check(&mut world, &payload).unwrap();
            }
        }
    }

    #[test]
    fn teams_and_numbers_that_share_their_bits_are_found_all_the_same() {
        let mut world = empty();
        let teams: Vec<String> = (0..100).map(|n| format!("t{n}")).collect();
        for (n, team) in teams.iter().enumerate() {
            let mut user = User::new(format!("u{n}"), Timestamp(0));
            user.teams = vec![team.clone()];
            world.users.put(user);
        }
        let mut everywhere = User::new("everywhere", Timestamp(1));
        everywhere.teams = teams.clone();
        everywhere.profile.custom = CustomData::from_iter([("n".to_owned(), json!(-0.0))]).into();
        world.users.put(everywhere);
        for (filter, found) in [
            (json!({ "teams": { "$in": teams } }), 101),
            (json!({ "teams": teams }), 1),
            (json!({ "teams": { "$contains": "t7" } }), 2),
            (json!({ "n": 0 }), 1),
            (json!({ "n": { "$in": [0.0, 1] } }), 1),
        ] {
            let mut fields = Fields::of(json!({ "filter_conditions": filter }), "").unwrap();
            let query = Query::parse(&world, &Caller::Server, &mut fields).unwrap();
            query.search.prepare(&mut world.users);
            let sight = Sight { world: &world, caller: &Caller::Server };
            let accepted =
                query.search.candidates(&world.users, None).filter(|(_, user)| query.filter.accepts(sight, user));
            assert_eq!(accepted.count(), found, "{filter}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        /// With this many users a bound is estimated; the page must not depend on the estimate.
        #[test]
        fn a_page_is_in_order_whatever_bound_is_estimated(
            users in proptest::collection::vec((0..30_u8, 0..6_u8), 150..400),
            field in select(vec!["name", "created_at", "role", "custom.n"]), direction in select(vec![1, -1]),
            limit in 1..20, offset in select(vec![0, 5, 100]),
            filter in select(vec![json!({}), json!({ "role": "admin" }), json!({ "banned": false })]),
        ) {
            let mut world = empty();
            for (number, (name, standing)) in users.into_iter().enumerate() {
                let mut user = User::new(format!("u{number}"), Timestamp(i64::try_from(number).unwrap()));
                user.profile.name = Some(format!("Name {name}"));
                user.profile.custom = CustomData::from_iter([("n".to_owned(), json!(name % 7))]).into();
                user.role = if name % 2 == 0 { "admin" } else { "user" }.to_owned();
                user.deactivated_at = (standing == 1).then_some(Timestamp(0));
                world.users.put(user);
            }
            let sort = json!([{ "field": field, "direction": direction }]);
            check(&mut world, &json!({ "filter_conditions": filter, "sort": sort, "limit": limit, "offset": offset }))?;
        }
    }

    #[test]
    fn few_users_are_compared_when_many_arrive_in_reverse_order() {
        let mut world = empty();
        for n in 0..1_000_i64 {
            let mut user = User::new(format!("u{n}"), Timestamp(n));
            user.profile.name = Some(format!("{n:04}"));
            world.users.put(user);
        }
        let payload = json!({ "filter_conditions": {}, "sort": [{ "field": "name" }], "limit": 10 });
        let query = Query::parse(&world, &Caller::Server, &mut Fields::of(payload, "").unwrap()).unwrap();
        query.search.prepare(&mut world.users);
        let most = query.search.likely_bound(&world.users, query.page.end());
        assert!(query.page_up_to(Sight { world: &world, caller: &Caller::Server }, most.unwrap()).is_some());
        let compared = query.search.candidates(&world.users, most).count();
        assert!(compared < 150, "{compared} users were compared for a page of 10");
    }

    #[test]
    fn the_filter_is_evaluated_for_few_of_many_users() {
        let mut world = empty();
        for n in 0..1_000_i64 {
            let mut user = User::new(format!("u{n}"), Timestamp(n));
            user.profile.name = Some(format!("Name {n}"));
            user.profile.custom = CustomData::from_iter([("n".to_owned(), json!(n % 10))]).into();
            user.teams = vec![format!("team {}", n % 20)];
            world.users.put(user);
        }
        for (filter, asked) in [
            (json!({ "n": 3 }), 100),
            (json!({ "n": { "$in": [3, 4] } }), 200),
            (json!({ "$or": [{ "n": 3 }, { "name": "Name 0" }] }), 101),
            (json!({ "role": "admin" }), 0),
            (json!({ "n": { "$exists": false } }), 0),
            (json!({ "$or": [{ "n": 3 }, { "n": { "$gt": 5 } }] }), 1_000),
        ] {
            let mut fields = Fields::of(json!({ "filter_conditions": filter }), "").unwrap();
            let query = Query::parse(&world, &Caller::Server, &mut fields).unwrap();
            query.search.prepare(&mut world.users);
            assert_eq!(query.search.candidates(&world.users, None).count(), asked, "{filter}");
        }
        // Other words and teams may have the same bits as these.
        for (filter, most) in [
            (json!({ "name": { "$autocomplete": "zoe" } }), 20),
            (json!({ "teams": { "$in": ["team 1"] } }), 300),
            (json!({ "teams": ["team 2"] }), 300),
            (json!({ "teams": null }), 0),
        ] {
            let mut fields = Fields::of(json!({ "filter_conditions": filter }), "").unwrap();
            let query = Query::parse(&world, &Caller::Server, &mut fields).unwrap();
            query.search.prepare(&mut world.users);
            let asked = query.search.candidates(&world.users, None).count();
            assert!(asked <= most, "{filter}: {asked}");
        }
    }
}
