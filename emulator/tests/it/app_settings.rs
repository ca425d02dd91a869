//! The app's settings: reading and writing them, and their effects.

use getstream_users_emulator::Method;
use serde_json::{Value, json};

use crate::app::{Answer, App, As};

fn update(app: &mut App, settings: &Value) -> Answer {
    app.call_as(As::Server, Method::Patch, "/app", settings.to_string().as_bytes())
}

fn settings(app: &mut App) -> Value {
    let answer = app.get("/app");
    assert_eq!(answer.status, 200);
    answer.body["app"].clone()
}

#[test]
fn an_app_has_a_name_and_roles_and_all_settings_off() {
    let app = settings(&mut App::new());
    assert_eq!(app["name"], "emulator");
    assert_eq!((&app["enforce_unique_usernames"], &app["permission_version"]), (&json!("no"), &json!("v2")));
    assert!(app["grants"]["user"].as_array().is_some_and(|grants| !grants.is_empty()), "{app}");
    for off in ["disable_auth_checks", "disable_permissions_checks", "guest_user_creation_disabled", "suspended"] {
        assert_eq!(app[off], false, "{off}");
    }
    for empty in ["event_hooks", "webhook_events", "user_search_disallowed_roles"] {
        assert_eq!(app[empty], json!([]), "{empty}");
    }
    for empty in ["policies", "channel_configs", "call_types"] {
        assert_eq!(app[empty], json!({}), "{empty}");
    }
    assert_eq!(app["push_notifications"]["firebase"], json!({ "enabled": true }));
    assert_eq!(app.get("revoke_tokens_issued_before"), None, "what is not set is left out");
}

#[test]
fn what_is_set_is_read_back_and_the_rest_stays() {
    let mut app = App::new();
    let before = settings(&mut app);
    let given = json!({
        "disable_auth_checks": true, "disable_permissions_checks": true, "guest_user_creation_disabled": true,
        "multi_tenant_enabled": true, "enforce_unique_usernames": "team", "user_search_disallowed_roles": ["guest"],
        "permission_version": "v1", "before_message_send_hook_url": "http://before",
        "before_message_send_hook_attempt_timeout_ms": 5, "custom_action_handler_url": "http://action",
        "file_upload_config": { "size_limit": 7, "blocked_mime_types": ["text/html"] },
        "image_upload_config": { "size_limit": 8, "allowed_file_extensions": [".png"] },
        "async_url_enrich_enabled": true, "auto_translation_enabled": true, "cdn_expiration_seconds": 9,
        "chat_primary_use_case": "gaming", "video_primary_use_case": "other", "feed_audit_logs_enabled": true,
        "max_aggregated_activities_length": 10, "activity_metrics_config": { "likes": 2 },
        "member_custom_on_messages_enabled": true, "moderation_enabled": true,
        "moderation_onboarding_complete": true, "moderation_s3_image_access_role_arn": "arn",
        "moderation_webhook_url": "http://moderation", "moderation_dashboard_preferences": { "dark": true },
        "allowed_flag_reasons": ["spam"], "image_moderation_enabled": true, "image_moderation_labels": ["gore"],
        "reminders_interval": 11, "user_response_time_enabled": true, "datadog_info": { "enabled": true },
        "webhook_url": "http://hook", "webhook_events": ["user.updated"], "sqs_url": "https://queue",
        "sqs_key": "k", "sqs_secret": "s", "sns_topic_arn": "topic", "sns_key": "k", "sns_secret": "s",
    });
    assert_eq!(update(&mut app, &given).body, json!({ "duration": "0.00ms" }));
    let after = settings(&mut app);
    let mut expected = before;
    for (name, value) in given.as_object().unwrap() {
        expected[name] = value.clone();
    }
    assert_eq!(after, expected);

    // Settings that no response has, and unknown names.
    for accepted in [json!({}), json!({ "push_config": { "version": "v2" } }), json!({ "made_up": true })] {
        assert_eq!(update(&mut app, &accepted).outcome(), "ok");
        assert_eq!(settings(&mut app), after, "{accepted}");
    }
    assert_eq!(app.call_as(As::Server, Method::Patch, "/app", b"").outcome(), "ok");
    update(&mut app, &json!({ "disable_auth_checks": false, "reminders_interval": null }));
    let last = settings(&mut app);
    assert_eq!((&last["disable_auth_checks"], &last["reminders_interval"]), (&json!(false), &json!(11)));
}

