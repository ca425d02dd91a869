//! Changing the app's hooks, by an update of the app.
//!
//! Where sources are silent: a list of hooks replaces an older single URL, which is kept but receives nothing, and the
//! older fields cannot be changed while there is a list. A hook without `enabled` is enabled, one without `hook_type`
//! is a `webhook`. Custom events go to the hooks that ask for custom events or name the type.

use getstream_users::model::{AsyncModerationCallbackConfig, EventHook, Timestamp, WebhookFailoverConfig};
use serde_json::Value;

use crate::core::failure::Failure;
use crate::core::state::{Hooks, Ids, OlderHooks, WEBHOOK};
use crate::core::wire::read::{self, Fields};

/// The types of hooks.
const HOOK_TYPES: [(&str, &str); 4] =
    [(WEBHOOK, WEBHOOK), ("sqs", "sqs"), ("sns", "sns"), ("pending_message", "pending_message")];

/// The hooks after an update of the app. Takes all fields for hooks out of the body; missing fields stay unchanged.
///
/// # Errors
/// If a field is invalid, or the two kinds of hooks are mixed.
pub(super) fn updated(before: &Hooks, body: &mut Fields, ids: &mut Ids, now: Timestamp) -> Result<Hooks, Failure> {
    let event_hooks = body.optional("event_hooks", |value, path| read::list(value, path, read_hook))?;
    let older = updated_older(&before.older, body)?;
    let compression = body.optional("enable_hook_payload_compression", read::flag)?;
    let event_hooks = match event_hooks {
        Some(hooks) => hooks.into_iter().map(|hook| kept(before, hook, ids, now)).collect(),
        None => before.event_hooks.clone(),
    };
    if !event_hooks.is_empty() && older != before.older {
        return Err(Failure::input("event_hooks cannot be used together with webhook_url, sqs and sns fields"));
    }
    let enable_hook_payload_compression = compression.unwrap_or(before.enable_hook_payload_compression);
    Ok(Hooks { event_hooks, older, enable_hook_payload_compression })
}

/// The hook to be stored: with an id, and with its previous times if it is unchanged.
fn kept(hooks: &Hooks, hook: EventHook, ids: &mut Ids, now: Timestamp) -> EventHook {
    let before = hooks.event_hooks.iter().find(|before| before.id == hook.id && hook.id.is_some());
    let Some(before) = before else {
        let id = hook.id.unwrap_or_else(|| ids.uuid());
        return EventHook { id: Some(id), created_at: Some(now), updated_at: Some(now), ..hook };
    };
    let hook = EventHook { created_at: before.created_at, updated_at: before.updated_at, ..hook };
    if hook == *before { hook } else { EventHook { updated_at: Some(now), ..hook } }
}

fn updated_older(before: &OlderHooks, body: &mut Fields) -> Result<OlderHooks, Failure> {
    let mut text = |name: &str, current: &str| match body.optional(name, read::text)? {
        Some(text) => Ok::<_, Failure>(text),
        None => Ok(current.to_owned()),
    };
    let older = OlderHooks {
        webhook_url: text("webhook_url", &before.webhook_url)?,
        sqs_url: text("sqs_url", &before.sqs_url)?,
        sqs_key: text("sqs_key", &before.sqs_key)?,
        sqs_secret: text("sqs_secret", &before.sqs_secret)?,
        sns_topic_arn: text("sns_topic_arn", &before.sns_topic_arn)?,
        sns_key: text("sns_key", &before.sns_key)?,
        sns_secret: text("sns_secret", &before.sns_secret)?,
        webhook_events: body.optional("webhook_events", read::texts)?.unwrap_or_else(|| before.webhook_events.clone()),
    };
    if older.webhook_url.is_empty() {
        return Ok(older);
    }
    check_url(&older.webhook_url, &body.path_of("webhook_url")).map(|()| older)
}

