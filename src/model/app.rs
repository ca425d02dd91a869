//! The app and its settings.

use alloc::string::String;
use alloc::vec::Vec;

use alloc::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{CustomData, EventHook, Timestamp};

/// Settings to change; what is left out stays as it is. Those about calls, feeds and channels are named here because the
/// app has them.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct UpdateAppRequest {
    /// Whether development tokens, which have no signature, are accepted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disable_auth_checks: Option<bool>,
    /// Whether every user may do everything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disable_permissions_checks: Option<bool>,
    /// Whether guests are switched off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guest_user_creation_disabled: Option<bool>,
    /// Whether users only see those they share a team with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub multi_tenant_enabled: Option<bool>,
    /// Whether names are unique: not at all (`no`), in the app, or in a team.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "\"no\" | \"app\" | \"team\""))]
    pub enforce_unique_usernames: Option<String>,
    /// Roles whose users cannot look for users: at most 10.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_search_disallowed_roles: Option<Vec<String>>,
    /// Tokens of all users that were issued before this time are refused; `null` accepts them again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "Date | string | null"))]
    pub revoke_tokens_issued_before: Option<Timestamp>,
    /// What each role is granted, as ids of permissions. Roles that are left out keep what they have; an empty list takes
    /// everything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "Record<string, string[]>"))]
    pub grants: Option<BTreeMap<String, Vec<String>>>,
    /// All hooks; an empty list removes them. Not together with `webhook_url` and the fields for queues and topics.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event_hooks: Option<Vec<EventHook>>,
    /// The webhook's address, in the older form of the settings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub webhook_url: Option<String>,
    /// Types of events that the older hooks get; every type when empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub webhook_events: Option<Vec<String>>,
    /// Whether what hooks get is compressed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enable_hook_payload_compression: Option<bool>,
    /// Address of an AWS queue: the older way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sqs_url: Option<String>,
    /// AWS access key for the queue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sqs_key: Option<String>,
    /// AWS secret for the queue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sqs_secret: Option<String>,
    /// An AWS topic: the older way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sns_topic_arn: Option<String>,
    /// AWS access key for the topic.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sns_key: Option<String>,
    /// AWS secret for the topic.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sns_secret: Option<String>,
    /// Address that is asked before a message is sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before_message_send_hook_url: Option<String>,
    /// How long it may take to answer, in milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before_message_send_hook_attempt_timeout_ms: Option<i64>,
    /// Address that handles custom commands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub custom_action_handler_url: Option<String>,
    /// Whether links in a message are resolved after it was sent instead of before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub async_url_enrich_enabled: Option<bool>,
    /// Whether messages are translated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub auto_translation_enabled: Option<bool>,
    /// How long addresses of files are valid, in seconds.
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
    /// How many activities an aggregated one holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_aggregated_activities_length: Option<i64>,
    /// Weights of what counts for the ranking of activities.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "Record<string, number>"))]
    pub activity_metrics_config: Option<CustomData>,
    /// Whether messages carry custom data of their authors' memberships.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member_custom_on_messages_enabled: Option<bool>,
    /// Whether content is moderated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moderation_enabled: Option<bool>,
    /// Whether moderation is counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moderation_analytics_enabled: Option<bool>,
    /// Whether the dashboard's introduction to moderation is over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moderation_onboarding_complete: Option<bool>,
    /// AWS role with which moderation reads images.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moderation_s3_image_access_role_arn: Option<String>,
    /// The address of the webhook for decisions of moderation.
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
    /// Reasons that a flag may have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allowed_flag_reasons: Option<Vec<String>>,
    /// Whether images are moderated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image_moderation_enabled: Option<bool>,
    /// What images are flagged for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image_moderation_labels: Option<Vec<String>>,
    /// What images are blocked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image_moderation_block_labels: Option<Vec<String>>,
    /// `v1` or `v2`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "\"v1\" | \"v2\""))]
    pub permission_version: Option<String>,
    /// Whether permissions of the first version are turned into the second.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub migrate_permissions_to_v2: Option<bool>,
    /// How often users are reminded of unread messages, in seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reminders_interval: Option<i64>,
    /// Most members a channel may have whose members are reminded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reminders_max_members: Option<i64>,
    /// Most reminders a user may have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reminders_max_per_user: Option<i64>,
    /// Whether it is measured how fast users answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_response_time_enabled: Option<bool>,
    /// Which files may be uploaded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file_upload_config: Option<FileUploadConfig>,
    /// Which images may be uploaded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image_upload_config: Option<FileUploadConfig>,
    /// Access to Apple's push service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "Record<string, unknown>"))]
    pub apn_config: Option<CustomData>,
    /// Access to Firebase.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "Record<string, unknown>"))]
    pub firebase_config: Option<CustomData>,
    /// Access to Huawei's push service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "Record<string, unknown>"))]
    pub huawei_config: Option<CustomData>,
    /// Access to Xiaomi's push service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "Record<string, unknown>"))]
    pub xiaomi_config: Option<CustomData>,
    /// What is the same for all push services.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "Record<string, unknown>"))]
    pub push_config: Option<CustomData>,
    /// Access to Datadog.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "Record<string, unknown>"))]
    pub datadog_info: Option<CustomData>,
}

