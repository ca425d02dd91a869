//! The app and its settings.

use alloc::string::String;
use alloc::vec::Vec;

use alloc::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{CustomData, EventHook, Timestamp};

/// Settings to change; settings that are left out stay unchanged. Settings of calls, feeds and channels are included
/// because they are settings of the app.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct UpdateAppRequest {
    /// Whether development tokens, which have no signature, are accepted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disable_auth_checks: Option<bool>,
    /// Whether every user may do everything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disable_permissions_checks: Option<bool>,
    /// Whether guests are turned off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guest_user_creation_disabled: Option<bool>,
    /// Whether users see only users they share a team with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub multi_tenant_enabled: Option<bool>,
    /// Whether names are unique: not at all (`no`), in the app, or in a team.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "\"no\" | \"app\" | \"team\""))]
    pub enforce_unique_usernames: Option<String>,
    /// Roles whose users cannot search for users: at most 10.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_search_disallowed_roles: Option<Vec<String>>,
    /// Tokens of all users that were issued before this time are rejected; `null` accepts them again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "Date | string | null"))]
    pub revoke_tokens_issued_before: Option<Timestamp>,
    /// The permission ids granted to each role. Roles that are left out keep their grants; an empty list removes all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "Record<string, string[]>"))]
    pub grants: Option<BTreeMap<String, Vec<String>>>,
    /// All hooks; an empty list removes them. Not together with `webhook_url` and the fields for queues and topics.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event_hooks: Option<Vec<EventHook>>,
    /// The webhook's URL, in the older form of the settings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub webhook_url: Option<String>,
    /// Types of events that the older hooks receive; all types if empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub webhook_events: Option<Vec<String>>,
    /// Whether request bodies for hooks are compressed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enable_hook_payload_compression: Option<bool>,
    /// URL of an AWS queue, in the older form of the settings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sqs_url: Option<String>,
    /// AWS access key for the queue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sqs_key: Option<String>,
    /// AWS secret for the queue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sqs_secret: Option<String>,
    /// ARN of an AWS topic, in the older form of the settings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sns_topic_arn: Option<String>,
    /// AWS access key for the topic.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sns_key: Option<String>,
    /// AWS secret for the topic.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sns_secret: Option<String>,
    /// URL of the hook that is called before a message is sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before_message_send_hook_url: Option<String>,
    /// How long it may take to respond, in milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before_message_send_hook_attempt_timeout_ms: Option<i64>,
    /// URL that handles custom commands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub custom_action_handler_url: Option<String>,
    /// Whether links in a message are resolved after it is sent instead of before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub async_url_enrich_enabled: Option<bool>,
    /// Whether messages are translated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub auto_translation_enabled: Option<bool>,
    /// How long URLs of files are valid, in seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cdn_expiration_seconds: Option<i64>,
    /// Whether a channel can only be hidden by its members.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel_hide_members_only: Option<bool>,
    /// What the app uses chat for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chat_primary_use_case: Option<String>,
    /// What the app uses video for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub video_primary_use_case: Option<String>,
    /// Whether changes of feeds are logged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub feed_audit_logs_enabled: Option<bool>,
    /// Whether feeds are moderated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub feeds_moderation_enabled: Option<bool>,
    /// Region that feeds are kept in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub feeds_v2_region: Option<String>,
    /// How many activities an aggregated activity contains.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_aggregated_activities_length: Option<i64>,
    /// Weights of the metrics that rank activities.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "Record<string, number>"))]
    pub activity_metrics_config: Option<CustomData>,
    /// Whether messages include custom data of their author's membership.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member_custom_on_messages_enabled: Option<bool>,
    /// Whether content is moderated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moderation_enabled: Option<bool>,
    /// Whether statistics of moderation are collected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moderation_analytics_enabled: Option<bool>,
    /// Whether the dashboard's introduction to moderation is completed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moderation_onboarding_complete: Option<bool>,
    /// ARN of the AWS role with which moderation reads images.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moderation_s3_image_access_role_arn: Option<String>,
    /// The URL of the webhook for moderation decisions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moderation_webhook_url: Option<String>,
    /// How the dashboard shows moderation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "Record<string, unknown>"))]
    pub moderation_dashboard_preferences: Option<CustomData>,
    /// What happens to messages that wait for moderation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "Record<string, unknown>"))]
    pub async_moderation_config: Option<CustomData>,
    /// The allowed reasons of flags.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allowed_flag_reasons: Option<Vec<String>>,
    /// Whether images are moderated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image_moderation_enabled: Option<bool>,
    /// The labels for which images are flagged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image_moderation_labels: Option<Vec<String>>,
    /// The labels for which images are blocked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image_moderation_block_labels: Option<Vec<String>>,
    /// `v1` or `v2`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "\"v1\" | \"v2\""))]
    pub permission_version: Option<String>,
    /// Whether permissions of the first version are migrated to the second.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub migrate_permissions_to_v2: Option<bool>,
    /// How often users are reminded of unread messages, in seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reminders_interval: Option<i64>,
    /// The most members of a channel whose members are reminded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reminders_max_members: Option<i64>,
    /// The most reminders of a user.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reminders_max_per_user: Option<i64>,
    /// Whether the response times of users are measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_response_time_enabled: Option<bool>,
    /// Which files may be uploaded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file_upload_config: Option<FileUploadConfig>,
    /// Which images may be uploaded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image_upload_config: Option<FileUploadConfig>,
    /// Credentials for Apple's push service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "Record<string, unknown>"))]
    pub apn_config: Option<CustomData>,
    /// Credentials for Firebase.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "Record<string, unknown>"))]
    pub firebase_config: Option<CustomData>,
    /// Credentials for Huawei's push service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "Record<string, unknown>"))]
    pub huawei_config: Option<CustomData>,
    /// Credentials for Xiaomi's push service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "Record<string, unknown>"))]
    pub xiaomi_config: Option<CustomData>,
    /// Settings of all push providers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "Record<string, unknown>"))]
    pub push_config: Option<CustomData>,
    /// Credentials for Datadog.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "Record<string, unknown>"))]
    pub datadog_info: Option<CustomData>,
}

