//! Hooks: where an app wants to be told what happens.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::Timestamp;

/// One receiver of events. What is read is what was written, with `id` and times.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct EventHook {
    /// The hook's id; made up by the server when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// How events travel: over HTTP (`webhook`), through a queue (`sqs`) or a topic (`sns`) of AWS; `pending_message` is
    /// asked about messages and gets no events.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "types", tsify(type = "\"webhook\" | \"sqs\" | \"sns\" | \"pending_message\""))]
    pub hook_type: Option<String>,
    /// Whether the hook gets anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    /// The types of events it gets (`user.updated`); every type when empty or left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event_types: Option<Vec<String>>,
    /// Whether it also gets events of types that you made up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub should_send_custom_events: Option<bool>,
    /// The product whose events it gets: `chat`, `video`, `moderation`, `feeds` or `all`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// Address that a `webhook` is called at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub webhook_url: Option<String>,
    /// How long a call may take, in milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timeout_ms: Option<u32>,
    /// What a `pending_message` hook does with a message without a decision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub callback: Option<AsyncModerationCallbackConfig>,
    /// Where the events go that a `webhook` did not take.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failover_config: Option<WebhookFailoverConfig>,
    /// Address of the queue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sqs_queue_url: Option<String>,
    /// The queue's AWS region.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sqs_region: Option<String>,
    /// How Stream signs in to the queue: `keys` or `resource`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sqs_auth_type: Option<String>,
    /// AWS access key for the queue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sqs_key: Option<String>,
    /// AWS secret for the queue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sqs_secret: Option<String>,
    /// AWS role for the queue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sqs_role_arn: Option<String>,
    /// The topic.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sns_topic_arn: Option<String>,
    /// The topic's AWS region.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sns_region: Option<String>,
    /// How Stream signs in to the topic: `keys` or `resource`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sns_auth_type: Option<String>,
    /// AWS access key for the topic.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sns_key: Option<String>,
    /// AWS secret for the topic.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sns_secret: Option<String>,
    /// AWS role for the topic.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sns_role_arn: Option<String>,
    /// Whether messages of the topic are grouped by event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sns_event_based_message_group_id_enabled: Option<bool>,
    /// When the hook was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_at: Option<Timestamp>,
    /// When the hook was last changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<Timestamp>,
}

/// What a hook for pending messages does when no decision is made.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct AsyncModerationCallbackConfig {
    /// How the address is called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(
        feature = "types",
        tsify(type = "\"CALLBACK_MODE_NONE\" | \"CALLBACK_MODE_REST\" | \"CALLBACK_MODE_TWIRP\"")
    )]
    pub mode: Option<String>,
    /// The address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub server_url: Option<String>,
}

/// Where the events go that a webhook did not take.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct WebhookFailoverConfig {
    /// The kind of storage.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub r#type: Option<String>,
    /// Bucket of Google Cloud Storage.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gcs_bucket: Option<String>,
    /// Folder in the bucket.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gcs_path: Option<String>,
    /// Credentials for the bucket.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gcs_credentials: Option<String>,
}
