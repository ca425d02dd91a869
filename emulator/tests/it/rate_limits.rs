//! Rate limits: remaining requests, and requests over the limit.

use getstream_users_emulator::{Config, Method, RateLimits, Response};
use serde_json::{Value, json};

use crate::app::{App, As, START_MS, request};

/// Status, limit, remaining requests, and the seconds to wait.
fn stand(response: &Response) -> (u16, String, String, Option<String>) {
    let header = |name: &str| response.headers.get(name).map(str::to_owned);
    assert_eq!(header("x-ratelimit-reset"), Some((START_MS / 1000 + 60).to_string()));
    let [limit, remaining] = ["x-ratelimit-limit", "x-ratelimit-remaining"].map(|name| header(name).unwrap());
    (response.status, limit, remaining, header("retry-after"))
}

fn app(rate_limits: RateLimits) -> App {
    App::with(Config { rate_limits, ..Config::default() })
}

#[test]
fn requests_over_the_limit_are_rejected_until_the_minute_ends() {
    let mut app = app(RateLimits::all(2));
    app.advance(1_500);
    let mut call = |path: &str| app.send(&request(As::Server, Method::Get, path, b""));
    let text = str::to_owned;
    assert_eq!(stand(&call("/tasks/x")), (404, text("2"), text("1"), None));
    assert_eq!(stand(&call("/tasks/x")), (404, text("2"), text("0"), None));
    let refused = call("/tasks/x");
    assert_eq!(stand(&refused), (429, text("2"), text("0"), Some(text("59"))));
    let body: Value = serde_json::from_slice(&refused.body).unwrap();
    assert_eq!(body["code"], 9);
    assert!(body["message"].as_str().unwrap().starts_with("GetTask failed with error: \"Too many requests"), "{body}");
    assert_eq!(stand(&call("/users")), (400, text("2"), text("1"), None), "operations are counted apart");
    assert_eq!(stand(&call("/nothing")), (404, text("2"), text("1"), None), "and so is what is none");
    app.advance(60_000);
    assert_eq!(app.get("/tasks/x").status, 404, "a new minute has a new count");
}

#[test]
fn a_refused_call_does_nothing() {
    let mut app = app(RateLimits { operations: [("UpdateUsers".to_owned(), 0)].into(), ..RateLimits::all(10) });
    assert_eq!(app.upsert(json!({ "id": "u" })).status, 429);
    assert_eq!(app.user("u"), None);
}

#[test]
fn the_documented_limits_are_lower_for_single_users_than_for_servers() {
    let mut app = app(RateLimits::stream());
    let query = "/users?payload={\"filter_conditions\":{}}";
    let left = |app: &mut App, caller| stand(&app.send(&request(caller, Method::Get, query, b""))).2;
    assert_eq!(left(&mut app, As::User("u")), "59");
    assert_eq!(left(&mut app, As::User("v")), "59");
    assert_eq!(left(&mut app, As::Anonymous), "997");
    assert_eq!(left(&mut app, As::Server), "999");
    for _ in 0..59 {
        left(&mut app, As::User("u"));
    }
    assert_eq!(app.send(&request(As::User("u"), Method::Get, query, b"")).status, 429);
    assert_eq!(app.send(&request(As::User("v"), Method::Get, query, b"")).status, 200);
    assert_eq!(
        app.send(&request(As::Server, Method::Get, "/tasks/x", b"")).headers.get("x-ratelimit-limit"),
        Some("300")
    );
}

#[test]
fn callers_can_read_their_remaining_requests() {
    let mut app = app(RateLimits::all(10));
    app.post("/users/delete", json!({}));
    let platforms = |answer: &Value| {
        ["server_side", "android", "ios", "web", "unity"]
            .into_iter()
            .filter(|name| answer.get(name).is_some())
            .collect::<Vec<_>>()
    };
    let all = app.get("/rate_limits").body;
    assert_eq!(platforms(&all).len(), 5);
    let reset = START_MS / 1000 + 60;
    assert_eq!(all["server_side"]["DeleteUsers"], json!({ "limit": 10, "remaining": 9, "reset": reset }));
    assert_eq!(all["server_side"]["GetRateLimits"]["remaining"], 9, "asking is a call as well");
    assert_eq!(all["android"]["GetRateLimits"]["remaining"], 10);
    let some = app.get("/rate_limits?web=true&ios=true&android=false&endpoints=QueryUsers,SendMessage,Nothing").body;
    assert_eq!(platforms(&some), ["ios", "web"]);
    let names: Vec<&String> = some["web"].as_object().unwrap().keys().collect();
    assert_eq!(names, ["QueryUsers", "SendMessage"]);
    assert_eq!(app.get("/rate_limits?web=yes").outcome(), "400 4 web must be a boolean");
    let refused = app.call_as(As::User("u"), Method::Get, "/rate_limits", b"").outcome();
    assert_eq!(refused, "403 17 User 'u' with role 'user' is not allowed to perform action GetRateLimits");
}
