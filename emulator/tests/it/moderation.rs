//! Banning, muting and flagging users.

use getstream_users_emulator::{Choices, Config, Method};
use serde_json::{Value, json};

use crate::app::{App, As, START_MS};

const MINUTE_MS: i64 = 60_000;
const SUSPENDED: &str =
    "403 17 Sorry, you do not have access to this feature. Your account is currently suspended from chat.";

/// Bans `u` with these additional fields.
fn ban(app: &mut App, fields: Value) {
    let answer = app.post("/moderation/ban", with(json!({ "target_user_id": "u", "banned_by_id": "mod" }), fields));
    assert_eq!((answer.outcome().as_str(), &answer.body), ("ok", &json!({ "duration": "0.00ms" })));
}

fn with(mut object: Value, fields: Value) -> Value {
    object.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    object
}

fn unban(app: &mut App, query: &str) -> String {
    // Without a body, as an SDK sends it.
    app.call_as(As::Server, Method::Post, &format!("/moderation/unban?{query}"), b"").outcome()
}

fn bans(app: &mut App, payload: Value) -> Vec<Value> {
    let payload = with(json!({ "filter_conditions": {} }), payload);
    let answer = app.get_with(As::Server, "/chat/query_banned_users", &payload);
    assert_eq!(answer.status, 200, "{answer:?}");
    answer.body["bans"].as_array().unwrap().clone()
}

/// The ban in the user: whether it is banned or shadow banned, and when the ban expires.
fn shown(app: &mut App, id: &str) -> (bool, bool, Option<i64>) {
    let user = app.user(id).unwrap();
    let flag = |name: &str| user[name].as_bool().unwrap();
    (flag("banned"), flag("shadow_banned"), user.get("ban_expires").map(|at| at.as_i64().unwrap()))
}

fn after(minutes: i64) -> i64 {
    (START_MS + minutes * MINUTE_MS) * 1_000_000
}

#[test]
fn a_ban_is_shown_until_it_ends() {
    for (fields, expected) in [
        (json!({}), (true, false, None)),
        (json!({ "timeout": 0 }), (true, false, None)),
        (json!({ "timeout": 5 }), (true, false, Some(after(5)))),
        (json!({ "shadow": true }), (false, true, None)),
        (json!({ "shadow": true, "timeout": 5 }), (false, true, Some(after(5)))),
        (json!({ "channel_cid": "messaging:general" }), (false, false, None)),
        (json!({ "channel_cid": "" , "reason": "" }), (true, false, None)),
    ] {
        let mut app = App::of(&["u", "mod"]);
        ban(&mut app, fields.clone());
        assert_eq!(shown(&mut app, "u"), expected, "{fields}");
        let brief = app.get("/users/u/export").body["user"].clone();
        assert_eq!((&brief["banned"], &brief["shadow_banned"]), (&json!(expected.0), &json!(expected.1)), "{fields}");
        app.advance(5 * MINUTE_MS - 1);
        assert_eq!(shown(&mut app, "u"), expected, "{fields}");
        app.advance(1);
        let ended = if expected.2.is_some() { (false, false, None) } else { expected };
        assert_eq!(shown(&mut app, "u"), ended, "{fields}");
        assert_eq!(bans(&mut app, json!({})).len(), 1, "a ban that has ended stays in the list");
    }
}

#[test]
fn users_can_be_queried_by_ban() {
    let mut app = App::of(&["u", "mod", "shadow"]);
    ban(&mut app, json!({ "timeout": 1 }));
    ban(&mut app, json!({ "target_user_id": "shadow", "shadow": true }));
    let mut found = |filter: Value| app.find(json!({ "filter_conditions": filter })).join(" ");
    assert_eq!(found(json!({ "banned": true })), "u");
    assert_eq!(found(json!({ "banned": { "$ne": true } })), "shadow mod");
    assert_eq!(found(json!({ "shadow_banned": true })), "shadow");
    assert_eq!(found(json!({ "id": "u", "banned": true })), "u");
    let sorted = json!({ "filter_conditions": {}, "sort": [{ "field": "banned", "direction": -1 }] });
    assert_eq!(app.find(sorted), ["u", "shadow", "mod"]);
    app.advance(MINUTE_MS);
    assert_eq!(app.find(json!({ "filter_conditions": { "banned": true } })), [""; 0]);
}

