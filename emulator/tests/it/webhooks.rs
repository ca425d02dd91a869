//! Webhooks: their events, and how they are sent.

use std::io::Read;
use std::time::Duration;

use flate2::read::GzDecoder;
use getstream_users_emulator::{
    CallResult, Choices, Config, Method, Progress, Request, WebhookCall, WebhookDelivery, WebhookTimes,
};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;

use crate::app::{App, As, START_MS, request};

const URL: &str = "https://example.com/hook";

impl App {
    fn due(&mut self) -> Vec<WebhookCall> {
        let driving = self.driving();
        self.emulator().due_webhooks(driving)
    }

    fn called(&mut self, id: &str, result: CallResult) {
        let driving = self.driving();
        self.emulator().webhook_called(id, result, driving);
    }

    fn next_webhook_in(&mut self) -> Option<Duration> {
        let driving = self.driving();
        self.emulator().next_webhook_in(driving)
    }

    /// Changes settings of the emulator.
    fn set(&mut self, settings: &Value) {
        let mut change = Request::new(Method::Patch, "/__emulator/settings");
        change.body = settings.to_string().into_bytes();
        assert_eq!(self.send(&change).status, 200);
    }

    fn deliveries(&mut self) -> Vec<WebhookDelivery> {
        self.emulator().webhook_deliveries()
    }

    pub(crate) fn listen(&mut self, settings: &Value) {
        let answer = self.call_as(As::Server, Method::Patch, "/app", settings.to_string().as_bytes());
        assert_eq!(answer.outcome(), "ok");
    }

    /// Sends all due webhooks, all successfully, and returns their events.
    pub(crate) fn told(&mut self) -> Vec<Value> {
        let mut told = Vec::new();
        loop {
            let due = self.due();
            if due.is_empty() {
                return told;
            }
            for call in due {
                told.push(serde_json::from_slice(&call.body).unwrap());
                self.called(&call.id, CallResult::Status(200));
            }
        }
    }

    /// The same as the types of the events and the ids of their users.
    fn heard(&mut self) -> Vec<String> {
        let told = self.told();
        let name = |event: &Value| {
            format!("{} {}", event["type"].as_str().unwrap(), event["user"]["id"].as_str().unwrap_or_default())
        };
        told.iter().map(|event| name(event).trim_end().to_owned()).collect()
    }
}

/// An app with users with these ids, and a hook that receives every event from now on.
fn listening(ids: &[&str]) -> App {
    let mut app = App::of(ids);
    app.listen(&json!({ "event_hooks": [{ "hook_type": "webhook", "webhook_url": URL }] }));
    app
}

#[test]
fn every_operation_that_changes_users_sends_events_in_the_order_of_the_changes() {
    type Operation = fn(&mut App);
    let cases: &[(&str, Operation, &[&str])] = &[
        (
            "an upsert",
            |app| drop(app.post("/users", json!({ "users": { "new": { "id": "new" }, "a": { "id": "a" } } }))),
            &["user.updated new", "user.updated a"],
        ),
        (
            "a partial update",
            |app| drop(app.patch(json!([{ "id": "b", "set": { "name": "B" } }, { "id": "a", "unset": ["name"] }]))),
            &["user.updated b", "user.updated a"],
        ),
        (
            "becoming invisible",
            |app| drop(app.patch(json!([{ "id": "a", "set": { "invisible": true } }]))),
            &["user.updated a", "user.presence.changed a"],
        ),
        (
            "a user that is sent along with a query",
            |app| drop(app.query(json!({ "filter_conditions": {}, "user": { "id": "asks" } }))),
            &["user.updated asks"],
        ),
        (
            "a token of a user that is not there yet",
            |app| drop(app.query_as(As::User("first"), &json!({ "filter_conditions": {} }))),
            &["user.updated first"],
        ),
        ("a deactivation", |app| drop(app.post("/users/a/deactivate", json!({}))), &["user.deactivated a"]),
        (
            "one that is not the first",
            |app| {
                app.post("/users/a/deactivate", json!({}));
                app.post("/users/a/deactivate", json!({}));
            },
            &["user.deactivated a"],
        ),
        (
            "a reactivation",
            |app| {
                app.post("/users/a/deactivate", json!({}));
                app.post("/users/a/reactivate", json!({}));
            },
            &["user.deactivated a", "user.reactivated a"],
        ),
        (
            "deactivations and reactivations of many",
            |app| {
                app.post("/users/deactivate", json!({ "user_ids": ["a", "nobody", "b"] }));
                app.advance(1);
                app.post("/users/reactivate", json!({ "user_ids": ["b", "a"] }));
                app.advance(50);
            },
            &["user.deactivated a", "user.deactivated b", "user.reactivated b", "user.reactivated a"],
        ),
        (
            "a deletion",
            |app| drop(app.post("/users/delete", json!({ "user_ids": ["b", "nobody", "a"] }))),
            &["user.deleted b", "user.deleted a"],
        ),
        (
            "deletions that are more thorough, and not",
            |app| {
                for mode in ["pruning", "soft", "pruning", "hard"] {
                    app.post("/users/delete", json!({ "user_ids": ["a"], "user": mode }));
                }
            },
            &["user.deleted a", "user.deleted a"],
        ),
        (
            "a restoration",
            |app| {
                app.post("/users/delete", json!({ "user_ids": ["a"] }));
                app.post("/users/restore", json!({ "user_ids": ["a"] }));
            },
            &["user.deleted a"],
        ),
        (
            "exports",
            |app| {
                app.post("/export/users", json!({ "user_ids": ["a"] }));
                app.post("/export/users", json!({ "user_ids": ["nobody"] }));
                app.advance(50);
            },
            &["export.users.success", "export.users.error"],
        ),
        ("what is refused", |app| drop(app.post("/users", json!({ "users": { "a": {} } }))), &[]),
    ];
    for (name, operation, expected) in cases {
        let mut app = listening(&["a", "b"]);
        operation(&mut app);
        assert_eq!(app.heard(), *expected, "{name}");
    }
}

