//! Seeds.

use serde::{Deserialize, Serialize};
use tsify::Tsify;
use wasm_bindgen::JsValue;

use super::App;
use super::free::Free;
use super::input::{Short, read};
use crate::Method;

/// An app to begin with. A user may be its id alone, a role or a group its name.
#[derive(Debug, Clone, Serialize, Deserialize, Tsify)]
#[serde(deny_unknown_fields)]
struct EmulatorSeed {
    /// Settings of the app, as `UpdateApp` takes them.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional, type = "Record<string, unknown>")]
    app: Option<Free>,
    /// Roles of the app's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional, type = "(string | { name: string })[]")]
    roles: Option<Vec<Free>>,
    /// Users. They are made in this order, unless they say when they were made.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional, type = "(string | EmulatorSeedUser)[]")]
    users: Option<Vec<Short<EmulatorSeedUser>>>,
    /// User groups, as `CreateUserGroup` takes them.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional, type = "(string | Record<string, unknown>)[]")]
    groups: Option<Vec<Free>>,
    /// Who blocks whom.
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

/// A user to begin with: what an upsert takes, and what would take several calls or time. Times are RFC 3339.
#[derive(Debug, Clone, Serialize, Deserialize, Tsify)]
#[serde(deny_unknown_fields)]
struct EmulatorSeedUser {
    /// The user's id.
    id: String,
    /// Name to show.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    name: Option<String>,
    /// Address of a picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    image: Option<String>,
    /// Role; `user` when left out.
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
    /// Data of your own.
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
    /// What others may learn of the user's doings.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional, type = "Record<string, { enabled: boolean }>")]
    privacy_settings: Option<Free>,
    /// When the user was made; now when left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional, type = "string | Date")]
    created_at: Option<Free>,
    /// When the user was last changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional, type = "string | Date")]
    updated_at: Option<Free>,
    /// Whether the user was deactivated, or when.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional, type = "boolean | string | Date")]
    deactivated: Option<Free>,
    /// Whether the user was deleted, or how; `true` is softly.
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
