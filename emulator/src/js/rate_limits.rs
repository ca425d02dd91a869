//! The rate limits.

use std::fmt;

use serde::de::value::{MapAccessDeserializer, StrDeserializer};
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Number;
use tsify::Tsify;
use wasm_bindgen::JsValue;

use super::App;
use super::free::Free;
use super::input::read;
use crate::Method;

/// The preset that limits start from: no limit that anybody would reach, or what Stream documents.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "lowercase")]
pub(super) enum EmulatorRateLimitPreset {
    None,
    Stream,
}

/// Limits that differ from a preset.
#[derive(Debug, Clone, Serialize, Deserialize, Tsify)]
#[serde(deny_unknown_fields)]
pub(super) struct EmulatorRateLimitChoices {
    /// The preset to start from: no limit that anybody would reach, or what Stream documents.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    preset: Option<EmulatorRateLimitPreset>,
    /// The limit of every operation that is not in `operations`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional, type = "number")]
    default: Option<Number>,
    /// The limits of single operations, by Stream's names: `{ QueryUsers: 10 }`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional, type = "Record<string, number>")]
    operations: Option<Free>,
    /// For each operation, the limit of a single user on one platform. Servers are exempt.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(optional, type = "number | null")]
    per_user: Option<Number>,
}

/// How many requests are allowed per minute, for each operation and platform: a number for all operations, `"stream"`
/// for what Stream documents, or an object with what is different.
#[derive(Debug, Clone, Serialize, Tsify)]
#[serde(untagged)]
pub(super) enum EmulatorRateLimits {
    All(#[tsify(type = "number")] Number),
    Preset(EmulatorRateLimitPreset),
    Choices(EmulatorRateLimitChoices),
}

impl<'de> Deserialize<'de> for EmulatorRateLimits {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Limits;

        impl<'de> Visitor<'de> for Limits {
            type Value = EmulatorRateLimits;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number, the name of a preset or an object")
            }

            fn visit_i64<E: Error>(self, number: i64) -> Result<Self::Value, E> {
                Ok(EmulatorRateLimits::All(number.into()))
            }

            fn visit_f64<E: Error>(self, number: f64) -> Result<Self::Value, E> {
                let number = Number::from_f64(number).ok_or_else(|| E::custom(format!("{number} is no limit")))?;
                Ok(EmulatorRateLimits::All(number))
            }

            fn visit_str<E: Error>(self, name: &str) -> Result<Self::Value, E> {
                EmulatorRateLimitPreset::deserialize(StrDeserializer::new(name)).map(EmulatorRateLimits::Preset)
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                Deserialize::deserialize(MapAccessDeserializer::new(map)).map(EmulatorRateLimits::Choices)
            }
        }

        deserializer.deserialize_any(Limits)
    }
}

pub(super) fn get(app: &App, _: JsValue) -> Result<JsValue, JsValue> {
    app.ask(Method::Get, "/rate_limits")?.whole()
}

pub(super) fn set(app: &App, limits: JsValue) -> Result<JsValue, JsValue> {
    let limits: EmulatorRateLimits = read("limits", &limits)?;
    app.tell(Method::Put, "/rate_limits", &limits)?;
    Ok(JsValue::UNDEFINED)
}
