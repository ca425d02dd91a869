//! Devices, and push preferences.

use super::{Answer, Input, Method, Operation, Path, Rule, USUAL};

/// The longest id of a device, in characters.
const MAX_ID: usize = 255;

/// Lists a user's devices.
pub static LIST_DEVICES: Operation = Operation {
    method_name: "listDevices",
    method: Method::Get,
    path: Path::parse("/api/v2/devices"),
    input: Input::Url,
    query: "user_id",
    optional: true,
    rules: &[Rule::Text("user_id")],
    result: Answer::ListDevicesResponse,
    ..USUAL
};

/// Registers a device, or replaces the one with its id.
pub static CREATE_DEVICE: Operation = Operation {
    method_name: "createDevice",
    path: Path::parse("/api/v2/devices"),
    rules: &[
        Rule::Required("id"),
        Rule::Length("id", MAX_ID),
        Rule::Required("push_provider"),
        Rule::OneOf("push_provider", &["firebase", "apn", "huawei", "xiaomi"]),
        Rule::Flag("voip_token"),
        Rule::Length("hardware_id", MAX_ID),
        Rule::Text("user_id"),
        Rule::User("user"),
    ],
    idempotent: true,
    ..USUAL
};

/// Deletes a device. A second time, it does not exist.
pub static DELETE_DEVICE: Operation = Operation {
    method_name: "deleteDevice",
    method: Method::Delete,
    path: Path::parse("/api/v2/devices"),
    input: Input::Url,
    query: "id,user_id",
    rules: &[Rule::Required("id"), Rule::Text("user_id")],
    ..USUAL
};

/// Sets push preferences of users.
pub static UPDATE_PUSH_NOTIFICATION_PREFERENCES: Operation = Operation {
    method_name: "updatePushNotificationPreferences",
    path: Path::parse("/api/v2/push_preferences"),
    rules: &[Rule::Preferences],
    idempotent: true,
    result: Answer::UpsertPushPreferencesResponse,
    ..USUAL
};
