//! The last requests.

use serde::Deserialize;
use serde_json::Number;
use tsify::Tsify;
use wasm_bindgen::JsValue;

use super::App;
use super::input::read;
use super::moment::Moment;
use crate::Method;

/// Which requests to return.
#[derive(Debug, Default, Deserialize, Tsify)]
#[serde(deny_unknown_fields)]
struct EmulatorRequestFilter {
    /// Requests of this operation.
    #[tsify(optional)]
    operation: Option<String>,
    /// Requests after the one with this id, or since this time.
    #[tsify(optional, type = "number | string | Date")]
    since: Option<Moment>,
    /// At most this many, the latest.
    #[tsify(optional, type = "number")]
    limit: Option<Number>,
}

pub(super) fn list(app: &App, filter: JsValue) -> Result<JsValue, JsValue> {
    let filter: Option<EmulatorRequestFilter> = read("filter", &filter)?;
    let EmulatorRequestFilter { operation, since, limit } = filter.unwrap_or_default();
    let since = since.map(|since| match since {
        Moment::Number(id) => id.to_string(),
        Moment::Text(time) => time,
    });
    let mut query = form_urlencoded::Serializer::new(String::new());
    let parameters = [("operation", operation), ("since", since), ("limit", limit.map(|limit| limit.to_string()))];
    query.extend_pairs(parameters.into_iter().filter_map(|(name, value)| Some((name, value?))));
    app.ask(Method::Get, &format!("/requests?{}", query.finish()))?.part("requests")
}
