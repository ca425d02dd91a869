//! The options of `createEmulator`.

use std::time::Duration;

use js_sys::{Function, TypeError};
use serde::de::Error;
use serde::{Deserialize, Deserializer};
use tsify::Tsify;
use wasm_bindgen::{JsCast, JsValue};

use super::input::{Wrong, read_value};
use super::rate_limits::EmulatorRateLimits;
use crate::{Choices, Config, RateLimits};

/// The options of an emulator. All are optional.
#[derive(Debug, Default, Deserialize, Tsify)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub(super) struct EmulatorOptions {
    /// API key of the emulated app. The default is `"devkey"`.
    #[tsify(optional, type = "string")]
    pub(super) api_key: Option<String>,
    /// Secret that signs the emulated app's tokens. The default is `"devsecret"`, which is public, so requests with an
    /// `Origin` of another machine cannot call as the server with it.
    #[tsify(optional, type = "string")]
    pub(super) api_secret: Option<String>,
    /// How long a task takes, in milliseconds; the default is 50. It is `pending` for the first half of that time,
    /// `running` for the second half, then `completed` or `failed`. With 0, it has ended when you first ask.
    #[tsify(optional, type = "number")]
    pub(super) task_duration: Option<f64>,
    /// The seed of all ids that the emulator generates (tasks, guests, exports): the same seed and the same requests
    /// give the same ids. An integer; the default is 0.
    #[tsify(optional, type = "number")]
    pub(super) seed: Option<u64>,
    /// How many requests are allowed per minute. By default, more than a machine can send.
    #[tsify(optional)]
    pub(super) rate_limits: Option<EmulatorRateLimits>,
    /// Rejects requests that the API probably rejects although clients have been seen to send them, such as a partial
    /// update of a user that does not exist, and fields that the API does not know. The default is `false`.
    #[tsify(optional, type = "boolean")]
    pub(super) strict: Option<bool>,
    /// Returns the time in milliseconds since 1970; called once per request. The default is `Date.now`, so fake clocks
    /// of a test framework work too.
    #[tsify(optional, type = "() => number")]
    pub(super) clock: Option<Callback>,
    /// Sends webhooks in place of the global `fetch`: for example, a function of a test that receives them. It gets the
    /// hook's URL and a POST with the headers and the body that Stream sends. The `status` of its result decides
    /// whether the request is retried.
    #[tsify(optional, type = "(url: string, init: RequestInit) => Promise<Response>")]
    pub(super) webhook_fetch: Option<Callback>,
}

/// The expected type of an option, for error messages; `None` if reading the option gives a more precise error.
fn expected(option: &str) -> Option<&'static str> {
    Some(match option {
        "apiKey" | "apiSecret" => "a string that is not empty",
        "taskDuration" => "a number of milliseconds that is not negative",
        "seed" => "a whole number that is not negative",
        "strict" => "a boolean",
        "clock" | "webhookFetch" => "a function",
        _ => return None,
    })
}

/// A function from the caller.
#[derive(Debug, Clone)]
pub(super) struct Callback(pub(super) Function);

impl<'de> Deserialize<'de> for Callback {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value: JsValue = serde_wasm_bindgen::preserve::deserialize(deserializer)?;
        value.dyn_into().map(Self).map_err(|_| D::Error::custom("it is no function"))
    }
}

/// Validated options.
#[derive(Debug)]
pub(super) struct Options {
    pub(super) config: Config,
    pub(super) clock: Option<Function>,
    /// The function that sends webhooks; `None` for the platform's `fetch`.
    pub(super) webhook_fetch: Option<Function>,
}

impl Options {
    /// # Errors
    /// If an option is invalid.
    pub(super) fn read(options: &JsValue) -> Result<Self, JsValue> {
        let options: Option<EmulatorOptions> =
            read_value(options).map_err(|Wrong { path, reason }| match (path.as_str(), expected(&path)) {
                ("", _) => complaint(&format!("options: {reason}")),
                (path, None) => complaint(&format!("`{path}`: {reason}")),
                (path, Some(expected)) => wrong(path, expected),
            })?;
        let options = options.unwrap_or_default();
        Self::of(options)
    }

    fn of(options: EmulatorOptions) -> Result<Self, JsValue> {
        let default = Config::default();
        let text = |option: &str, text: Option<String>, default: String| match text {
            Some(text) if text.is_empty() => Err(refusal(option)),
            text => Ok(text.unwrap_or(default)),
        };
        let task_duration = options.task_duration.map(|ms| Duration::try_from_secs_f64(ms / 1000.0));
        let rate_limits = options.rate_limits.map(|limits| {
            let json = serde_json::to_vec(&limits).map_err(|error| error.to_string())?;
            RateLimits::from_json(&json)
        });
        let config = Config {
            api_key: text("apiKey", options.api_key, default.api_key)?,
            api_secret: text("apiSecret", options.api_secret, default.api_secret)?,
            task_duration: task_duration
                .transpose()
                .map_err(|_| refusal("taskDuration"))?
                .unwrap_or(default.task_duration),
            seed: options.seed.unwrap_or(default.seed),
            rate_limits: rate_limits
                .transpose()
                .map_err(|reason| complaint(&format!("`rateLimits`: {reason}")))?
                .unwrap_or(default.rate_limits),
            choices: Choices { strict: options.strict.unwrap_or(default.choices.strict), ..default.choices },
            ..default
        };
        let function = |callback: Option<Callback>| callback.map(|Callback(function)| function);
        Ok(Self { config, clock: function(options.clock), webhook_fetch: function(options.webhook_fetch) })
    }
}

/// The error for an option that has the right type and an invalid value.
fn refusal(option: &str) -> JsValue {
    wrong(option, expected(option).unwrap_or("something else"))
}

fn wrong(option: &str, expected: &str) -> JsValue {
    complaint(&format!("`{option}` must be {expected}"))
}

fn complaint(text: &str) -> JsValue {
    TypeError::new(&format!("createEmulator: {text}")).into()
}
