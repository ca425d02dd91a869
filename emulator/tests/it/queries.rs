//! Querying users.

use getstream_users_emulator::Method;
use serde_json::{Value, json};

use crate::app::{App, As};

/// Four users, created in this order.
fn app() -> App {
    let mut app = App::new();
    for user in [
        json!({ "id": "carol", "name": "Curiosity Rover", "role": "admin", "custom": {
            "score": 30, "race": "elf", "tags": ["a", "b"], "username": "curiosity_rover", "email": "c@x.org",
        } }),
        json!({ "id": "alice", "name": "Roxy", "language": "nl", "teams": ["red"], "custom": {
            "score": 9, "race": "orc", "address": { "city": "Delft" },
        } }),
        json!({ "id": "bob", "name": "Roxanne", "teams": ["blue", "red"], "custom": { "score": 100, "flag": true } }),
        json!({ "id": "dave" }),
    ] {
        assert_eq!(app.upsert(user).status, 201);
        app.advance(1000);
    }
    app
}

fn found(filter: Value) -> String {
    let mut ids = app().find(json!({ "filter_conditions": filter }));
    ids.sort();
    ids.join(" ")
}

#[test]
fn filters_find_who_they_describe() {
    for (filter, expected) in [
        (json!({}), "alice bob carol dave"),
        (json!({ "id": "bob" }), "bob"),
        (json!({ "id": { "$in": ["bob", "nobody", "dave"] } }), "bob dave"),
        (json!({ "id": { "$nin": ["bob"] } }), "alice carol dave"),
        (json!({ "id": { "$ne": "bob" } }), "alice carol dave"),
        (json!({ "id": { "$gt": "alice", "$lte": "carol" } }), "bob carol"),
        (json!({ "id": { "$autocomplete": "al" } }), "alice"),
        (json!({ "id": { "$exists": true } }), "alice bob carol dave"),
        (json!({ "name": "Roxy" }), "alice"),
        (json!({ "name": { "$autocomplete": "ro" } }), "alice bob carol"),
        (json!({ "name": { "$exists": false } }), "dave"),
        (json!({ "name": { "$gte": "Roxb" } }), "alice"),
        (json!({ "username": { "$autocomplete": "Curiosity" } }), "carol"),
        (json!({ "email": { "$in": ["c@x.org", "d@x.org"] } }), "carol"),
        (json!({ "role": "admin" }), "carol"),
        (json!({ "role": { "$in": ["user"] } }), "alice bob dave"),
        (json!({ "language": "nl" }), "alice"),
        (json!({ "banned": false, "shadow_banned": { "$ne": true } }), "alice bob carol dave"),
        (json!({ "banned": true }), ""),
        (json!({ "created_at": { "$gt": "2026-01-01T00:00:01Z" } }), "bob dave"),
        (json!({ "created_at": "2026-01-01T01:00:00+01:00" }), "carol"),
        (json!({ "created_at": { "$lt": "9999-12-31T23:59:59Z" } }), "alice bob carol dave"),
        (json!({ "last_active": { "$exists": false } }), "alice bob carol dave"),
        (json!({ "last_active": { "$gt": "2020-01-01T00:00:00Z" } }), ""),
        (json!({ "teams": null }), "carol dave"),
        (json!({ "address.city": "Delft" }), "alice"),
        (json!({ "teams": "red" }), "alice bob"),
        (json!({ "teams": { "$contains": "blue" } }), "bob"),
        (json!({ "teams": { "$in": ["blue", "green"] } }), "bob"),
        (json!({ "teams": { "$eq": ["red", "blue"] } }), "bob"),
        (json!({ "custom.score": 9 }), "alice"),
        (json!({ "score": { "$gt": 9 } }), "bob carol"),
        (json!({ "score": { "$in": [9, 100.0] } }), "alice bob"),
        (json!({ "score": { "$gt": "1" } }), ""),
        (json!({ "race": { "$exists": true } }), "alice carol"),
        (json!({ "race": null }), "bob dave"),
        (json!({ "custom.address.city": "Delft" }), "alice"),
        (json!({ "address": { "city": "Delft" } }), "alice"),
        (json!({ "flag": true }), "bob"),
        (json!({ "tags": { "$contains": "b" } }), "carol"),
        (json!({ "custom": { "$contains": { "race": "elf" } } }), "carol"),
        (json!({ "custom": {} }), "dave"),
        (json!({ "$or": [{ "id": "alice" }, { "race": "elf" }] }), "alice carol"),
        (json!({ "$and": [{ "teams": "red" }, { "score": { "$lt": 50 } }] }), "alice"),
        (json!({ "$nor": [{ "teams": "red" }, { "role": "admin" }] }), "dave"),
        (json!({ "$and": [{ "$or": [{ "id": "bob" }, { "id": "dave" }] }], "teams": "blue" }), "bob"),
        (json!({ "id": { "$in": ["alice", "bob"] }, "$or": [{ "id": "bob" }] }), "bob"),
    ] {
        assert_eq!(found(filter.clone()), expected, "{filter}");
    }
}

