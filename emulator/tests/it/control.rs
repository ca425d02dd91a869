//! The controls.

use getstream_users::auth::SigningKey;
use getstream_users_emulator::{Config, Method, Request};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::app::{App, As, START_MS, request, token};

/// Status and body of the response to a control request below `/__emulator`.
fn control(app: &mut App, method: Method, path: &str, body: &str) -> (u16, Value) {
    let request = Request::new(method, &format!("/__emulator{path}")).body(body);
    let response = app.send(&request);
    (response.status, serde_json::from_slice(&response.body).unwrap())
}

fn ok(app: &mut App, method: Method, path: &str, body: &Value) -> Value {
    let body = if body.is_null() { String::new() } else { body.to_string() };
    let (status, answer) = control(app, method, path, &body);
    assert_eq!(status, 200, "{answer}");
    answer
}

/// Code and message of a failure.
fn refusal(app: &mut App, method: Method, path: &str, body: &str) -> String {
    let (status, answer) = control(app, method, path, body);
    assert_eq!(answer["StatusCode"], status);
    format!("{status} {} {}", answer["code"], answer["message"].as_str().unwrap())
}

#[test]
fn the_index_lists_all_controls() {
    let mut app = App::new();
    let index = ok(&mut app, Method::Get, "/", &Value::Null);
    assert_eq!(index["api_key"], "devkey");
    assert!(!index.to_string().contains("devsecret"));
    let controls = index["controls"].as_array().unwrap();
    assert!(controls.contains(&json!({ "method": "POST", "path": "/__emulator/reset", "about": "delete all state" })));
    for there in controls {
        let path = there["path"].as_str().unwrap().strip_prefix("/__emulator").unwrap().replace("{id}", "0");
        let message = refusal_or_ok(&mut app, Method::parse(there["method"].as_str().unwrap()), &path);
        assert!(!message.contains("the emulator has no"), "{message}");
    }
    let missing = refusal(&mut app, Method::Get, "/reset", "");
    assert!(
        missing.starts_with("404 16 the emulator has no GET /__emulator/reset; it has GET /__emulator/, "),
        "{missing}"
    );
}

fn refusal_or_ok(app: &mut App, method: Method, path: &str) -> String {
    control(app, method, path, "").1.to_string()
}

