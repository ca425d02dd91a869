//! Options, each read once: checked, filled with what the client or the defaults say, and handed on as resolved values.
//!
//! Nobody reads what the caller gave again, so nobody can read it differently. `null` and `undefined` mean not given.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use js_sys::Object;
use wasm_bindgen::prelude::*;

use super::record::record;
use super::values::{did_you_mean, is_signal, is_url, set_member};
use crate::error::Error;
use crate::operation::{Argument, Shape, check_base_path};
use crate::policy::{Budget, DEFAULT_TIMEOUT_MS, Polling, check_duration, check_header};
use crate::wording::concat;

const DEFAULT_BASE_PATH: &str = "https://chat.stream-io-api.com";
const LOG_LEVELS: [&str; 4] = ["debug", "info", "warn", "error"];

const CLIENT_OPTIONS: &[&str] = &[
    "basePath",
    "timeout",
    "deadline",
    "retry",
    "headers",
    "fetch",
    "previousSecrets",
    "onRequest",
    "onResponse",
    "onRetry",
    "onRateLimit",
    "logger",
    "logLevel",
    "dangerouslyAllowBrowser",
];
const CALL_OPTIONS: &[&str] = &["signal", "timeout", "deadline", "retry", "onRateLimit", "headers"];
const WAIT_OPTIONS: &[&str] = &["pollInterval", "timeout", "signal", "onProgress"];
const RETRY_OPTIONS: &[&str] = &["attempts", "budget"];

record! {
    write
    /// What calls of a client have in common, resolved from its options.
    ClientSettings {
        /// The `fetch` to use in place of the platform's.
        "fetch" fetch: JsValue = "FetchFunction | undefined",
        /// The caller's hooks.
        "onRequest" on_request: JsValue = "StreamClientOptions[\"onRequest\"]",
        /// The caller's hooks.
        "onResponse" on_response: JsValue = "StreamClientOptions[\"onResponse\"]",
        /// The caller's hooks.
        "onRetry" on_retry: JsValue = "StreamClientOptions[\"onRetry\"]",
        /// Where log lines go.
        "logger" logger: JsValue = "Logger | undefined",
        /// The least important lines that are written.
        "logLevel" log_level: String = "LogLevel",
        /// What a call without options of its own does.
        "call" call: JsValue = "CallSettings",
    }
}

record! {
    write
    /// How one call is made, resolved from its own options and the client's.
    CallSettings {
        /// Aborts the call.
        "signal" signal: JsValue = "AbortSignal | undefined",
        /// Milliseconds that one attempt may take.
        "timeout" timeout: f64 = "number",
        /// Milliseconds that the call may take; infinite for no limit.
        "deadline" deadline: f64 = "number",
        /// Attempts in all, the first included.
        "attempts" attempts: f64 = "number",
        /// Milliseconds that the call may wait between its attempts.
        "budget" budget: f64 = "number",
        /// Asked after a response with status 429.
        "onRateLimit" on_rate_limit: JsValue = "RequestOptions[\"onRateLimit\"]",
        /// Headers of this call alone, by their lower-case names.
        "headers" headers: JsValue = "Readonly<Record<string, string>> | undefined",
    }
}

record! {
    write
    /// How a task is waited for, resolved from the options of the wait.
    WaitSettings {
        /// Milliseconds between two requests for the task.
        "interval" interval: f64 = "number",
        /// Milliseconds after which waiting ends.
        "timeout" timeout: f64 = "number",
        /// Aborts the wait.
        "signal" signal: JsValue = "AbortSignal | undefined",
        /// Called with the task after every request for it.
        "onProgress" on_progress: JsValue = "WaitForTaskOptions[\"onProgress\"]",
    }
}

/// What a client was asked to be.
#[derive(Debug)]
pub(super) struct ClientOptions {
    pub(super) base_path: String,
    /// Headers to send with every request, by their lower-case names; undefined for none.
    pub(super) headers: JsValue,
    pub(super) allow_browser: bool,
    /// Secrets that the app had before, whose signatures still count.
    pub(super) previous_secrets: Vec<String>,
    /// [`ClientSettings`].
    pub(super) settings: JsValue,
    timeout: f64,
    deadline: f64,
    budget: Budget,
    on_rate_limit: JsValue,
}

