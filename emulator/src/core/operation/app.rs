//! The app's settings.
//!
//! A server reads and changes all of them. Users read the few that Stream's description of the client-side API has.
//! Where sources are silent: anonymous visitors read what users read; null removes a revocation and leaves other
//! settings unchanged.

use std::collections::BTreeMap;

use getstream_users::model::{
    APNConfigFields, AppResponseFields, CustomData, DurationResponse, FileUploadConfig, GetApplicationResponse,
    GetPublicApplicationResponse, PublicAppResponseFields, PushNotificationFields, PushServiceFields,
};
use serde_json::Value;

use super::hooks;
use super::settings::{self, Settings};
use crate::core::caller::Caller;
use crate::core::failure::{Failure, Violations};
use crate::core::state::{App, UniqueUsernames, World};
use crate::core::wire::read::{self, Fields};
use crate::core::wire::{Call, DURATION, Outcome};

/// The name of the app: SDK tests expect one.
const NAME: &str = "emulator";
const ID: i64 = 1;
const PERMISSION_VERSION: &str = "v2";

const REVOCATION: &str = "revoke_tokens_issued_before";
const MAX_DISALLOWED_ROLES: usize = 10;
const MAX_ROLE: usize = 100;

const UNIQUE_USERNAMES: [(&str, UniqueUsernames); 3] =
    [("no", UniqueUsernames::No), ("app", UniqueUsernames::App), ("team", UniqueUsernames::Team)];

/// `GetApp`.
pub(crate) fn get(world: &mut World, call: &Call<'_>) -> Outcome {
    let duration = DURATION.to_owned();
    match call.caller {
        Caller::Server => call.reply(&GetApplicationResponse { app: described(world), duration }),
        Caller::User(_) | Caller::Anonymous => {
            call.reply(&GetPublicApplicationResponse { app: public(described(world)), duration })
        }
    }
}

/// `UpdateApp`.
pub(crate) fn update(world: &mut World, call: &Call<'_>) -> Outcome {
    let mut body = call.body()?;
    let app = updated(world.app.clone(), &mut body)?;
    let grants = body.optional("grants", read_grants)?.unwrap_or_default();
    let hooks = hooks::updated(&world.hooks, &mut body, &mut world.ids, call.now)?;

    if app.unique_usernames == UniqueUsernames::No {
        world.users.forget_names();
    }
    world.app = app;
    world.hooks = hooks;
    for (role, permissions) in grants {
        world.roles.merge_grants(&role, permissions);
    }
    call.reply(&DurationResponse { duration: DURATION.to_owned() })
}

/// The settings after an update, without those for hooks and grants.
fn updated(before: App, body: &mut Fields) -> Result<App, Failure> {
    let takes_revocation_back = body.names().any(|name| name == REVOCATION);
    let revocation = if takes_revocation_back { None } else { before.revoke_tokens_issued_before };
    let mut others = before.others;
    others.extend(settings::read(body)?);
    let mut flag = |name: &str, before: bool| Ok::<_, Failure>(body.optional(name, read::flag)?.unwrap_or(before));
    Ok(App {
        disable_auth_checks: flag("disable_auth_checks", before.disable_auth_checks)?,
        disable_permissions_checks: flag("disable_permissions_checks", before.disable_permissions_checks)?,
        guest_user_creation_disabled: flag("guest_user_creation_disabled", before.guest_user_creation_disabled)?,
        multi_tenant_enabled: flag("multi_tenant_enabled", before.multi_tenant_enabled)?,
        unique_usernames: body
            .choice("enforce_unique_usernames", &UNIQUE_USERNAMES)?
            .unwrap_or(before.unique_usernames),
        user_search_disallowed_roles: body
            .optional("user_search_disallowed_roles", read_roles)?
            .unwrap_or(before.user_search_disallowed_roles),
        revoke_tokens_issued_before: body.optional(REVOCATION, read::time)?.or(revocation),
        file_upload_config: body.optional("file_upload_config", read_uploads)?.unwrap_or(before.file_upload_config),
        image_upload_config: body.optional("image_upload_config", read_uploads)?.unwrap_or(before.image_upload_config),
        others,
    })
}

fn read_roles(value: Value, path: &str) -> Result<Vec<String>, Failure> {
    let roles = read::texts(value, path)?;
    if roles.len() > MAX_DISALLOWED_ROLES {
        return Err(Failure::field(path, format!("must contain at maximum {MAX_DISALLOWED_ROLES} items")));
    }
    let mut violations = Violations::default();
    for (index, _) in roles.iter().enumerate().filter(|(_, role)| role.chars().count() > MAX_ROLE) {
        // The text is from an SDK test.
        violations.add(format!("{path}[{index}]"), format!("must be a maximum of {MAX_ROLE} characters in length"));
    }
    violations.check().map(|()| roles)
}

fn read_grants(value: Value, path: &str) -> Result<BTreeMap<String, Vec<String>>, Failure> {
    let mut grants = BTreeMap::new();
    for (role, permissions) in read::object(value, path)? {
        let permissions = read::texts(permissions, &format!("{path}[{role}]"))?;
        grants.insert(role, permissions);
    }
    Ok(grants)
}

