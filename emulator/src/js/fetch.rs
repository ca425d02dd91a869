//! A call of `fetch`, from its arguments to a `Response`.
//!
//! The platform's own `Request` reads the arguments, so that everything `fetch` takes is taken, and everything it refuses
//! is refused in the same words. From there on, every call that can fail returns its failure: the promise is always
//! settled.

use std::rc::Rc;

use gloo_net::http::{Headers as PlatformHeaders, ResponseBuilder};
use js_sys::{Array, Promise, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::{JsError, JsValue, wasm_bindgen};
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::{AbortSignal, ReadableStream, Request as PlatformRequest, Response as PlatformResponse};

use super::App;
use crate::{Ending, Headers, Method, Request, Response, Transmission};

#[wasm_bindgen]
extern "C" {
    /// The platform's `Request`, made of whatever `fetch` was given.
    #[wasm_bindgen(extends = PlatformRequest, js_name = Request)]
    type Arguments;

    #[wasm_bindgen(constructor, catch, js_class = "Request")]
    fn new(input: &JsValue, init: &JsValue) -> Result<Arguments, JsValue>;

    /// Some runtimes have none where none was given.
    #[wasm_bindgen(method, getter, js_name = signal)]
    fn maybe_signal(this: &Arguments) -> Option<AbortSignal>;
}

#[wasm_bindgen(module = "/src/js/deliver.js")]
extern "C" {
    fn pause(milliseconds: f64, signal: Option<&AbortSignal>) -> Promise;

    fn dropped() -> JsValue;

    #[wasm_bindgen(js_name = cutOff)]
    fn cut_off(bytes: &[u8]) -> ReadableStream;
}

/// What `fetch` does.
pub(super) fn fetch(app: &Rc<App>, input: &JsValue, init: &JsValue) -> Promise {
    match Arguments::new(input, init) {
        Ok(request) => future_to_promise(answer(Rc::clone(app), request)),
        Err(error) => Promise::reject(&error),
    }
}

async fn answer(app: Rc<App>, request: Arguments) -> Result<JsValue, JsValue> {
    let signal = request.maybe_signal();
    let method = request.method();
    let body = match method.as_str() {
        // These have no body, and there are runtimes that make a promise of reading it a slow one.
        "GET" | "HEAD" => Vec::new(),
        _ => unless_aborted(request.array_buffer()?, signal.as_ref()).await?,
    };
    // After the last wait, so that a request which was called off has changed nothing.
    refuse_aborted(signal.as_ref())?;
    let request = Request { headers: headers(&request)?, body, ..Request::new(Method::parse(&method), &request.url()) };
    let driving = app.driving()?;
    let response = app.with_emulator(|emulator| emulator.handle_in_process(&request, driving))?;
    deliver(&response, signal.as_ref()).await
}

/// Has the answer reach its caller as it says.
async fn deliver(response: &Response, signal: Option<&AbortSignal>) -> Result<JsValue, JsValue> {
    let Transmission { delay, ending } = response.transmission;
    if !delay.is_zero() {
        JsFuture::from(pause(delay.as_secs_f64() * 1000.0, signal)).await?;
    }
    match ending {
        Ending::Whole => into_platform(response).map(JsValue::from),
        Ending::CutAfter(bytes) => cut_after(response, bytes).map(JsValue::from),
        Ending::Dropped => Err(dropped()),
    }
}

fn refuse_aborted(signal: Option<&AbortSignal>) -> Result<(), JsValue> {
    match signal {
        Some(signal) if signal.aborted() => Err(signal.reason()),
        _ => Ok(()),
    }
}

/// Waits for the bytes of a body, which a caller may send slowly, until the caller calls it off.
async fn unless_aborted(body: Promise, signal: Option<&AbortSignal>) -> Result<Vec<u8>, JsValue> {
    let Some(signal) = signal else { return JsFuture::from(body).await.map(|buffer| bytes(&buffer)) };
    refuse_aborted(Some(signal))?;
    let mut listener = None;
    let aborted = Promise::new(&mut |_, reject| {
        let signal = signal.clone();
        listener = Some(Closure::<dyn Fn()>::new(move || {
            // Settling a promise does not fail.
            let _: Result<JsValue, JsValue> = reject.call1(&JsValue::UNDEFINED, &signal.reason());
        }));
    });
    let callback = listener.as_ref().map_or(JsValue::NULL, |listener| listener.as_ref().clone());
    let callback = callback.unchecked_ref();
    signal.add_event_listener_with_callback("abort", callback)?;
    let first = JsFuture::from(Promise::race(&Array::of2(&body, &aborted))).await;
    signal.remove_event_listener_with_callback("abort", callback)?;
    first.map(|buffer| bytes(&buffer))
}

fn bytes(buffer: &JsValue) -> Vec<u8> {
    Uint8Array::new(buffer).to_vec()
}

fn headers(request: &PlatformRequest) -> Result<Headers, JsValue> {
    let mut headers = Headers::default();
    for field in js_sys::try_iter(&request.headers())?.into_iter().flatten() {
        let field = Array::from(&field?);
        if let (Some(name), Some(value)) = (field.get(0).as_string(), field.get(1).as_string()) {
            headers.append(name, value);
        }
    }
    Ok(headers)
}

/// gloo-net's builder says what a response is made of in Rust's words. Its own `Headers` would panic on a value that is
/// none, so they are filled first, by calls that return their failure.
fn into_platform(response: &Response) -> Result<PlatformResponse, JsValue> {
    let mut body = response.body.clone();
    let built = head_of(response)?.body(Some(body.as_mut_slice())).map_err(failed)?;
    Ok(built.into())
}

fn cut_after(response: &Response, bytes: usize) -> Result<PlatformResponse, JsValue> {
    let (body, _) = response.body.split_at_checked(bytes).unwrap_or((&response.body, &[]));
    let built = head_of(response)?.body(Some(&cut_off(body))).map_err(failed)?;
    Ok(built.into())
}

fn head_of(response: &Response) -> Result<ResponseBuilder, JsValue> {
    let headers = web_sys::Headers::new()?;
    for (name, value) in response.headers.iter() {
        headers.append(name, value)?;
    }
    Ok(ResponseBuilder::new().status(response.status).headers(PlatformHeaders::from_raw(headers)))
}

fn failed(error: gloo_net::Error) -> JsValue {
    JsError::new(&error.to_string()).into()
}
