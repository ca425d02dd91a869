//! Faults.

use std::time::Duration;

use getstream_users_emulator::{Ending, Method, Request, Response, Transmission};
use serde_json::{Value, json};

use crate::app::{App, As, request};

fn control(app: &mut App, method: Method, path: &str, body: &Value) -> (u16, Value) {
    let request = Request::new(method, &format!("/__emulator/faults{path}")).body(body.to_string());
    let response = app.send(&request);
    (response.status, serde_json::from_slice(&response.body).unwrap())
}

fn add(app: &mut App, rule: Value) -> Value {
    let (status, answer) = control(app, Method::Post, "", &rule);
    assert_eq!(status, 200, "{answer}");
    answer
}

/// An app with one rule.
fn faulty(rule: Value) -> App {
    let mut app = App::of(&["u"]);
    add(&mut app, rule);
    app
}

fn upsert(app: &mut App) -> Response {
    app.send(&request(As::Server, Method::Post, "/users", br#"{"users":{"v":{"id":"v"}}}"#))
}

fn json_of(response: &Response) -> Value {
    serde_json::from_slice(&response.body).unwrap()
}

#[test]
fn a_fault_with_a_status_replaces_the_operation() {
    for (fault, code, message, retry_after) in [
        (
            json!({ "status": 429 }),
            9,
            "UpdateUsers failed with error: \"Too many requests, caused by a fault\"",
            Some("1"),
        ),
        (
            json!({ "status": 429, "retry_after": 0 }),
            9,
            "UpdateUsers failed with error: \"Too many requests, caused by a fault\"",
            Some("0"),
        ),
        (
            json!({ "status": 503, "retry_after": 7 }),
            -1,
            "UpdateUsers failed with error: \"caused by a fault\"",
            Some("7"),
        ),
        (json!({ "status": 400, "code": 99, "message": "suspended" }), 99, "suspended", None),
    ] {
        let status = fault["status"].clone();
        let mut app = faulty(json!({ "fault": fault, "times": 1 }));
        let response = upsert(&mut app);
        let body = json_of(&response);
        assert_eq!([&json!(response.status), &body["StatusCode"]], [&status; 2]);
        assert_eq!((&body["code"], &body["message"]), (&json!(code), &json!(message)));
        assert_eq!(response.headers.get("retry-after"), retry_after);
        assert!(response.headers.get("x-ratelimit-remaining").is_some());
        assert_eq!(app.user("v"), None, "the operation has not happened");
        assert_eq!(upsert(&mut app).status, 201, "once is enough");
    }
    let body = json_of(&upsert(&mut faulty(json!({ "fault": { "status": 500, "unrecoverable": true } }))));
    assert_eq!(body["unrecoverable"], true);
}

#[test]
fn a_fault_with_a_status_has_streams_code_for_it() {
    for (status, code) in
        [(400, 4), (401, 5), (403, 17), (404, 16), (408, 23), (413, 22), (429, 9), (431, 24), (418, -1), (500, -1)]
    {
        let body = json_of(&upsert(&mut faulty(json!({ "fault": { "status": status } }))));
        assert_eq!(body["code"], code, "{status}");
    }
}

#[test]
fn connections_break_before_or_after_the_operation() {
    for (moment, happened) in [("before", false), ("after", true)] {
        let mut app = faulty(json!({ "fault": { "drop": moment, "latency_ms": 20 }, "times": 1 }));
        let response = upsert(&mut app);
        assert_eq!(
            response.transmission,
            Transmission { delay: Duration::from_millis(20), ending: Ending::Dropped, ..Transmission::default() }
        );
        assert_eq!(app.user("v").is_some(), happened);
    }
}

#[test]
fn responses_are_spoiled_after_the_operation() {
    let spoiled = |body: &str| {
        let mut app = faulty(json!({ "fault": { "body": body, "headers": { "Content-Language": "nl" } }, "times": 1 }));
        let response = upsert(&mut app);
        assert!(app.user("v").is_some());
        assert_eq!((response.status, response.headers.get("content-language")), (201, Some("nl")));
        response
    };
    let whole = upsert(&mut App::of(&["u"])).body;
    let truncated = spoiled("truncate");
    assert_eq!((truncated.body.len(), truncated.transmission.ending), (whole.len(), Ending::CutAfter(whole.len() / 2)));
    let invalid = spoiled("invalid");
    assert!(serde_json::from_slice::<Value>(&invalid.body).is_err());
    assert_eq!((invalid.body.is_empty(), invalid.transmission.ending), (false, Ending::Whole));
    assert_eq!(spoiled("empty").body, b"");
    let html = spoiled("html");
    assert!(html.body.starts_with(b"<!doctype html>"));
    let types: Vec<&str> =
        html.headers.iter().filter(|(name, _)| *name == "content-type").map(|(_, value)| value).collect();
    assert_eq!(types, ["text/html; charset=utf-8"]);
    let page = upsert(&mut faulty(json!({ "fault": { "status": 502, "body": "html" } })));
    assert!(page.status == 502 && page.body.starts_with(b"<!doctype html>"));
}

#[test]
fn rules_say_which_requests_are_hit() {
    let hit = |rule: Value, caller: As<'_>, method: Method, path: &str| {
        let mut rule = rule;
        rule["fault"] = json!({ "status": 418 });
        faulty(rule).send(&request(caller, method, path, b"")).status == 418
    };
    let query = "/users?payload={\"filter_conditions\":{}}";
    for (rule, expected) in [
        (json!({}), true),
        (json!({ "operation": "QueryUsers" }), true),
        (json!({ "operation": "UpdateUsers" }), false),
        (json!({ "method": "GET" }), true),
        (json!({ "method": "POST" }), false),
        (json!({ "path": "/api/v2/users" }), true),
        (json!({ "path": "/api/v2/user" }), false),
        (json!({ "path": "/api/v2/*" }), true),
        (json!({ "user_id": "u" }), true),
        (json!({ "user_id": "v" }), false),
        (json!({ "operation": "QueryUsers", "method": "GET", "user_id": "v" }), false),
        (json!({ "probability": 1 }), true),
        (json!({ "probability": 0.0 }), false),
        (json!({ "times": 0 }), false),
        (json!({ "skip": 1 }), false),
    ] {
        assert_eq!(hit(rule.clone(), As::User("u"), Method::Get, query), expected, "{rule}");
    }
    assert!(!hit(json!({ "user_id": "u" }), As::Server, Method::Get, query));
    assert!(
        hit(json!({ "path": "/api/v2/nothing" }), As::Server, Method::Get, "/nothing"),
        "where there is nothing, too"
    );
}

#[test]
fn rules_count_and_the_first_that_hits_is_the_only_one() {
    let mut app = faulty(json!({ "operation": "GetTask", "skip": 1, "times": 2, "fault": { "status": 500 } }));
    let second = add(&mut app, json!({ "fault": { "status": 418 } }));
    assert_eq!((&second["id"], &second["hits"]), (&json!(2), &json!(0)));
    let statuses: Vec<u16> = (0..4).map(|_| app.get("/tasks/x").status).collect();
    assert_eq!(statuses, [418, 500, 500, 418]);
    let (_, rules) = control(&mut app, Method::Get, "", &Value::Null);
    assert_eq!(
        rules["faults"][0],
        json!({
            "id": 1, "operation": "GetTask", "skip": 1, "times": 2, "fault": { "status": 500 },
            "matched": 4, "hits": 2, "remaining": 0,
        })
    );
    assert_eq!(rules["faults"][1]["hits"], 2);
    assert_eq!(control(&mut app, Method::Delete, "/2", &json!({})).1["faults"].as_array().unwrap().len(), 1);
    assert_eq!(control(&mut app, Method::Delete, "/2", &json!({})).0, 404);
    assert_eq!(app.get("/tasks/x").status, 404);
    assert_eq!(control(&mut app, Method::Delete, "", &json!({})).1, json!({ "faults": [] }));
}

#[test]
fn random_faults_depend_on_the_seed_and_change_no_ids() {
    let story = |probability: f64| {
        let mut app = faulty(json!({ "operation": "GetTask", "probability": probability, "fault": { "status": 500 } }));
        let statuses: Vec<u16> = (0..100).map(|_| app.get("/tasks/x").status).collect();
        (statuses, app.post("/guest", json!({ "user": { "id": "g" } })).body)
    };
    let (statuses, guest) = story(0.3);
    let hits = statuses.iter().filter(|status| **status == 500).count();
    assert!((10..60).contains(&hits), "{hits}");
    assert_eq!(story(0.3), (statuses, guest.clone()));
    assert_eq!(story(0.0).1, guest);
}

#[test]
fn a_request_asks_for_its_own_fault() {
    let mut app = faulty(json!({ "fault": { "status": 500 } }));
    let mut ask =
        |fault: &str| app.send(&request(As::Server, Method::Get, "/tasks/x", b"").header("X-Emulator-Fault", fault));
    assert_eq!(ask(r#"{"status":418}"#).status, 418);
    assert_eq!(ask(r#"{"latency_ms":5}"#).transmission.delay, Duration::from_millis(5));
    let refused = ask("{");
    let message = json_of(&refused)["message"].clone();
    assert_eq!(
        (refused.status, message),
        (400, json!("GetTask failed with error: \"x-emulator-fault must be the JSON of a fault\""))
    );
    let (_, rules) = control(&mut app, Method::Get, "", &Value::Null);
    assert_eq!(rules["faults"][0]["matched"], 0);
}

#[test]
fn faults_are_logged_and_removed_by_a_reset() {
    let mut app = faulty(json!({ "fault": { "drop": "after" } }));
    app.send(&request(As::Server, Method::Get, "/tasks/x", b""));
    let log = app.send(&Request::new(Method::Get, "/__emulator/requests?limit=1"));
    let entry = json_of(&log)["requests"][0].clone();
    assert_eq!((&entry["fault"], &entry["status"]), (&json!({ "drop": "after" }), &Value::Null));
    assert_eq!(entry.get("message"), None, "nobody was told");
    app.reset();
    assert_eq!(control(&mut app, Method::Get, "", &Value::Null).1, json!({ "faults": [] }));
}

#[test]
fn rules_are_checked() {
    let mut app = App::new();
    for (rule, expected) in [
        (json!({}), "fault is a required field"),
        (json!({ "fault": {} }), "fault has no effect: set status, latency_ms, drop, body, headers, close or silence"),
        (json!({ "fault": { "code": 4 } }), "fault needs a status for its code, message or unrecoverable"),
        (json!({ "fault": { "drop": "before", "status": 500 } }), "fault cannot combine drop with a response"),
        (json!({ "fault": { "status": 200 } }), "fault.status must be between 400 and 599"),
        (json!({ "fault": { "status": "500" } }), "expected number for field \"fault.status\" but got string"),
        (json!({ "fault": { "latency_ms": 600_001 } }), "fault.latency_ms must be between 0 and 600000"),
        (json!({ "fault": { "drop": "during" } }), "fault.drop must be one of [before after]"),
        (json!({ "fault": { "headers": { "a b": "" } } }), "fault.headers[a b] is not a header that can be set"),
        (
            json!({ "fault": { "headers": { "Content-Length": "1" } } }),
            "fault.headers[Content-Length] is not a header that can be set",
        ),
        (json!({ "fault": { "headers": { "x": "a\r\nb" } } }), "fault.headers[x] must be printable ASCII"),
        (json!({ "times": -1, "fault": { "status": 500 } }), "times must be between 0 and 4294967295"),
        (json!({ "probability": 2, "fault": { "status": 500 } }), "probability must be between 0 and 1"),
        (json!({ "method": "BREW", "fault": { "status": 500 } }), "method must be one of [GET POST PUT PATCH DELETE]"),
    ] {
        let (status, answer) = control(&mut app, Method::Post, "", &rule);
        assert_eq!((status, answer["message"].as_str().unwrap()), (400, expected), "{rule}");
    }
    let unknown =
        control(&mut app, Method::Post, "", &json!({ "operation": "QueryUser", "fault": { "status": 500 } })).1;
    assert!(
        unknown["message"]
            .as_str()
            .unwrap()
            .starts_with("operation must be one of [UpdateUsers UpdateUsersPartial QueryUsers ")
    );
    let slip = control(&mut app, Method::Post, "", &json!({ "fault": { "stauts": 500 } })).1;
    assert!(slip["message"].as_str().unwrap().starts_with("fault.stauts is unknown, expected one of [status code "));
    assert_eq!(control(&mut app, Method::Get, "", &Value::Null).1, json!({ "faults": [] }));
}
