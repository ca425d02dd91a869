//! The emulator as a `fetch` function inside the process.
//!
//! JavaScript gets a plain object whose functions share one emulator. Nothing else refers to it: when the object and its
//! functions are garbage-collected, the runtime's `FinalizationRegistry` frees the emulator in wasm.
//!
//! Loading the module has no effects, and only emulators outlive a call: no promise, timer or response is kept, and the
//! clock is read when a request needs it. So the emulator works in runtimes that tie such things to the request which
//! created them, such as Cloudflare Workers. The exception is an app with hooks: their calls continue after the request.

mod clock;
mod control;
mod deliveries;
mod faults;
mod fetch;
mod free;
mod input;
mod interface;
mod moment;
mod options;
mod rate_limits;
mod requests;
mod seed;
pub mod served;
mod settings;
mod sockets;
mod state;
mod webhooks;

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use js_sys::{Date, Function, JsString, Object, RangeError, Reflect, TypeError};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use crate::{Emulator, Timestamp};
use control::Control;
use options::Options;

/// The controls, by their names in `emulator-object.js`.
const CONTROLS: &[(&str, Control)] = &[
    ("reset", state::reset),
    ("seed", seed::seed),
    ("state", state::get),
    ("restore", state::restore),
    ("requests", requests::list),
    ("freeze", clock::freeze),
    ("unfreeze", clock::unfreeze),
    ("addFault", faults::add),
    ("listFaults", faults::list),
    ("clearFaults", faults::clear),
    ("getRateLimits", rate_limits::get),
    ("setRateLimits", rate_limits::set),
    ("getSettings", settings::get),
    ("setSettings", settings::set),
    ("listDeliveries", deliveries::list),
    ("replayDeliveries", deliveries::replay),
];

/// Creates an emulator. Its functions are documented with the TypeScript types.
///
/// # Errors
/// If an option is invalid.
#[wasm_bindgen(js_name = createEmulator, skip_typescript)]
pub fn create_emulator(options: &JsValue) -> Result<Object, JsValue> {
    let Options { config, clock, webhook_fetch } = Options::read(options)?;
    let (api_key, api_secret) = (JsString::from(config.api_key.as_str()), JsString::from(config.api_secret.as_str()));
    let app = Rc::new(App { emulator: RefCell::new(Emulator::new(config)), clock });

    let parts = Object::new();
    let put = |name: &str, value: &JsValue| Reflect::set(&parts, &name.into(), value).map(|_| ());
    put("apiKey", &api_key)?;
    put("apiSecret", &api_secret)?;
    let polls = sockets::long_polls(&app);
    let events = Reflect::get(&polls, &"events".into())?;
    put("fetch", &fetch::fetch_of(&fetch::answer_function(Rc::clone(&app)), &events, &missing_function()))?;
    put("controls", &app.control_functions()?)?;
    put("advance", &app.advance_function())?;
    put("now", &app.now_function())?;
    put("dispatcher", webhooks::dispatcher(&app, webhook_fetch.as_ref())?.as_ref())?;
    put("sockets", sockets::sockets(&app, &polls)?.as_ref())?;
    Ok(emulator_object(&parts))
}

#[wasm_bindgen(module = "/src/js/emulator-object.js")]
extern "C" {
    /// Builds the object that callers get.
    #[wasm_bindgen(js_name = emulatorObject)]
    fn emulator_object(parts: &Object) -> Object;

    /// What to do if the environment lacks a function.
    fn missing(name: &str) -> String;
}

fn missing_function() -> JsValue {
    Closure::<dyn Fn(String) -> String>::new(|name: String| missing(&name)).into_js_value()
}

/// An emulator and its clock.
#[derive(Debug)]
struct App {
    emulator: RefCell<Emulator>,
    /// The caller's clock; `None` for the platform's.
    clock: Option<Function>,
}

impl App {
    /// One function for each control.
    fn control_functions(self: &Rc<Self>) -> Result<JsValue, JsValue> {
        let functions = Object::new();
        for (name, control) in CONTROLS {
            let app = Rc::clone(self);
            let function =
                Closure::<dyn Fn(JsValue) -> Result<JsValue, JsValue>>::new(move |given| control(&app, given));
            Reflect::set(&functions, &(*name).into(), &function.into_js_value())?;
        }
        Ok(functions.into())
    }

    fn advance_function(self: &Rc<Self>) -> JsValue {
        let app = Rc::clone(self);
        Closure::<dyn Fn(JsValue) -> Result<(), JsValue>>::new(move |milliseconds: JsValue| {
            let milliseconds = milliseconds.as_f64().filter(|ms| ms.is_finite() && *ms >= 0.0);
            let milliseconds =
                milliseconds.ok_or_else(|| RangeError::new("`milliseconds` must be a number that is not negative"))?;
            // A number too large for a duration becomes the longest duration, which advances the clock to the end of
            // time.
            let by = Duration::try_from_secs_f64(milliseconds / 1000.0).unwrap_or(Duration::MAX);
            app.with_emulator(|emulator| emulator.advance(by))
        })
        .into_js_value()
    }

    fn now_function(self: &Rc<Self>) -> JsValue {
        let app = Rc::clone(self);
        Closure::<dyn Fn() -> Result<f64, JsValue>>::new(move || app.now_ms()).into_js_value()
    }

    /// The time of the clock that drives the emulator.
    fn driving(&self) -> Result<Timestamp, JsValue> {
        let ms = match &self.clock {
            None => Some(Date::now()),
            Some(clock) => clock.call0(&JsValue::UNDEFINED)?.as_f64().filter(|ms| ms.is_finite()),
        };
        let ms = ms.ok_or_else(|| TypeError::new("`clock` must return a number of milliseconds"))?;
        Ok(timestamp(ms))
    }

    /// The app's time, in milliseconds since 1970.
    fn now_ms(&self) -> Result<f64, JsValue> {
        let driving = self.driving()?;
        self.with_emulator(|emulator| milliseconds(emulator.time(driving)))
    }

    /// # Errors
    /// If the emulator is in use. That cannot happen, because `work` never calls JavaScript.
    fn with_emulator<T>(&self, work: impl FnOnce(&mut Emulator) -> T) -> Result<T, JsValue> {
        match self.emulator.try_borrow_mut() {
            Ok(mut emulator) => Ok(work(&mut emulator)),
            Err(_) => Err(js_sys::Error::new("the emulator is in use").into()),
        }
    }
}

/// Splits the number into whole milliseconds and the rest first: multiplied at once, a double loses its last digits,
/// and the time may fall into the previous millisecond.
#[allow(clippy::cast_possible_truncation, reason = "a number out of range becomes the first or last time there is")]
fn timestamp(ms: f64) -> Timestamp {
    let rest_ns = ((ms - ms.floor()) * 1e6) as i64;
    Timestamp(Timestamp::from_millis(ms.floor() as i64).0.saturating_add(rest_ns))
}

/// Exact to the microsecond until the year 2255.
#[allow(clippy::cast_precision_loss, reason = "microseconds since 1970 fit")]
fn milliseconds(time: Timestamp) -> f64 {
    (time.0.div_euclid(1000)) as f64 / 1000.0
}