#[test]
fn banning_again_replaces_the_ban() {
    let mut app = App::of(&["u", "mod", "other"]);
    ban(&mut app, json!({ "timeout": 5, "reason": "spam" }));
    app.advance(1000);
    ban(&mut app, json!({ "banned_by_id": "other", "shadow": true }));
    let listed = bans(&mut app, json!({}));
    assert_eq!(listed.len(), 1);
    let ban = &listed[0];
    assert_eq!((&ban["banned_by"]["id"], &ban["shadow"]), (&json!("other"), &json!(true)));
    assert_eq!((ban.get("reason"), ban.get("expires")), (None, None));
    assert_eq!(shown(&mut app, "u"), (false, true, None));
}

#[test]
fn a_listed_ban_has_every_field_of_its_request() {
    let mut app = App::of(&["u", "mod"]);
    ban(&mut app, json!({ "timeout": 5, "reason": "spam" }));
    ban(&mut app, json!({ "channel_cid": "messaging:general", "banned_by_id": "nobody" }));
    let listed = bans(&mut app, json!({}));
    let (channel, whole) = (&listed[0], &listed[1]);
    assert_eq!((&whole["user"]["id"], &whole["banned_by"]["id"]), (&json!("u"), &json!("mod")));
    assert_eq!((&whole["reason"], &whole["shadow"]), (&json!("spam"), &json!(false)));
    assert_eq!((&whole["expires"], whole.get("channel")), (&json!(after(5)), None));
    assert_eq!((&channel["channel"]["cid"], channel.get("banned_by")), (&json!("messaging:general"), None));
    assert_eq!((&channel["channel"]["type"], &channel["channel"]["id"]), (&json!("messaging"), &json!("general")));
    assert_eq!(channel["channel"]["created_at"], channel["created_at"]);
}

#[test]
fn the_banning_user_must_be_named_and_exist_only_in_strict_mode() {
    const NOBODY: &str = "400 4 either banned_by or banned_by_id must be provided when using server side auth.";
    let strict = Config { choices: Choices { strict: true, ..Choices::default() }, ..Config::default() };
    for (config, fields, expected) in [
        (Config::default(), json!({}), NOBODY),
        (Config::default(), json!({ "banned_by_id": "x" }), "ok"),
        (strict.clone(), json!({ "banned_by_id": "x" }), "404 16 the user x does not exist"),
        (strict, json!({ "banned_by": { "id": "x" } }), "ok"),
        (
            Config::default(),
            json!({ "banned_by_id": "x", "banned_by": { "id": "x" } }),
            "400 4 cannot set both banned_by and banned_by_id.",
        ),
    ] {
        let mut app = App::with(config);
        app.upsert(json!({ "id": "u" }));
        let sent = fields.get("banned_by").is_some() && expected == "ok";
        let answer = app.post("/moderation/ban", with(json!({ "target_user_id": "u" }), fields));
        assert_eq!(answer.outcome(), expected);
        assert_eq!(app.user("x").is_some(), sent, "who is sent along is created");
        assert_eq!(shown(&mut app, "u").0, expected == "ok");
    }
}

#[test]
fn bans_that_make_no_sense_are_refused() {
    for (fields, expected) in [
        (json!({ "target_user_id": null }), "400 4 target_user_id is a required field"),
        (json!({ "target_user_id": "x" }), "404 16 the user x does not exist"),
        (json!({ "timeout": -1 }), "400 4 timeout must be 0 or greater"),
        (json!({ "timeout": "5" }), "400 4 expected number for field \"timeout\" but got string"),
        (json!({ "shadow": "yes" }), "400 4 expected boolean for field \"shadow\" but got string"),
        (json!({ "delete_messages": "all" }), "400 4 delete_messages must be one of [soft pruning hard]"),
        (
            json!({ "channel_cid": "general" }),
            "400 4 channel_cid must be the type and the id of a channel with a colon between them",
        ),
    ] {
        let mut app = App::of(&["u", "mod"]);
        let body = with(json!({ "target_user_id": "u", "banned_by_id": "mod" }), fields);
        assert_eq!(app.post("/moderation/ban", body).outcome(), expected);
        assert_eq!(bans(&mut app, json!({})), [Value::Null; 0]);
    }
    assert_eq!(unban(&mut App::new(), "channel_cid=a:b"), "400 4 target_user_id is a required field");
}

