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

/// What can be chosen about an emulator. Everything may be left out.
#[derive(Debug, Default, Deserialize, Tsify)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub(super) struct EmulatorOptions {
    /// API key of the emulated app. `"devkey"` when left out.
    #[tsify(optional, type = "string")]
    pub(super) api_key: Option<String>,
    /// Secret that the emulated app's tokens are signed with. `"devsecret"` when left out; everybody knows that one, so
    /// requests with an `Origin` of another machine cannot call as a server with it.
    #[tsify(optional, type = "string")]
    pub(super) api_secret: Option<String>,
    /// How long a task takes, in milliseconds; 50 when left out. It is `pending` for the first half of that time, `running`
    /// for the second, then `completed` or `failed`. With 0 it has ended when you first ask.
    #[tsify(optional, type = "number")]
    pub(super) task_duration: Option<f64>,
    /// Decides every id that the server makes up (tasks, guests, exports): the same seed and the same requests give the
    /// same ids. A whole number; 0 when left out.
    #[tsify(optional, type = "number")]
    pub(super) seed: Option<u64>,
    /// How many requests are answered in a minute; more than a machine can send when left out.
    #[tsify(optional)]
    pub(super) rate_limits: Option<EmulatorRateLimits>,
    /// Refuses what the API may well refuse but what is seen to be sent to it, such as a partial update of a user who does
    /// not exist, and fields that the API does not know. `false` when left out.
    #[tsify(optional, type = "boolean")]
    pub(super) strict: Option<bool>,
    /// What time it is, in milliseconds since 1970: asked once for every request. `Date.now` when left out, so that clocks
    /// faked by a test framework work too.
    #[tsify(optional, type = "() => number")]
    pub(super) clock: Option<Callback>,
    /// Calls webhooks in place of the global `fetch`: a function of a test that receives them, for instance. It gets the
    /// hook's address and a POST with the headers and the body that Stream sends; the `status` of what it returns decides
    /// whether the call is made again.
    #[tsify(optional, type = "(url: string, init: RequestInit) => Promise<Response>")]
    pub(super) webhook_fetch: Option<Callback>,
}

/// What an option has to be, in the words of the complaint about one that is not; nothing where a deeper look tells more.
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

/// A function of the caller.
#[derive(Debug, Clone)]
pub(super) struct Callback(pub(super) Function);

impl<'de> Deserialize<'de> for Callback {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value: JsValue = serde_wasm_bindgen::preserve::deserialize(deserializer)?;
        value.dyn_into().map(Self).map_err(|_| D::Error::custom("it is no function"))
    }
}

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

/// The complaint about an option of the right type that cannot be meant.
fn refusal(option: &str) -> JsValue {
    wrong(option, expected(option).unwrap_or("something else"))
}

fn wrong(option: &str, expected: &str) -> JsValue {
    complaint(&format!("`{option}` must be {expected}"))
}

fn complaint(text: &str) -> JsValue {
    TypeError::new(&format!("createEmulator: {text}")).into()
}
