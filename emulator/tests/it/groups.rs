//! User groups and their members.

use getstream_users_emulator::Method;
use serde_json::{Value, json};

use crate::app::{Answer, App, As, START_MS};

/// Requests for groups. `path` is the part after `/api/v2/usergroups`.
trait Groups {
    fn groups(&mut self, caller: As<'_>, method: Method, path: &str, body: &Value) -> Answer;

    fn create_group(&mut self, group: Value) -> Answer {
        self.groups(As::Server, Method::Post, "", &group)
    }

    fn put_group(&mut self, path: &str, change: Value) -> Answer {
        self.groups(As::Server, Method::Put, path, &change)
    }

    fn get_groups(&mut self, path: &str) -> Answer {
        self.groups(As::Server, Method::Get, path, &json!({}))
    }

    fn move_members(&mut self, path: &str, body: Value) -> Answer {
        self.groups(As::Server, Method::Post, path, &body)
    }
}

impl Groups for App {
    fn groups(&mut self, caller: As<'_>, method: Method, path: &str, body: &Value) -> Answer {
        self.call_as(caller, method, &format!("/usergroups{path}"), body.to_string().as_bytes())
    }
}

/// The ids of the groups in a response.
fn ids(answer: &Answer) -> Vec<&str> {
    assert_eq!(answer.status, 200, "{answer:?}");
    answer.body["user_groups"].as_array().unwrap().iter().map(|group| group["id"].as_str().unwrap()).collect()
}

/// The members in a response, with a star after admins.
fn members(answer: &Answer) -> String {
    let members = answer.body["user_group"]["members"].as_array().unwrap().iter();
    let names = members.map(|member| {
        let star = if member["is_admin"] == true { "*" } else { "" };
        format!("{}{star}", member["user_id"].as_str().unwrap())
    });
    names.collect::<Vec<_>>().join(" ")
}

#[test]
fn a_group_is_created_read_changed_and_deleted() {
    let mut app = App::of(&["a"]);
    app.advance(1000);
    let created = app.create_group(json!({ "name": "Design", "description": "People", "member_ids": ["a"] }));
    let at = (START_MS + 1000) * 1_000_000;
    let id = created.body["user_group"]["id"].as_str().unwrap().to_owned();
    let mut group = json!({
        "id": id, "name": "Design", "description": "People", "created_at": at, "updated_at": at,
        "members": [{ "app_pk": 1, "group_id": id, "user_id": "a", "is_admin": false, "created_at": at }],
    });
    assert_eq!((created.status, &created.body["user_group"]), (201, &group));
    assert_eq!(id.split_at(13).0, format!("{:08x}-{:04x}", (START_MS + 1000) >> 16, (START_MS + 1000) & 0xffff));
    assert_eq!(id.get(14..15), Some("7"));

    app.advance(1000);
    let updated = app.put_group(&format!("/{id}"), json!({ "name": "Art" }));
    group["name"] = json!("Art");
    group["updated_at"] = json!(at + 1_000_000_000);
    assert_eq!((updated.status, &updated.body["user_group"]), (201, &group));
    let read = app.get_groups(&format!("/{id}"));
    assert_eq!((read.status, &read.body["user_group"]), (200, &group));
    assert_eq!(app.get_groups("").body["user_groups"], json!([group]));
    let cleared = app.put_group(&format!("/{id}"), json!({ "description": "" }));
    assert_eq!(cleared.body["user_group"].get("description"), None);

    let deleted = app.groups(As::Server, Method::Delete, &format!("/{id}"), &json!({}));
    assert_eq!((deleted.status, deleted.body), (200, json!({ "duration": "0.00ms" })));
    let gone = format!("404 16 user group \"{id}\" does not exist");
    assert_eq!(app.get_groups(&format!("/{id}")).outcome(), gone);
    assert_eq!(app.put_group(&format!("/{id}"), json!({})).outcome(), gone);
    assert_eq!(app.groups(As::Server, Method::Delete, &format!("/{id}"), &json!({})).outcome(), gone);
    assert_eq!(app.move_members(&format!("/{id}/members"), json!({ "member_ids": ["a"] })).outcome(), gone);
    assert!(ids(&app.get_groups("")).is_empty());
}

#[test]
fn names_may_repeat_and_ids_may_not() {
    let mut app = App::new();
    for _ in 0..3 {
        assert_eq!(app.create_group(json!({ "name": "same" })).outcome(), "ok");
    }
    assert_eq!(ids(&app.get_groups("")).len(), 3);
    assert_eq!(app.create_group(json!({ "name": "one", "id": "g" })).body["user_group"]["id"], "g");
    assert_eq!(
        app.create_group(json!({ "name": "two", "id": "g" })).outcome(),
        "400 4 user group \"g\" already exists"
    );
}

#[test]
fn texts_and_lists_have_limits() {
    let people: Vec<String> = (0..101).map(|index| format!("u{index}")).collect();
    let ids: Vec<&str> = people.iter().map(String::as_str).collect();
    let mut app = App::of(&ids);
    let group = |more: Value| {
        let mut group = json!({ "name": "g" });
        group.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        group
    };
    for (body, expected) in [
        (json!({}), "400 4 name is a required field"),
        (json!({ "name": "" }), "400 4 name is a required field"),
        (json!({ "name": "n".repeat(256) }), "400 4 name must be a maximum of 255 characters in length"),
        (json!({ "name": "é".repeat(255) }), "ok"),
        (group(json!({ "id": "i".repeat(256) })), "400 4 id must be a maximum of 255 characters in length"),
        (group(json!({ "id": "i".repeat(255) })), "ok"),
        (
            group(json!({ "description": "d".repeat(1025) })),
            "400 4 description must be a maximum of 1024 characters in length",
        ),
        (group(json!({ "description": "d".repeat(1024) })), "ok"),
        (group(json!({ "team_id": "t".repeat(256) })), "400 4 team_id must be a maximum of 255 characters in length"),
        (group(json!({ "member_ids": ids })), "400 4 member_ids must contain at maximum 100 items"),
        (group(json!({ "member_ids": [] })), "ok"),
        (group(json!({ "member_ids": ["u0", ""] })), "400 4 member_ids[1] is a required field"),
        (group(json!({ "member_ids": "u0" })), "400 4 expected array for field \"member_ids\" but got string"),
    ] {
        assert_eq!(app.create_group(body.clone()).outcome(), expected, "{body}");
    }
    app.create_group(json!({ "name": "g", "id": "g" }));
    for path in ["/g/members", "/g/members/delete"] {
        for (body, expected) in [
            (json!({}), "400 4 member_ids is a required field"),
            (json!({ "member_ids": [] }), "400 4 member_ids must contain at least 1 item"),
            (json!({ "member_ids": ids }), "400 4 member_ids must contain at maximum 100 items"),
            (json!({ "member_ids": ids[..100] }), "ok"),
        ] {
            assert_eq!(app.move_members(path, body).outcome(), expected, "{path}");
        }
    }
    for (change, expected) in [
        (json!({ "name": "" }), "400 4 name is a required field"),
        (json!({ "name": "n".repeat(256) }), "400 4 name must be a maximum of 255 characters in length"),
        (
            json!({ "description": "d".repeat(1025) }),
            "400 4 description must be a maximum of 1024 characters in length",
        ),
    ] {
        assert_eq!(app.put_group("/g", change).outcome(), expected);
    }
}

#[test]
fn members_are_added_and_removed() {
    let mut app = App::of(&["a", "b", "c"]);
    app.create_group(json!({ "name": "g", "id": "g", "member_ids": ["b", "b"] }));
    let changed = |answer: Answer| (answer.status, members(&answer));
    let before = app.get_groups("/g").body["user_group"]["updated_at"].clone();
    app.advance(1000);
    for (path, body, expected) in [
        ("/g/members", json!({ "member_ids": ["a", "b"] }), "b a"),
        ("/g/members", json!({ "member_ids": ["c", "b"], "as_admin": true }), "b* a c*"),
        ("/g/members", json!({ "member_ids": ["b"], "as_admin": false }), "b* a c*"),
        ("/g/members/delete", json!({ "member_ids": ["nobody", "b"] }), "a c*"),
        ("/g/members/delete", json!({ "member_ids": ["a", "c"] }), ""),
    ] {
        assert_eq!(changed(app.move_members(path, body.clone())), (201, expected.to_owned()), "{body}");
        assert_eq!(members(&app.get_groups("/g")), expected);
    }
    assert_eq!(app.get_groups("/g").body["user_group"]["updated_at"], before);
}

#[test]
fn either_all_members_are_added_or_none() {
    let mut app = App::of(&["a", "b", "asleep", "gone"]);
    app.post("/users/asleep/deactivate", json!({}));
    app.post("/users/delete", json!({ "user_ids": ["gone"] }));
    app.create_group(json!({ "name": "g", "id": "g", "member_ids": ["a"] }));
    for (id, expected) in [
        ("nobody", "404 16 the user nobody does not exist"),
        ("asleep", "404 16 the user asleep was deactivated"),
        ("gone", "404 16 the user gone was deleted"),
    ] {
        let all = json!({ "member_ids": ["b", id], "name": "h", "id": "h" });
        assert_eq!(app.move_members("/g/members", all.clone()).outcome(), expected);
        assert_eq!(members(&app.get_groups("/g")), "a");
        assert_eq!(app.create_group(all).outcome(), expected);
        assert_eq!(app.get_groups("/h").status, 404);
    }
}

#[test]
fn deactivated_members_stay_and_deleted_ones_leave_for_good() {
    let mut app = App::of(&["a", "b", "c"]);
    app.create_group(json!({ "name": "g", "id": "g", "member_ids": ["a", "b", "c"] }));
    app.post("/users/a/deactivate", json!({}));
    app.post("/users/delete", json!({ "user_ids": ["b"] }));
    assert_eq!(members(&app.get_groups("/g")), "a c");
    app.post("/users/restore", json!({ "user_ids": ["b"] }));
    assert_eq!(members(&app.get_groups("/g")), "a c");
}

#[test]
fn the_list_is_paged_oldest_first() {
    let mut app = App::new();
    // Two of one millisecond, then a later one with a smaller id.
    for id in ["m", "n"] {
        app.create_group(json!({ "name": "g", "id": id }));
    }
    app.advance(5);
    app.create_group(json!({ "name": "g", "id": "a" }));
    app.advance(5);
    app.create_group(json!({ "name": "g", "id": "z", "team_id": "red" }));

    let first = "2026-01-01T00:00:00.000Z";
    let first_exactly = "2026-01-01T00:00:00.000000Z";
    let later = "2026-01-01T00:00:00.005Z";
    for (query, expected) in [
        (String::new(), "m n a z"),
        ("?limit=2".to_owned(), "m n"),
        ("?limit=0".to_owned(), "m n a z"),
        (format!("?created_at_gt={first}&id_gt=m"), "n a z"),
        (format!("?created_at_gt={first}&id_gt=n&limit=1"), "a"),
        (format!("?created_at_gt={later}&id_gt=a"), "z"),
        (format!("?created_at_gt={first_exactly}"), "n a z"),
        (format!("?created_at_gt={}", START_MS * 1_000_000 + 1_000), "a z"),
        ("?id_gt=m".to_owned(), "n z"),
        ("?team_id=red".to_owned(), "z"),
        ("?team_id=blue".to_owned(), ""),
    ] {
        assert_eq!(ids(&app.get_groups(&query)).join(" "), expected, "{query}");
    }
    for (query, expected) in [
        ("?limit=101", "400 4 limit must be 100 or less"),
        ("?limit=-1", "400 4 limit must be 1 or greater"),
        ("?created_at_gt=soon", "400 4 created_at_gt must be an RFC 3339 time"),
    ] {
        assert_eq!(app.get_groups(query).outcome(), expected);
    }
}

#[test]
fn the_list_has_30_unless_more_are_asked_for() {
    let mut app = App::new();
    for _ in 0..101 {
        app.create_group(json!({ "name": "g" }));
    }
    assert_eq!(ids(&app.get_groups("")).len(), 30);
    let all = app.get_groups("?limit=100");
    let page = ids(&all);
    assert_eq!(page.len(), 100);
    assert!(page.is_sorted(), "ids that the server makes up grow");
    let last = &all.body["user_groups"][99];
    let rest = app.get_groups(&format!("?limit=100&created_at_gt={}&id_gt={}", last["created_at"], page[99]));
    assert_eq!(ids(&rest).len(), 1);
}

#[test]
fn search_goes_by_the_beginning_of_names() {
    let mut app = App::new();
    for (id, name, team) in
        [("1", "Design", "red"), ("2", "design", "red"), ("3", "Designers", "blue"), ("4", "Redesign", "blue")]
    {
        app.create_group(json!({ "name": name, "id": id, "team_id": team }));
    }
    app.create_group(json!({ "name": "design", "id": "0" }));
    for (query, expected) in [
        ("query=DESIGN", "1 3 0 2"),
        ("query=Designe", "3"),
        ("query=x", ""),
        ("query=design&limit=2", "1 3"),
        ("query=design&name_gt=Designers", "0 2"),
        ("query=design&name_gt=design&id_gt=0", "2"),
        ("query=design&id_gt=1", "3 2"),
        ("query=design&team_id=red", "1 2"),
    ] {
        assert_eq!(ids(&app.get_groups(&format!("/search?{query}"))).join(" "), expected, "{query}");
    }
    let long = format!("query={}", "q".repeat(256));
    for (query, expected) in [
        ("", "400 4 query is a required field"),
        ("query=a&limit=26", "400 4 limit must be 25 or less"),
        (&long, "400 4 query must be a maximum of 255 characters in length"),
    ] {
        assert_eq!(app.get_groups(&format!("/search?{query}")).outcome(), expected);
    }
}

#[test]
fn a_group_of_a_team_is_found_in_that_team_only() {
    let mut app = App::of(&["a"]);
    app.create_group(json!({ "name": "g", "id": "g", "team_id": "red" }));
    let missing = "404 16 user group \"g\" does not exist";
    for (team, expected) in [("red", "ok"), ("blue", missing), ("", "ok")] {
        assert_eq!(app.get_groups(&format!("/g?team_id={team}")).outcome(), expected, "{team}");
        let body = json!({ "member_ids": ["a"], "team_id": team });
        assert_eq!(app.put_group("/g", body.clone()).outcome(), expected, "{team}");
        assert_eq!(app.move_members("/g/members", body.clone()).outcome(), expected, "{team}");
        assert_eq!(app.move_members("/g/members/delete", body).outcome(), expected, "{team}");
    }
    assert_eq!(app.groups(As::Server, Method::Delete, "/g?team_id=blue", &json!({})).outcome(), missing);
    assert_eq!(app.groups(As::Server, Method::Delete, "/g?team_id=red", &json!({})).outcome(), "ok");
}

#[test]
fn a_user_creates_groups_and_changes_only_its_own() {
    let mut app = App::of(&["u", "v"]);
    let made = app.groups(As::User("u"), Method::Post, "", &json!({ "name": "mine", "id": "mine" }));
    assert_eq!(made.body["user_group"]["created_by"], "u");
    app.create_group(json!({ "name": "servers", "id": "servers" }));
    app.groups(As::User("v"), Method::Post, "", &json!({ "name": "other", "id": "other" }));
    let refused = |action: &str| format!("403 17 User 'u' with role 'user' is not allowed to perform action {action}");
    for (method, suffix, action) in [
        (Method::Put, "", "UpdateUserGroup"),
        (Method::Post, "/members", "UpdateUserGroup"),
        (Method::Post, "/members/delete", "UpdateUserGroup"),
        (Method::Delete, "", "DeleteUserGroup"),
    ] {
        for id in ["servers", "other"] {
            let answer = app.groups(As::User("u"), method, &format!("/{id}{suffix}"), &json!({ "member_ids": ["u"] }));
            assert_eq!(answer.outcome(), refused(action), "{id}");
        }
        let answer = app.groups(As::User("u"), method, &format!("/mine{suffix}"), &json!({ "member_ids": ["v"] }));
        assert_eq!(answer.outcome(), "ok");
    }
    assert_eq!(ids(&app.groups(As::User("u"), Method::Get, "", &json!({}))), ["other", "servers"]);
    assert_eq!(app.groups(As::User("u"), Method::Get, "/other", &json!({})).outcome(), "ok");
    app.upsert(json!({ "id": "boss", "role": "admin" }));
    assert_eq!(app.groups(As::User("boss"), Method::Delete, "/other", &json!({})).outcome(), "ok");
}

#[test]
fn hooks_receive_events_of_groups() {
    let mut app = App::of(&["u", "v"]);
    let hooks = json!({ "event_hooks": [{ "hook_type": "webhook", "webhook_url": "https://example.com/hook" }] });
    assert_eq!(app.call_as(As::Server, Method::Patch, "/app", hooks.to_string().as_bytes()).outcome(), "ok");
    for (caller, method, path, body) in [
        (As::User("u"), Method::Post, "", json!({ "name": "g", "id": "g" })),
        (As::User("u"), Method::Put, "/g", json!({ "name": "h" })),
        (As::User("u"), Method::Post, "/g/members", json!({ "member_ids": ["u"] })),
        (As::Server, Method::Post, "/g/members", json!({ "member_ids": ["v", "u"] })),
        (As::Server, Method::Post, "/g/members", json!({ "member_ids": ["v"] })),
        (As::Server, Method::Post, "/g/members/delete", json!({ "member_ids": ["v", "nobody"] })),
        (As::Server, Method::Post, "/g/members/delete", json!({ "member_ids": ["v"] })),
        (As::Server, Method::Delete, "/g", json!({})),
        // These are rejected, so they send no event.
        (As::Server, Method::Delete, "/g", json!({})),
    ] {
        app.groups(caller, method, path, &body);
    }
    let deliveries = app.emulator().webhook_deliveries();
    let told: Vec<String> =
        deliveries.iter().map(|delivery| told(&serde_json::from_str(&delivery.body).unwrap())).collect();
    assert_eq!(
        told,
        [
            r#"user_group.created by "u": "g" [], null"#,
            r#"user_group.updated by "u": "h" [], null"#,
            r#"user_group.member_added by "u": "h" ["u"], ["u"]"#,
            r#"user_group.member_added by null: "h" ["u","v"], ["v"]"#,
            r#"user_group.member_removed by null: "h" ["u"], ["v"]"#,
            r#"user_group.deleted by null: "h" ["u"], null"#,
        ]
    );
}

/// A summary of an event: the user, the group with its members, and the users who joined or left.
fn told(event: &Value) -> String {
    let group = &event["user_group"];
    assert_eq!((&group["app_pk"], &group["id"]), (&json!(1), &json!("g")));
    let members: Value = group["members"].as_array().unwrap().iter().map(|member| member["user_id"].clone()).collect();
    let (name, by, moved) = (event["type"].as_str().unwrap(), &event["user"]["id"], &event["members"]);
    format!("{name} by {by}: {} {members}, {moved}", group["name"])
}
