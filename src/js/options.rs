//! Options, read and checked.

use alloc::borrow::ToOwned;
use alloc::string::String;

use wasm_bindgen::prelude::*;
use web_sys::AbortSignal;

use super::values::{is_signal, is_url};
use crate::error::Error;
use crate::operation::{Argument, Shape, check_base_path};
use crate::policy::{Budget, DEFAULT_TIMEOUT_MS, Polling, check_duration, check_header};
use crate::wording::{figure, integer, text};

const DEFAULT_BASE_PATH: &str = "https://chat.stream-io-api.com";

/// What a client was asked to be.
#[derive(Debug, Clone)]
pub(super) struct ClientOptions {
    pub(super) base: String,
    pub(super) timeout_ms: f64,
    pub(super) budget: Budget,
    pub(super) headers: JsValue,
    pub(super) allow_browser: bool,
    /// As they were given, for what only JavaScript reads of them; all of it has been checked.
    pub(super) given: JsValue,
}

/// Functions that are told of things, or do them.
const FUNCTIONS: [&str; 5] = ["fetch", "onRequest", "onResponse", "onRetry", "onRateLimit"];
const LOG_LEVELS: [&str; 4] = ["debug", "info", "warn", "error"];

impl ClientOptions {
    pub(super) fn read(options: &JsValue) -> Result<Self, Error> {
        object_or_absent("options", options)?;
        let base = string(options, "basePath")?.unwrap_or_else(|| DEFAULT_BASE_PATH.to_owned());
        let base = check_base_path(&base, is_url(&base))?.to_owned();
        for name in FUNCTIONS {
            of_shape(options, name, Shape::Function, "a function")?;
        }
        log_level(options)?;
        duration(options, "deadline")?;
        Ok(Self {
            base,
            timeout_ms: duration(options, "timeout")?.unwrap_or(DEFAULT_TIMEOUT_MS),
            budget: budget(options)?,
            headers: headers(options)?,
            allow_browser: flag(options, "dangerouslyAllowBrowser")?,
            given: options.clone(),
        })
    }
}

/// Checks the options of one call, which `transport.js` then reads.
pub(super) fn check_call_options(options: &JsValue) -> Result<(), Error> {
    if options.is_undefined() {
        return Ok(());
    }
    object_or_absent("options", options)?;
    duration(options, "timeout")?;
    duration(options, "deadline")?;
    of_shape(options, "onRateLimit", Shape::Function, "a function")?;
    budget(options)?;
    headers(options)?;
    signal(options).map(drop)
}

/// How a task is waited for.
pub(super) struct WaitOptions {
    pub(super) polling: Polling,
}

impl WaitOptions {
    pub(super) fn read(options: &JsValue) -> Result<Self, Error> {
        object_or_absent("options", options)?;
        let defaults = Polling::default();
        signal(options)?;
        of_shape(options, "onProgress", Shape::Function, "a function")?;
        Ok(Self {
            polling: Polling {
                interval_ms: duration(options, "pollInterval")?.unwrap_or(defaults.interval_ms),
                timeout_ms: duration(options, "timeout")?.unwrap_or(defaults.timeout_ms),
            },
        })
    }
}

/// A time in seconds since 1970, or a length in seconds. The API reads these claims as 64-bit integers.
pub(super) fn whole_seconds(name: &str, value: &JsValue) -> Result<Option<i64>, Error> {
    if value.is_undefined() || value.is_null() {
        return Ok(None);
    }
    let number = value.as_f64();
    match number.and_then(integer) {
        Some(seconds) => Ok(Some(seconds)),
        None => {
            let was = number.map_or_else(|| value.shape().describe().to_owned(), figure);
            Err(Error::argument(name, &text(&["must be a whole number of seconds, but was ", &was])))
        }
    }
}

/// Reads an option that must be of one shape, if it is given at all.
fn of_shape(options: &JsValue, name: &'static str, want: Shape, words: &str) -> Result<Option<JsValue>, Error> {
    let value = options.get(name);
    match value.shape() {
        Shape::Absent => Ok(None),
        shape if shape == want => Ok(Some(value)),
        shape => Err(wrong(name, words, shape)),
    }
}

fn wrong(name: &str, words: &str, shape: Shape) -> Error {
    Error::argument(name, &text(&["must be ", words, ", but was ", shape.describe()]))
}

fn object_or_absent(name: &str, value: &JsValue) -> Result<(), Error> {
    match value.shape() {
        Shape::Absent | Shape::Object | Shape::Encodable => Ok(()),
        shape => Err(wrong(name, "an object", shape)),
    }
}

fn string(options: &JsValue, name: &'static str) -> Result<Option<String>, Error> {
    Ok(of_shape(options, name, Shape::Text, "a string")?.and_then(|value| value.text()))
}

fn flag(options: &JsValue, name: &'static str) -> Result<bool, Error> {
    Ok(of_shape(options, name, Shape::Boolean, "a boolean")?.is_some_and(|value| value.is_truthy()))
}

fn duration(options: &JsValue, name: &'static str) -> Result<Option<f64>, Error> {
    let value = options.get(name);
    match value.shape() {
        Shape::Absent => Ok(None),
        Shape::Number | Shape::NotANumber => check_duration(name, value.as_f64().unwrap_or(f64::NAN)).map(Some),
        shape => Err(wrong(name, "a number of milliseconds", shape)),
    }
}

/// How a call is repeated: `false` for not at all.
fn budget(options: &JsValue) -> Result<Budget, Error> {
    let defaults = Budget::default();
    let retry = options.get("retry");
    match retry.shape() {
        Shape::Absent => Ok(defaults),
        Shape::Boolean if !retry.is_truthy() => Ok(Budget { attempts: 1, ..defaults }),
        Shape::Object => Ok(Budget {
            attempts: attempts(&retry)?.unwrap_or(defaults.attempts),
            wait_ms: duration(&retry, "budget")?.unwrap_or(defaults.wait_ms),
        }),
        shape => Err(wrong("retry", "false, or an object of attempts and budget", shape)),
    }
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the number is in range")]
fn attempts(retry: &JsValue) -> Result<Option<u32>, Error> {
    let value = retry.get("attempts");
    match value.as_f64() {
        None if value.is_absent() => Ok(None),
        Some(number) if (1.0..=100.0).contains(&number) && f64::from(number as u32) == number => {
            Ok(Some(number as u32))
        }
        _ => Err(Error::argument("retry.attempts", "must be a whole number from 1 to 100")),
    }
}

fn log_level(options: &JsValue) -> Result<(), Error> {
    of_shape(options, "logger", Shape::Object, "an object with functions such as warn and error")?;
    match string(options, "logLevel")? {
        Some(level) if !LOG_LEVELS.contains(&level.as_str()) => {
            Err(Error::argument("logLevel", "must be one of debug, info, warn, error"))
        }
        _ => Ok(()),
    }
}

fn headers(options: &JsValue) -> Result<JsValue, Error> {
    let headers = of_shape(options, "headers", Shape::Object, "a plain object of names and values")?;
    let headers = headers.unwrap_or_default();
    if headers.is_undefined() {
        return Ok(headers);
    }
    for name in headers.names() {
        check_header(&name, headers.member(&name).text().as_deref())?;
    }
    Ok(headers)
}

fn signal(options: &JsValue) -> Result<Option<AbortSignal>, Error> {
    let signal = options.get("signal");
    if signal.is_absent() {
        return Ok(None);
    }
    if is_signal(&signal) {
        return Ok(Some(signal.unchecked_into()));
    }
    Err(Error::argument("signal", "must be an AbortSignal"))
}
