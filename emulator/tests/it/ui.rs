//! The emulator's page, as a browser loads it.

use getstream_users_emulator::{Config, Emulator, Method, Request, Response, Timestamp};
use serde_json::Value;

const NOW: Timestamp = Timestamp(1_767_225_600_000_000_000);

fn emulator() -> Emulator {
    let files = [("index.html", "<title>page</title>"), ("main.js", "export {}"), ("main.css", "p {}")];
    let ui = files.map(|(name, text)| (name.to_owned(), text.into())).into_iter().collect();
    Emulator::new(Config { ui, ..Config::default() })
}

fn get(emulator: &mut Emulator, url: &str, headers: &[(&str, &str)]) -> Response {
    let request =
        headers.iter().fold(Request::new(Method::Get, url), |request, (name, value)| request.header(name, value));
    emulator.handle(&request, NOW)
}

#[test]
fn a_browser_is_redirected_to_the_page_and_a_program_gets_json() {
    let mut emulator = emulator();
    let led = get(&mut emulator, "/", &[("accept", "text/html,*/*;q=0.8")]);
    assert_eq!((led.status, led.headers.get("location")), (302, Some("/__emulator/ui/")));
    let short = get(&mut emulator, "/__emulator/ui", &[]);
    assert_eq!((short.status, short.headers.get("location")), (302, Some("/__emulator/ui/")));
    let page = get(&mut emulator, "/__emulator/ui/", &[]);
    assert_eq!((page.status, page.body.as_slice()), (200, b"<title>page</title>".as_slice()));

    for accept in ["application/json, text/plain, */*", "*/*"] {
        let told = get(&mut emulator, "/", &[("accept", accept)]);
        assert_eq!((told.status, told.headers.get("content-type")), (200, Some("application/json")), "{accept}");
    }
    let without =
        Emulator::new(Config::default()).handle(&Request::new(Method::Get, "/").header("accept", "text/html"), NOW);
    assert_eq!(without.status, 200, "an emulator without a page has nowhere to lead to");
}

#[test]
fn files_have_their_types_and_a_policy_that_knows_this_server_alone() {
    let mut emulator = emulator();
    for (name, content_type) in [
        ("", "text/html; charset=utf-8"),
        ("main.js", "text/javascript; charset=utf-8"),
        ("main.css", "text/css; charset=utf-8"),
    ] {
        let file = get(&mut emulator, &format!("/__emulator/ui/{name}"), &[]);
        assert_eq!((file.status, file.headers.get("content-type")), (200, Some(content_type)));
        let policy = file.headers.get("content-security-policy").unwrap();
        for part in ["default-src 'none'", "connect-src 'self'", "frame-ancestors 'none'"] {
            assert!(policy.contains(part), "{policy}");
        }
        assert_eq!(file.headers.get("x-content-type-options"), Some("nosniff"));
    }
    let missing = get(&mut emulator, "/__emulator/ui/other.js", &[]);
    assert_eq!(missing.status, 404);
}

#[test]
fn the_page_has_the_rules_of_the_controls_for_hosts_and_origins() {
    let mut emulator = emulator();
    for (host, origin, status) in [
        ("http://localhost:8737", None, 200),
        ("http://192.168.0.7:8737", Some("http://192.168.0.7:8737"), 200),
        ("http://evil.example", None, 403),
        ("http://localhost:8737", Some("https://evil.example"), 403),
        ("http://evil.example", Some("http://evil.example"), 403),
    ] {
        let headers: Vec<_> = origin.into_iter().map(|origin| ("origin", origin)).collect();
        let answer = get(&mut emulator, &format!("{host}/__emulator/ui/"), &headers);
        assert_eq!(answer.status, status, "{host} {origin:?}");
    }
}

#[test]
fn reads_by_the_page_are_not_logged_and_its_changes_are() {
    let mut emulator = emulator();
    let own = ("sec-fetch-site", "same-origin");
    assert!(get(&mut emulator, "/__emulator/revision", &[own]).is_unlogged);
    assert!(get(&mut emulator, "/__emulator/ui/main.js", &[own]).is_unlogged);
    assert!(!get(&mut emulator, "/__emulator/revision", &[]).is_unlogged);
    let change = Request::new(Method::Post, "/__emulator/reset").header(own.0, own.1);
    assert!(!emulator.handle(&change, NOW).is_unlogged);
    let api = Request::new(Method::Get, "/api/v2/app?api_key=devkey").header(own.0, own.1);
    assert!(!emulator.handle(&api, NOW).is_unlogged, "a request to the app is always told");
}

#[test]
fn the_revision_changes_when_something_happens() {
    let mut emulator = emulator();
    let revision = |emulator: &mut Emulator| -> Value {
        serde_json::from_slice(&get(emulator, "/__emulator/revision", &[]).body).unwrap()
    };
    let before = revision(&mut emulator);
    assert_eq!(revision(&mut emulator), before, "looking changes nothing");
    let seed = Request::new(Method::Post, "/__emulator/seed").body(r#"{"users":["ann"]}"#);
    assert_eq!(emulator.handle(&seed, NOW).status, 200);
    let seeded = revision(&mut emulator);
    assert_ne!(seeded["state"], before["state"]);
    let call = Request::new(Method::Get, "/api/v2/app?api_key=devkey");
    drop(emulator.handle(&call, NOW));
    assert_ne!(revision(&mut emulator)["requests"], seeded["requests"]);
}
