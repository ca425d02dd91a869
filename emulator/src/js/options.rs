//! What `createEmulator` is given.

use std::time::Duration;

use js_sys::{Function, JSON, Reflect, TypeError};
use wasm_bindgen::{JsCast, JsValue};

use crate::{Choices, Config, RateLimits};

/// Options that were read and found good.
#[derive(Debug)]
pub(super) struct Options {
    pub(super) config: Config,
    pub(super) clock: Option<Function>,
    /// What calls webhooks; the platform's `fetch` when there is none.
    pub(super) webhook_fetch: Option<Function>,
}

impl Options {
    /// # Errors
    /// When an option is there and is not what it has to be.
    pub(super) fn read(options: &JsValue) -> Result<Self, JsValue> {
        if options.is_undefined() || options.is_null() {
            return Ok(Self { config: Config::default(), clock: None, webhook_fetch: None });
        }
        if !options.is_object() {
            return Err(TypeError::new("createEmulator: options must be an object").into());
        }
        let default = Config::default();
        let config = Config {
            api_key: option(options, "apiKey", "a string that is not empty", text)?.unwrap_or(default.api_key),
            api_secret: option(options, "apiSecret", "a string that is not empty", text)?.unwrap_or(default.api_secret),
            task_duration: option(options, "taskDuration", "a number of milliseconds that is not negative", duration)?
                .unwrap_or(default.task_duration),
            seed: option(options, "seed", "a whole number that is not negative", seed)?.unwrap_or(default.seed),
            rate_limits: limits(options)?.unwrap_or(default.rate_limits),
            choices: Choices {
                strict: option(options, "strict", "a boolean", JsValue::as_bool)?.unwrap_or(default.choices.strict),
                ..default.choices
            },
            ..default
        };
        let function = |name: &str| option(options, name, "a function", |value| value.dyn_ref::<Function>().cloned());
        Ok(Self { config, clock: function("clock")?, webhook_fetch: function("webhookFetch")? })
    }
}

fn option<T>(
    options: &JsValue,
    name: &str,
    expected: &str,
    read: impl FnOnce(&JsValue) -> Option<T>,
) -> Result<Option<T>, JsValue> {
    let value = Reflect::get(options, &name.into())?;
    if value.is_undefined() {
        return Ok(None);
    }
    let error = || TypeError::new(&format!("createEmulator: `{name}` must be {expected}")).into();
    read(&value).map(Some).ok_or_else(error)
}

/// Limits are read as the emulator's control reads them.
fn limits(options: &JsValue) -> Result<Option<RateLimits>, JsValue> {
    let value = Reflect::get(options, &"rateLimits".into())?;
    if value.is_undefined() {
        return Ok(None);
    }
    let json = String::from(JSON::stringify(&value)?);
    let error = |reason| TypeError::new(&format!("createEmulator: `rateLimits`: {reason}")).into();
    RateLimits::from_json(json.as_bytes()).map(Some).map_err(error)
}

fn text(value: &JsValue) -> Option<String> {
    value.as_string().filter(|text| !text.is_empty())
}

fn duration(value: &JsValue) -> Option<Duration> {
    Duration::try_from_secs_f64(value.as_f64()? / 1000.0).ok()
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "only what fits gets through")]
fn seed(value: &JsValue) -> Option<u64> {
    let number = value.as_f64().filter(|number| (0.0..=js_sys::Number::MAX_SAFE_INTEGER).contains(number))?;
    (number.fract() == 0.0).then_some(number as u64)
}
