//! What arguments must be. A rule is data; checking it is a pure function over an [`Argument`].

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use super::{Argument, Shape, check_new_id, json::member};
use crate::error::Error;
use crate::limits::{MAX_CUSTOM_BYTES, MAX_USERS};
use crate::wording::{as_integer, concat, count_characters, decimal, describe_number, quoted};

/// How many calls one token may be for; more would not fit into a header.
const MAX_CALLS: usize = 1000;

/// Checks that an argument is an object at all.
pub(super) fn check_object<A: Argument>(argument: &A) -> Result<(), Error> {
    shaped("the argument", argument, Shape::Object, "an object")
}

/// Something an operation's argument must be.
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
    /// This field, if given, is a whole number from the first to the second.
    Count(&'static str, u32, u32),
    /// This field, if given, is a `Date` or a text that names a time.
    Time(&'static str),
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
    /// This field, if given, is a user to create or replace.
    User(&'static str),
    /// `payload` is a query with at most so large a `limit` and `offset`, and so many terms in its `sort`.
    Query {
        /// The largest `limit`.
        limit: u32,
        /// The largest `offset`.
        offset: u32,
        /// The most terms.
        sort: u32,
    },
    /// This field, if given, is an object.
    Object(&'static str),
    /// `event` is an event of the app's own.
    Event,
    /// `preferences` is an array of objects.
    Preferences,
    /// `method` and `path` make a request below the base path, and `body` is not sent with a method that has none.
    Request,
}

impl Rule {
    /// Checks an argument against this rule.
    ///
    /// # Errors
    /// Returns which field breaks it, and how.
    pub fn check<A: Argument>(&self, argument: &A) -> Result<(), Error> {
        let (name, optional) = self.field();
        if *self == Self::UserList {
            return user_list(argument);
        }
        let value = argument.get(name);
        if optional && value.is_absent() {
            return Ok(());
        }
        match *self {
            Self::Ids(_, max) | Self::SomeIds(_, max) => texts(name, &value, "user ids", max as usize),
            Self::Required(_) | Self::Text(_) => required_text(name, &value).map(drop),
            Self::Length(_, max) => length_of(name, &value, max),
            Self::Count(_, min, max) => within(name, &value, min, max),
            Self::Time(_) => time(name, &value),
            Self::Flag(_) => shaped(name, &value, Shape::Boolean, "a boolean"),
            Self::Object(_) => shaped(name, &value, Shape::Object, "an object"),
            Self::OneOf(_, words) => one_of(name, &value, words),
            Self::UserList => Ok(()),
            Self::UserMap => user_map(&value),
            Self::PartialUpdates => each(name, &value, "partial updates", MAX_USERS as usize, partial_update),
            Self::NewUser | Self::User(_) => new_user(name, &value).map(drop),
            Self::Query { limit, offset, sort } => query(&value, limit, offset, sort as usize),
            Self::Event => event(&value),
            Self::Preferences => preferences(&value),
            Self::Request => request(argument, &value),
        }
    }

    /// The field it is about, and whether that may be left out.
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

fn given<A: Argument>(value: A) -> Option<A> {
    (!value.is_absent()).then_some(value)
}

fn shaped<A: Argument>(field: &str, value: &A, want: Shape, name: &str) -> Result<(), Error> {
    let shape = value.shape();
    if shape == want {
        return Ok(());
    }
    let verb = if shape == Shape::Absent { ", but is " } else { ", but was " };
    Err(Error::argument(field, &concat(&["must be ", name, verb, shape.describe()])))
}

fn optional<A: Argument>(field: &str, value: &A, want: Shape, name: &str) -> Result<(), Error> {
    if value.is_absent() { Ok(()) } else { shaped(field, value, want, name) }
}

/// The text of a non-empty string. Asks for the text first: in nearly every call that is all there is to ask.
pub(super) fn required_text<A: Argument>(field: &str, value: &A) -> Result<String, Error> {
    match value.text() {
        // Half a character arrives as U+FFFD, whose first byte others have too. To search for the character itself takes
        // 1 kB of the standard library.
        Some(text) if text.bytes().any(|byte| byte == 0xef) && value.shape() == Shape::MalformedText => {
            Err(Error::argument(field, Shape::LONE_SURROGATE))
        }
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
    Err(Error::argument(field, &concat(&["must be one of ", &list, ", but was ", &was])))
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
    shaped(field, array, Shape::Array, &concat(&["an array of ", things]))?;
    let size = array.size();
    batch_size(field, size, max, things)?;
    (0..size).try_for_each(|index| check(&at(field, index), &array.item(index)))
}

fn at(field: &str, index: usize) -> String {
    concat(&[field, "[", &decimal(index), "]"])
}

fn batch_size(field: &str, size: usize, max: usize, things: &str) -> Result<(), Error> {
    let max_text = decimal(max);
    if size == 0 {
        return Err(Error::argument(field, &concat(&["must hold 1 to ", &max_text, " ", things, ", but is empty"])));
    }
    if size > max {
        let words = [
            "must hold at most ",
            &max_text,
            " ",
            things,
            ", but holds ",
            &decimal(size),
            "; split them over several calls",
        ];
        return Err(Error::argument(field, &concat(&words)));
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
    if ids.shape() == Shape::Array && ids.size() == 0 {
        // Stream's own SDKs mint it: a token that lets its user into no call.
        return Ok(());
    }
    texts("call_cids", ids, "call ids such as \"default:1\"", MAX_CALLS)
}

fn user_list<A: Argument>(users: &A) -> Result<(), Error> {
    let mut seen: Vec<String> = Vec::new();
    each("users", users, "users", MAX_USERS as usize, |field, user| {
        let id = new_user(field, user)?;
        if let Some(first) = seen.iter().position(|other| *other == id) {
            // Both would be written under one id and the first one lost.
            let problem = concat(&["is the same as that of ", &at("users", first)]);
            return Err(Error::argument(&concat(&[field, ".id"]), &problem));
        }
        seen.push(id);
        Ok(())
    })
}

fn user_map<A: Argument>(users: &A) -> Result<(), Error> {
    shaped("users", users, Shape::Object, "an object that has each user under its id")?;
    let ids = users.names();
    batch_size("users", ids.len(), MAX_USERS as usize, "users")?;
    ids.iter().try_for_each(|id| {
        let field = concat(&["users", &member(id)]);
        let own = new_user(&field, &users.member(id))?;
        if own == *id {
            return Ok(());
        }
        let problem = concat(&["must be the id it stands under, but is ", &quoted(excerpt(&own))]);
        Err(Error::argument(&concat(&[&field, ".id"]), &problem))
    })
}

/// Checks a user that may be created and returns its id.
fn new_user<A: Argument>(field: &str, user: &A) -> Result<String, Error> {
    shaped(field, user, Shape::Object, "a user object")?;
    let id_field = concat(&[field, ".id"]);
    let id = user.get("id");
    shaped(&id_field, &id, Shape::Text, "a string")?;
    let id = id.text().unwrap_or_default();
    check_new_id(&id_field, &id)?;
    custom_data(&concat(&[field, ".custom"]), &user.get("custom"))?;
    Ok(id)
}

/// Checks what a user has of the app's own.
fn custom_data<A: Argument>(field: &str, custom: &A) -> Result<(), Error> {
    match custom.shape() {
        Shape::Absent => return Ok(()),
        _ => shaped(field, custom, Shape::Object, "an object with your own fields")?,
    }
    let (size, most) = (custom.encoded_size(), MAX_CUSTOM_BYTES as usize);
    if size <= most {
        return Ok(());
    }
    let problem = ["must have at most ", &decimal(most), " bytes of JSON, but has ", &decimal(size)];
    Err(Error::argument(field, &concat(&problem)))
}

fn partial_update<A: Argument>(field: &str, update: &A) -> Result<(), Error> {
    shaped(field, update, Shape::Object, "an object with `id`, `set` and `unset`")?;
    required_text(&concat(&[field, ".id"]), &update.get("id"))?;
    optional(&concat(&[field, ".set"]), &update.get("set"), Shape::Object, "an object with the fields to write")?;
    given(update.get("unset")).map_or(Ok(()), |names| {
        let field = concat(&[field, ".unset"]);
        shaped(&field, &names, Shape::Array, "an array of field names")?;
        (0..names.size()).try_for_each(|index| required_text(&at(&field, index), &names.item(index)).map(drop))
    })
}

fn query<A: Argument>(payload: &A, limit: u32, offset: u32, sort_terms: usize) -> Result<(), Error> {
    shaped("payload", payload, Shape::Object, "an object such as { filter_conditions: {} }")?;
    let conditions = payload.get("filter_conditions");
    shaped("payload.filter_conditions", &conditions, Shape::Object, "an object ({} finds everything)")?;
    given(payload.get("user")).map_or(Ok(()), |user| new_user("payload.user", &user).map(drop))?;
    within("payload.limit", &payload.get("limit"), 0, limit)?;
    within("payload.offset", &payload.get("offset"), 0, offset)?;
    given(payload.get("sort")).map_or(Ok(()), |sort| {
        const FIELD: &str = "payload.sort";
        shaped(FIELD, &sort, Shape::Array, "an array of sort terms")?;
        if sort.size() > sort_terms {
            return too_much(FIELD, sort_terms, "sort terms", sort.size());
        }
        (0..sort.size()).try_for_each(|index| {
            shaped(&at(FIELD, index), &sort.item(index), Shape::Object, "an object with `field` and `direction`")
        })
    })
}

fn within<A: Argument>(field: &str, value: &A, min: u32, max: u32) -> Result<(), Error> {
    optional(field, value, Shape::Number, "a number")?;
    let (min, max) = (f64::from(min), f64::from(max));
    match value.number() {
        Some(number) if as_integer(number).is_none() || !(min..=max).contains(&number) => {
            let problem = [
                "must be a whole number from ",
                &describe_number(min),
                " to ",
                &describe_number(max),
                ", but was ",
                &describe_number(number),
            ];
            Err(Error::argument(field, &concat(&problem)))
        }
        _ => Ok(()),
    }
}

fn length_of<A: Argument>(field: &str, value: &A, max: usize) -> Result<(), Error> {
    shaped(field, value, Shape::Text, "a string")?;
    let characters = count_characters(&value.text().unwrap_or_default());
    if characters > max { too_much(field, max, "characters", characters) } else { Ok(()) }
}

fn too_much(field: &str, max: usize, things: &str, number: usize) -> Result<(), Error> {
    let problem = ["must have at most ", &decimal(max), " ", things, ", but has ", &decimal(number)];
    Err(Error::argument(field, &concat(&problem)))
}

fn time<A: Argument>(field: &str, value: &A) -> Result<(), Error> {
    if value.is_time() {
        return Ok(());
    }
    // An invalid `Date` becomes `null` in JSON, which takes back what a valid one would do.
    Err(Error::argument(field, "must be a valid Date, or a text such as 2026-01-31T12:00:00Z"))
}

fn event<A: Argument>(event: &A) -> Result<(), Error> {
    shaped("event", event, Shape::Object, "an object with a `type`")?;
    let name = required_text("event.type", &event.get("type"))?;
    if name.bytes().any(|byte| byte == b'.') {
        return Err(Error::argument("event.type", "must not have dots: types with dots are Stream's own"));
    }
    optional("event.custom", &event.get("custom"), Shape::Object, "an object")
}

fn preferences<A: Argument>(list: &A) -> Result<(), Error> {
    const FIELD: &str = "preferences";
    shaped(FIELD, list, Shape::Array, "an array of preferences")?;
    if list.size() == 0 {
        return Err(Error::argument(FIELD, "must not be empty"));
    }
    (0..list.size()).try_for_each(|index| {
        let (field, item) = (at(FIELD, index), list.item(index));
        shaped(&field, &item, Shape::Object, "an object")?;
        let until = item.get("disabled_until");
        given(until).map_or(Ok(()), |until| time(&concat(&[&field, ".disabled_until"]), &until))
    })
}

fn request<A: Argument>(argument: &A, path: &A) -> Result<(), Error> {
    let method = argument.get("method");
    one_of("method", &method, &["GET", "POST", "PUT", "PATCH", "DELETE"])?;
    if !path.is_path() {
        let problem = "must begin with /, be encoded, and have no steps such as ..; a query goes into `query`";
        return Err(Error::argument("path", problem));
    }
    if method.text().as_deref() == Some("GET") && !argument.get("body").is_absent() {
        return Err(Error::argument("body", "is not sent with GET; what it says goes into `query`"));
    }
    Ok(())
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

    /// Operation, argument, and what is said of it after the method's name.
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
        (
            &REQUEST,
            r#"{"path":"/a","method":"GET","body":{}}"#,
            "body is not sent with GET; what it says goes into `query`",
        ),
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
            // Characters count, not bytes.
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
        let message = |shape| required_text("id", &Shaped(shape)).map_err(|error| error.message().to_owned());
        assert_eq!(message(Shape::MalformedText), Err(format!("id {}", Shape::LONE_SURROGATE)));
        // A text may hold the very character that half a one arrives as, and others that begin like it.
        assert_eq!(message(Shape::Text).as_deref(), Ok("\u{fffd}"));
        assert_eq!(required_text("id", &json!("～")).as_deref(), Ok("～"));
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