#[test]
fn a_ban_is_removed_by_place_and_by_its_creator() {
    for (query, expected) in [
        ("target_user_id=u", vec!["messaging:general"]),
        ("target_user_id=u&channel_cid=messaging%3Ageneral", vec![""]),
        ("target_user_id=u&created_by=mod", vec!["messaging:general"]),
        ("target_user_id=u&created_by=other", vec!["messaging:general", ""]),
        ("target_user_id=u&channel_cid=messaging:other", vec!["messaging:general", ""]),
        ("target_user_id=nobody", vec!["messaging:general", ""]),
    ] {
        let mut app = App::of(&["u", "mod"]);
        ban(&mut app, json!({}));
        ban(&mut app, json!({ "channel_cid": "messaging:general" }));
        for _ in 0..2 {
            assert_eq!(unban(&mut app, query), "ok", "taking back what is not there is no failure");
        }
        let left = bans(&mut app, json!({}));
        let left: Vec<&str> = left.iter().map(|ban| ban["channel"]["cid"].as_str().unwrap_or_default()).collect();
        assert_eq!(left, expected, "{query}");
        assert_eq!(shown(&mut app, "u").0, expected.contains(&""), "{query}");
    }
}

#[test]
fn a_user_can_write_after_its_ban_is_removed() {
    let mut app = App::of(&["u", "mod"]);
    ban(&mut app, json!({}));
    let body = json!({ "unbanned_by_id": "mod" });
    assert_eq!(app.post("/moderation/unban?target_user_id=u", body).outcome(), "ok");
    assert_eq!(app.post_as(As::User("u"), "/users", &json!({ "users": { "u": { "id": "u" } } })).outcome(), "ok");
}

#[test]
fn a_banned_user_may_read_but_not_write() {
    let writes: &[(Method, &str, Value)] = &[
        (Method::Post, "/users", json!({ "users": { "u": { "id": "u" } } })),
        (Method::Patch, "/users", json!({ "users": [{ "id": "u", "set": { "name": "U" } }] })),
        (Method::Post, "/users/block", json!({ "blocked_user_id": "mod" })),
        (Method::Post, "/users/unblock", json!({ "blocked_user_id": "mod" })),
        (Method::Post, "/moderation/mute", json!({ "target_ids": ["mod"] })),
        (Method::Post, "/moderation/unmute", json!({ "target_ids": ["mod"] })),
        (Method::Post, "/moderation/flag", json!({ "entity_type": "user", "entity_id": "mod" })),
    ];
    for (fields, expected) in [
        (json!({}), SUSPENDED),
        (json!({ "shadow": true }), "ok"),
        (json!({ "channel_cid": "messaging:general" }), "ok"),
    ] {
        let mut app = App::of(&["u", "mod"]);
        ban(&mut app, with(json!({ "timeout": 1 }), fields));
        for (method, path, body) in writes {
            let answer = app.call_as(As::User("u"), *method, path, body.to_string().as_bytes());
            assert_eq!(answer.outcome(), expected, "{path}");
            let for_it = app.post("/users/block", json!({ "blocked_user_id": "mod", "user_id": "u" }));
            assert_eq!(for_it.outcome(), "ok", "a server acts for whom it likes");
        }
        assert_eq!(app.query_as(As::User("u"), &json!({ "filter_conditions": {} })).outcome(), "ok");
        assert_eq!(app.call_as(As::User("u"), Method::Get, "/users/block", b"").outcome(), "ok");
        app.advance(MINUTE_MS);
        let (method, path, body) = &writes[0];
        assert_eq!(app.call_as(As::User("u"), *method, path, body.to_string().as_bytes()).outcome(), "ok");
    }
}

