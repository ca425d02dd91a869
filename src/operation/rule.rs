//! Rules of arguments. A rule is data; checking it is a pure function of an [`Argument`].

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use super::{Argument, Shape, check_new_id, json::member};
use crate::error::Error;
use crate::limits::{MAX_CUSTOM_BYTES, MAX_USERS};
use crate::wording::{as_integer, count_characters, describe_number, quoted, say};

/// The most calls of one token; more would not fit into a header.
const MAX_CALLS: usize = 1000;

/// Checks that an argument is an object.
pub(super) fn check_object<A: Argument>(argument: &A) -> Result<(), Error> {
    shaped(argument, Shape::Object, "an object").map_err(|error| error.inside("the argument"))
}

/// A rule of an argument.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// This field is an array of 1 to this many non-empty strings.
    Ids(&'static str, u32),
    /// This field, if given, is such an array.
    SomeIds(&'static str, u32),
    /// This field is a non-empty string.
    Required(&'static str),
    /// This field, if given, is a non-empty string.
    Text(&'static str),
    /// This field, if given, is a string of at most this many characters.
    Length(&'static str, usize),
    /// This field, if given, is an integer from the first to the second number.
    Count(&'static str, u32, u32),
    /// This field, if given, is a `Date` or a string with a time.
    Time(&'static str),
    /// This field, if given, is a boolean.
    Flag(&'static str),
    /// This field, if given, is one of these strings.
    OneOf(&'static str, &'static [&'static str]),
    /// The argument is an array of 1 to 100 users to create or replace, each id once.
    UserList,
    /// `users` is an object of 1 to 100 users to create or replace, each under its own id.
    UserMap,
    /// `users` is an array of 1 to 100 partial updates.
    PartialUpdates,
    /// `user` is a user to create.
    NewUser,
    /// This field, if given, is a user to create or replace.
    User(&'static str),
    /// `payload` is a query, with these limits.
    Query {
        /// The largest `limit`.
        limit: u32,
        /// The largest `offset`.
        offset: u32,
        /// The most terms of `sort`.
        sort: u32,
    },
    /// This field, if given, is an object.
    Object(&'static str),
    /// `event` is a custom event.
    Event,
    /// `preferences` is an array of objects.
    Preferences,
    /// `method` and `path` are a request below the base path, and there is no `body` with a method that has none.
    Request,
}

impl Rule {
    /// Checks an argument against this rule.
    ///
    /// # Errors
    /// The field that breaks the rule, and how.
    pub fn check<A: Argument>(&self, argument: &A) -> Result<(), Error> {
        let (name, optional) = self.field();
        if matches!(self, Self::Request) {
            return request(argument);
        }
        if matches!(self, Self::UserList) {
            return user_list(argument).map_err(|error| error.inside(name));
        }
        let value = argument.get(name);
        if optional && value.is_absent() {
            return Ok(());
        }
        self.check_value(&value).map_err(|error| error.inside(name))
    }

    /// Checks the value of the field.
    fn check_value<A: Argument>(&self, value: &A) -> Result<(), Error> {
        match *self {
            Self::Ids(_, max) | Self::SomeIds(_, max) => texts(value, "user ids", max as usize),
            Self::Required(_) | Self::Text(_) => required_text(value).map(drop),
            Self::Length(_, max) => length_of(value, max),
            Self::Count(_, min, max) => within(value, min, max),
            Self::Time(_) => time(value),
            Self::Flag(_) => shaped(value, Shape::Boolean, "a boolean"),
            Self::Object(_) => shaped(value, Shape::Object, "an object"),
            Self::OneOf(_, words) => one_of(value, words),
            Self::UserList | Self::Request => Ok(()),
            Self::UserMap => user_map(value),
            Self::PartialUpdates => each(value, "partial updates", MAX_USERS as usize, partial_update),
            Self::NewUser | Self::User(_) => new_user(value).map(drop),
            Self::Query { limit, offset, sort } => query(value, limit, offset, sort as usize),
            Self::Event => event(value),
            Self::Preferences => preferences(value),
        }
    }

    /// The rule's field, and whether it is optional.
    const fn field(&self) -> (&'static str, bool) {
        match *self {
            Self::Ids(name, _) | Self::Required(name) => (name, false),
            Self::SomeIds(name, _)
            | Self::Text(name)
            | Self::Length(name, _)
            | Self::Count(name, ..)
            | Self::Time(name)
            | Self::Flag(name)
            | Self::OneOf(name, _)
            | Self::User(name)
            | Self::Object(name) => (name, true),
            Self::UserList | Self::UserMap | Self::PartialUpdates => ("users", false),
            Self::NewUser => ("user", false),
            Self::Query { .. } => ("payload", false),
            Self::Event => ("event", false),
            Self::Preferences => ("preferences", false),
            Self::Request => ("path", false),
        }
    }
}

fn shaped<A: Argument>(value: &A, want: Shape, name: &str) -> Result<(), Error> {
    let shape = value.shape();
    if shape == want {
        return Ok(());
    }
    let template = if shape == Shape::Absent { "must be $, but is $" } else { "must be $, but was $" };
    wrong(template, &[name, shape.describe()], &[])
}

/// A problem with a value. Callers add the value's path.
fn wrong<T>(template: &'static str, texts: &[&str], numbers: &[usize]) -> Result<T, Error> {
    Err(Error::refused("", say(template, texts, numbers)))
}

/// Checks a field of an object.
fn field<A: Argument>(
    object: &A,
    name: &'static str,
    check: impl FnOnce(&A) -> Result<(), Error>,
) -> Result<(), Error> {
    check(&object.get(name)).map_err(|error| error.inside(name))
}

/// Checks an optional field.
fn optional<A: Argument>(
    object: &A,
    name: &'static str,
    check: impl FnOnce(&A) -> Result<(), Error>,
) -> Result<(), Error> {
    field(object, name, |value| if value.is_absent() { Ok(()) } else { check(value) })
}

/// Checks the items of an array.
pub(super) fn items<A: Argument>(array: &A, mut check: impl FnMut(&A) -> Result<(), Error>) -> Result<(), Error> {
    (0..array.size()).try_for_each(|index| check(&array.item(index)).map_err(|error| error.inside(&place(index))))
}

/// The index of an item, as the end of its path.
fn place(index: usize) -> String {
    say("[#]", &[], &[index])
}

/// The value of a non-empty string. Reads the string first, because in nearly every call that is all that is needed.
pub(super) fn required_text<A: Argument>(value: &A) -> Result<String, Error> {
    match value.text() {
        // A lone surrogate arrives as U+FFFD, whose first byte other characters have too. Searching for the character
        // itself takes 1 kB of the standard library.
        Some(text) if text.bytes().any(|byte| byte == 0xef) && value.shape() == Shape::MalformedText => {
            wrong(Shape::LONE_SURROGATE, &[], &[])
        }
        Some(text) if !text.is_empty() => Ok(text),
        Some(_) => wrong(EMPTY, &[], &[]),
        None => shaped(value, Shape::Text, "a non-empty string").map(|()| String::new()),
    }
}

const EMPTY: &str = "must not be empty";

fn one_of<A: Argument>(value: &A, words: &[&str]) -> Result<(), Error> {
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
    wrong("must be one of $, but was $", &[&list, &was], &[])
}

/// A beginning of the text, long enough to recognize it.
fn excerpt(whole: &str) -> &str {
    whole.char_indices().nth(40).and_then(|(end, _)| whole.get(..end)).unwrap_or(whole)
}

/// Checks an array of 1 to `max` items, and each item. An empty array is rejected too: it is nearly always a mistake,
/// and the API rejects it.
fn each<A: Argument>(
    array: &A,
    things: &str,
    max: usize,
    check: impl FnMut(&A) -> Result<(), Error>,
) -> Result<(), Error> {
    shaped(array, Shape::Array, &say("an array of $", &[things], &[]))?;
    batch_size(array.size(), max, things)?;
    items(array, check)
}

fn batch_size(size: usize, max: usize, things: &str) -> Result<(), Error> {
    if size == 0 {
        return wrong("must hold 1 to # $, but is empty", &[things], &[max]);
    }
    if size > max {
        return wrong("must hold at most # $, but holds #; split them over several calls", &[things], &[max, size]);
    }
    Ok(())
}

fn texts<A: Argument>(array: &A, things: &str, max: usize) -> Result<(), Error> {
    each(array, things, max, |text| required_text(text).map(drop))
}

/// Checks the call ids of a token.
///
/// # Errors
/// If it is no array, is empty, or an item is no call id.
pub fn check_call_cids<A: Argument>(ids: &A) -> Result<(), Error> {
    if ids.shape() == Shape::Array && ids.size() == 0 {
        // Stream's own SDKs mint such a token, which lets its user into no call.
        return Ok(());
    }
    texts(ids, "call ids such as \"default:1\"", MAX_CALLS).map_err(|error| error.inside("call_cids"))
}

fn user_list<A: Argument>(users: &A) -> Result<(), Error> {
    let mut seen: Vec<String> = Vec::new();
    each(users, "users", MAX_USERS as usize, |user| {
        let id = new_user(user)?;
        if let Some(first) = seen.iter().position(|other| *other == id) {
            // Both would be written under one id, and the first would be lost.
            return Err(Error::refused("id", say("id is the same as that of users[#]", &[], &[first])));
        }
        seen.push(id);
        Ok(())
    })
}

fn user_map<A: Argument>(users: &A) -> Result<(), Error> {
    shaped(users, Shape::Object, "an object that has each user under its id")?;
    let ids = users.names();
    batch_size(ids.len(), MAX_USERS as usize, "users")?;
    ids.iter().try_for_each(|id| {
        let check = |user: &A| {
            let own = new_user(user)?;
            if own == *id {
                return Ok(());
            }
            let own = quoted(excerpt(&own));
            Err(Error::refused("id", say("id must be equal to its key, but is $", &[&own], &[])))
        };
        check(&users.member(id)).map_err(|error| error.inside(&member(id)))
    })
}

/// Checks a user that may be created and returns its id.
fn new_user<A: Argument>(user: &A) -> Result<String, Error> {
    shaped(user, Shape::Object, "a user object")?;
    let mut id = String::new();
    field(user, "id", |value| {
        shaped(value, Shape::Text, "a string")?;
        id = value.text().unwrap_or_default();
        check_new_id(&id)
    })?;
    optional(user, "custom", custom_data)?;
    Ok(id)
}

/// Checks a user's custom data.
fn custom_data<A: Argument>(custom: &A) -> Result<(), Error> {
    shaped(custom, Shape::Object, "an object with your own fields")?;
    let (size, most) = (custom.encoded_size(), MAX_CUSTOM_BYTES as usize);
    if size > most { Err(too_much(most, "bytes of JSON", size)) } else { Ok(()) }
}

/// The problem of a value above its limit.
pub(super) fn too_much(most: usize, things: &str, number: usize) -> Error {
    Error::refused("", say("must have at most # $, but has #", &[things], &[most, number]))
}

fn partial_update<A: Argument>(update: &A) -> Result<(), Error> {
    shaped(update, Shape::Object, "an object with `id`, `set` and `unset`")?;
    field(update, "id", |id| required_text(id).map(drop))?;
    optional(update, "set", |set| shaped(set, Shape::Object, "an object with the fields to write"))?;
    optional(update, "unset", |names| {
        shaped(names, Shape::Array, "an array of field names")?;
        items(names, |name| required_text(name).map(drop))
    })
}

fn query<A: Argument>(payload: &A, limit: u32, offset: u32, sort_terms: usize) -> Result<(), Error> {
    shaped(payload, Shape::Object, "an object such as { filter_conditions: {} }")?;
    field(payload, "filter_conditions", |conditions| {
        shaped(conditions, Shape::Object, "an object ({} finds everything)")
    })?;
    optional(payload, "user", |user| new_user(user).map(drop))?;
    optional(payload, "limit", |value| within(value, 0, limit))?;
    optional(payload, "offset", |value| within(value, 0, offset))?;
    optional(payload, "sort", |sort| {
        shaped(sort, Shape::Array, "an array of sort terms")?;
        if sort.size() > sort_terms {
            return Err(too_much(sort_terms, "sort terms", sort.size()));
        }
        items(sort, |term| shaped(term, Shape::Object, "an object with `field` and `direction`"))
    })
}

fn within<A: Argument>(value: &A, min: u32, max: u32) -> Result<(), Error> {
    shaped(value, Shape::Number, "a number")?;
    let number = value.number().unwrap_or_default();
    if as_integer(number).is_some() && (f64::from(min)..=f64::from(max)).contains(&number) {
        return Ok(());
    }
    let number = describe_number(number);
    wrong("must be a whole number from # to #, but was $", &[&number], &[min as usize, max as usize])
}

fn length_of<A: Argument>(value: &A, max: usize) -> Result<(), Error> {
    shaped(value, Shape::Text, "a string")?;
    let characters = count_characters(&value.text().unwrap_or_default());
    if characters > max { Err(too_much(max, "characters", characters)) } else { Ok(()) }
}

fn time<A: Argument>(value: &A) -> Result<(), Error> {
    if value.is_time() {
        return Ok(());
    }
    // An invalid `Date` becomes `null` in JSON, which has the opposite effect of a valid one.
    wrong("must be a valid Date, or a text such as 2026-01-31T12:00:00Z", &[], &[])
}

fn event<A: Argument>(event: &A) -> Result<(), Error> {
    shaped(event, Shape::Object, "an object with a `type`")?;
    field(event, "type", |name| {
        if required_text(name)?.bytes().any(|byte| byte == b'.') {
            return wrong("must not have dots: types with dots are Stream's own", &[], &[]);
        }
        Ok(())
    })?;
    optional(event, "custom", |custom| shaped(custom, Shape::Object, "an object"))
}

fn preferences<A: Argument>(list: &A) -> Result<(), Error> {
    shaped(list, Shape::Array, "an array of preferences")?;
    if list.size() == 0 {
        return wrong(EMPTY, &[], &[]);
    }
    items(list, |item| {
        shaped(item, Shape::Object, "an object")?;
        optional(item, "disabled_until", time)
    })
}

fn request<A: Argument>(argument: &A) -> Result<(), Error> {
    field(argument, "method", |method| one_of(method, &["GET", "POST", "PUT", "PATCH", "DELETE"]))?;
    field(argument, "path", |path| {
        if path.is_path() {
            return Ok(());
        }
        wrong("must begin with /, be encoded, and have no steps such as ..; a query goes into `query`", &[], &[])
    })?;
    optional(argument, "body", |_| {
        if argument.get("method").text().as_deref() != Some("GET") {
            return Ok(());
        }
        wrong("is not sent with GET; use `query`", &[], &[])
    })
}

#[cfg(test)]
mod tests {
    use super::super::argument::Shaped;
    use super::*;
    use crate::operation::{
        ADD_USER_GROUP_MEMBERS, BAN, BLOCK_USERS, CREATE_DEVICE, CREATE_GUEST, CREATE_ROLE, CREATE_USER_GROUP,
        DEACTIVATE_USER, DEACTIVATE_USERS, DELETE_DEVICE, DELETE_ROLE, DELETE_USERS, EXPORT_USERS, FLAG,
        GET_BLOCKED_USERS, GET_RATE_LIMITS, GET_TASK, GET_USER_LIVE_LOCATIONS, LIST_DEVICES, LIST_USER_GROUPS, MUTE,
        Operation, QUERY_BANNED_USERS, QUERY_FUTURE_CHANNEL_BANS, QUERY_USERS, REACTIVATE_USER, REACTIVATE_USERS,
        REMOVE_USER_GROUP_MEMBERS, REQUEST, RESTORE_USERS, REVOKE_USER_TOKEN, REVOKE_USER_TOKENS, SEARCH_ROLES,
        SEARCH_USER_GROUPS, SEND_USER_CUSTOM_EVENT, UNBAN, UNBLOCK_USERS, UNMUTE, UPDATE_APP, UPDATE_LIVE_LOCATION,
        UPDATE_PUSH_NOTIFICATION_PREFERENCES, UPDATE_USER_GROUP, UPDATE_USERS, UPDATE_USERS_PARTIAL, UPSERT_USERS,
    };
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
                "updateUsers: users.a.id must be equal to its key, but is \"b\"",
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

    /// Operation, argument, and the message after the method's name.
    const REFUSED: &[(&Operation, &str, &str)] = &[
        (&BLOCK_USERS, "{}", "blocked_user_id must be a non-empty string, but is missing"),
        (&BLOCK_USERS, r#"{"blocked_user_id":"a","user_id":""}"#, "user_id must not be empty"),
        (&BLOCK_USERS, r#"{"blocked_user_id":"a","user":{}}"#, "user.id must be a string, but is missing"),
        (&GET_BLOCKED_USERS, r#""ann""#, "the argument must be an object, but was a string"),
        (&LIST_DEVICES, r#"["ann"]"#, "the argument must be an object, but was an array"),
        (&LIST_USER_GROUPS, r#"{"limit":0}"#, "limit must be a whole number from 1 to 100, but was 0"),
        (
            &LIST_USER_GROUPS,
            r#"{"created_at_gt":"soon"}"#,
            "created_at_gt must be a valid Date, or a text such as 2026-01-31T12:00:00Z",
        ),
        (&SEARCH_USER_GROUPS, r#"{"query":""}"#, "query must not be empty"),
        (&SEARCH_USER_GROUPS, r#"{"query":"a","limit":26}"#, "limit must be a whole number from 1 to 25, but was 26"),
        (&CREATE_USER_GROUP, r#"{"name":7}"#, "name must be a non-empty string, but was a number"),
        (&CREATE_USER_GROUP, r#"{"name":"a","description":true}"#, "description must be a string, but was a boolean"),
        (&CREATE_USER_GROUP, r#"{"name":"a","member_ids":[]}"#, "member_ids must hold 1 to 100 user ids, but is empty"),
        (&UPDATE_USER_GROUP, r#"{"id":"g","name":""}"#, "name must not be empty"),
        (&UPDATE_USER_GROUP, r#"{"name":"a"}"#, "id must be a non-empty string, but is missing"),
        (&ADD_USER_GROUP_MEMBERS, r#"{"id":"g"}"#, "member_ids must be an array of user ids, but is missing"),
        (&REMOVE_USER_GROUP_MEMBERS, r#"{"id":"g","member_ids":["a",""]}"#, "member_ids[1] must not be empty"),
        (
            &SEARCH_ROLES,
            r#"{"query":"a","role_type":"x"}"#,
            "role_type must be one of \"user\", \"channel\", but was \"x\"",
        ),
        (&DELETE_ROLE, "{}", "name must be a non-empty string, but is missing"),
        (&DELETE_ROLE, r#"{"name":".."}"#, "name must not be \"..\", which no URL can carry"),
        (&CREATE_DEVICE, r#"{"id":"d"}"#, "push_provider must be a non-empty string, but is missing"),
        (
            &CREATE_DEVICE,
            r#"{"id":"d","push_provider":"pigeon"}"#,
            "push_provider must be one of \"firebase\", \"apn\", \"huawei\", \"xiaomi\", but was \"pigeon\"",
        ),
        (&DELETE_DEVICE, r#"{"user_id":"a"}"#, "id must be a non-empty string, but is missing"),
        (&UPDATE_PUSH_NOTIFICATION_PREFERENCES, r#"{"preferences":[]}"#, "preferences must not be empty"),
        (
            &UPDATE_PUSH_NOTIFICATION_PREFERENCES,
            r#"{"preferences":[{"disabled_until":5}]}"#,
            "preferences[0].disabled_until must be a valid Date, or a text such as 2026-01-31T12:00:00Z",
        ),
        (&UPDATE_LIVE_LOCATION, "{}", "message_id must be a non-empty string, but is missing"),
        (
            &UPDATE_APP,
            r#"{"enforce_unique_usernames":"yes"}"#,
            "enforce_unique_usernames must be one of \"no\", \"app\", \"team\", but was \"yes\"",
        ),
        (&UPDATE_APP, "[]", "the argument must be an object, but was an array"),
        (&BAN, r#"{"banned_by_id":"a"}"#, "target_user_id must be a non-empty string, but is missing"),
        (
            &BAN,
            r#"{"target_user_id":"a","timeout":-1}"#,
            "timeout must be a whole number from 0 to 2147483647, but was -1",
        ),
        (
            &BAN,
            r#"{"target_user_id":"a","delete_messages":"all"}"#,
            "delete_messages must be one of \"soft\", \"pruning\", \"hard\", but was \"all\"",
        ),
        (&UNBAN, "{}", "target_user_id must be a non-empty string, but is missing"),
        (&MUTE, r#"{"target_ids":"a"}"#, "target_ids must be an array of user ids, but was a string"),
        (&UNMUTE, r#"{"target_ids":[]}"#, "target_ids must hold 1 to 1000 user ids, but is empty"),
        (&FLAG, r#"{"entity_type":"stream:user"}"#, "entity_id must be a non-empty string, but is missing"),
        (
            &QUERY_BANNED_USERS,
            r#"{"payload":{"filter_conditions":{},"limit":301}}"#,
            "payload.limit must be a whole number from 0 to 300, but was 301",
        ),
        (
            &QUERY_BANNED_USERS,
            r#"{"payload":{"filter_conditions":{},"sort":[{},{}]}}"#,
            "payload.sort must have at most 1 sort terms, but has 2",
        ),
        (&QUERY_FUTURE_CHANNEL_BANS, r#"{"payload":7}"#, "payload must be an object, but was a number"),
        (&SEND_USER_CUSTOM_EVENT, r#"{"user_id":"a"}"#, "event must be an object with a `type`, but is missing"),
        (
            &SEND_USER_CUSTOM_EVENT,
            r#"{"user_id":"a","event":{"type":"user.updated"}}"#,
            "event.type must not have dots: types with dots are Stream's own",
        ),
        (&DEACTIVATE_USERS, r#"{"user_ids":[]}"#, "user_ids must hold 1 to 100 user ids, but is empty"),
        (&REACTIVATE_USERS, r#"{"user_ids":[]}"#, "user_ids must hold 1 to 100 user ids, but is empty"),
        (&RESTORE_USERS, r#"{"user_ids":[]}"#, "user_ids must hold 1 to 100 user ids, but is empty"),
        (&UNBLOCK_USERS, r#"{"user_id":"a"}"#, "blocked_user_id must be a non-empty string, but is missing"),
        (&REACTIVATE_USER, r#"{"user_id":"a","name":""}"#, "name must not be empty"),
        (&GET_USER_LIVE_LOCATIONS, r#"{"user_id":""}"#, "user_id must not be empty"),
        (&GET_BLOCKED_USERS, r#"{"user_id":""}"#, "user_id must not be empty"),
        (&LIST_DEVICES, r#"{"user_id":""}"#, "user_id must not be empty"),
        (&DELETE_DEVICE, r#"{"id":"d","user_id":""}"#, "user_id must not be empty"),
        (&REVOKE_USER_TOKEN, r#"{"userId":""}"#, "userId must not be empty"),
        (&REVOKE_USER_TOKENS, r#"{"userIds":[]}"#, "userIds must hold 1 to 100 user ids, but is empty"),
        (
            &REVOKE_USER_TOKENS,
            r#"{"userIds":["a"],"before":"then"}"#,
            "before must be a valid Date, or a text such as 2026-01-31T12:00:00Z",
        ),
        (
            &REQUEST,
            r#"{"path":"/a","method":"get"}"#,
            "method must be one of \"GET\", \"POST\", \"PUT\", \"PATCH\", \"DELETE\", but was \"get\"",
        ),
        (
            &REQUEST,
            r#"{"path":"/../a","method":"GET"}"#,
            "path must begin with /, be encoded, and have no steps such as ..; a query goes into `query`",
        ),
        (&REQUEST, r#"{"path":"/a","method":"GET","body":{}}"#, "body is not sent with GET; use `query`"),
        (&REQUEST, r#"{"path":"/a","method":"GET","query":"a=b"}"#, "query must be an object, but was a string"),
    ];

    #[test]
    fn refuses_what_the_api_would_refuse() {
        for (operation, argument, problem) in REFUSED {
            let argument: Value = serde_json::from_str(argument).expect("JSON");
            let checked = operation.segment(&argument).and_then(|_| operation.check(&argument));
            let want = format!("{}: {problem}", operation.method_name);
            assert_eq!(checked.map_err(|error| error.message().to_owned()), Err(want));
        }
    }

    #[test]
    fn texts_may_be_as_long_as_the_api_says_and_no_longer() {
        let cases: [(&Operation, &str, usize, Value); 7] = [
            (&CREATE_USER_GROUP, "name", 255, json!({})),
            (&CREATE_USER_GROUP, "id", 255, json!({ "name": "a" })),
            (&CREATE_USER_GROUP, "description", 1024, json!({ "name": "a" })),
            (&SEARCH_USER_GROUPS, "query", 255, json!({})),
            (&CREATE_ROLE, "name", 64, json!({})),
            (&CREATE_DEVICE, "hardware_id", 255, json!({ "id": "d", "push_provider": "apn" })),
            (&FLAG, "reason", 255, json!({ "entity_type": "stream:user", "entity_id": "a" })),
        ];
        for (operation, field, most, mut argument) in cases {
            // The limit counts characters, not bytes.
            argument[field] = json!("ü".repeat(most));
            assert_eq!(operation.check(&argument), Ok(()), "{field}");
            argument[field] = json!("ü".repeat(most + 1));
            let want =
                format!("{}: {field} must have at most {most} characters, but has {}", operation.method_name, most + 1);
            assert_eq!(operation.check(&argument).map_err(|error| error.message().to_owned()), Err(want));
        }
    }

    #[test]
    fn what_may_be_left_out_may_be_left_out_altogether() {
        for operation in [
            &GET_BLOCKED_USERS,
            &LIST_USER_GROUPS,
            &LIST_DEVICES,
            &GET_RATE_LIMITS,
            &UPDATE_APP,
            &QUERY_FUTURE_CHANNEL_BANS,
        ] {
            assert_eq!(operation.check(&Value::Null), Ok(()), "{}", operation.method_name);
        }
        for operation in [&BLOCK_USERS, &SEARCH_USER_GROUPS, &DELETE_DEVICE, &QUERY_BANNED_USERS, &MUTE] {
            let message = operation.check(&Value::Null).map_err(|error| error.message().to_owned());
            assert!(message.is_err_and(|message| message.ends_with("the argument must be an object, but is missing")));
        }
    }

    #[test]
    fn lets_the_whole_of_a_limit_through() {
        assert_eq!(MUTE.check(&json!({ "target_ids": ids(1000), "timeout": 0 })), Ok(()));
        assert!(MUTE.check(&json!({ "target_ids": ids(1001) })).is_err());
        assert_eq!(ADD_USER_GROUP_MEMBERS.check(&json!({ "member_ids": ids(100) })), Ok(()));
        let bans = json!({ "payload": { "filter_conditions": {}, "limit": 300, "offset": 10_000, "sort": [{}] } });
        assert_eq!(QUERY_BANNED_USERS.check(&bans), Ok(()));
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
    fn half_a_character_is_no_text() {
        let message = |shape| required_text(&Shaped(shape)).map_err(|error| error.inside("id").message().to_owned());
        assert_eq!(message(Shape::MalformedText), Err(format!("id {}", Shape::LONE_SURROGATE)));
        // A text may contain U+FFFD itself, and other characters with the same first byte.
        assert_eq!(message(Shape::Text).as_deref(), Ok("\u{fffd}"));
        assert_eq!(required_text(&json!("～")).as_deref(), Ok("～"));
    }

    #[test]
    fn a_token_is_for_calls_that_have_ids() {
        let message = |ids: Value| check_call_cids(&ids).map_err(|error| error.message().to_owned());
        assert_eq!(message(json!(["default:1"])), Ok(()));
        assert_eq!(message(json!([])), Ok(()));
        let want = "call_cids must be an array of call ids such as \"default:1\", but was ";
        assert_eq!(message(json!("default:1")), Err(format!("{want}a string")));
        assert_eq!(message(json!({})), Err(format!("{want}an object")));
        assert_eq!(message(json!(["a:1", ""])), Err("call_cids[1] must not be empty".to_owned()));
    }

    #[test]
    fn custom_data_and_events_are_the_apps_own() {
        let text = "x".repeat(MAX_CUSTOM_BYTES as usize - r#"{"a":""}"#.len());
        assert_eq!(UPSERT_USERS.check(&json!([{ "id": "a", "custom": { "a": text } }])), Ok(()));
        let custom = json!([{ "id": "a", "custom": { "a": format!("{text}x") } }]);
        let message = UPSERT_USERS.check(&custom).map_err(|error| error.message().to_owned());
        let (most, size) = (MAX_CUSTOM_BYTES, MAX_CUSTOM_BYTES + 1);
        let want = format!("upsertUsers: users[0].custom must have at most {most} bytes of JSON, but has {size}");
        assert_eq!(message, Err(want));
        let event = json!({ "user_id": "a", "event": { "type": "friendship_request", "custom": { "from": "b" } } });
        assert_eq!(SEND_USER_CUSTOM_EVENT.check(&event), Ok(()));
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
