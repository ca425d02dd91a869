//! A request as `fetch.js` reads it, and the response for it to return.

use std::rc::Rc;

use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use super::{App, sockets};
use crate::{Ending, Headers, Method, Request, Response, Transmission};

#[wasm_bindgen(module = "/src/js/fetch.js")]
extern "C" {
    #[wasm_bindgen(js_name = fetchOf)]
    pub(super) fn fetch_of(answer: &JsValue, events: &JsValue, missing: &JsValue) -> JsValue;
}

/// What gives the answer to a request: it takes a method, a URL, headers as pairs and a body.
pub(super) fn answer_function(app: Rc<App>) -> JsValue {
    Closure::<dyn Fn(String, String, Array, Uint8Array) -> Result<Object, JsValue>>::new(
        move |method: String, url: String, headers: Array, body: Uint8Array| {
            let request = Request::new(Method::parse(&method), &url);
            let request = Request { headers: read_headers(&headers), body: body.to_vec(), ..request };
            let driving = app.driving()?;
            described(&app.with_emulator(|emulator| emulator.handle_in_process(&request, driving))?)
        },
    )
    .into_js_value()
}

pub(super) fn read_headers(pairs: &Array) -> Headers {
    let mut headers = Headers::default();
    for field in pairs.iter().map(|field| Array::from(&field)) {
        if let (Some(name), Some(value)) = (field.get(0).as_string(), field.get(1).as_string()) {
            headers.append(name, value);
        }
    }
    headers
}

/// The answer. Its bytes are a copy that belongs to JavaScript: there are platforms whose `Response` keeps what it is given,
/// and a view of this module's memory would be of something else by the time it is read.
pub(super) fn described(response: &Response) -> Result<Object, JsValue> {
    let Transmission { delay, ending, waits_for } = response.transmission;
    let described = Object::new();
    let put = |name: &str, value: &JsValue| Reflect::set(&described, &name.into(), value).map(|_| ());
    put("status", &response.status.into())?;
    let headers = response.headers.iter().map(|(name, value)| Array::of2(&name.into(), &value.into()));
    put("headers", &headers.collect::<Array>())?;
    put("bytes", &Uint8Array::from(response.body.as_slice()))?;
    put("delay", &(delay.as_secs_f64() * 1000.0).into())?;
    put(
        "ending",
        &match ending {
            Ending::Whole => "whole".into(),
            Ending::Dropped => "dropped".into(),
            // Less than a body of this module can have.
            Ending::CutAfter(bytes) => u32::try_from(bytes).unwrap_or(u32::MAX).into(),
        },
    )?;
    if let Some(number) = waits_for {
        put("waitsFor", &sockets::to_js(number).into())?;
    }
    Ok(described)
}