/// The app, as the server reads it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct GetApplicationResponse {
    /// The app.
    pub app: AppResponseFields,
    /// How long the request took, as text: `"7.31ms"`.
    pub duration: String,
}

/// The app and all of its settings.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct AppResponseFields {
    /// The app's numeric id.
    pub id: i64,
    /// The app's name.
    pub name: String,
    /// The app's owner.
    pub organization: String,
    /// Region that the app is hosted in.
    pub placement: String,
    /// Whether the app is suspended.
    pub suspended: bool,
    /// Why the app is suspended.
    pub suspended_explanation: String,
    /// Whether development tokens, which have no signature, are accepted.
    pub disable_auth_checks: bool,
    /// Whether every user may do everything.
    pub disable_permissions_checks: bool,
    /// Whether guests are turned off.
    pub guest_user_creation_disabled: bool,
    /// Whether users see only users they share a team with.
    pub multi_tenant_enabled: bool,
    /// Whether names are unique: not at all (`no`), in the app, or in a team.
    pub enforce_unique_usernames: String,
    /// Roles whose users cannot search for users.
    pub user_search_disallowed_roles: Vec<String>,
    /// Tokens of all users that were issued before this time are rejected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoke_tokens_issued_before: Option<Timestamp>,
    /// The permission ids granted to each role.
    #[cfg_attr(feature = "types", tsify(type = "Record<string, string[]>"))]
    pub grants: BTreeMap<String, Vec<String>>,
    /// `v1` or `v2`.
    pub permission_version: String,
    /// Permissions of the first version, by resource.
    #[cfg_attr(feature = "types", tsify(type = "Record<string, unknown>"))]
    pub policies: CustomData,
    /// Whether a device may belong to several users.
    pub allow_multi_user_devices: bool,
    /// All hooks.
    pub event_hooks: Vec<EventHook>,
    /// Whether `event_hooks` are in use instead of `webhook_url` and the fields for queues and topics.
    pub use_hook_v2: bool,
    /// The webhook's URL, in the older form of the settings; an empty string if there is none.
    pub webhook_url: String,
    /// Types of events that the older hooks receive; all types if empty.
    pub webhook_events: Vec<String>,
    /// URL of an AWS queue, in the older form of the settings.
    pub sqs_url: String,
    /// AWS access key for the queue.
    pub sqs_key: String,
    /// AWS secret for the queue.
    pub sqs_secret: String,
    /// ARN of an AWS topic, in the older form of the settings.
    pub sns_topic_arn: String,
    /// AWS access key for the topic.
    pub sns_key: String,
    /// AWS secret for the topic.
    pub sns_secret: String,
    /// URL of the hook that is called before a message is sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before_message_send_hook_url: Option<String>,
    /// How long it may take to respond, in milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before_message_send_hook_attempt_timeout_ms: Option<i64>,
    /// URL that handles custom commands.
    pub custom_action_handler_url: String,
    /// Settings of push providers.
    pub push_notifications: PushNotificationFields,
    /// Which files may be uploaded.
    pub file_upload_config: FileUploadConfig,
    /// Which images may be uploaded.
    pub image_upload_config: FileUploadConfig,
    /// Types of channels and their settings, by name.
    #[cfg_attr(feature = "types", tsify(type = "Record<string, unknown>"))]
    pub channel_configs: CustomData,
    /// Types of calls and their settings, by name.
    #[cfg_attr(feature = "types", tsify(type = "Record<string, unknown>"))]
    pub call_types: CustomData,
    /// Whether links in a message are resolved after it is sent instead of before.
    pub async_url_enrich_enabled: bool,
    /// Whether messages are translated.
    pub auto_translation_enabled: bool,
    /// Whether the app may run campaigns.
    pub campaign_enabled: bool,
    /// How long URLs of files are valid, in seconds.
    pub cdn_expiration_seconds: i64,
    /// What the app uses chat for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chat_primary_use_case: Option<String>,
    /// What the app uses video for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub video_primary_use_case: Option<String>,
    /// Whether changes of feeds are logged.
    pub feed_audit_logs_enabled: bool,
    /// How many activities an aggregated activity contains.
    pub max_aggregated_activities_length: i64,
    /// Weights of the metrics that rank activities.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "Record<string, number>"))]
    pub activity_metrics_config: Option<CustomData>,
    /// Whether messages include custom data of their author's membership.
    pub member_custom_on_messages_enabled: bool,
    /// Whether mentioned members are returned with their custom data.
    #[serde(default)]
    pub member_custom_on_mentioned_users_enabled: bool,
    /// Whether typing events include the member's custom data.
    #[serde(default)]
    pub member_custom_on_typing_events_enabled: bool,
    /// Whether content is moderated.
    pub moderation_enabled: bool,
    /// Whether audio of calls is moderated.
    pub moderation_audio_call_moderation_enabled: bool,
    /// Whether video calls are moderated.
    pub moderation_video_call_moderation_enabled: bool,
    /// Whether key frames of video calls are moderated.
    #[serde(default)]
    pub moderation_keyframe_video_enabled: bool,
    /// Whether moderation rules can be written for a language model.
    pub moderation_llm_configurability_enabled: bool,
    /// Whether each team can have its own block lists.
    pub moderation_multitenant_blocklist_enabled: bool,
    /// Whether the dashboard's introduction to moderation is completed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moderation_onboarding_complete: Option<bool>,
    /// ARN of the AWS role with which moderation reads images.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moderation_s3_image_access_role_arn: Option<String>,
    /// The URL of the webhook for moderation decisions.
    pub moderation_webhook_url: String,
    /// How the dashboard shows moderation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "Record<string, unknown>"))]
    pub moderation_dashboard_preferences: Option<CustomData>,
    /// The allowed reasons of flags.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allowed_flag_reasons: Option<Vec<String>>,
    /// Whether images are moderated.
    pub image_moderation_enabled: bool,
    /// The labels for which images are flagged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image_moderation_labels: Option<Vec<String>>,
    /// How often users are reminded of unread messages, in seconds.
    pub reminders_interval: i64,
    /// Whether it is measured how fast users answer.
    pub user_response_time_enabled: bool,
    /// Access to Datadog.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "Record<string, unknown>"))]
    pub datadog_info: Option<CustomData>,
}

