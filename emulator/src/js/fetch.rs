//! A request as `fetch.js` reads it, and the response for it to return.

use std::rc::Rc;

use js_sys::{Error, Object};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use super::{App, sockets};
use crate::{Ending, Headers, Method, Request, Response, Transmission};

#[wasm_bindgen(module = "/src/js/fetch.js")]
extern "C" {
    #[wasm_bindgen(js_name = fetchOf)]
    pub(super) fn fetch_of(answer: &JsValue, events: &JsValue, missing: &JsValue) -> JsValue;

    /// One call for all fields: setting each of them from here, and each header, takes a tenth of a request's time.
    #[wasm_bindgen(js_name = answerOf)]
    fn answer_of(
        status: u16,
        headers: &str,
        bytes: &[u8],
        delay: f64,
        dropped: bool,
        sent: Option<f64>,
        waits_for: Option<f64>,
    ) -> Object;
}

/// The function that handles a request: it takes a method, a URL, headers as the JSON of pairs, and a body.
pub(super) fn answer_function(app: Rc<App>) -> JsValue {
    Closure::<dyn Fn(String, String, String, Vec<u8>) -> Result<Object, JsValue>>::new(
        move |method: String, url: String, headers: String, body: Vec<u8>| {
            let request = Request::new(Method::parse(&method), &url);
            let request = Request { headers: read_headers(&headers), body, ..request };
            let driving = app.driving()?;
            described(&app.with_emulator(|emulator| emulator.handle_in_process(&request, driving))?)
        },
    )
    .into_js_value()
}

/// Headers from the JSON of pairs, which JavaScript of this package has written.
pub(super) fn read_headers(pairs: &str) -> Headers {
    let mut headers = Headers::default();
    for (name, value) in serde_json::from_str::<Vec<(String, String)>>(pairs).unwrap_or_default() {
        headers.append(name, value);
    }
    headers
}

/// The response as an object.
pub(super) fn described(response: &Response) -> Result<Object, JsValue> {
    let Transmission { delay, ending, waits_for } = response.transmission;
    let headers: Vec<_> = response.headers.iter().collect();
    let headers = serde_json::to_string(&headers).map_err(|error| Error::new(&error.to_string()))?;
    let sent = match ending {
        Ending::Whole | Ending::Dropped => None,
        // A body in a module of 32 bits is shorter than that.
        Ending::CutAfter(bytes) => Some(f64::from(u32::try_from(bytes).unwrap_or(u32::MAX))),
    };
    let dropped = matches!(ending, Ending::Dropped);
    let delay = delay.as_secs_f64() * 1000.0;
    let waits_for = waits_for.map(sockets::to_js);
    Ok(answer_of(response.status, &headers, &response.body, delay, dropped, sent, waits_for))
}