/// The app, as its server sees it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct GetApplicationResponse {
    /// The app.
    pub app: AppResponseFields,
    /// How long the server took, for reading: `"7.31ms"`.
    pub duration: String,
}

/// The app and all of its settings.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct AppResponseFields {
    /// The app's number.
    pub id: i64,
    /// The app's name.
    pub name: String,
    /// Who owns the app.
    pub organization: String,
    /// Region that the app is kept in.
    pub placement: String,
    /// Whether the app is out of service.
    pub suspended: bool,
    /// Why it is.
    pub suspended_explanation: String,
    /// Whether development tokens, which have no signature, are accepted.
    pub disable_auth_checks: bool,
    /// Whether every user may do everything.
    pub disable_permissions_checks: bool,
    /// Whether guests are switched off.
    pub guest_user_creation_disabled: bool,
    /// Whether users only see those they share a team with.
    pub multi_tenant_enabled: bool,
    /// Whether names are unique: not at all (`no`), in the app, or in a team.
    pub enforce_unique_usernames: String,
    /// Roles whose users cannot look for users.
    pub user_search_disallowed_roles: Vec<String>,
    /// Tokens of all users that were issued before this time are refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoke_tokens_issued_before: Option<Timestamp>,
    /// What each role is granted, as ids of permissions.
    #[cfg_attr(feature = "types", tsify(type = "Record<string, string[]>"))]
    pub grants: BTreeMap<String, Vec<String>>,
    /// `v1` or `v2`.
    pub permission_version: String,
    /// What permissions of the first version say, by resource.
    #[cfg_attr(feature = "types", tsify(type = "Record<string, unknown>"))]
    pub policies: CustomData,
    /// Whether a device may belong to several users.
    pub allow_multi_user_devices: bool,
    /// All hooks.
    pub event_hooks: Vec<EventHook>,
    /// Whether `event_hooks` are in use rather than `webhook_url` and the fields for queues and topics.
    pub use_hook_v2: bool,
    /// The webhook's address, in the older form of the settings. An empty string when there is none.
    pub webhook_url: String,
    /// Types of events that the older hooks get; every type when empty.
    pub webhook_events: Vec<String>,
    /// Address of an AWS queue: the older way.
    pub sqs_url: String,
    /// AWS access key for the queue.
    pub sqs_key: String,
    /// AWS secret for the queue.
    pub sqs_secret: String,
    /// An AWS topic: the older way.
    pub sns_topic_arn: String,
    /// AWS access key for the topic.
    pub sns_key: String,
    /// AWS secret for the topic.
    pub sns_secret: String,
    /// Address that is asked before a message is sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before_message_send_hook_url: Option<String>,
    /// How long it may take to answer, in milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before_message_send_hook_attempt_timeout_ms: Option<i64>,
    /// Address that handles custom commands.
    pub custom_action_handler_url: String,
    /// Access to push services.
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
    /// Whether links in a message are resolved after it was sent instead of before.
    pub async_url_enrich_enabled: bool,
    /// Whether messages are translated.
    pub auto_translation_enabled: bool,
    /// Whether the app may run campaigns.
    pub campaign_enabled: bool,
    /// How long addresses of files are valid, in seconds.
    pub cdn_expiration_seconds: i64,
    /// What the app uses chat for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chat_primary_use_case: Option<String>,
    /// What the app uses video for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub video_primary_use_case: Option<String>,
    /// Whether changes of feeds are logged.
    pub feed_audit_logs_enabled: bool,
    /// How many activities an aggregated one holds.
    pub max_aggregated_activities_length: i64,
    /// Weights of what counts for the ranking of activities.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "Record<string, number>"))]
    pub activity_metrics_config: Option<CustomData>,
    /// Whether messages carry custom data of their authors' memberships.
    pub member_custom_on_messages_enabled: bool,
    /// Whether members that a message mentions come with their custom data.
    #[serde(default)]
    pub member_custom_on_mentioned_users_enabled: bool,
    /// Whether events of typing have the member's custom data.
    #[serde(default)]
    pub member_custom_on_typing_events_enabled: bool,
    /// Whether content is moderated.
    pub moderation_enabled: bool,
    /// Whether the sound of audio calls is moderated.
    pub moderation_audio_call_moderation_enabled: bool,
    /// Whether video calls are moderated.
    pub moderation_video_call_moderation_enabled: bool,
    /// Whether key frames of video calls are moderated.
    #[serde(default)]
    pub moderation_keyframe_video_enabled: bool,
    /// Whether rules of moderation may be written for a language model.
    pub moderation_llm_configurability_enabled: bool,
    /// Whether each team may have block lists of its own.
    pub moderation_multitenant_blocklist_enabled: bool,
    /// Whether the dashboard's introduction to moderation is over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moderation_onboarding_complete: Option<bool>,
    /// AWS role with which moderation reads images.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moderation_s3_image_access_role_arn: Option<String>,
    /// The address of the webhook for decisions of moderation.
    pub moderation_webhook_url: String,
    /// How the dashboard shows moderation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "Record<string, unknown>"))]
    pub moderation_dashboard_preferences: Option<CustomData>,
    /// Reasons that a flag may have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allowed_flag_reasons: Option<Vec<String>>,
    /// Whether images are moderated.
    pub image_moderation_enabled: bool,
    /// What images are flagged for.
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