/// The app, as users read it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct GetPublicApplicationResponse {
    /// The app.
    pub app: PublicAppResponseFields,
    /// How long the request took, as text: `"7.31ms"`.
    pub duration: String,
}

/// The settings that users can read: what they need to upload files and show messages.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct PublicAppResponseFields {
    /// The app's numeric id.
    pub id: i64,
    /// The app's name.
    pub name: String,
    /// Region that the app is hosted in.
    pub placement: String,
    /// Whether messages are translated.
    pub auto_translation_enabled: bool,
    /// Whether links in a message are resolved after it is sent instead of before.
    pub async_url_enrich_enabled: bool,
    /// Which files may be uploaded.
    pub file_upload_config: FileUploadConfig,
    /// Which images may be uploaded.
    pub image_upload_config: FileUploadConfig,
}

/// Which files may be uploaded.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct FileUploadConfig {
    /// The largest size in bytes; 0 means Stream's own limit.
    pub size_limit: i64,
    /// Allowed file extensions (`.csv`); all if empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allowed_file_extensions: Option<Vec<String>>,
    /// Allowed MIME types; all if empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allowed_mime_types: Option<Vec<String>>,
    /// Blocked file extensions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub blocked_file_extensions: Option<Vec<String>>,
    /// Blocked MIME types.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub blocked_mime_types: Option<Vec<String>>,
}

/// Settings of push providers.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct PushNotificationFields {
    /// Version of push notifications: `v1`, `v2` or `v3`.
    pub version: String,
    /// Whether only users without a connection receive notifications.
    pub offline_only: bool,
    /// Apple's push service.
    pub apn: APNConfigFields,
    /// Firebase.
    pub firebase: PushServiceFields,
    /// Huawei's push service.
    pub huawei: PushServiceFields,
    /// Xiaomi's push service.
    pub xiaomi: PushServiceFields,
}

/// Settings of Apple's push service.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct APNConfigFields {
    /// Whether it is enabled.
    pub enabled: bool,
    /// Whether Apple's development environment is used.
    pub development: bool,
}

/// Settings of a push provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct PushServiceFields {
    /// Whether it is enabled.
    pub enabled: bool,
}
