//! Seeds.

use serde::{Deserialize, Serialize};
use tsify::Tsify;
use wasm_bindgen::JsValue;

use super::App;
use super::free::Free;
use super::input::{Short, read};
use crate::Method;

/// The initial state of an app. A user may be given as its id, a role or a group as its name.
#[derive(Debug, Clone, Serialize, Deserialize, Tsify)]
#[serde(deny_unknown_fields)]
struct EmulatorSeed {
    /// Settings of the app, as `UpdateApp` takes them.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional, type = "Record<string, unknown>")]
    app: Option<Free>,
    /// The app's own roles.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional, type = "(string | { name: string })[]")]
    roles: Option<Vec<Free>>,
    /// Users. They are created in this order, unless `created_at` is set.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional, type = "(string | EmulatorSeedUser)[]")]
    users: Option<Vec<Short<EmulatorSeedUser>>>,
    /// User groups, as `CreateUserGroup` takes them.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional, type = "(string | Record<string, unknown>)[]")]
    groups: Option<Vec<Free>>,
    /// Blocks, as `BlockUsers` takes them.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional, type = "{ user_id: string; blocked_user_id: string }[]")]
    blocks: Option<Vec<Free>>,
    /// Bans, as `Ban` takes them.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional, type = "Record<string, unknown>[]")]
    bans: Option<Vec<Free>>,
    /// Mutes, as `Mute` takes them.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional, type = "Record<string, unknown>[]")]
    mutes: Option<Vec<Free>>,
    /// Devices, as `CreateDevice` takes them.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional, type = "Record<string, unknown>[]")]
    devices: Option<Vec<Free>>,
}

/// A user of a seed: the fields of an upsert, and states that would otherwise take several calls or time. Times are RFC
/// 3339.
#[derive(Debug, Clone, Serialize, Deserialize, Tsify)]
#[serde(deny_unknown_fields)]
struct EmulatorSeedUser {
    /// The user's id.
    id: String,
    /// Display name.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    name: Option<String>,
    /// URL of a picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    image: Option<String>,
    /// Role; the default is `user`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    role: Option<String>,
    /// Language, as a two-letter code.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    language: Option<String>,
    /// Whether the user appears offline to others.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    invisible: Option<bool>,
    /// Custom data.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional, type = "Record<string, unknown>")]
    custom: Option<Free>,
    /// Teams the user is in.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    teams: Option<Vec<String>>,
    /// The user's role in single teams.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional, type = "Record<string, string>")]
    teams_role: Option<Free>,
    /// What others can see of the user's activity.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional, type = "Record<string, { enabled: boolean }>")]
    privacy_settings: Option<Free>,
    /// When the user was created; the default is now.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional, type = "string | Date")]
    created_at: Option<Free>,
    /// When the user was last updated.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional, type = "string | Date")]
    updated_at: Option<Free>,
    /// Whether the user is deactivated, or since when.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional, type = "boolean | string | Date")]
    deactivated: Option<Free>,
    /// Whether the user is deleted, or how; `true` means soft.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional, type = "boolean | \"soft\" | \"pruning\" | \"hard\"")]
    deleted: Option<Free>,
    /// Tokens issued before this time are not valid.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional, type = "string | Date")]
    revoke_tokens_issued_before: Option<Free>,
}

pub(super) fn seed(app: &App, data: JsValue) -> Result<JsValue, JsValue> {
    let data: EmulatorSeed = read("seed", &data)?;
    app.tell(Method::Post, "/seed", &data)?.part("seeded")
}