/// Reads one hook of the list. Its times are ignored, because the server sets them.
fn read_hook(hook: Value, path: &str) -> Result<EventHook, Failure> {
    let mut hook = Fields::of(hook, path)?;
    let hook_type = hook.choice("hook_type", &HOOK_TYPES)?.unwrap_or(WEBHOOK);
    let webhook_url = match hook_type {
        WEBHOOK => Some(hook.required("webhook_url", read::filled)?),
        _ => hook.optional("webhook_url", read::text)?,
    };
    if let Some(url) = webhook_url.as_deref().filter(|_| hook_type == WEBHOOK) {
        check_url(url, &hook.path_of("webhook_url"))?;
    }
    Ok(EventHook {
        id: hook.optional("id", read::text)?.filter(|id| !id.is_empty()),
        hook_type: Some(hook_type.to_owned()),
        enabled: Some(hook.optional("enabled", read::flag)?.unwrap_or(true)),
        event_types: Some(hook.optional("event_types", read::texts)?.unwrap_or_default()),
        should_send_custom_events: hook.optional("should_send_custom_events", read::flag)?,
        product: hook.optional("product", read::text)?,
        webhook_url,
        timeout_ms: hook.optional("timeout_ms", milliseconds)?,
        callback: hook.optional("callback", read_callback)?,
        failover_config: hook.optional("failover_config", read_failover)?,
        sqs_queue_url: hook.optional("sqs_queue_url", read::text)?,
        sqs_region: hook.optional("sqs_region", read::text)?,
        sqs_auth_type: hook.optional("sqs_auth_type", read::text)?,
        sqs_key: hook.optional("sqs_key", read::text)?,
        sqs_secret: hook.optional("sqs_secret", read::text)?,
        sqs_role_arn: hook.optional("sqs_role_arn", read::text)?,
        sns_topic_arn: hook.optional("sns_topic_arn", read::text)?,
        sns_region: hook.optional("sns_region", read::text)?,
        sns_auth_type: hook.optional("sns_auth_type", read::text)?,
        sns_key: hook.optional("sns_key", read::text)?,
        sns_secret: hook.optional("sns_secret", read::text)?,
        sns_role_arn: hook.optional("sns_role_arn", read::text)?,
        sns_event_based_message_group_id_enabled: hook
            .optional("sns_event_based_message_group_id_enabled", read::flag)?,
        created_at: None,
        updated_at: None,
    })
}

fn read_callback(callback: Value, path: &str) -> Result<AsyncModerationCallbackConfig, Failure> {
    let mut callback = Fields::of(callback, path)?;
    Ok(AsyncModerationCallbackConfig {
        mode: callback.optional("mode", read::text)?,
        server_url: callback.optional("server_url", read::text)?,
    })
}

fn read_failover(failover: Value, path: &str) -> Result<WebhookFailoverConfig, Failure> {
    let mut failover = Fields::of(failover, path)?;
    Ok(WebhookFailoverConfig {
        r#type: failover.optional("type", read::text)?,
        gcs_bucket: failover.optional("gcs_bucket", read::text)?,
        gcs_path: failover.optional("gcs_path", read::text)?,
        gcs_credentials: failover.optional("gcs_credentials", read::text)?,
    })
}

fn milliseconds(value: Value, path: &str) -> Result<u32, Failure> {
    let number = read::integer(value, path)?;
    u32::try_from(number).map_err(|_| Failure::field(path, "must be a number of milliseconds that is not negative"))
}

/// A URL that can be called, or an empty string for none.
pub(super) fn address(value: Value, path: &str) -> Result<String, Failure> {
    let url = read::text(value, path)?;
    if !url.is_empty() {
        check_url(&url, path)?;
    }
    Ok(url)
}

