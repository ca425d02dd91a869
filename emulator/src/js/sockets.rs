//! Sockets for JavaScript: the in-process `WebSocket` class and the server of the npm command use them.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use super::App;
use super::served;
use crate::{Emulator, Frame, Method, Request, is_socket_path};

#[wasm_bindgen(module = "/src/js/web-socket.js")]
extern "C" {
    #[wasm_bindgen(js_name = webSockets)]
    fn web_sockets_of(parts: &Object) -> Object;
}

#[wasm_bindgen(module = "/src/js/long-poll.js")]
extern "C" {
    #[wasm_bindgen(js_name = longPolls)]
    fn long_polls_of(polled: &JsValue, longest: f64) -> Object;
}

/// An object with `events`, which waits for the events of a long-polling client, and `wake`.
pub(super) fn long_polls(app: &Rc<App>) -> Object {
    long_polls_of(&polled_function(Rc::clone(app)), Emulator::LONG_POLL.as_secs_f64() * 1000.0)
}

/// The requests that opened the current sockets.
type Opened = Rc<RefCell<BTreeMap<u64, Request>>>;

/// An object with the class `WebSocket`, and `flush`, which must be called after everything that may have queued
/// frames.
pub(super) fn sockets(app: &Rc<App>, polls: &Object) -> Result<Object, JsValue> {
    let opened = Opened::default();
    let parts = parts(app, &opened, polls)?;
    put(&parts, "open", &open_by_url_function(Rc::clone(app), opened))?;
    Ok(web_sockets_of(&parts))
}

/// The same without the class, for a server whose sockets come from the network, and with the core's limits.
pub(super) fn served_sockets(app: &Rc<App>) -> Result<Object, JsValue> {
    let opened = Opened::default();
    let parts = parts(app, &opened, &long_polls(app))?;
    put(&parts, "open", &open_by_head_function(Rc::clone(app), opened))?;
    put(&parts, "isAt", &Closure::<dyn Fn(String) -> bool>::new(|path: String| is_socket_path(&path)).into_js_value())?;
    for (name, time) in [("idle", Emulator::SOCKET_IDLE), ("greeting", Emulator::SOCKET_GREETING)] {
        put(&parts, name, &(time.as_secs_f64() * 1000.0).into())?;
    }
    put(&parts, "messageBytes", &Emulator::SOCKET_MESSAGE_BYTES.into())?;
    Ok(parts)
}

fn parts(app: &Rc<App>, opened: &Opened, polls: &Object) -> Result<Object, JsValue> {
    let parts = Object::new();
    put(&parts, "text", &text_function(Rc::clone(app), Rc::clone(opened)))?;
    put(&parts, "bytes", &bytes_function(Rc::clone(app)))?;
    put(&parts, "closed", &closed_function(Rc::clone(app), Rc::clone(opened)))?;
    put(&parts, "take", &take_function(Rc::clone(app)))?;
    put(&parts, "woken", &woken_function(Rc::clone(app)))?;
    put(&parts, "polls", polls)?;
    Ok(parts)
}

fn put(parts: &Object, name: &str, value: &JsValue) -> Result<(), JsValue> {
    Reflect::set(parts, &name.into(), value).map(|_| ())
}

/// Socket numbers count from 1, so a JavaScript number can represent them.
#[allow(clippy::cast_precision_loss, reason = "nobody opens 2^53 sockets")]
pub(super) fn to_js(number: u64) -> f64 {
    number as f64
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is a number that `to_js` has made")]
fn from_js(number: f64) -> u64 {
    number as u64
}

fn open_by_url_function(app: Rc<App>, opened: Opened) -> JsValue {
    Closure::<dyn Fn(String) -> Result<Option<f64>, JsValue>>::new(move |url: String| {
        open(&app, &opened, Request::new(Method::Get, &url))
    })
    .into_js_value()
}

fn open_by_head_function(app: Rc<App>, opened: Opened) -> JsValue {
    Closure::<dyn Fn(Array) -> Result<Option<f64>, JsValue>>::new(move |head: Array| {
        open(&app, &opened, served::head(&head))
    })
    .into_js_value()
}

fn open(app: &App, opened: &Opened, request: Request) -> Result<Option<f64>, JsValue> {
    let driving = app.driving()?;
    let number = app.with_emulator(|emulator| emulator.open_socket(&request, driving))?;
    if let Some(number) = number {
        opened.borrow_mut().insert(number, request);
    }
    Ok(number.map(to_js))
}

fn text_function(app: Rc<App>, opened: Opened) -> JsValue {
    Closure::<dyn Fn(f64, String) -> Result<(), JsValue>>::new(move |number: f64, text: String| {
        let number = from_js(number);
        let driving = app.driving()?;
        let opened = opened.borrow();
        let Some(request) = opened.get(&number) else { return Ok(()) };
        app.with_emulator(|emulator| emulator.socket_text(number, request, &text, driving))
    })
    .into_js_value()
}

fn bytes_function(app: Rc<App>) -> JsValue {
    Closure::<dyn Fn(f64) -> Result<(), JsValue>>::new(move |number: f64| {
        app.with_emulator(|emulator| emulator.socket_bytes(from_js(number)))
    })
    .into_js_value()
}

fn closed_function(app: Rc<App>, opened: Opened) -> JsValue {
    Closure::<dyn Fn(f64) -> Result<(), JsValue>>::new(move |number: f64| {
        let number = from_js(number);
        opened.borrow_mut().remove(&number);
        // If the caller's clock fails now, the socket can still be closed.
        let driving = app.driving().unwrap_or_default();
        app.with_emulator(|emulator| emulator.socket_closed(number, driving))
    })
    .into_js_value()
}

fn take_function(app: Rc<App>) -> JsValue {
    Closure::<dyn Fn(f64) -> Result<Array, JsValue>>::new(move |number: f64| {
        let frames = app.with_emulator(|emulator| emulator.take_frames(from_js(number)))?;
        Ok(frames.iter().map(described).collect())
    })
    .into_js_value()
}

fn polled_function(app: Rc<App>) -> JsValue {
    Closure::<dyn Fn(f64) -> Result<Option<Uint8Array>, JsValue>>::new(move |number: f64| {
        let body = app.with_emulator(|emulator| emulator.polled_events(from_js(number)))?;
        Ok(body.map(|body| Uint8Array::from(body.as_slice())))
    })
    .into_js_value()
}

fn woken_function(app: Rc<App>) -> JsValue {
    Closure::<dyn Fn() -> Result<Array, JsValue>>::new(move || {
        let woken = app.with_emulator(|emulator| emulator.take_woken_sockets())?;
        Ok(woken.into_iter().map(|number| JsValue::from(to_js(number))).collect())
    })
    .into_js_value()
}

/// A frame as an array: what to do, and its arguments.
fn described(frame: &Frame) -> Array {
    match frame {
        Frame::Text(text) => Array::of2(&"text".into(), &(**text).into()),
        Frame::Wait(time) => Array::of2(&"wait".into(), &(time.as_secs_f64() * 1000.0).into()),
        Frame::Close { code, reason } => Array::of3(&"close".into(), &(*code).into(), &reason.as_str().into()),
        Frame::Cut => Array::of1(&"cut".into()),
    }
}