#[test]
fn filters_that_make_no_sense_are_refused() {
    for (filter, expected) in [
        (json!({ "id": 1 }), "field `id` contains type number. expecting string"),
        (json!({ "id": null }), "field `id` contains type null. expecting string"),
        (json!({ "id": { "$in": "a" } }), "field `id` contains type string. expecting array"),
        (json!({ "id": { "$in": [1] } }), "field `id` contains type number. expecting string"),
        (json!({ "id": { "$exists": 1 } }), "$exists operator only support boolean values"),
        (json!({ "name": { "$q": "x" } }), "search is not enabled for field users.name"),
        (json!({ "name": { "$ne": "x" } }), "operator \"$ne\" is not allowed for field \"name\""),
        (json!({ "name": { "$eq": "x", "$regex": "x" } }), "operator \"$regex\" is not allowed for field \"name\""),
        (json!({ "race": { "$autocomplete": "x" } }), "operator \"$autocomplete\" is not allowed for field \"race\""),
        (
            json!({ "name": { "$autocomplete": "?!" } }),
            "$autocomplete field is empty or contains invalid characters. \
             Please provide a valid string to autocomplete",
        ),
        (json!({ "banned": "true" }), "field `banned` contains type string. expecting boolean"),
        (json!({ "created_at": "yesterday" }), "field `created_at` contains type string. expecting RFC 3339 time"),
        (
            json!({ "created_at": 1.5 }),
            "field `created_at` contains the number 1.5. expecting RFC 3339 text, or whole nanoseconds since 1970",
        ),
        (json!({ "teams": "" }), "field `teams` contains an empty string. expecting the name of a team"),
        (json!({ "teams": 1 }), "field `teams` contains type number. expecting string"),
        (json!({ "$or": {} }), "field `$or` contains type object. expecting array"),
        (json!({ "$or": [] }), "$or must contain at least 1 item"),
        (json!({ "$and": [1] }), "field `$and` contains type number. expecting object"),
        (json!({ "$not": [] }), "unrecognized field \"$not\""),
        (json!({ "a..b": 1 }), "unrecognized field \"a..b\""),
    ] {
        let answer = app().query(json!({ "filter_conditions": filter }));
        assert_eq!(answer.outcome(), format!("400 4 {expected}"), "{filter}");
    }
}

#[test]
fn users_come_newest_first_or_as_sorted() {
    for (sort, expected) in [
        (json!([]), "dave bob alice carol"),
        (json!(null), "dave bob alice carol"),
        (json!([{ "field": "id" }]), "alice bob carol dave"),
        (json!([{ "field": "id", "direction": -1 }]), "dave carol bob alice"),
        (json!([{ "field": "name", "direction": 1 }]), "carol bob alice dave"),
        (json!([{ "field": "created_at", "direction": 1 }]), "carol alice bob dave"),
        (json!([{ "field": "score" }]), "alice carol bob dave"),
        (json!([{ "field": "custom.score", "direction": -1, "type": "number" }]), "dave bob carol alice"),
        (json!([{ "field": "role" }, { "field": "id" }]), "carol alice bob dave"),
        (json!([{ "field": "banned" }]), "dave bob alice carol"),
        (json!([{ "field": "flag", "type": "boolean" }, { "field": "id", "type": "" }]), "bob alice carol dave"),
    ] {
        let ids = app().find(json!({ "filter_conditions": {}, "sort": sort }));
        assert_eq!(ids.join(" "), expected, "{sort}");
    }
}

#[test]
fn names_that_begin_with_the_typed_text_come_first_and_shorter_ones_before_longer() {
    let mut app = App::new();
    for (id, name) in [("a", "Rosalind"), ("b", "Curiosity Rover"), ("c", "Roy"), ("d", "The Ro"), ("e", "Zoe")] {
        assert_eq!(app.upsert(json!({ "id": id, "name": name })).status, 201);
        app.advance(1000);
    }
    for filter in [
        json!({ "name": { "$autocomplete": "ro" } }),
        json!({ "$and": [{ "role": "user" }, { "name": { "$autocomplete": "RO" } }] }),
    ] {
        // The requested order has no effect.
        let ids = app.find(json!({ "filter_conditions": filter, "sort": [{ "field": "id" }] }));
        assert_eq!(ids.join(" "), "c a d b", "{filter}");
    }
    // One of several alternatives does not rank, so the latest comes first, or the requested order counts.
    let either = json!({ "$or": [{ "name": { "$autocomplete": "ro" } }, { "id": "e" }] });
    assert_eq!(app.find(json!({ "filter_conditions": either })).join(" "), "e d c b a");
    let sorted = json!({ "filter_conditions": either, "sort": [{ "field": "id" }] });
    assert_eq!(app.find(sorted).join(" "), "a b c d e");
}

