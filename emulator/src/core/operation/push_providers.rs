//! The push providers of an app.
//!
//! The emulator calls none of them, so it only checks that the required credentials are there. Where sources are
//! silent: which fields are required. The exception is one type of provider, which SDK tests show rejected without any.

use getstream_users::model::{CustomData, DurationResponse, Timestamp};
use serde::Serialize;
use serde_json::Value;

use crate::core::failure::{Code, Failure};
use crate::core::state::{PushProvider, World};
use crate::core::wire::read::{self, Fields};
use crate::core::wire::{Call, DURATION, Outcome};

const TYPES: [(&str, &str); 4] = [("firebase", "firebase"), ("apn", "apn"), ("huawei", "huawei"), ("xiaomi", "xiaomi")];

/// The fields of a provider, beside its name and type.
const SETTINGS: &[&str] = &[
    "apn_auth_key",
    "apn_auth_type",
    "apn_development",
    "apn_host",
    "apn_key_id",
    "apn_notification_template",
    "apn_p12_cert",
    "apn_team_id",
    "apn_topic",
    "description",
    "disabled_at",
    "disabled_reason",
    "firebase_apn_template",
    "firebase_credentials",
    "firebase_data_template",
    "firebase_host",
    "firebase_notification_template",
    "firebase_server_key",
    "huawei_app_id",
    "huawei_app_secret",
    "xiaomi_app_secret",
    "xiaomi_package_name",
];

/// The required fields: all of one of the lists.
fn credentials(r#type: &str) -> &'static [&'static [&'static str]] {
    match r#type {
        "firebase" => &[&["firebase_credentials"], &["firebase_server_key"]],
        "apn" => &[&["apn_auth_key", "apn_key_id", "apn_team_id", "apn_topic"], &["apn_p12_cert"]],
        "huawei" => &[&["huawei_app_id", "huawei_app_secret"]],
        _ => &[&["xiaomi_app_secret", "xiaomi_package_name"]],
    }
}

/// A provider in responses.
#[derive(Serialize)]
struct Described {
    name: String,
    r#type: String,
    created_at: Timestamp,
    updated_at: Timestamp,
    #[serde(flatten)]
    settings: CustomData,
}

#[derive(Serialize)]
struct ListResponse {
    push_providers: Vec<Described>,
    duration: &'static str,
}

#[derive(Serialize)]
struct UpsertResponse {
    push_provider: Described,
    duration: &'static str,
}

/// `ListPushProviders`.
pub(crate) fn list(world: &mut World, call: &Call<'_>) -> Outcome {
    let push_providers = world.push_providers.all().map(described).collect();
    call.reply(&ListResponse { push_providers, duration: DURATION })
}

/// `UpsertPushProvider`.
pub(crate) fn upsert(world: &mut World, call: &Call<'_>) -> Outcome {
    let mut asked = call.body()?.required("push_provider", Fields::of)?;
    let name = asked.required("name", read::filled)?;
    let missing = || Failure::field("push_provider.type", "is a required field");
    let r#type = asked.choice("type", &TYPES)?.ok_or_else(missing)?;
    let mut settings = CustomData::new();
    for setting in SETTINGS {
        if let Some(value) = asked.optional(setting, |value, _| Ok(value))? {
            settings.insert((*setting).to_owned(), value);
        }
    }
    let filled = |name: &&str| settings.get(*name).and_then(Value::as_str).is_some_and(|text| !text.is_empty());
    if !credentials(r#type).iter().any(|names| names.iter().all(filled)) {
        return Err(Failure::input(format!("{type} credentials are invalid")));
    }
    let updated_at = world.clock.stamp(call.now);
    let created_at = world.push_providers.get(r#type, &name).map_or(updated_at, |before| before.created_at);
    let provider = PushProvider { r#type: r#type.to_owned(), name, created_at, updated_at, settings };
    let push_provider = described(&provider);
    world.push_providers.put(provider);
    call.reply(&UpsertResponse { push_provider, duration: DURATION })
}

/// `DeletePushProvider`.
pub(crate) fn delete(world: &mut World, call: &Call<'_>) -> Outcome {
    let (r#type, name) = call.subject.split_once('/').unwrap_or((call.subject, ""));
    if !world.push_providers.remove(r#type, name) {
        return Err(unknown(r#type, Some(name)));
    }
    call.reply(&DurationResponse { duration: DURATION.to_owned() })
}

/// The error for a provider that the app has not configured. The text is from an SDK test for devices.
pub(super) fn not_found(r#type: &str, name: Option<&str>) -> Failure {
    Failure::input(format!("push provider \"{}\" with type \"{type}\" not found", name.unwrap_or_default()))
}

fn unknown(r#type: &str, name: Option<&str>) -> Failure {
    Failure { code: Code::DoesNotExist, ..not_found(r#type, name) }
}

fn described(provider: &PushProvider) -> Described {
    Described {
        name: provider.name.clone(),
        r#type: provider.r#type.clone(),
        created_at: provider.created_at,
        updated_at: provider.updated_at,
        settings: provider.settings.clone(),
    }
}