#[test]
fn moderators_ban_and_users_mute_and_flag() {
    let refused = |role: &str, action: &str| {
        // The user's id is the first letter of its role.
        let id: String = role.chars().take(1).collect();
        format!("403 17 User '{id}' with role '{role}' is not allowed to perform action {action}")
    };
    let ok = || "ok".to_owned();
    let ban_body = json!({ "target_user_id": "t", "banned_by_id": "someone else" });
    for (path, body, user, moderator) in [
        ("/moderation/ban", ban_body, refused("user", "BanUser"), ok()),
        ("/moderation/unban?target_user_id=t", json!({}), refused("user", "Unban"), refused("moderator", "Unban")),
        ("/moderation/mute", json!({ "target_ids": ["t"] }), ok(), ok()),
        ("/moderation/unmute", json!({ "target_ids": ["t"] }), ok(), ok()),
        ("/moderation/flag", json!({ "entity_type": "user", "entity_id": "t" }), ok(), ok()),
        (
            "/moderation/flag_count",
            json!({ "entity_creator_id": "t" }),
            refused("user", "GetFlagCount"),
            refused("moderator", "GetFlagCount"),
        ),
    ] {
        let mut app = App::of(&["u", "t"]);
        app.upsert(json!({ "id": "m", "role": "moderator" }));
        assert_eq!(app.post_as(As::User("u"), path, &body).outcome(), user, "{path}");
        assert_eq!(app.post_as(As::User("m"), path, &body).outcome(), moderator, "{path}");
        assert_eq!(app.post_as(As::Server, path, &with(body, json!({ "user_id": "u" }))).outcome(), "ok", "{path}");
        let visitor = app.post_as(As::Anonymous, path, &json!({})).status;
        assert_eq!(visitor, 403, "{path}");
    }
    let mut app = App::of(&["u", "t"]);
    app.upsert(json!({ "id": "m", "role": "moderator" }));
    app.post_as(As::User("m"), "/moderation/ban", &json!({ "target_user_id": "t", "banned_by_id": "u" }));
    assert_eq!(bans(&mut app, json!({}))[0]["banned_by"]["id"], "m", "a moderator bans in its own name");
    for path in ["/chat/query_banned_users", "/chat/query_future_channel_bans"] {
        let payload = json!({ "filter_conditions": {} });
        assert_eq!(app.get_with(As::User("u"), path, &payload).outcome(), refused("user", "BanUser"));
        assert_eq!(app.get_with(As::User("m"), path, &payload).outcome(), "ok");
    }
}

/// An app with bans of `a` (expired), `b` and `c`, and one of `a` from a channel.
fn app_with_bans() -> App {
    let mut app = App::of(&["a", "b", "c", "mod", "other"]);
    for fields in [
        json!({ "target_user_id": "a", "reason": "Rude words", "timeout": 1 }),
        json!({ "target_user_id": "b", "reason": "because", "banned_by_id": "other" }),
        json!({ "target_user_id": "c" }),
        json!({ "target_user_id": "a", "channel_cid": "messaging:general", "timeout": 10 }),
    ] {
        ban(&mut app, fields);
        app.advance(1000);
    }
    app.advance(MINUTE_MS);
    app
}

fn names(bans: &[Value]) -> String {
    let name = |ban: &Value| {
        let place = ban["channel"]["id"].as_str().map(|id| format!("@{id}"));
        format!("{}{}", ban["user"]["id"].as_str().unwrap(), place.unwrap_or_default())
    };
    bans.iter().map(name).collect::<Vec<_>>().join(" ")
}

#[test]
fn bans_are_found_by_each_of_their_fields() {
    let mut app = app_with_bans();
    for (filter, expected) in [
        (json!({}), "a@general c b a"),
        (json!({ "user_id": "a" }), "a@general a"),
        (json!({ "user_id": { "$in": ["b", "c", "x"] } }), "c b"),
        (json!({ "user_id": { "$gt": "b" } }), "c"),
        (json!({ "banned_by_id": "other" }), "b"),
        (json!({ "banned_by_id": { "$in": ["mod"] }, "user_id": "a" }), "a@general a"),
        (json!({ "reason": "because" }), "b"),
        (json!({ "reason": { "$autocomplete": "ru wo" } }), "a"),
        (json!({ "reason": { "$exists": false } }), "a@general c"),
        (json!({ "channel_cid": "messaging:general" }), "a@general"),
        (json!({ "channel_cid": { "$in": ["messaging:other"] } }), ""),
        (json!({ "created_at": { "$gte": "2026-01-01T00:00:02Z" } }), "a@general c"),
        (json!({ "$or": [{ "user_id": "c" }, { "reason": "because" }] }), "c b"),
    ] {
        assert_eq!(names(&bans(&mut app, json!({ "filter_conditions": filter }))), expected, "{filter}");
    }
    for (payload, expected) in [
        (json!({ "exclude_expired_bans": true }), "a@general c b"),
        (json!({ "sort": [{ "field": "created_at", "direction": 1 }] }), "a b c a@general"),
        (json!({ "sort": [{ "field": "user_id" }], "offset": 1, "limit": 2 }), "a b"),
        (json!({ "limit": 1 }), "a@general"),
        (json!({ "offset": 10_000 }), ""),
        (json!({ "user_id": "mod", "limit": 300, "offset": 3 }), "a"),
    ] {
        assert_eq!(names(&bans(&mut app, payload.clone())), expected, "{payload}");
    }
}