impl ClientOptions {
    pub(super) fn read(options: &JsValue) -> Result<Self, Error> {
        let options = &Options::new("options", options, CLIENT_OPTIONS)?;
        let base = options.text("basePath")?.unwrap_or_else(|| DEFAULT_BASE_PATH.to_owned());
        let base_path = check_base_path(&base, is_url(&base))?.to_owned();
        let mut read = Self {
            headers: options.headers()?,
            allow_browser: options.flag("dangerouslyAllowBrowser")?,
            previous_secrets: options.texts("previousSecrets")?,
            settings: JsValue::UNDEFINED,
            timeout: DEFAULT_TIMEOUT_MS,
            deadline: f64::INFINITY,
            budget: Budget::default(),
            on_rate_limit: JsValue::UNDEFINED,
            base_path,
        };
        read.budget = options.budget(read.budget)?;
        let call = read.of_call(options, read.budget)?;
        (read.timeout, read.deadline) = (call.timeout, call.deadline);
        read.on_rate_limit = call.on_rate_limit.clone();
        let settings = ClientSettings {
            fetch: options.function("fetch")?,
            on_request: options.function("onRequest")?,
            on_response: options.function("onResponse")?,
            on_retry: options.function("onRetry")?,
            logger: options.logger()?,
            log_level: options.log_level()?,
            call: call.write(),
        };
        read.settings = settings.write();
        Ok(read)
    }

    /// How a call with these options is made.
    pub(super) fn for_call(&self, options: &JsValue) -> Result<JsValue, Error> {
        let options = &Options::new("options", options, CALL_OPTIONS)?;
        let mut settings = self.of_call(options, options.budget(self.budget)?)?;
        settings.signal = options.signal()?;
        settings.headers = options.headers()?;
        Ok(settings.write())
    }

    /// What a client and a call may both say; what is not given is as the client has it.
    fn of_call(&self, options: &Options<'_>, budget: Budget) -> Result<CallSettings, Error> {
        let on_rate_limit = options.function("onRateLimit")?;
        Ok(CallSettings {
            signal: JsValue::UNDEFINED,
            timeout: options.duration("timeout")?.unwrap_or(self.timeout),
            deadline: options.duration("deadline")?.unwrap_or(self.deadline),
            attempts: budget.attempts.into(),
            budget: budget.wait_ms,
            on_rate_limit: if on_rate_limit.is_undefined() { self.on_rate_limit.clone() } else { on_rate_limit },
            headers: JsValue::UNDEFINED,
        })
    }
}

/// How a task is waited for with these options.
pub(super) fn wait_settings(options: &JsValue) -> Result<JsValue, Error> {
    let options = &Options::new("options", options, WAIT_OPTIONS)?;
    let defaults = Polling::default();
    let settings = WaitSettings {
        interval: options.duration("pollInterval")?.unwrap_or(defaults.interval_ms),
        timeout: options.duration("timeout")?.unwrap_or(defaults.timeout_ms),
        signal: options.signal()?,
        on_progress: options.function("onProgress")?,
    };
    Ok(settings.write())
}

/// An object of options.
struct Options<'a>(&'a JsValue);

impl<'a> Options<'a> {
    /// Refuses what is no object, and options that do not exist: a misspelt one would be ignored.
    fn new(name: &str, options: &'a JsValue, known: &[&str]) -> Result<Self, Error> {
        match options.shape() {
            Shape::Absent | Shape::Object | Shape::Encodable | Shape::Opaque => {}
            shape => return Err(wrong(name, "an object", shape)),
        }
        let unknown = options.names().into_iter().find(|name| !known.contains(&name.as_str()));
        unknown.map_or(Ok(Self(options)), |unknown| {
            let way_out = did_you_mean(&unknown, &known.join(","));
            Err(Error::refused(&unknown, concat(&["unknown option ", &unknown, &way_out])))
        })
    }

    /// An option that must be of one shape, or undefined where it is not given.
    fn of_shape(&self, name: &'static str, want: Shape, words: &str) -> Result<JsValue, Error> {
        let value = self.0.get(name);
        match value.shape() {
            Shape::Absent => Ok(JsValue::UNDEFINED),
            shape if shape == want => Ok(value),
            shape => Err(wrong(name, words, shape)),
        }
    }

    fn function(&self, name: &'static str) -> Result<JsValue, Error> {
        self.of_shape(name, Shape::Function, "a function")
    }