#[test]
fn a_bad_setting_is_refused_and_nothing_changes() {
    for (name, value, expected) in [
        ("enforce_unique_usernames", json!("maybe"), "enforce_unique_usernames must be one of [no app team]"),
        (
            "user_search_disallowed_roles",
            json!(["x".repeat(101)]),
            "user_search_disallowed_roles[0] must be a maximum of 100 characters in length",
        ),
        (
            "user_search_disallowed_roles",
            json!(vec!["x"; 11]),
            "user_search_disallowed_roles must contain at maximum 10 items",
        ),
        ("disable_auth_checks", json!("yes"), "expected boolean for field \"disable_auth_checks\" but got string"),
        ("revoke_tokens_issued_before", json!("today"), "revoke_tokens_issued_before must be an RFC 3339 time"),
        ("reminders_interval", json!("often"), "expected number for field \"reminders_interval\" but got string"),
        (
            "file_upload_config",
            json!({ "size_limit": "1" }),
            "expected number for field \"file_upload_config.size_limit\" but got string",
        ),
        ("grants", json!({ "user": "all" }), "expected array for field \"grants[user]\" but got string"),
        ("permission_version", json!("v3"), "permission_version must be one of [v1 v2]"),
        ("event_hooks", json!([{}]), "event_hooks[0].webhook_url is a required field"),
    ] {
        let mut app = App::new();
        let before = settings(&mut app);
        let mut body = json!({ "guest_user_creation_disabled": true, "grants": { "user": [] } });
        body[name] = value;
        assert_eq!(update(&mut app, &body).outcome(), format!("400 4 {expected}"));
        assert_eq!(settings(&mut app), before, "{name}");
    }
}

#[test]
fn grants_are_merged_by_role_and_hooks_replaced_as_a_list() {
    let mut app = App::new();
    let before = settings(&mut app);
    update(&mut app, &json!({ "grants": { "user": ["search-user"], "guest": [] } }));
    let grants = settings(&mut app)["grants"].clone();
    assert_eq!((&grants["user"], grants.get("guest")), (&json!(["search-user"]), None));
    assert_eq!(grants["admin"], before["grants"]["admin"]);

    let hook = json!({ "hook_type": "webhook", "webhook_url": "http://a", "event_types": ["user.updated"] });
    update(&mut app, &json!({ "event_hooks": [hook] }));
    let read = settings(&mut app);
    assert_eq!((&read["event_hooks"][0]["webhook_url"], &read["use_hook_v2"]), (&json!("http://a"), &json!(true)));
    assert!(read["event_hooks"][0]["id"].is_string() && read["event_hooks"][0]["created_at"].is_i64());
    let mixed = update(&mut app, &json!({ "webhook_url": "http://b" })).outcome();
    assert_eq!(mixed, "400 4 event_hooks cannot be used together with webhook_url, sqs and sns fields");
    update(&mut app, &json!({ "event_hooks": [] }));
    assert_eq!(settings(&mut app)["event_hooks"], json!([]));
}

#[test]
fn users_and_visitors_see_what_they_need_and_change_nothing() {
    let mut app = App::of(&["u"]);
    update(&mut app, &json!({ "auto_translation_enabled": true, "image_upload_config": { "size_limit": 5 } }));
    for caller in [As::User("u"), As::Anonymous] {
        assert_eq!(
            app.call_as(caller, Method::Get, "/app", b"").body["app"],
            json!({
                "id": 1, "name": "emulator", "placement": "", "auto_translation_enabled": true,
                "async_url_enrich_enabled": false, "file_upload_config": { "size_limit": 0 },
                "image_upload_config": { "size_limit": 5 },
            })
        );
        let (user, role) = if matches!(caller, As::Anonymous) { ("User", "anonymous") } else { ("User 'u'", "user") };
        assert_eq!(
            app.call_as(caller, Method::Patch, "/app", b"{}").outcome(),
            format!("403 17 {user} with role '{role}' is not allowed to perform action UpdateApp")
        );
    }
}