#[test]
fn the_event_of_a_guest_has_its_final_id() {
    let mut app = listening(&[]);
    app.call_as(As::Anonymous, Method::Post, "/guest", br#"{"user":{"id":"g","name":"Gus"}}"#);
    let event = app.told().remove(0);
    assert_eq!((&event["type"], &event["user"]["name"]), (&json!("user.updated"), &json!("Gus")));
    assert!(event["user"]["id"].as_str().unwrap().starts_with("guest-"));
    assert_eq!(event["request_info"]["type"], "client");
}

#[test]
fn the_event_of_an_update_has_the_form_of_a_published_delivery() {
    let mut app = listening(&[]);
    app.set(&json!({ "webhook_times": "rfc3339" }));
    app.advance(500);
    let body = json!({ "users": { "u": { "id": "u", "name": "Ann", "role": "admin", "custom": { "seen_at": 5 } } } });
    let call = request(As::Server, Method::Post, "/users", body.to_string().as_bytes());
    app.send(&call.header("User-Agent", "node").header("X-Stream-Client", "stream-node-1"));
    assert_eq!(
        app.told(),
        [json!({
            "type": "user.updated",
            "created_at": "2026-01-01T00:00:00.5Z",
            "custom": {},
            "user": {
                "id": "u",
                "name": "Ann",
                "language": "",
                "role": "admin",
                "custom": { "seen_at": 5 },
                "teams": [],
                "created_at": "2026-01-01T00:00:00.5Z",
                "updated_at": "2026-01-01T00:00:00.5Z",
                "banned": false,
                "online": false,
                "blocked_user_ids": [],
                "invisible": false,
            },
            "members": [],
            "request_info": { "type": "server", "ip": "127.0.0.1", "user_agent": "node", "sdk": "stream-node-1" },
        })]
    );
}

#[test]
fn times_can_be_nanoseconds() {
    let choices = Choices { webhook_times: WebhookTimes::Nanoseconds, ..Choices::default() };
    let mut app = App::with(Config { choices, ..Config::default() });
    app.listen(&json!({ "webhook_url": URL }));
    app.upsert(json!({ "id": "u" }));
    let event = app.told().remove(0);
    assert!(event["created_at"].as_i64().unwrap() >= START_MS * 1_000_000);
    assert_eq!(event["user"]["updated_at"], app.user("u").unwrap()["updated_at"]);
}

#[test]
fn the_event_of_a_deactivation_has_the_acting_user_if_it_exists() {
    for (by, expected) in [(json!("b"), json!("b")), (json!("nobody"), Value::Null), (Value::Null, Value::Null)] {
        let mut app = listening(&["a", "b", "c"]);
        app.post("/users/a/deactivate", json!({ "created_by_id": by }));
        app.post("/users/deactivate", json!({ "user_ids": ["c"], "created_by_id": by }));
        app.advance(25);
        app.post("/users/a/reactivate", json!({ "created_by_id": by }));
        let told = app.told();
        assert_eq!(told.len(), 3);
        for event in told {
            assert_eq!(event["created_by"]["id"], expected, "{event}");
        }
    }
}

#[test]
fn the_event_of_a_deletion_has_the_modes_and_the_deleted_user() {
    let mut app = App::new();
    app.upsert(json!({ "id": "u", "name": "Ann" }));
    app.listen(&json!({ "webhook_url": URL }));
    let modes = json!({ "user_ids": ["u"], "user": "hard", "messages": "soft", "conversations": "hard" });
    app.post("/users/delete", modes);
    let event = app.told().remove(0);
    let expected = json!({
        "delete_user": "hard", "delete_messages": "soft", "delete_conversation": "hard",
        "delete_conversation_channels": true, "hard_delete": true, "mark_messages_deleted": true,
    });
    for (name, value) in expected.as_object().unwrap() {
        assert_eq!(&event[name], value, "{name}");
    }
    assert_eq!((&event["user"]["name"], &event["user"]["deleted_at"]), (&json!("Ann"), &event["user"]["updated_at"]));
    let mut app = listening(&["u"]);
    app.post("/users/delete", json!({ "user_ids": ["u"] }));
    let event = app.told().remove(0);
    assert_eq!((&event["delete_user"], &event["delete_messages"]), (&json!("soft"), &json!("")));
    assert_eq!((&event["hard_delete"], &event["mark_messages_deleted"]), (&json!(false), &json!(false)));
}

#[test]
fn the_event_of_an_export_is_sent_when_it_has_ended() {
    let mut app = listening(&["a"]);
    let answer = app.post("/export/users", json!({ "user_ids": ["a"] }));
    for wait in [25, 25] {
        assert_eq!(app.due(), []);
        assert_eq!(app.next_webhook_in(), Some(Duration::from_millis(25)));
        app.advance(wait);
    }
    let event = app.told().remove(0);
    let task = app.get(&format!("/tasks/{}", answer.body["task_id"].as_str().unwrap())).body;
    assert_eq!(
        (&event["task_id"], &event["url"], &event["started_at"], &event["finished_at"], &event["request_info"]),
        (
            &task["task_id"],
            &task["result"]["url"],
            &json!(1_767_225_600_025_000_000_i64),
            &json!(1_767_225_600_050_000_000_i64),
            &Value::Null
        )
    );
    assert_eq!(task["status"], "completed");
}

#[test]
fn events_of_tasks_are_due_without_a_request() {
    let mut app = listening(&["a"]);
    app.post("/users/deactivate", json!({ "user_ids": ["a"] }));
    assert_eq!((app.due(), app.next_webhook_in()), (vec![], Some(Duration::from_millis(25))));
    app.advance(25);
    assert_eq!((app.heard(), app.next_webhook_in()), (vec!["user.deactivated a".to_owned()], None));
}

#[test]
fn the_signature_covers_the_json_whether_compressed_or_not() {
    for compressed in [false, true] {
        let mut app = App::with(Config { api_key: "devkey".to_owned(), ..Config::default() });
        app.listen(&json!({ "webhook_url": URL, "enable_hook_payload_compression": compressed }));
        app.upsert(json!({ "id": "u", "custom": { "text": "grüße".repeat(100) } }));
        let call = app.due().remove(0);
        let header = |name: &str| call.headers.get(name).map(str::to_owned);
        let mut json = Vec::new();
        if compressed {
            assert!(call.body.starts_with(&[0x1f, 0x8b]) && call.body.len() < 500, "{}", call.body.len());
            GzDecoder::new(call.body.as_slice()).read_to_end(&mut json).unwrap();
        } else {
            json.clone_from(&call.body);
        }
        let mac = Hmac::<Sha256>::new_from_slice(b"devsecret").unwrap().chain_update(&json).finalize().into_bytes();
        let expected: String = mac.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(header("x-signature"), Some(expected));
        assert_eq!(header("content-encoding"), compressed.then(|| "gzip".to_owned()));
        assert_eq!(header("content-type").as_deref(), Some("application/json"));
        assert_eq!(header("x-api-key").as_deref(), Some("devkey"));
        assert_eq!((header("x-webhook-id"), header("x-webhook-attempt")), (Some(call.id), Some("1".to_owned())));
        assert_eq!((call.url.as_str(), call.timeout), (URL, Duration::from_secs(6)));
    }
}

#[test]
fn a_failed_webhook_is_retried_with_the_same_id_and_body() {
    let mut app = listening(&[]);
    app.upsert(json!({ "id": "u" }));
    let first = app.due().remove(0);
    app.called(&first.id, CallResult::Status(500));
    assert_eq!((app.due(), app.next_webhook_in()), (vec![], Some(Duration::from_secs(1))));
    app.advance(1_000);
    let second = app.due().remove(0);
    assert_eq!((&second.id, &second.body), (&first.id, &first.body));
    assert_eq!(second.headers.get("x-webhook-attempt"), Some("2"));
    app.called(&second.id, CallResult::TimedOut);
    app.emulator().advance(Duration::from_secs(2));
    let third = app.due().remove(0);
    app.called(&third.id, CallResult::Unreachable("refused".to_owned()));
    let delivery = app.deliveries().remove(0);
    assert_eq!((delivery.progress, delivery.attempts), (Progress::Failed, 3));
    assert_eq!((delivery.status, delivery.error.as_deref()), (None, Some("refused")));
    assert_eq!(app.next_webhook_in(), None);
}

#[test]
fn a_replay_sends_what_was_sent_before() {
    let mut app = listening(&[]);
    for id in ["a", "b"] {
        app.upsert(json!({ "id": id }));
    }
    assert_eq!(app.heard(), ["user.updated a", "user.updated b"]);
    let id = app.deliveries().remove(0).id;
    app.upsert(json!({ "id": "a", "name": "Ann" }));
    app.told();
    assert_eq!(app.emulator().replay_webhooks(Some(&id)), 1);
    let again = app.due().remove(0);
    let event: Value = serde_json::from_slice(&again.body).unwrap();
    assert_eq!((&again.id, again.headers.get("x-webhook-attempt")), (&id, Some("1")));
    assert_eq!(event["user"].get("name"), None);
    app.called(&again.id, CallResult::Status(200));
    assert_eq!(app.emulator().replay_webhooks(None), 3);
    assert_eq!(app.heard(), ["user.updated a", "user.updated b", "user.updated a"]);
    assert_eq!(app.emulator().replay_webhooks(Some("other")), 0);
}

#[test]
fn deliveries_can_be_listed_and_replayed() {
    let mut app = listening(&[]);
    app.upsert(json!({ "id": "u" }));
    let call = app.due().remove(0);
    app.called(&call.id, CallResult::Status(400));
    let control = |app: &mut App, method: Method, path: &str, body: &str| {
        let response = app.send(&Request::new(method, &format!("/__emulator/webhooks{path}")).body(body));
        (response.status, serde_json::from_slice::<Value>(&response.body).unwrap())
    };
    let body = String::from_utf8(call.body).unwrap();
    let expected = json!({
        "id": call.id, "type": "user.updated", "url": URL, "created_at": "2026-01-01T00:00:00Z", "progress": "failed",
        "attempts": 1, "status": 400, "body": body,
    });
    assert_eq!(control(&mut app, Method::Get, "", ""), (200, json!({ "deliveries": [expected] })));
    let one = json!({ "id": call.id }).to_string();
    assert_eq!(control(&mut app, Method::Post, "/replay", &one), (200, json!({ "replayed": 1 })));
    assert_eq!(app.heard(), ["user.updated u"]);
    assert_eq!(control(&mut app, Method::Post, "/replay", ""), (200, json!({ "replayed": 1 })));
    let (status, unknown) = control(&mut app, Method::Post, "/replay", r#"{"id":"x"}"#);
    assert_eq!((status, &unknown["message"]), (404, &json!("there is no finished webhook delivery \"x\"")));
    let (status, _) = control(&mut app, Method::Post, "/replay", r#"{"ids":[]}"#);
    assert_eq!(status, 400);
}

#[test]
fn events_are_not_stored_without_a_hook() {
    let mut app = App::of(&["a"]);
    assert_eq!((app.deliveries(), app.next_webhook_in()), (vec![], None));
    app.post("/users/deactivate", json!({ "user_ids": ["a"] }));
    assert_eq!(app.next_webhook_in(), None);
    app.listen(&json!({ "event_hooks": [
        { "webhook_url": URL, "enabled": false }, { "webhook_url": URL, "event_types": ["user.deleted"] },
        { "hook_type": "sqs", "sqs_queue_url": URL },
    ] }));
    app.upsert(json!({ "id": "b" }));
    assert_eq!(app.deliveries(), []);
}

#[test]
fn hooks_have_no_influence_on_other_results() {
    let run = |app: &mut App| {
        app.upsert(json!({ "id": "u" }));
        let guest = app.post("/guest", json!({ "user": { "id": "g" } }));
        let task = app.post("/users/deactivate", json!({ "user_ids": ["u"] }));
        let task = app.finish(&task);
        (guest, task, app.user("u"))
    };
    let (mut alone, mut heard) = (App::new(), App::new());
    alone.listen(&json!({ "webhook_url": "" }));
    heard.listen(&json!({ "webhook_url": URL }));
    assert_eq!(run(&mut alone), run(&mut heard));
}

#[test]
fn queued_deliveries_survive_a_restart() {
    let mut app = listening(&[]);
    app.upsert(json!({ "id": "u" }));
    let before = app.due();
    let saved = app.snapshot();
    let mut restarted = App::new();
    restarted.restore(&saved).unwrap();
    assert_eq!(restarted.due(), before);
    restarted.reset();
    assert_eq!(restarted.deliveries(), []);
}
