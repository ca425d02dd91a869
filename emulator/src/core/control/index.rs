//! Control: the index, which lists all controls.

use serde::Serialize;

use super::{Asked, CONTROLS, full};
use crate::core::emulator::Emulator;
use crate::core::ui;
use crate::core::wire::{Method, Outcome, reply};

#[derive(Debug, Serialize)]
struct Index<'a> {
    name: &'static str,
    version: &'static str,
    api_key: &'a str,
    /// Whether the secret is the default one.
    has_default_secret: bool,
    /// The path of the emulator's page, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    ui: Option<String>,
    controls: Vec<Entry>,
}

#[derive(Debug, Serialize)]
struct Entry {
    method: Method,
    path: String,
    about: &'static str,
}

pub(super) fn get(emulator: &mut Emulator, _: &Asked<'_>) -> Outcome {
    let entries = CONTROLS.iter();
    reply(&Index {
        name: env!("CARGO_PKG_NAME"),
        version: env!("CARGO_PKG_VERSION"),
        api_key: &emulator.config().api_key,
        has_default_secret: emulator.config().has_public_secret(),
        ui: emulator.config().ui.is_there().then(|| format!("{}/", ui::PATH)),
        controls: entries
            .map(|control| Entry { method: control.method, path: full(control), about: control.about })
            .collect(),
    })
}