    fn text(&self, name: &'static str) -> Result<Option<String>, Error> {
        Ok(self.of_shape(name, Shape::Text, "a string")?.text())
    }

    fn texts(&self, name: &'static str) -> Result<Vec<String>, Error> {
        let list = self.of_shape(name, Shape::Array, "an array of strings")?;
        let item = |index| {
            let item = list.item(index).text();
            item.ok_or_else(|| Error::argument(name, "must be an array of strings"))
        };
        (0..list.size()).map(item).collect()
    }

    fn flag(&self, name: &'static str) -> Result<bool, Error> {
        Ok(self.of_shape(name, Shape::Boolean, "a boolean")?.is_truthy())
    }

    fn duration(&self, name: &'static str) -> Result<Option<f64>, Error> {
        let value = self.0.get(name);
        match value.shape() {
            Shape::Absent => Ok(None),
            Shape::Number | Shape::NotANumber => check_duration(name, value.as_f64().unwrap_or(f64::NAN)).map(Some),
            shape => Err(wrong(name, "a number of milliseconds", shape)),
        }
    }

    /// How a call is repeated: `false` for not at all; what is not given is as in `otherwise`.
    fn budget(&self, otherwise: Budget) -> Result<Budget, Error> {
        let retry = self.0.get("retry");
        match retry.shape() {
            Shape::Absent => Ok(otherwise),
            Shape::Boolean if !retry.is_truthy() => Ok(Budget { attempts: 1, ..otherwise }),
            Shape::Object | Shape::Opaque => {
                let retry = Options::new("retry", &retry, RETRY_OPTIONS)?;
                Ok(Budget {
                    attempts: attempts(&retry.0.get("attempts"))?.unwrap_or(otherwise.attempts),
                    wait_ms: retry.duration("budget")?.unwrap_or(otherwise.wait_ms),
                })
            }
            shape => Err(wrong("retry", "false, or an object of attempts and budget", shape)),
        }
    }

    fn logger(&self) -> Result<JsValue, Error> {
        let logger = self.0.get("logger");
        match logger.shape() {
            Shape::Absent => Ok(JsValue::UNDEFINED),
            // A class whose functions are its prototype's has no fields of its own.
            Shape::Object | Shape::Opaque | Shape::Encodable => Ok(logger),
            shape => Err(wrong("logger", "an object with functions such as warn and error", shape)),
        }
    }

    fn log_level(&self) -> Result<String, Error> {
        match self.text("logLevel")? {
            None => Ok("warn".to_owned()),
            Some(level) if LOG_LEVELS.contains(&level.as_str()) => Ok(level),
            Some(_) => Err(Error::argument("logLevel", "must be one of debug, info, warn, error")),
        }
    }

    /// Headers by their lower-case names, or undefined where none are given.
    fn headers(&self) -> Result<JsValue, Error> {
        let words = "a plain object of names and values";
        let headers = self.0.get("headers");
        match headers.shape() {
            Shape::Absent => return Ok(JsValue::UNDEFINED),
            Shape::Object => {}
            // `{}` of another realm, and a `Headers`, which has no fields.
            Shape::Opaque if headers.get("get").is_absent() => {}
            shape => return Err(wrong("headers", words, shape)),
        }
        let checked = Object::new().into();
        for name in headers.names() {
            let value = headers.member(&name);
            check_header(&name, value.text().as_deref())?;
            set_member(&checked, &name.to_ascii_lowercase(), &value);
        }
        Ok(checked)
    }

    fn signal(&self) -> Result<JsValue, Error> {
        let signal = self.0.get("signal");
        if signal.is_absent() {
            return Ok(JsValue::UNDEFINED);
        }
        if is_signal(&signal) { Ok(signal) } else { Err(Error::argument("signal", "must be an AbortSignal")) }
    }
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the number is in range")]
fn attempts(value: &JsValue) -> Result<Option<u32>, Error> {
    match value.as_f64() {
        None if value.is_absent() => Ok(None),
        Some(number) if (1.0..=100.0).contains(&number) && f64::from(number as u32) == number => {
            Ok(Some(number as u32))
        }
        _ => Err(Error::argument("retry.attempts", "must be a whole number from 1 to 100")),
    }
}

fn wrong(name: &str, words: &str, shape: Shape) -> Error {
    Error::argument(name, &concat(&["must be ", words, ", but was ", shape.describe()]))
}
