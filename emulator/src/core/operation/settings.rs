//! Settings of the app without an effect here.
//!
//! The emulator stores them so that they can be read back, and checks their types like other input.

use getstream_users::model::CustomData;
use serde_json::Value;

use super::hooks;
use crate::core::failure::Failure;
use crate::core::wire::read::{self, Fields};

/// The type of a setting.
#[derive(Debug, Clone, Copy)]
enum Kind {
    Flag,
    Integer,
    Text,
    /// A URL that can be called; an empty string means none.
    Address,
    Choice(&'static [&'static str]),
    Texts,
    Object,
}

const CHAT_USES: &[&str] = &[
    "messaging",
    "customer-support",
    "community",
    "marketplace",
    "gaming",
    "telehealth",
    "on-demand",
    "workforce-management",
    "dating",
    "education",
    "financial",
    "sports",
    "real-money-gaming",
];

const VIDEO_USES: &[&str] =
    &["video-calling", "voice-calling", "livestreaming", "audio-rooms", "ai-agents", "live-shopping", "other"];

const SETTINGS: &[(&str, Kind)] = &[
    ("activity_metrics_config", Kind::Object),
    ("allowed_flag_reasons", Kind::Texts),
    ("apn_config", Kind::Object),
    ("async_moderation_config", Kind::Object),
    ("async_url_enrich_enabled", Kind::Flag),
    ("auto_translation_enabled", Kind::Flag),
    ("before_message_send_hook_attempt_timeout_ms", Kind::Integer),
    ("before_message_send_hook_url", Kind::Address),
    ("cdn_expiration_seconds", Kind::Integer),
    ("channel_hide_members_only", Kind::Flag),
    ("chat_primary_use_case", Kind::Choice(CHAT_USES)),
    ("custom_action_handler_url", Kind::Address),
    ("datadog_info", Kind::Object),
    ("feed_audit_logs_enabled", Kind::Flag),
    ("feeds_moderation_enabled", Kind::Flag),
    ("feeds_v2_region", Kind::Text),
    ("firebase_config", Kind::Object),
    ("huawei_config", Kind::Object),
    ("image_moderation_block_labels", Kind::Texts),
    ("image_moderation_enabled", Kind::Flag),
    ("image_moderation_labels", Kind::Texts),
    ("max_aggregated_activities_length", Kind::Integer),
    ("member_custom_on_messages_enabled", Kind::Flag),
    ("migrate_permissions_to_v2", Kind::Flag),
    ("moderation_analytics_enabled", Kind::Flag),
    ("moderation_dashboard_preferences", Kind::Object),
    ("moderation_enabled", Kind::Flag),
    ("moderation_onboarding_complete", Kind::Flag),
    ("moderation_s3_image_access_role_arn", Kind::Text),
    ("moderation_webhook_url", Kind::Address),
    ("permission_version", Kind::Choice(&["v1", "v2"])),
    ("push_config", Kind::Object),
    ("reminders_interval", Kind::Integer),
    ("reminders_max_members", Kind::Integer),
    ("reminders_max_per_user", Kind::Integer),
    ("user_response_time_enabled", Kind::Flag),
    ("video_primary_use_case", Kind::Choice(VIDEO_USES)),
    ("xiaomi_config", Kind::Object),
];

/// The settings in a body, by name.
///
/// # Errors
/// If a setting has the wrong type.
pub(super) fn read(body: &mut Fields) -> Result<CustomData, Failure> {
    let mut settings = CustomData::new();
    for (name, kind) in SETTINGS {
        if let Some(value) = setting(body, name, *kind)? {
            settings.insert((*name).to_owned(), value);
        }
    }
    Ok(settings)
}

fn setting(body: &mut Fields, name: &str, kind: Kind) -> Result<Option<Value>, Failure> {
    Ok(match kind {
        Kind::Flag => body.optional(name, read::flag)?.map(Value::from),
        Kind::Integer => body.optional(name, read::integer)?.map(Value::from),
        Kind::Text => body.optional(name, read::text)?.map(Value::from),
        Kind::Address => body.optional(name, hooks::address)?.map(Value::from),
        Kind::Choice(choices) => {
            let choices: Vec<(&str, &str)> = choices.iter().map(|choice| (*choice, *choice)).collect();
            body.choice(name, &choices)?.map(Value::from)
        }
        Kind::Texts => body.optional(name, read::texts)?.map(Value::from),
        Kind::Object => body.optional(name, read::object)?.map(Value::from),
    })
}

/// Reads stored settings by type.
#[derive(Debug, Clone, Copy)]
pub(super) struct Settings<'a>(pub(super) &'a CustomData);

impl Settings<'_> {
    pub(super) fn flag(self, name: &str) -> Option<bool> {
        self.0.get(name)?.as_bool()
    }

    pub(super) fn integer(self, name: &str) -> Option<i64> {
        self.0.get(name)?.as_i64()
    }

    pub(super) fn text(self, name: &str) -> Option<String> {
        self.0.get(name)?.as_str().map(str::to_owned)
    }

    pub(super) fn texts(self, name: &str) -> Option<Vec<String>> {
        Some(self.0.get(name)?.as_array()?.iter().filter_map(Value::as_str).map(str::to_owned).collect())
    }

    pub(super) fn object(self, name: &str) -> Option<CustomData> {
        self.0.get(name)?.as_object().cloned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use getstream_users::model::UpdateAppRequest;
    use serde_json::json;

    /// A valid value of the setting.
    fn example(kind: Kind) -> Value {
        match kind {
            Kind::Flag => json!(true),
            Kind::Integer => json!(7),
            Kind::Text => json!("text"),
            Kind::Address => json!("https://example.com/x"),
            Kind::Choice(choices) => json!(choices.last()),
            Kind::Texts => json!(["text"]),
            Kind::Object => json!({ "field": 7 }),
        }
    }

    #[test]
    fn every_setting_is_one_of_the_api_and_kept_as_it_was_sent() {
        let sent: CustomData = SETTINGS.iter().map(|(name, kind)| ((*name).to_owned(), example(*kind))).collect();
        let request: UpdateAppRequest = serde_json::from_value(sent.clone().into()).unwrap();
        assert_eq!(serde_json::to_value(request).unwrap(), Value::Object(sent.clone()));
        assert_eq!(read(&mut Fields::new("", sent.clone())), Ok(sent));
    }

    #[test]
    fn a_setting_of_the_wrong_type_is_refused() {
        for (name, kind) in SETTINGS {
            let body = CustomData::from_iter([((*name).to_owned(), json!(1.5))]);
            let reason = read(&mut Fields::new("", body)).unwrap_err().reason;
            let named = reason.starts_with(&format!("{name} must be ")) || reason.contains(&format!("\"{name}\""));
            assert!(named, "{kind:?}: {reason}");
        }
    }
}
