//! What arguments must be. A rule is data; checking it is a pure function over an [`Argument`].

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use super::{Argument, Shape, check_new_id, json::member};
use crate::error::Error;
use crate::wording::{count, figure, integer, quoted, text};

/// How many users one request may create, change, deactivate, reactivate, delete or restore.
pub const MAX_USERS: usize = 100;

/// How many calls one token may be for; more would not fit into a header.
const MAX_CALLS: usize = 1000;

/// How many terms a sort order may have.
const MAX_SORT_TERMS: usize = 5;

/// Checks that an argument is an object at all.
pub(super) fn check_object<A: Argument>(argument: &A) -> Result<(), Error> {
    shaped("the argument", argument, Shape::Object, "an object")
}

/// Something an operation's argument must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// `user_ids` is an array of 1 to this many non-empty strings.
    UserIds(usize),
    /// This field, if given, is a non-empty string.
    Text(&'static str),
    /// This field, if given, is a boolean.
    Flag(&'static str),
    /// This field, if given, is one of these words.
    OneOf(&'static str, &'static [&'static str]),
    /// The argument is an array of 1 to 100 users to create or replace, each id once.
    UserList,
    /// `users` is an object of 1 to 100 users to create or replace, each under its own id.
    UserMap,
    /// `users` is an array of 1 to 100 partial updates.
    PartialUpdates,
    /// `user` is a user to create.
    NewUser,
    /// `payload` is a query for users.
    Query,
}

impl Rule {
    /// Checks an argument against this rule.
    ///
    /// # Errors
    /// Returns which field breaks it, and how.
    pub fn check<A: Argument>(&self, argument: &A) -> Result<(), Error> {
        if *self == Self::UserList {
            return user_list(argument);
        }
        let field = |name| argument.get(name);
        match *self {
            Self::UserIds(max) => texts("user_ids", &field("user_ids"), "user ids", max),
            Self::Text(name) => given(field(name)).map_or(Ok(()), |value| required_text(name, &value).map(drop)),
            Self::Flag(name) => optional(name, &field(name), Shape::Boolean, "a boolean"),
            Self::OneOf(name, words) => given(field(name)).map_or(Ok(()), |value| one_of(name, &value, words)),
            Self::UserList => Ok(()),
            Self::UserMap => user_map(&field("users")),
            Self::PartialUpdates => each("users", &field("users"), "partial updates", MAX_USERS, partial_update),
            Self::NewUser => new_user("user", &field("user")).map(drop),
            Self::Query => query(&field("payload")),
        }
    }
}

fn given<A: Argument>(value: A) -> Option<A> {
    (!value.is_absent()).then_some(value)
}

fn shaped<A: Argument>(field: &str, value: &A, want: Shape, name: &str) -> Result<(), Error> {
    let shape = value.shape();
    if shape == want {
        return Ok(());
    }
    let verb = if shape == Shape::Absent { ", but is " } else { ", but was " };
    Err(Error::argument(field, &text(&["must be ", name, verb, shape.describe()])))
}

fn optional<A: Argument>(field: &str, value: &A, want: Shape, name: &str) -> Result<(), Error> {
    if value.is_absent() { Ok(()) } else { shaped(field, value, want, name) }
}

/// The text of a non-empty string. Asks for the text first: in nearly every call that is all there is to ask.
pub(super) fn required_text<A: Argument>(field: &str, value: &A) -> Result<String, Error> {
    match value.text() {
        Some(text) if !text.is_empty() => Ok(text),
        Some(_) => Err(Error::argument(field, "must not be empty")),
        None => shaped(field, value, Shape::Text, "a non-empty string").map(|()| String::new()),
    }
}

fn one_of<A: Argument>(field: &str, value: &A, words: &[&str]) -> Result<(), Error> {
    let given = value.text();
    if given.as_deref().is_some_and(|given| words.contains(&given)) {
        return Ok(());
    }
    let mut list = String::new();
    for word in words {
        list.push_str(if list.is_empty() { "" } else { ", " });
        list.push_str(&quoted(word));
    }
    let was = given.map_or_else(|| value.shape().describe().to_owned(), |given| quoted(excerpt(&given)));
    Err(Error::argument(field, &text(&["must be one of ", &list, ", but was ", &was])))
}

/// Enough of a text to recognise it by.
fn excerpt(whole: &str) -> &str {
    whole.char_indices().nth(40).and_then(|(end, _)| whole.get(..end)).unwrap_or(whole)
}

/// Checks an array of 1 to `max` things, and each of them under the name `field[index]`. An empty one is refused as
/// well: it is a mistake far more often than a wish, and the API refuses it too.
fn each<A: Argument>(
    field: &str,
    array: &A,
    things: &str,
    max: usize,
    mut check: impl FnMut(&str, &A) -> Result<(), Error>,
) -> Result<(), Error> {
    shaped(field, array, Shape::Array, &text(&["an array of ", things]))?;
    let size = array.size();
    batch_size(field, size, max, things)?;
    (0..size).try_for_each(|index| check(&at(field, index), &array.item(index)))
}

fn at(field: &str, index: usize) -> String {
    text(&[field, "[", &count(index), "]"])
}

fn batch_size(field: &str, size: usize, max: usize, things: &str) -> Result<(), Error> {
    let max_text = count(max);
    if size == 0 {
        return Err(Error::argument(field, &text(&["must hold 1 to ", &max_text, " ", things, ", but is empty"])));
    }
    if size > max {
        let words = [
            "must hold at most ",
            &max_text,
            " ",
            things,
            ", but holds ",
            &count(size),
            "; split them over several calls",
        ];
        return Err(Error::argument(field, &text(&words)));
    }
    Ok(())
}

fn texts<A: Argument>(field: &str, array: &A, things: &str, max: usize) -> Result<(), Error> {
    each(field, array, things, max, |field, text| required_text(field, text).map(drop))
}

/// Checks the calls that a token is for.
///
/// # Errors
/// Returns what is wrong: no array, empty, or an item that is no call's id.
pub fn check_call_cids<A: Argument>(ids: &A) -> Result<(), Error> {
    texts("call_cids", ids, "call ids such as \"default:1\"", MAX_CALLS)
}

fn user_list<A: Argument>(users: &A) -> Result<(), Error> {
    let mut seen: Vec<String> = Vec::new();
    each("users", users, "users", MAX_USERS, |field, user| {
        let id = new_user(field, user)?;
        if let Some(first) = seen.iter().position(|other| *other == id) {
            // Both would be written under one id and the first one lost.
            let problem = text(&["is the same as that of ", &at("users", first)]);
            return Err(Error::argument(&text(&[field, ".id"]), &problem));
        }
        seen.push(id);
        Ok(())
    })
}

fn user_map<A: Argument>(users: &A) -> Result<(), Error> {
    shaped("users", users, Shape::Object, "an object that has each user under its id")?;
    let ids = users.names();
    batch_size("users", ids.len(), MAX_USERS, "users")?;
    ids.iter().try_for_each(|id| {
        let field = text(&["users", &member(id)]);
        let own = new_user(&field, &users.member(id))?;
        if own == *id {
            return Ok(());
        }
        let problem = text(&["must be the id it stands under, but is ", &quoted(excerpt(&own))]);
        Err(Error::argument(&text(&[&field, ".id"]), &problem))
    })
}

/// Checks a user that may be created and returns its id.
fn new_user<A: Argument>(field: &str, user: &A) -> Result<String, Error> {
    shaped(field, user, Shape::Object, "a user object")?;
    let id_field = text(&[field, ".id"]);
    let id = user.get("id");
    shaped(&id_field, &id, Shape::Text, "a string")?;
    let id = id.text().unwrap_or_default();
    check_new_id(&id_field, &id)?;
    optional(&text(&[field, ".custom"]), &user.get("custom"), Shape::Object, "an object with your own fields")?;
    Ok(id)
}

fn partial_update<A: Argument>(field: &str, update: &A) -> Result<(), Error> {
    shaped(field, update, Shape::Object, "an object with `id`, `set` and `unset`")?;
    required_text(&text(&[field, ".id"]), &update.get("id"))?;
    optional(&text(&[field, ".set"]), &update.get("set"), Shape::Object, "an object with the fields to write")?;
    given(update.get("unset")).map_or(Ok(()), |names| {
        let field = text(&[field, ".unset"]);
        shaped(&field, &names, Shape::Array, "an array of field names")?;
        (0..names.size()).try_for_each(|index| required_text(&at(&field, index), &names.item(index)).map(drop))
    })
}

fn query<A: Argument>(payload: &A) -> Result<(), Error> {
    shaped("payload", payload, Shape::Object, "an object such as { filter_conditions: {} }")?;
    let conditions = payload.get("filter_conditions");
    shaped("payload.filter_conditions", &conditions, Shape::Object, "an object ({} finds every user)")?;
    given(payload.get("user")).map_or(Ok(()), |user| new_user("payload.user", &user).map(drop))?;
    within("payload.limit", &payload.get("limit"), 100.0)?;
    within("payload.offset", &payload.get("offset"), 1000.0)?;
    given(payload.get("sort")).map_or(Ok(()), |sort| {
        const FIELD: &str = "payload.sort";
        shaped(FIELD, &sort, Shape::Array, "an array of sort terms")?;
        if sort.size() > MAX_SORT_TERMS {
            let problem = ["must hold at most ", &count(MAX_SORT_TERMS), " terms, but holds ", &count(sort.size())];
            return Err(Error::argument(FIELD, &text(&problem)));
        }
        (0..sort.size()).try_for_each(|index| {
            shaped(&at(FIELD, index), &sort.item(index), Shape::Object, "an object with `field` and `direction`")
        })
    })
}

fn within<A: Argument>(field: &str, value: &A, max: f64) -> Result<(), Error> {
    optional(field, value, Shape::Number, "a number")?;
    match value.number() {
        Some(number) if integer(number).is_none() || !(0.0..=max).contains(&number) => {
            let problem = ["must be a whole number from 0 to ", &figure(max), ", but was ", &figure(number)];
            Err(Error::argument(field, &text(&problem)))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use crate::operation::{
        CREATE_GUEST, DEACTIVATE_USER, DELETE_USERS, EXPORT_USERS, GET_TASK, Operation, QUERY_USERS, UPDATE_USERS,
        UPDATE_USERS_PARTIAL, UPSERT_USERS,
    };
    use alloc::borrow::ToOwned;
    use alloc::string::String;
    use alloc::vec::Vec;
    use alloc::{format, vec};
    use proptest::prelude::*;
    use serde_json::{Value, json};

    fn ids(count: usize) -> Vec<String> {
        (0..count).map(|index| format!("u{index}")).collect()
    }

    #[test]
    fn names_the_field_the_problem_and_the_way_out() {
        let users = |count| ids(count).into_iter().map(|id| json!({ "id": id })).collect::<Vec<_>>();
        let cases: Vec<(&Operation, Value, &str)> = vec![
            (&UPSERT_USERS, json!([]), "upsertUsers: users must hold 1 to 100 users, but is empty"),
            (
                &UPSERT_USERS,
                json!(users(101)),
                "upsertUsers: users must hold at most 100 users, but holds 101; split them over several calls",
            ),
            (&UPSERT_USERS, json!({ "id": "a" }), "upsertUsers: users must be an array of users, but was an object"),
            (&UPSERT_USERS, Value::Null, "upsertUsers: users must be an array of users, but is missing"),
            (&UPSERT_USERS, json!([1]), "upsertUsers: users[0] must be a user object, but was a number"),
            (&UPSERT_USERS, json!([{}]), "upsertUsers: users[0].id must be a string, but is missing"),
            (&UPSERT_USERS, json!([{ "id": 7 }]), "upsertUsers: users[0].id must be a string, but was a number"),
            (&UPSERT_USERS, json!([{ "id": "" }]), "upsertUsers: users[0].id must not be empty"),
            (
                &UPSERT_USERS,
                json!([{ "id": "a" }, { "id": "b", "custom": [1] }]),
                "upsertUsers: users[1].custom must be an object with your own fields, but was an array",
            ),
            (
                &UPSERT_USERS,
                json!([{ "id": "a" }, { "id": "b" }, { "id": "a" }]),
                "upsertUsers: users[2].id is the same as that of users[0]",
            ),
            (
                &UPDATE_USERS,
                json!({ "users": { "a": { "id": "b" } } }),
                "updateUsers: users.a.id must be the id it stands under, but is \"b\"",
            ),
            (
                &UPDATE_USERS,
                json!({ "users": [] }),
                "updateUsers: users must be an object that has each user under its id, but was an array",
            ),
            (
                &UPDATE_USERS_PARTIAL,
                json!({ "users": [{ "id": "a" }, { "set": {} }] }),
                "updateUsersPartial: users[1].id must be a non-empty string, but is missing",
            ),
            (
                &UPDATE_USERS_PARTIAL,
                json!({ "users": [{ "id": "a", "set": "x" }] }),
                "updateUsersPartial: users[0].set must be an object with the fields to write, but was a string",
            ),
            (
                &UPDATE_USERS_PARTIAL,
                json!({ "users": [{ "id": "a", "unset": ["name", ""] }] }),
                "updateUsersPartial: users[0].unset[1] must not be empty",
            ),
            (
                &QUERY_USERS,
                json!({}),
                "queryUsers: payload must be an object such as { filter_conditions: {} }, but is missing",
            ),
            (
                &QUERY_USERS,
                json!({ "payload": { "filter_conditions": {}, "limit": 101 } }),
                "queryUsers: payload.limit must be a whole number from 0 to 100, but was 101",
            ),
            (
                &QUERY_USERS,
                json!({ "payload": { "filter_conditions": {}, "offset": 1.5 } }),
                "queryUsers: payload.offset must be a whole number from 0 to 1000, but was a fraction",
            ),
            (
                &QUERY_USERS,
                json!({ "payload": { "filter_conditions": {}, "sort": [1] } }),
                "queryUsers: payload.sort[0] must be an object with `field` and `direction`, but was a number",
            ),
            (
                &QUERY_USERS,
                json!({ "payload": { "filter_conditions": {}, "user": { "id": "a b" } } }),
                "queryUsers: payload.user.id may hold letters (a-z, A-Z), digits, '@', '_' and '-' only, but has a space",
            ),
            (
                &CREATE_GUEST,
                json!({ "user": { "id": "a b" } }),
                "createGuest: user.id may hold letters (a-z, A-Z), digits, '@', '_' and '-' only, but has a space",
            ),
            (&DEACTIVATE_USER, json!({}), "deactivateUser: user_id must be a non-empty string, but is missing"),
            (
                &DEACTIVATE_USER,
                json!({ "user_id": ".." }),
                "deactivateUser: user_id must not be \"..\", which no URL can carry; \
                 an operation on several users takes it in `user_ids`",
            ),
            (
                &DEACTIVATE_USER,
                json!({ "user_id": "a", "mark_messages_deleted": "yes" }),
                "deactivateUser: mark_messages_deleted must be a boolean, but was a string",
            ),
            (
                &DELETE_USERS,
                json!({ "user_ids": ["a", 1] }),
                "deleteUsers: user_ids[1] must be a non-empty string, but was a number",
            ),
            (
                &DELETE_USERS,
                json!({ "user_ids": ["a"], "user": "gone" }),
                "deleteUsers: user must be one of \"soft\", \"pruning\", \"hard\", but was \"gone\"",
            ),
            (
                &DELETE_USERS,
                json!({ "user_ids": ["a"], "calls": "pruning" }),
                "deleteUsers: calls must be one of \"soft\", \"hard\", but was \"pruning\"",
            ),
            (
                &DELETE_USERS,
                json!({ "user_ids": ["a"], "conversations": "pruning" }),
                "deleteUsers: conversations must be one of \"soft\", \"hard\", but was \"pruning\"",
            ),
            (
                &EXPORT_USERS,
                json!({ "user_ids": ids(26) }),
                "exportUsers: user_ids must hold at most 25 user ids, but holds 26; split them over several calls",
            ),
            (&GET_TASK, json!("id"), "getTask: the argument must be an object, but was a string"),
        ];
        for (operation, argument, want) in cases {
            let checked = operation.segment(&argument).and_then(|_| operation.check(&argument));
            assert_eq!(checked.map_err(|error| error.message().to_owned()), Err(want.to_owned()));
        }
    }

    #[test]
    fn lets_the_whole_of_a_limit_through() {
        assert_eq!(DELETE_USERS.check(&json!({ "user_ids": ids(100) })), Ok(()));
        assert_eq!(EXPORT_USERS.check(&json!({ "user_ids": ids(25) })), Ok(()));
        let users: Vec<_> = ids(100).into_iter().map(|id| json!({ "id": id, "custom": {} })).collect();
        assert_eq!(UPSERT_USERS.check(&json!(users)), Ok(()));
    }

    #[test]
    fn reaches_users_that_today_could_not_be_created() {
        assert_eq!(DEACTIVATE_USER.check(&json!({ "user_id": "a/../b?x=1 $& jörg" })), Ok(()));
        assert_eq!(DELETE_USERS.check(&json!({ "user_ids": ["..", "old id"] })), Ok(()));
    }

    #[test]
    fn null_says_not_given() {
        let delete =
            json!({ "user_ids": ["a"], "user": null, "calls": null, "files": null, "new_call_owner_id": null });
        assert_eq!(DELETE_USERS.check(&delete), Ok(()));
    }

    fn any_json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            ".{0,8}".prop_map(Value::from),
        ];
        let key = prop_oneof![
            Just("users".to_owned()),
            Just("user_ids".to_owned()),
            Just("user".to_owned()),
            Just("id".to_owned()),
            Just("payload".to_owned()),
            Just("filter_conditions".to_owned()),
            Just("custom".to_owned()),
            ".{0,4}",
        ];
        leaf.prop_recursive(4, 32, 6, move |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                proptest::collection::hash_map(key.clone(), inner, 0..4)
                    .prop_map(|map| Value::Object(map.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn no_argument_makes_a_check_panic(argument in any_json()) {
            for operation in [&UPSERT_USERS, &UPDATE_USERS, &UPDATE_USERS_PARTIAL, &QUERY_USERS, &CREATE_GUEST, &DELETE_USERS] {
                if let Err(error) = operation.check(&argument) {
                    prop_assert!(error.message().starts_with(operation.method_name));
                }
            }
        }
    }
}