#[test]
fn queries_of_bans_that_make_no_sense_are_refused() {
    let mut app = app_with_bans();
    for (payload, expected) in [
        (json!({}), "400 4 filter_conditions is a required field"),
        (json!({ "filter_conditions": { "name": "x" } }), "400 4 unrecognized field \"name\""),
        (
            json!({ "filter_conditions": { "channel_cid": { "$gt": "x" } } }),
            "400 4 operator \"$gt\" is not allowed for field \"channel_cid\"",
        ),
        (
            json!({ "filter_conditions": { "user_id": { "$autocomplete": "x" } } }),
            "400 4 operator \"$autocomplete\" is not allowed for field \"user_id\"",
        ),
        (
            json!({ "filter_conditions": { "reason": { "$q": "x" } } }),
            "400 4 search is not enabled for field bans.reason",
        ),
        (
            json!({ "filter_conditions": { "user_id": 1 } }),
            "400 4 field `user_id` contains type number. expecting string",
        ),
        (json!({ "filter_conditions": {}, "limit": 301 }), "400 4 limit must be 300 or less"),
        (json!({ "filter_conditions": {}, "offset": 10_001 }), "400 4 offset must be 10000 or less"),
        (
            json!({ "filter_conditions": {}, "sort": [{ "field": "user_id" }, { "field": "reason" }] }),
            "400 4 sort must contain at maximum 1 items",
        ),
        (json!({ "filter_conditions": {}, "sort": [{ "field": "age" }] }), "400 4 unrecognized field \"age\""),
        (json!({ "filter_conditions": {}, "user_id": "x" }), "404 16 the user x does not exist"),
    ] {
        let answer = app.get_with(As::Server, "/chat/query_banned_users", &payload);
        assert_eq!(answer.outcome(), expected, "{payload}");
    }
    assert_eq!(app.get("/chat/query_banned_users").outcome(), "400 4 invalid json data");
}

#[test]
fn bans_of_users_who_were_deleted_are_hidden_until_they_are_restored() {
    let mut app = App::of(&["u", "mod"]);
    ban(&mut app, json!({ "ban_from_future_channels": true }));
    app.post("/users/delete", json!({ "user_ids": ["u"] }));
    assert_eq!(bans(&mut app, json!({ "filter_conditions": { "user_id": "u" } })), [Value::Null; 0]);
    assert_eq!(app.get("/chat/query_future_channel_bans").body["bans"], json!([]));
    app.post("/users/restore", json!({ "user_ids": ["u"] }));
    assert_eq!(bans(&mut app, json!({})).len(), 1);
    assert_eq!(shown(&mut app, "u"), (true, false, None), "a deletion does not lift a ban");
    app.post("/users/delete", json!({ "user_ids": ["mod"] }));
    assert_eq!(bans(&mut app, json!({}))[0].get("banned_by"), None);
}

#[test]
fn bans_from_future_channels_are_listed_separately() {
    let mut app = App::of(&["u", "v", "mod"]);
    app.upsert(json!({ "id": "other", "role": "moderator" }));
    let future =
        |fields: Value| with(json!({ "channel_cid": "messaging:general", "ban_from_future_channels": true }), fields);
    ban(&mut app, future(json!({ "timeout": 1, "reason": "spam" })));
    ban(&mut app, future(json!({ "banned_by_id": "other" })));
    ban(&mut app, future(json!({ "target_user_id": "v" })));
    assert_eq!(shown(&mut app, "u"), (false, false, None));
    let found = |app: &mut App, caller: As<'_>, payload: Value| {
        let answer = app.get_with(caller, "/chat/query_future_channel_bans", &payload).body;
        let by = |ban: &Value| format!("{} by {}", ban["user"]["id"], ban["banned_by"]["id"]).replace('"', "");
        let bans = answer["bans"].as_array().unwrap().iter().map(by).collect::<Vec<_>>().join(", ");
        (bans, answer.get("total").cloned())
    };
    for (payload, expected, total) in [
        (json!({}), "v by mod, u by other, u by mod", None),
        (json!({ "target_user_id": "u" }), "u by other, u by mod", None),
        (json!({ "user_id": "mod", "include_total": true }), "v by mod, u by mod", Some(json!(2))),
        (json!({ "limit": 1, "offset": 1, "include_total": true }), "u by other", Some(json!(3))),
    ] {
        assert_eq!(found(&mut app, As::Server, payload.clone()), (expected.to_owned(), total), "{payload}");
    }
    assert_eq!(found(&mut app, As::User("other"), json!({ "user_id": "mod" })).0, "u by other");
    app.advance(MINUTE_MS);
    assert_eq!(found(&mut app, As::Server, json!({ "exclude_expired_bans": true })).0, "v by mod, u by other");
    assert_eq!(unban(&mut app, "target_user_id=u&created_by=other&remove_future_channels_ban=true"), "ok");
    assert_eq!(found(&mut app, As::Server, json!({})).0, "v by mod, u by mod");
}

