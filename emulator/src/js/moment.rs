//! A time in any of JavaScript's forms.

use js_sys::Date;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use serde_json::Number;
use wasm_bindgen::{JsCast, JsValue};

/// A time as RFC 3339 text, or a number whose meaning depends on the function.
#[derive(Debug, Clone)]
pub(super) enum Moment {
    Text(String),
    Number(Number),
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value: JsValue = serde_wasm_bindgen::preserve::deserialize(deserializer)?;
        let moment = match value.dyn_into::<Date>() {
            Ok(date) => iso(&date).map(Self::Text),
            Err(value) => match (value.as_string(), value.as_f64()) {
                (Some(text), _) => Some(Self::Text(text)),
                (None, Some(number)) => number_of(number).map(Self::Number),
                (None, None) => None,
            },
        };
        moment.ok_or_else(|| D::Error::custom("expected a number, RFC 3339 text or a Date that is valid"))
    }
}

/// An integer stays an integer.
#[allow(clippy::cast_possible_truncation, reason = "a number that is not exact becomes a float instead")]
fn number_of(number: f64) -> Option<Number> {
    const EXACT: f64 = 9_007_199_254_740_991.0;
    if number.fract() == 0.0 && number.abs() <= EXACT {
        Some(Number::from(number as i64))
    } else {
        Number::from_f64(number)
    }
}

/// The RFC 3339 text of a date; `None` if the date is invalid.
pub(super) fn iso(date: &Date) -> Option<String> {
    date.get_time().is_finite().then(|| date.to_iso_string().into())
}