/// A URL that can never be called is rejected at once (seen in SDK tests).
fn check_url(url: &str, path: &str) -> Result<(), Failure> {
    let rest = url.strip_prefix("http://").or_else(|| url.strip_prefix("https://")).unwrap_or_default();
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let printable = url.chars().all(|character| !character.is_control() && character != ' ');
    if !host.is_empty() && printable { Ok(()) } else { Err(Failure::field(path, "must be an http or https URL")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const URL: &str = "https://example.com/hook";

    fn update(hooks: &Hooks, body: Value, now: i64) -> Result<Hooks, String> {
        let mut body = Fields::of(body, "").unwrap();
        updated(hooks, &mut body, &mut Ids::new(1), Timestamp(now)).map_err(|failure| failure.reason)
    }

    fn urls<'a>(hooks: &'a Hooks, event: &str) -> Vec<&'a str> {
        hooks.receivers(event).map(|receiver| receiver.url).collect()
    }

    #[test]
    fn an_event_goes_to_the_hooks_that_listen_in_their_order() {
        let hooks = json!({ "event_hooks": [
            { "hook_type": "webhook", "webhook_url": "http://all", "event_types": [] },
            { "webhook_url": "http://some", "event_types": ["user.updated", "mine"] },
            { "webhook_url": "http://off", "enabled": false },
            { "webhook_url": "http://made-up", "should_send_custom_events": true, "event_types": null },
            { "hook_type": "sqs", "sqs_queue_url": "https://queue" },
            { "hook_type": "pending_message", "webhook_url": "http://pending" },
        ] });
        let hooks = update(&Hooks::default(), hooks, 1).unwrap();
        for (event, expected) in [
            ("user.updated", &["http://all", "http://some", "http://made-up"][..]),
            ("user.deleted", &["http://all", "http://made-up"]),
            ("mine", &["http://some", "http://made-up"]),
            ("yours", &["http://made-up"]),
        ] {
            assert_eq!(urls(&hooks, event), expected, "{event}");
        }
    }

    #[test]
    fn the_older_url_has_one_filter_and_is_replaced_by_a_list() {
        let older = json!({ "webhook_url": URL, "webhook_events": ["user.updated"] });
        let hooks = update(&Hooks::default(), older, 1).unwrap();
        assert_eq!((urls(&hooks, "user.updated"), urls(&hooks, "user.deleted")), (vec![URL], vec![]));
        let unfiltered = update(&hooks, json!({ "webhook_events": [] }), 2).unwrap();
        assert_eq!(urls(&unfiltered, "user.deleted"), [URL]);
        let listed = update(&hooks, json!({ "event_hooks": [{ "webhook_url": "http://list" }] }), 2).unwrap();
        assert_eq!(urls(&listed, "user.updated"), ["http://list"]);
        let cleared = update(&listed, json!({ "event_hooks": [] }), 3).unwrap();
        assert_eq!(urls(&cleared, "user.updated"), [URL]);
        assert!(!update(&cleared, json!({ "webhook_url": "" }), 4).unwrap().any());
    }

    #[test]
    fn the_two_kinds_are_not_mixed() {
        let refused = Err("event_hooks cannot be used together with webhook_url, sqs and sns fields".to_owned());
        let both = json!({ "webhook_url": URL, "event_hooks": [{ "webhook_url": URL }] });
        assert_eq!(update(&Hooks::default(), both, 1), refused);
        let listed = update(&Hooks::default(), json!({ "event_hooks": [{ "webhook_url": URL }] }), 1).unwrap();
        assert_eq!(update(&listed, json!({ "sqs_url": "https://queue" }), 2), refused);
        // Sending back unchanged settings mixes nothing.
        assert_eq!(update(&listed, json!({ "webhook_url": "", "sqs_url": "", "webhook_events": [] }), 2), Ok(listed));
    }

    #[test]
    fn a_hook_keeps_its_id_and_is_only_updated_by_a_change() {
        let times = |hooks: &Hooks| {
            let hook = hooks.event_hooks.first().unwrap();
            (hook.id.clone().unwrap(), hook.created_at.unwrap().0, hook.updated_at.unwrap().0)
        };
        let first = update(&Hooks::default(), json!({ "event_hooks": [{ "webhook_url": URL }] }), 1).unwrap();
        let (id, ..) = times(&first);
        assert_eq!((id.len(), times(&first)), (36, (id.clone(), 1, 1)));
        let read_back = json!({ "event_hooks": serde_json::to_value(&first.event_hooks).unwrap() });
        let same = update(&first, read_back, 2).unwrap();
        assert_eq!(same, first);
        let changed = json!({ "event_hooks": [{ "id": id, "webhook_url": URL, "enabled": false }] });
        assert_eq!(times(&update(&first, changed, 3).unwrap()), (id, 1, 3));
        let other = json!({ "event_hooks": [{ "id": "own", "webhook_url": URL, "created_at": 5 }] });
        assert_eq!(times(&update(&first, other, 4).unwrap()), ("own".to_owned(), 4, 4));
    }

    #[test]
    fn bad_hooks_are_refused_with_the_field_at_fault() {
        for (hook, expected) in [
            (json!({ "hook_type": "carrier" }), "hook_type must be one of [webhook sqs sns pending_message]"),
            (json!({}), "webhook_url is a required field"),
            (json!({ "webhook_url": "example.com" }), "webhook_url must be an http or https URL"),
            (json!({ "webhook_url": "https:///x" }), "webhook_url must be an http or https URL"),
            (json!({ "webhook_url": "http://a\r\nb" }), "webhook_url must be an http or https URL"),
            (
                json!({ "webhook_url": URL, "timeout_ms": -1 }),
                "timeout_ms must be a number of milliseconds that is not negative",
            ),
        ] {
            let result = update(&Hooks::default(), json!({ "event_hooks": [hook] }), 1);
            assert_eq!(result, Err(format!("event_hooks[0].{expected}")));
        }
        let types =
            update(&Hooks::default(), json!({ "event_hooks": [{ "webhook_url": URL, "event_types": "all" }] }), 1);
        let reason = "expected array for field \"event_hooks[0].event_types\" but got string";
        assert_eq!(types, Err(reason.to_owned()));
        let older = update(&Hooks::default(), json!({ "webhook_url": "ftp://x" }), 1);
        assert_eq!(older, Err("webhook_url must be an http or https URL".to_owned()));
    }

    #[test]
    fn the_timeout_is_that_of_the_hook() {
        let hooks = json!({ "event_hooks": [
            { "webhook_url": URL }, { "webhook_url": URL, "timeout_ms": 0 }, { "webhook_url": URL, "timeout_ms": 250 },
        ] });
        let hooks = update(&Hooks::default(), hooks, 1).unwrap();
        let timeouts: Vec<u128> = hooks.receivers("user.updated").map(|hook| hook.timeout.as_millis()).collect();
        assert_eq!(timeouts, [6000, 6000, 250]);
    }
}