#[test]
fn pages_of_other_origins_need_the_servers_token() {
    let mut app = App::of(&["u"]);
    let send = |app: &mut App, host: &str, origin: Option<&str>, claims: Option<&str>| {
        let mut request = Request::new(Method::Get, &format!("{host}/__emulator/clock?api_key=devkey"));
        if let Some(origin) = origin {
            request = request.header("origin", origin);
        }
        if let Some(claims) = claims {
            request = request.header("stream-auth-type", "jwt").header("authorization", &token(claims));
        }
        app.send(&request).status
    };
    let (here, there) = ("http://127.0.0.1:8737", "http://site.example");
    assert_eq!(send(&mut app, here, None, None), 200);
    assert_eq!(send(&mut app, here, Some("http://localhost:3000"), None), 200);
    for (host, origin) in [(here, Some("https://site.example")), (there, None), (here, Some("null"))] {
        assert_eq!(send(&mut app, host, origin, None), 403);
        assert_eq!(send(&mut app, host, origin, Some(r#"{"user_id":"u"}"#)), 403);
        assert_eq!(send(&mut app, host, origin, Some(r#"{"server":true}"#)), 403, "everybody knows the secret");
    }
    let secret = "of its own".to_owned();
    let token = SigningKey::new(&secret).sign(r#"{"server":true}"#);
    let request = Request::new(Method::Get, "http://localhost/__emulator/clock?api_key=devkey")
        .header("origin", "https://site.example")
        .header("stream-auth-type", "jwt")
        .header("authorization", &token);
    assert_eq!(App::with(Config { api_secret: secret, ..Config::default() }).send(&request).status, 200);
    let request = Request::new(Method::Post, "http://site.example/__emulator/reset");
    assert_eq!(app.send(&request).status, 403);
    assert!(app.user("u").is_some(), "what is refused does not happen");
    let time = getstream_users_emulator::Timestamp::from_millis(START_MS);
    assert_eq!(app.emulator().handle_in_process(&request, time).status, 200, "in process, the controls are open");
}

#[test]
fn only_those_who_may_use_it_can_send_a_long_state() {
    let mut app = App::new();
    let time = getstream_users_emulator::Timestamp::from_millis(START_MS);
    let mut limit = |url: &str| app.emulator().body_limit(&Request::new(Method::Put, url), time);
    let usual = limit("http://localhost/api/v2/users");
    assert!(limit("http://localhost/__emulator/state") > usual);
    assert_eq!(limit("http://site.example/__emulator/state"), usual);
}

#[test]
fn an_app_is_seeded_saved_reset_and_restored() {
    let mut app = App::new();
    let seeded = ok(&mut app, Method::Post, "/seed", &json!({ "users": ["ann", "ben"] }));
    assert_eq!(seeded, json!({ "seeded": { "users": 2 } }));
    let state = ok(&mut app, Method::Get, "/state", &Value::Null);
    assert_eq!(ok(&mut app, Method::Post, "/reset", &Value::Null), json!({}));
    assert_eq!(app.user("ann"), None);
    ok(&mut app, Method::Put, "/state", &state);
    assert_eq!(ok(&mut app, Method::Get, "/state", &Value::Null), state);
    assert_eq!(
        refusal(&mut app, Method::Post, "/seed", "{\"users\":[1]}"),
        "400 4 users[0] must be an object, or a string with its id"
    );
    let damaged = refusal(&mut app, Method::Put, "/state", "{}");
    assert!(damaged.starts_with("400 4 the JSON is not the state of an emulator"), "{damaged}");
    assert_eq!(ok(&mut app, Method::Get, "/state", &Value::Null), state);
}

#[test]
fn the_clock_is_stopped_started_and_advanced() {
    let mut app = App::new();
    let mut clock = |body: Value, later: i64| {
        app.advance(later);
        let answer = ok(&mut app, Method::Post, "/clock", &body);
        (answer["now"].as_str().unwrap().to_owned(), answer["frozen"].as_bool().unwrap())
    };
    let at = |time: &str, frozen| (format!("2026-01-01T{time}Z"), frozen);
    assert_eq!(clock(json!({}), 0), at("00:00:00", false));
    assert_eq!(clock(json!({ "advance_ms": 1500 }), 1000), at("00:00:02.5", false));
    assert_eq!(clock(json!({ "freeze": true }), 0), at("00:00:02.5", true));
    assert_eq!(clock(json!({ "advance_ms": 60_000 }), 9000), at("00:01:02.5", true));
    assert_eq!(clock(json!({ "freeze": false }), 9000), at("00:01:02.5", false));
    assert_eq!(clock(json!({}), 1000), at("00:01:03.5", false));
    assert_eq!(clock(json!({ "freeze": "2026-01-01T12:00:00Z", "advance_ms": 1 }), 5), at("12:00:00.001", true));
    app.upsert(json!({ "id": "u" }));
    assert_eq!(app.user("u").unwrap()["created_at"], (START_MS + 12 * 3_600_000 + 1) * 1_000_000);
    for (body, expected) in [
        (r#"{"freeze":"soon"}"#, "freeze must be a boolean or an RFC 3339 time"),
        (r#"{"advance_ms":-1}"#, "advance_ms must be a whole number of milliseconds"),
        (r#"{"freeze":false,"advance_ms":1.5}"#, "advance_ms must be a whole number of milliseconds"),
        (r#"{"advance":1}"#, "advance is unknown, expected one of [freeze advance_ms]"),
        ("[]", "invalid json data"),
    ] {
        assert_eq!(refusal(&mut app, Method::Post, "/clock", body), format!("400 4 {expected}"));
        assert_eq!(ok(&mut app, Method::Get, "/clock", &Value::Null)["frozen"], true);
    }
    ok(&mut app, Method::Post, "/clock", &json!({ "advance_ms": u64::MAX }));
    assert_eq!(app.upsert(json!({ "id": "late" })).status, 201, "the end of time is a time too");
}

#[test]
fn settings_are_changed_together_or_not_at_all() {
    let mut app = App::of(&["u"]);
    let before = ok(&mut app, Method::Get, "/settings", &Value::Null);
    assert_eq!([&before["strict"], &before["task_duration_ms"]], [&json!(false), &json!(50)]);
    for body in
        [r#"{"task_duration_ms":0,"strict":1}"#, r#"{"strict":true,"task_duration_ms":-1}"#, r#"{"strickt":true}"#]
    {
        refusal(&mut app, Method::Patch, "/settings", body);
        assert_eq!(ok(&mut app, Method::Get, "/settings", &Value::Null), before);
    }
    let after = ok(&mut app, Method::Patch, "/settings", &json!({ "strict": true, "task_duration_ms": 0 }));
    assert_eq!([&after["strict"], &after["task_duration_ms"]], [&json!(true), &json!(0)]);
    assert_eq!(app.patch(json!([{ "id": "nobody" }])).status, 404);
    let task = app.post("/users/delete", json!({ "user_ids": ["u"] })).body["task_id"].as_str().unwrap().to_owned();
    assert_eq!(app.get(&format!("/tasks/{task}")).body["status"], "completed");
    ok(&mut app, Method::Post, "/reset", &Value::Null);
    assert_eq!(ok(&mut app, Method::Get, "/settings", &Value::Null), before);
}

#[test]
fn limits_are_set_while_it_runs() {
    let mut app = App::of(&["u"]);
    let limits = ok(&mut app, Method::Put, "/rate_limits", &json!({ "default": 1, "operations": { "GetTask": 2 } }));
    assert_eq!(limits, json!({ "default": 1, "operations": { "GetTask": 2 }, "per_user": null }));
    let statuses: Vec<u16> = (0..3).map(|_| app.get("/tasks/x").status).collect();
    assert_eq!(statuses, [404, 404, 429]);
    assert_eq!(ok(&mut app, Method::Put, "/rate_limits", &json!("stream"))["per_user"], 60);
    assert_eq!(ok(&mut app, Method::Put, "/rate_limits", &json!(7))["default"], 7);
    let stream =
        ok(&mut app, Method::Put, "/rate_limits", &json!({ "preset": "stream", "operations": { "GetTask": 7 } }));
    assert_eq!([&stream["per_user"], &stream["default"]], [&json!(60), &json!(300)]);
    assert_eq!([&stream["operations"]["QueryUsers"], &stream["operations"]["GetTask"]], [&json!(1000), &json!(7)]);
    for (body, expected) in [
        (r#"{"preset":"huge"}"#, "preset must be one of [none stream]"),
        (r#"{"default":-1}"#, "default must be between 0 and 4294967295"),
        (r#"{"operations":{"GetTask":"x"}}"#, "operations[GetTask] must be between 0 and 4294967295"),
        ("[]", "rate limits must be a number, the name of a preset or an object"),
        ("-1", "the limit must be between 0 and 4294967295"),
        (r#"{"limit":1}"#, "limit is unknown, expected one of [preset default operations per_user]"),
    ] {
        assert_eq!(refusal(&mut app, Method::Put, "/rate_limits", body), format!("400 4 {expected}"));
        assert_eq!(ok(&mut app, Method::Get, "/rate_limits", &Value::Null), stream);
    }
    ok(&mut app, Method::Put, "/rate_limits", &json!({}));
    assert_eq!(app.get("/rate_limits?web=true").body["web"]["GetTask"]["limit"], 100_000_000);
}

#[test]
fn requests_are_logged_with_their_outcome() {
    let mut app = App::of(&["u"]);
    ok(&mut app, Method::Delete, "/requests", &Value::Null);
    app.advance(1000);
    let seen = request(As::User("u"), Method::Post, "/users?x=1", br#"{"users":{"v":{"id":"v"}}}"#)
        .header("x-client-request-id", "r1")
        .header("X-Stream-Client", "test");
    app.send(&seen);
    app.get("/tasks/x");
    app.call_as(As::Anonymous, Method::Post, "/nothing", b"no json");
    app.send(&Request::new(Method::Get, "/api/v2/users"));
    ok(&mut app, Method::Get, "/clock", &Value::Null);
    let all = ok(&mut app, Method::Get, "/requests", &Value::Null)["requests"].clone();
    assert_eq!(
        all[0],
        json!({
            "id": 2, "at": "2026-01-01T00:00:01Z", "method": "POST", "path": "/api/v2/users",
            "query": "x=1&api_key=devkey", "operation": "UpdateUsers", "caller": "user", "user_id": "u", "status": 403,
            "code": 17, "message": all[0]["message"], "body": { "users": { "v": { "id": "v" } } }, "body_bytes": 26,
            "client_request_id": "r1", "client": "test",
        })
    );
    let brief = |requests: &Value| -> Vec<String> {
        let requests = requests.as_array().unwrap().iter();
        requests
            .map(|entry| format!("{} {} {} {}", entry["id"], entry["operation"], entry["caller"], entry["status"]))
            .collect()
    };
    assert_eq!(
        brief(&all),
        [
            r#"2 "UpdateUsers" "user" 403"#,
            r#"3 "GetTask" "server" 404"#,
            r#"4 null "anonymous" 404"#,
            r#"5 "QueryUsers" "none" 401"#
        ]
    );
    assert_eq!(all[2]["body"], "no json");
    for (query, ids) in [
        ("?operation=GetTask", &[3][..]),
        ("?since=3", &[4, 5]),
        ("?limit=1", &[5]),
        ("?limit=0", &[]),
        ("?since=2026-01-01T00:00:02Z", &[]),
        ("?since=2026-01-01T00:00:01Z&limit=2", &[4, 5]),
    ] {
        let found = ok(&mut app, Method::Get, &format!("/requests{query}"), &Value::Null)["requests"].clone();
        let found: Vec<i64> = found.as_array().unwrap().iter().map(|entry| entry["id"].as_i64().unwrap()).collect();
        assert_eq!(found, ids, "{query}");
    }
    let refused = refusal(&mut app, Method::Get, "/requests?since=soon", "");
    assert_eq!(refused, "400 4 since must be the id of a request or an RFC 3339 time");
}

#[test]
fn the_log_is_bounded_and_keeps_no_secret() {
    let mut app = App::new();
    let long = json!({ "sqs_secret": "hush", "pad": "x".repeat(5_000) }).to_string();
    for _ in 0..1_001 {
        app.send(&request(As::Server, Method::Post, "/users?token=hush", long.as_bytes()));
    }
    let guest = app.post("/guest", json!({ "user": { "id": "g" } })).body["access_token"].as_str().unwrap().to_owned();
    let requests = ok(&mut app, Method::Get, "/requests", &Value::Null);
    let entries = requests["requests"].as_array().unwrap();
    assert_eq!((entries.len(), &entries[0]["id"]), (1_000, &json!(3)));
    assert!(entries[0]["body"].as_str().unwrap().len() <= 4 * 1024);
    assert_eq!(entries[0]["body_bytes"], long.len());
    let text = requests.to_string();
    assert!(!text.contains("hush") && !text.contains(&guest) && !text.contains(&token(r#"{"server":true}"#)));
}

/// JSON with the names that controls use, and random values.
fn hostile() -> impl Strategy<Value = Value> {
    let name = proptest::sample::select(vec![
        "users",
        "app",
        "roles",
        "groups",
        "id",
        "created_at",
        "deleted",
        "deactivated",
        "freeze",
        "advance_ms",
        "fault",
        "status",
        "times",
        "drop",
        "headers",
        "latency_ms",
        "strict",
        "task_duration_ms",
        "default",
        "operations",
        "format",
        "version",
        "preset",
    ]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "[a-z0-9 :-]{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 4, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::vec((name.clone().prop_map(str::to_owned), inner), 0..4)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn rejected_control_requests_change_nothing(
        path in proptest::sample::select(vec!["/seed", "/state", "/clock", "/faults", "/rate_limits", "/settings"]),
        body in prop_oneof![hostile().prop_map(|body| body.to_string().into_bytes()), proptest::collection::vec(any::<u8>(), 0..40)],
    ) {
        let mut app = App::of(&["u"]);
        let all = |app: &mut App| {
            let seen = ["/clock", "/faults", "/rate_limits", "/settings"].map(|path| control(app, Method::Get, path, ""));
            (app.snapshot(), seen)
        };
        let before = all(&mut app);
        let method = match path {
            "/state" | "/rate_limits" => Method::Put,
            "/settings" => Method::Patch,
            _ => Method::Post,
        };
        let response = app.send(&Request::new(method, &format!("/__emulator{path}")).body(body));
        prop_assert!(response.status == 200 || response.status == 400, "{}", response.status);
        prop_assert!(serde_json::from_slice::<Value>(&response.body).is_ok());
        if response.status != 200 {
            prop_assert_eq!(all(&mut app), before);
        }
    }
}