#[test]
fn pages_are_cut_from_the_sorted_whole() {
    let mut app = app();
    let mut page = |offset: Value, limit: Value, sort: Value| {
        app.find(json!({ "filter_conditions": {}, "offset": offset, "limit": limit, "sort": sort })).join(" ")
    };
    let by_id = json!([{ "field": "id" }]);
    for (offset, limit, newest, sorted) in [
        (json!(1), json!(2), "bob alice", "bob carol"),
        (json!(0), json!(0), "dave bob alice carol", "alice bob carol dave"),
        (json!(null), json!(1), "dave", "alice"),
        (json!(3), json!(100), "carol", "dave"),
        (json!(4), json!(1), "", ""),
        (json!(1000), json!(1), "", ""),
    ] {
        assert_eq!(page(offset.clone(), limit.clone(), json!([])), newest, "{offset} {limit}");
        assert_eq!(page(offset.clone(), limit.clone(), by_id.clone()), sorted, "{offset} {limit}");
    }
}

#[test]
fn a_page_has_30_users_unless_it_is_told_otherwise() {
    let mut app = App::new();
    let users = (0..40).map(|n| (format!("u{n}"), json!({ "id": format!("u{n}") })));
    app.post("/users", json!({ "users": Value::Object(users.collect()) }));
    for payload in [json!({ "filter_conditions": {} }), json!({ "filter_conditions": {}, "sort": [{ "field": "id" }] })]
    {
        assert_eq!(app.find(payload).len(), 30);
    }
    let all = app.find(json!({ "filter_conditions": {}, "limit": 100 }));
    let backwards: Vec<String> = (0..40).rev().map(|n| format!("u{n}")).collect();
    assert_eq!(all, backwards, "users of one batch are created in the order of the batch");
}

#[test]
fn payloads_that_make_no_sense_are_refused() {
    for (payload, expected) in [
        (json!({}), "filter_conditions is a required field"),
        (json!({ "filter_conditions": [] }), "expected object for field \"filter_conditions\" but got array"),
        (json!({ "filter_conditions": {}, "limit": 101 }), "limit must be 100 or less"),
        (json!({ "filter_conditions": {}, "limit": -1 }), "limit must be 0 or greater"),
        (json!({ "filter_conditions": {}, "limit": "10" }), "expected number for field \"limit\" but got string"),
        (json!({ "filter_conditions": {}, "offset": 1001 }), "offset must be 1000 or less"),
        (json!({ "filter_conditions": {}, "sort": {} }), "expected array for field \"sort\" but got object"),
        (
            json!({ "filter_conditions": {}, "sort": vec![json!({ "field": "id" }); 6] }),
            "sort must contain at maximum 5 items",
        ),
        (json!({ "filter_conditions": {}, "sort": [{}] }), "sort[0].field is a required field"),
        (
            json!({ "filter_conditions": {}, "sort": [{ "field": "id", "direction": 0 }] }),
            "expected number for field \"sort[0].direction\" but got number `0`",
        ),
        (
            json!({ "filter_conditions": {}, "sort": [{ "field": "id", "type": "text" }] }),
            "sort[0].type must be one of [number boolean]",
        ),
        (
            json!({ "filter_conditions": {}, "presence": true }),
            "Watch or Presence requires an active websocket connection, \
             please make sure to include your websocket connection_id",
        ),
        (
            json!({ "filter_conditions": {}, "user_id": "a", "user": { "id": "a" } }),
            "cannot set both user and user_id.",
        ),
    ] {
        assert_eq!(app().query(payload.clone()).outcome(), format!("400 4 {expected}"), "{payload}");
    }
    for path in ["/users", "/users?payload=", "/users?payload=%7B", "/users?payload=%ff", "/users?payload=[]"] {
        assert_eq!(app().get(path).outcome(), "400 4 invalid json data", "{path}");
    }
}

#[test]
fn a_server_may_ask_for_a_user() {
    let mut app = app();
    app.post("/users/dave/deactivate", json!({}));
    let mut ask = |key: &str, value: Value| app.query(json!({ "filter_conditions": {}, key: value }));
    assert_eq!(ask("user_id", json!("alice")).outcome(), "ok");
    assert_eq!(ask("user_id", json!("dave")).outcome(), "404 16 the user dave was deactivated");
    assert_eq!(ask("user", json!({ "id": "new", "name": "New" })).body["users"][0]["name"], "New");
}

#[test]
fn everyone_may_query() {
    let mut app = app();
    for caller in [As::Server, As::User("alice"), As::Anonymous] {
        let answer = app.query_as(caller, &json!({ "filter_conditions": { "id": "bob" } }));
        assert_eq!(answer.body["users"][0]["id"], "bob", "{caller:?}");
    }
}

#[test]
fn encodings_of_every_sdk_are_understood() {
    let mut app = app();
    // Go encodes a space as a plus sign, JavaScript as %20.
    for space in ["+", "%20"] {
        let path =
            format!(r#"/users?payload=%7B%22filter_conditions%22:%7B%22name%22:%22Curiosity{space}Rover%22%7D%7D"#);
        let answer = app.call_as(As::Server, Method::Get, &path, b"");
        assert_eq!(answer.body["users"][0]["id"], "carol");
    }
}