/// The app, as its users see it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct GetPublicApplicationResponse {
    /// The app.
    pub app: PublicAppResponseFields,
    /// How long the server took, for reading: `"7.31ms"`.
    pub duration: String,
}

/// The settings that users can read: what they need to upload files and show messages.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct PublicAppResponseFields {
    /// The app's number.
    pub id: i64,
    /// The app's name.
    pub name: String,
    /// Region that the app is kept in.
    pub placement: String,
    /// Whether messages are translated.
    pub auto_translation_enabled: bool,
    /// Whether links in a message are resolved after it was sent instead of before.
    pub async_url_enrich_enabled: bool,
    /// Which files may be uploaded.
    pub file_upload_config: FileUploadConfig,
    /// Which images may be uploaded.
    pub image_upload_config: FileUploadConfig,
}

/// What may be uploaded.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct FileUploadConfig {
    /// The most bytes; 0 leaves it to Stream's own limit.
    pub size_limit: i64,
    /// Endings of names that are allowed (`.csv`); all when empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allowed_file_extensions: Option<Vec<String>>,
    /// MIME types that are allowed; all when empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allowed_mime_types: Option<Vec<String>>,
    /// Endings of names that are refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub blocked_file_extensions: Option<Vec<String>>,
    /// MIME types that are refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub blocked_mime_types: Option<Vec<String>>,
}

/// Access to push services.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct PushNotificationFields {
    /// Version of push notifications: `v1`, `v2` or `v3`.
    pub version: String,
    /// Whether only users without a connection are notified.
    pub offline_only: bool,
    /// Apple's service.
    pub apn: APNConfigFields,
    /// Firebase.
    pub firebase: PushServiceFields,
    /// Huawei's service.
    pub huawei: PushServiceFields,
    /// Xiaomi's service.
    pub xiaomi: PushServiceFields,
}

/// Access to Apple's push service.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct APNConfigFields {
    /// Whether it is in use.
    pub enabled: bool,
    /// Whether it is the service for apps under development.
    pub development: bool,
}

/// Access to a push service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct PushServiceFields {
    /// Whether it is in use.
    pub enabled: bool,
}
