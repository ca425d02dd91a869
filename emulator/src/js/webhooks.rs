//! Webhook requests from inside the process, for `webhooks.js`.

use std::rc::Rc;

use js_sys::{Array, Function, Object, Reflect, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use super::App;
use crate::{CallResult, WebhookCall};

#[wasm_bindgen(module = "/src/js/webhooks.js")]
extern "C" {
    #[wasm_bindgen(js_name = webhookDispatcher)]
    fn dispatcher_of(parts: &Object, fetch: Option<&Function>) -> Object;
}

/// An object with `dispatch`, which must be called after everything that may have caused a webhook, and `settled`.
/// Without a function for it, requests are sent with the platform's `fetch`.
pub(super) fn dispatcher(app: &Rc<App>, fetch: Option<&Function>) -> Result<Object, JsValue> {
    let parts = Object::new();
    let put = |name: &str, value: &JsValue| Reflect::set(&parts, &name.into(), value).map(|_| ());
    put("expected", &expected_function(Rc::clone(app)))?;
    put("due", &due_function(Rc::clone(app)))?;
    put("ended", &ended_function(Rc::clone(app)))?;
    put("next", &next_function(Rc::clone(app)))?;
    Ok(dispatcher_of(&parts, fetch))
}

fn expected_function(app: Rc<App>) -> JsValue {
    let expected = move || app.with_emulator(|emulator| emulator.expects_webhooks());
    Closure::<dyn Fn() -> Result<bool, JsValue>>::new(expected).into_js_value()
}

fn due_function(app: Rc<App>) -> JsValue {
    Closure::<dyn Fn() -> Result<Array, JsValue>>::new(move || {
        let driving = app.driving()?;
        let due = app.with_emulator(|emulator| emulator.due_webhooks(driving))?;
        due.iter().map(described).collect()
    })
    .into_js_value()
}

fn ended_function(app: Rc<App>) -> JsValue {
    Closure::<dyn Fn(String, Option<u16>, Option<String>) -> Result<(), JsValue>>::new(
        move |id: String, status: Option<u16>, reason: Option<String>| {
            let result = match (status, reason) {
                (Some(status), _) => CallResult::Status(status),
                (None, Some(reason)) => CallResult::Unreachable(reason),
                (None, None) => CallResult::TimedOut,
            };
            // If the caller's clock fails now, the next attempt comes early.
            let driving = app.driving().unwrap_or_default();
            app.with_emulator(|emulator| emulator.webhook_called(&id, result, driving))
        },
    )
    .into_js_value()
}

fn next_function(app: Rc<App>) -> JsValue {
    Closure::<dyn Fn() -> Result<Option<f64>, JsValue>>::new(move || {
        let driving = app.driving()?;
        let next = app.with_emulator(|emulator| emulator.next_webhook_in(driving))?;
        Ok(next.map(|wait| wait.as_secs_f64() * 1000.0))
    })
    .into_js_value()
}

fn described(call: &WebhookCall) -> Result<Object, JsValue> {
    let described = Object::new();
    let put = |name: &str, value: &JsValue| Reflect::set(&described, &name.into(), value).map(|_| ());
    put("id", &call.id.as_str().into())?;
    put("url", &call.url.as_str().into())?;
    let headers = call.headers.iter().map(|(name, value)| Array::of2(&name.into(), &value.into()));
    put("headers", &headers.collect::<Array>())?;
    put("body", &Uint8Array::from(call.body.as_slice()))?;
    put("timeout", &(call.timeout.as_secs_f64() * 1000.0).into())?;
    Ok(described)
}