fn read_uploads(value: Value, path: &str) -> Result<FileUploadConfig, Failure> {
    let mut uploads = Fields::of(value, path)?;
    Ok(FileUploadConfig {
        size_limit: uploads.optional("size_limit", read::integer)?.unwrap_or_default(),
        allowed_file_extensions: uploads.optional("allowed_file_extensions", read::texts)?,
        allowed_mime_types: uploads.optional("allowed_mime_types", read::texts)?,
        blocked_file_extensions: uploads.optional("blocked_file_extensions", read::texts)?,
        blocked_mime_types: uploads.optional("blocked_mime_types", read::texts)?,
    })
}

/// The app as the server reads it.
fn described(world: &World) -> AppResponseFields {
    let app = &world.app;
    let older = &world.hooks.older;
    let others = Settings(&app.others);
    let flag = |name: &str| others.flag(name).unwrap_or_default();
    let integer = |name: &str| others.integer(name).unwrap_or_default();
    let text = |name: &str| others.text(name).unwrap_or_default();
    AppResponseFields {
        id: ID,
        name: NAME.to_owned(),
        organization: String::new(),
        placement: String::new(),
        suspended: false,
        suspended_explanation: String::new(),
        disable_auth_checks: app.disable_auth_checks,
        disable_permissions_checks: app.disable_permissions_checks,
        guest_user_creation_disabled: app.guest_user_creation_disabled,
        multi_tenant_enabled: app.multi_tenant_enabled,
        enforce_unique_usernames: unique_usernames(app).to_owned(),
        user_search_disallowed_roles: app.user_search_disallowed_roles.clone(),
        revoke_tokens_issued_before: app.revoke_tokens_issued_before,
        grants: world.roles.grants().clone(),
        permission_version: others.text("permission_version").unwrap_or_else(|| PERMISSION_VERSION.to_owned()),
        policies: CustomData::new(),
        allow_multi_user_devices: false,
        event_hooks: world.hooks.event_hooks.clone(),
        use_hook_v2: world.hooks.is_list(),
        webhook_url: older.webhook_url.clone(),
        webhook_events: older.webhook_events.clone(),
        sqs_url: older.sqs_url.clone(),
        sqs_key: older.sqs_key.clone(),
        sqs_secret: older.sqs_secret.clone(),
        sns_topic_arn: older.sns_topic_arn.clone(),
        sns_key: older.sns_key.clone(),
        sns_secret: older.sns_secret.clone(),
        before_message_send_hook_url: others.text("before_message_send_hook_url"),
        before_message_send_hook_attempt_timeout_ms: others.integer("before_message_send_hook_attempt_timeout_ms"),
        custom_action_handler_url: text("custom_action_handler_url"),
        push_notifications: push_notifications(),
        file_upload_config: app.file_upload_config.clone(),
        image_upload_config: app.image_upload_config.clone(),
        channel_configs: CustomData::new(),
        call_types: CustomData::new(),
        async_url_enrich_enabled: flag("async_url_enrich_enabled"),
        auto_translation_enabled: flag("auto_translation_enabled"),
        campaign_enabled: false,
        cdn_expiration_seconds: integer("cdn_expiration_seconds"),
        chat_primary_use_case: others.text("chat_primary_use_case"),
        video_primary_use_case: others.text("video_primary_use_case"),
        feed_audit_logs_enabled: flag("feed_audit_logs_enabled"),
        max_aggregated_activities_length: integer("max_aggregated_activities_length"),
        activity_metrics_config: others.object("activity_metrics_config"),
        member_custom_on_messages_enabled: flag("member_custom_on_messages_enabled"),
        member_custom_on_mentioned_users_enabled: false,
        member_custom_on_typing_events_enabled: false,
        moderation_enabled: flag("moderation_enabled"),
        moderation_audio_call_moderation_enabled: false,
        moderation_video_call_moderation_enabled: false,
        moderation_keyframe_video_enabled: false,
        moderation_llm_configurability_enabled: false,
        moderation_multitenant_blocklist_enabled: false,
        moderation_onboarding_complete: others.flag("moderation_onboarding_complete"),
        moderation_s3_image_access_role_arn: others.text("moderation_s3_image_access_role_arn"),
        moderation_webhook_url: text("moderation_webhook_url"),
        moderation_dashboard_preferences: others.object("moderation_dashboard_preferences"),
        allowed_flag_reasons: others.texts("allowed_flag_reasons"),
        image_moderation_enabled: flag("image_moderation_enabled"),
        image_moderation_labels: others.texts("image_moderation_labels"),
        reminders_interval: integer("reminders_interval"),
        user_response_time_enabled: flag("user_response_time_enabled"),
        datadog_info: others.object("datadog_info"),
    }
}

fn unique_usernames(app: &App) -> &'static str {
    match app.unique_usernames {
        UniqueUsernames::No => "no",
        UniqueUsernames::App => "app",
        UniqueUsernames::Team => "team",
    }
}

/// Devices of all push providers are accepted, as in an app that has configured all of them.
fn push_notifications() -> PushNotificationFields {
    let service = PushServiceFields { enabled: true };
    PushNotificationFields {
        version: "v3".to_owned(),
        offline_only: false,
        apn: APNConfigFields { enabled: true, development: false },
        firebase: service,
        huawei: service,
        xiaomi: service,
    }
}

/// The settings that users can read.
fn public(app: AppResponseFields) -> PublicAppResponseFields {
    PublicAppResponseFields {
        id: app.id,
        name: app.name,
        placement: app.placement,
        auto_translation_enabled: app.auto_translation_enabled,
        async_url_enrich_enabled: app.async_url_enrich_enabled,
        file_upload_config: app.file_upload_config,
        image_upload_config: app.image_upload_config,
    }
}