fn muted(app: &mut App, viewer: As<'_>, id: &str) -> Vec<String> {
    let answer = app.query_as(viewer, &json!({ "filter_conditions": { "id": id } }));
    let mutes = answer.body["users"][0]["mutes"].as_array().unwrap();
    mutes.iter().map(|mute| mute["target"]["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_mute_is_in_the_muting_user_until_it_expires() {
    let mut app = App::of(&["u", "a", "b"]);
    let answer = app.post("/moderation/mute", json!({ "target_ids": ["a", "b", "a"], "user_id": "u", "timeout": 5 }));
    assert_eq!(answer.outcome(), "ok");
    assert_eq!((answer.body.get("non_existing_users"), answer.body.get("own_user")), (None, None));
    let mutes = answer.body["mutes"].as_array().unwrap();
    assert_eq!((mutes.len(), &mutes[0]["user"]["id"], &mutes[0]["target"]["id"]), (2, &json!("u"), &json!("a")));
    assert_eq!(mutes[1]["expires"], json!(after(5)));
    assert_eq!(app.user("u").unwrap()["mutes"], json!(mutes));
    assert_eq!(muted(&mut app, As::Server, "a"), [""; 0], "a mute has one direction");

    let again = app.post("/moderation/mute", json!({ "target_ids": ["b"], "user_id": "u" })).body["mutes"][0].clone();
    assert_eq!((&again["created_at"], again.get("expires")), (&mutes[1]["created_at"], None));
    assert!(again["updated_at"].as_i64() > mutes[1]["updated_at"].as_i64());
    app.advance(5 * MINUTE_MS);
    assert_eq!(muted(&mut app, As::Server, "u"), ["b"]);
}

#[test]
fn what_a_user_has_muted_is_shown_to_itself_and_the_server() {
    let mut app = App::of(&["u", "a"]);
    let answer = app.post_as(As::User("u"), "/moderation/mute", &json!({ "target_ids": ["a"], "user_id": "a" }));
    assert_eq!((&answer.body["own_user"]["id"], answer.body["own_user"].get("push_preferences")), (&json!("u"), None));
    assert_eq!(answer.body["own_user"]["mutes"], answer.body["mutes"]);
    for (viewer, expected) in
        [(As::Server, &["a"][..]), (As::User("u"), &["a"]), (As::User("a"), &[]), (As::Anonymous, &[])]
    {
        assert_eq!(muted(&mut app, viewer, "u"), expected, "{viewer:?}");
    }
}

#[test]
fn unknown_targets_are_reported_and_the_others_muted() {
    let mut app = App::of(&["u", "a", "gone"]);
    app.post("/users/delete", json!({ "user_ids": ["gone"] }));
    let body = json!({ "target_ids": ["x", "a", "gone", "x"], "user_id": "u" });
    let answer = app.post("/moderation/mute", body.clone());
    assert_eq!(answer.body["non_existing_users"], json!(["x", "gone"]));
    assert_eq!(muted(&mut app, As::Server, "u"), ["a"]);
    for _ in 0..2 {
        let answer = app.post("/moderation/unmute", body.clone());
        assert_eq!((answer.outcome(), &answer.body["non_existing_users"]), ("ok".to_owned(), &json!(["x", "gone"])));
        assert_eq!(muted(&mut app, As::Server, "u"), [""; 0]);
    }
    let nobody = app.post("/moderation/mute", json!({ "target_ids": ["x"], "user_id": "u" }));
    assert_eq!((nobody.outcome(), &nobody.body["mutes"]), ("ok".to_owned(), &json!([])));
}

#[test]
fn mutes_that_make_no_sense_are_refused() {
    for (body, expected) in [
        (json!({ "user_id": "u" }), "target_ids is a required field"),
        (json!({ "user_id": "u", "target_ids": [] }), "target_ids must contain at least 1 item"),
        (json!({ "user_id": "u", "target_ids": vec!["a"; 1001] }), "target_ids must contain at maximum 1000 items"),
        (json!({ "user_id": "u", "target_ids": ["a", ""] }), "target_ids[1] is a required field"),
        (json!({ "user_id": "u", "target_ids": ["a"], "timeout": -1 }), "timeout must be 0 or greater"),
        (json!({ "target_ids": ["a"] }), "either user or user_id must be provided when using server side auth."),
    ] {
        let mut app = App::of(&["u", "a"]);
        assert_eq!(app.post("/moderation/mute", body).outcome(), format!("400 4 {expected}"));
        assert_eq!(muted(&mut app, As::Server, "u"), [""; 0]);
    }
    let full = App::of(&["u", "a"]).post("/moderation/mute", json!({ "user_id": "u", "target_ids": vec!["a"; 1000] }));
    assert_eq!(full.outcome(), "ok");
}

#[test]
fn flags_about_one_thing_make_one_item() {
    let mut app = App::of(&["u", "v", "t"]);
    let mut flag = |body: Value| {
        let answer = app.post("/moderation/flag", body);
        assert_eq!(answer.outcome(), "ok");
        answer.body["item_id"].as_str().unwrap().to_owned()
    };
    let user = |by: &str, kind: &str| json!({ "entity_type": kind, "entity_id": "t", "user_id": by, "reason": "spam" });
    let item = flag(user("u", "stream:user"));
    assert_eq!(item.len(), 36);
    assert_eq!(flag(user("u", "user")), item, "flagging again is no failure");
    assert_eq!(flag(user("v", "user")), item);
    let message = json!({
        "entity_type": "stream:chat:v1:message", "entity_id": "m", "entity_creator_id": "t", "user_id": "u",
        "custom": { "a": 1 }, "moderation_payload": { "texts": ["bad"] },
    });
    assert_ne!(flag(message), item);
    for (body, expected) in [
        (json!({ "entity_creator_id": "t" }), 3),
        (json!({ "entity_creator_id": "t", "entity_type": "user" }), 2),
        (json!({ "entity_creator_id": "t", "entity_type": "stream:chat:v1:message" }), 1),
        (json!({ "entity_creator_id": "u" }), 0),
    ] {
        assert_eq!(app.post("/moderation/flag_count", body.clone()).body["count"], expected, "{body}");
    }
}

#[test]
fn flags_that_make_no_sense_are_refused() {
    for (body, expected) in [
        (json!({ "entity_id": "t", "user_id": "u" }), "400 4 entity_type is a required field"),
        (json!({ "entity_type": "user", "user_id": "u" }), "400 4 entity_id is a required field"),
        (json!({ "entity_type": "user", "entity_id": "x", "user_id": "u" }), "404 16 the user x does not exist"),
        (
            json!({ "entity_type": "user", "entity_id": "t", "user_id": "u", "reason": "ä".repeat(256) }),
            "400 4 reason must be a maximum of 255 characters in length",
        ),
        (
            json!({ "entity_type": "user", "entity_id": "t" }),
            "400 4 either user or user_id must be provided when using server side auth.",
        ),
    ] {
        assert_eq!(App::of(&["u", "t"]).post("/moderation/flag", body).outcome(), expected);
    }
    let longest = json!({ "entity_type": "user", "entity_id": "t", "user_id": "u", "reason": "ä".repeat(255) });
    assert_eq!(App::of(&["u", "t"]).post("/moderation/flag", longest).outcome(), "ok");
}

#[test]
fn bans_mutes_and_flags_are_saved_and_restored() {
    let mut app = App::of(&["u", "mod"]);
    ban(&mut app, json!({ "channel_cid": "messaging:general", "timeout": 5 }));
    ban(&mut app, json!({ "ban_from_future_channels": true }));
    app.post("/moderation/mute", json!({ "target_ids": ["mod"], "user_id": "u", "timeout": 5 }));
    app.post("/users/block", json!({ "blocked_user_id": "mod", "user_id": "u" }));
    let flag = json!({ "entity_type": "user", "entity_id": "u", "user_id": "mod" });
    let item = app.post("/moderation/flag", flag.clone()).body;
    let (user, listed) = (app.user("u"), bans(&mut app, json!({})));
    let future = app.get("/chat/query_future_channel_bans");
    let saved = app.snapshot();
    let mut app = App::new();
    app.restore(&saved).unwrap();
    assert_eq!((app.user("u"), bans(&mut app, json!({}))), (user, listed));
    assert_eq!(app.get("/chat/query_future_channel_bans"), future);
    assert_eq!(app.post("/moderation/flag", flag).body, item);
}

/// An app with users with these ids, and a hook that receives the events of moderation.
fn app_that_listens(ids: &[&str]) -> App {
    let mut app = App::of(ids);
    let types = ["user.banned", "user.unbanned", "user.muted", "user.unmuted", "user.flagged"];
    let hook =
        json!({ "hook_type": "webhook", "enabled": true, "event_types": types, "webhook_url": "https://example.com" });
    app.listen(&json!({ "event_hooks": [hook] }));
    app
}

/// The events that a hook received, without the fields of all events, and with users as ids.
fn told(app: &mut App) -> Vec<Value> {
    let mut told = app.told();
    for event in &mut told {
        let fields = event.as_object_mut().unwrap();
        for name in ["created_at", "custom", "request_info"] {
            fields.shift_remove(name);
        }
        for value in fields.values_mut() {
            match value {
                Value::Object(user) => *value = user["id"].clone(),
                Value::Array(users) => users.iter_mut().for_each(|user| *user = user["id"].clone()),
                _ => {}
            }
        }
    }
    told
}

#[test]
fn hooks_receive_events_of_bans() {
    let mut app = app_that_listens(&["u", "mod"]);
    ban(&mut app, json!({ "reason": "spam", "timeout": 5 }));
    ban(&mut app, json!({ "channel_cid": "messaging:general", "banned_by_id": "nobody", "shadow": true }));
    let body = json!({ "unbanned_by_id": "mod" });
    app.post("/moderation/unban?target_user_id=u&channel_cid=messaging:general", body.clone());
    app.post("/moderation/unban?target_user_id=u&created_by=nobody", body);
    app.advance(5 * MINUTE_MS);
    unban(&mut app, "target_user_id=u");
    let channel = json!({ "cid": "messaging:general", "channel_type": "messaging", "channel_id": "general" });
    assert_eq!(
        told(&mut app),
        [
            json!({
                "type": "user.banned", "user": "u", "created_by": "mod", "reason": "spam", "shadow": false,
                "expiration": 1_767_225_900_000_000_000_i64, "total_bans": 1,
            }),
            with(json!({ "type": "user.banned", "user": "u", "shadow": true, "total_bans": 2 }), channel.clone()),
            with(json!({ "type": "user.unbanned", "user": "u", "created_by": "mod", "shadow": true }), channel),
        ],
        "taking back what is not there, or has ended, is no event"
    );
}

#[test]
fn hooks_receive_events_of_mutes_and_flags() {
    let mut app = app_that_listens(&["u", "a", "b"]);
    for (path, targets) in [
        ("/moderation/mute", json!(["a", "x"])),
        ("/moderation/mute", json!(["a", "b"])),
        ("/moderation/mute", json!(["x"])),
        ("/moderation/unmute", json!(["a", "b"])),
        ("/moderation/unmute", json!(["a"])),
    ] {
        app.post(path, json!({ "target_ids": targets, "user_id": "u" }));
    }
    for (by, reason) in [("u", json!("spam")), ("u", json!("spam")), ("b", json!(null))] {
        app.post(
            "/moderation/flag",
            json!({ "entity_type": "user", "entity_id": "a", "user_id": by, "reason": reason }),
        );
    }
    app.post("/moderation/flag", json!({ "entity_type": "message", "entity_id": "m", "user_id": "u" }));
    assert_eq!(
        told(&mut app),
        [
            json!({ "type": "user.muted", "user": "u", "target_user": "a" }),
            json!({ "type": "user.muted", "user": "u", "target_users": ["a", "b"] }),
            json!({ "type": "user.unmuted", "user": "u", "target_users": ["a", "b"] }),
            json!({ "type": "user.flagged", "user": "u", "target_user": "a", "reason": "spam", "total_flags": 1 }),
            json!({ "type": "user.flagged", "user": "b", "target_user": "a", "reason": "", "total_flags": 2 }),
        ]
    );
}
