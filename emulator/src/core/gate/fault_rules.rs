//! Fault rules: which requests a fault hits, and how often. A header applies a fault to its own request.

use getstream_users::model::CustomData;
use serde::Serialize;
use serde_json::Value;

use super::fault::{Fault, within};
use crate::core::failure::Failure;
use crate::core::routes::{CONNECT, operation_names};
use crate::core::suggestion::did_you_mean;
use crate::core::wire::read::{self, Fields};
use crate::core::wire::{Method, Request};

/// The request header that asks for a fault, as JSON.
const HEADER: &str = "x-emulator-fault";
/// The most rules at a time.
const MAX_RULES: usize = 1_000;

/// The conditions of a fault rule. One that is left out matches every request.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Rule {
    #[serde(skip_serializing_if = "Option::is_none")]
    operation: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    method: Option<Method>,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    user_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    skip: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    times: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    probability: Option<f64>,
    fault: Fault,
}

impl Rule {
    /// # Errors
    /// If the fields are no rule.
    pub(crate) fn read(mut fields: Fields) -> Result<Self, Failure> {
        fields.refuse_others(&["operation", "method", "path", "user_id", "skip", "times", "probability", "fault"])?;
        let count = |value: Value, path: &str| within(value, path, 0, u32::MAX.into());
        Ok(Self {
            operation: fields.optional("operation", operation)?,
            method: fields.optional("method", method)?,
            path: fields.optional("path", read::filled)?,
            user_id: fields.optional("user_id", read::filled)?,
            skip: fields.optional("skip", count)?,
            times: fields.optional("times", count)?,
            probability: fields.optional("probability", probability)?,
            fault: fields.required("fault", Fault::read)?,
        })
    }

    fn is_about(&self, arrival: &Arrival<'_>) -> bool {
        let request = arrival.request;
        self.operation.as_deref().is_none_or(|operation| Some(operation) == arrival.operation)
            && self.method.is_none_or(|method| method == request.method)
            && self.path.as_deref().is_none_or(|path| is_at(&request.path, path))
            && self.user_id.as_deref().is_none_or(|id| Some(id) == arrival.user_id)
    }
}

/// Whether a rule's pattern matches a path. A trailing star matches any rest.
fn is_at(path: &str, pattern: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(beginning) => path.starts_with(beginning),
        None => path == pattern,
    }
}

fn operation(value: Value, path: &str) -> Result<String, Failure> {
    let name = read::text(value, path)?;
    let names = || operation_names().chain([CONNECT]);
    if names().any(|operation| operation == name) {
        return Ok(name);
    }
    let meant = did_you_mean(&name, names());
    let names: Vec<&str> = names().collect();
    Err(Failure::field(path, format!("must be one of [{}]{meant}", names.join(" "))))
}

fn method(value: Value, path: &str) -> Result<Method, Failure> {
    let name = read::text(value, path)?;
    match Method::parse(&name) {
        Method::Other => Err(Failure::field(path, "must be one of [GET POST PUT PATCH DELETE]")),
        method => Ok(method),
    }
}

fn probability(value: Value, path: &str) -> Result<f64, Failure> {
    let number = value.as_f64().filter(|number| (0.0..=1.0).contains(number));
    number.ok_or_else(|| Failure::field(path, "must be between 0 and 1"))
}

/// The properties of a request that rules look at.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Arrival<'a> {
    pub(crate) request: &'a Request,
    pub(crate) operation: Option<&'a str>,
    pub(crate) user_id: Option<&'a str>,
}

/// A rule that is in force.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(rename = "EmulatorFaultStanding"))]
pub(crate) struct ActiveRule {
    /// The id that deletes the rule.
    id: u64,
    #[serde(flatten)]
    #[cfg_attr(target_arch = "wasm32", tsify(type = "EmulatorFaultRule"))]
    rule: Rule,
    /// How many requests matched its conditions.
    matched: u64,
    /// How many of those it hit.
    hits: u32,
    /// How many more it will hit; `None` means no limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    remaining: Option<u32>,
}

impl ActiveRule {
    /// Whether the rule hits a request that matches its conditions.
    fn hits(&mut self, random: &mut fastrand::Rng) -> bool {
        self.matched = self.matched.saturating_add(1);
        let skipped = self.matched <= u64::from(self.rule.skip.unwrap_or_default());
        let lucky = |random: &mut fastrand::Rng| self.rule.probability.is_some_and(|chance| random.f64() >= chance);
        if skipped || self.remaining == Some(0) || lucky(random) {
            return false;
        }
        self.hits = self.hits.saturating_add(1);
        self.remaining = self.remaining.map(|remaining| remaining - 1);
        true
    }
}

/// The active rules, oldest first. The first rule that hits a request decides.
#[derive(Debug, Clone)]
pub(crate) struct Faults {
    rules: Vec<ActiveRule>,
    last_id: u64,
    /// A generator for faults only, so that they do not change the ids that the emulator generates.
    random: fastrand::Rng,
}

impl Faults {
    pub(crate) fn new(seed: u64) -> Self {
        Self { rules: Vec::new(), last_id: 0, random: fastrand::Rng::with_seed(seed) }
    }

    pub(crate) fn rules(&self) -> &[ActiveRule] {
        &self.rules
    }

    /// Adds a rule.
    ///
    /// # Errors
    /// If there are too many.
    pub(crate) fn add(&mut self, rule: Rule) -> Result<ActiveRule, Failure> {
        if self.rules.len() >= MAX_RULES {
            return Err(Failure::input(format!("there can be {MAX_RULES} rules at a time")));
        }
        self.last_id += 1;
        let standing = ActiveRule { id: self.last_id, remaining: rule.times, rule, matched: 0, hits: 0 };
        self.rules.push(standing.clone());
        Ok(standing)
    }

    /// Removes a rule. Returns whether there was one with this id.
    pub(crate) fn remove(&mut self, id: u64) -> bool {
        let before = self.rules.len();
        self.rules.retain(|rule| rule.id != id);
        self.rules.len() < before
    }

    /// Removes all rules.
    pub(crate) fn clear(&mut self) {
        self.rules.clear();
    }

    /// The fault that hits a request, if there is one.
    ///
    /// # Errors
    /// If the request's fault header is invalid.
    pub(crate) fn fault_for(&mut self, arrival: Arrival<'_>) -> Result<Option<Fault>, Failure> {
        if let Some(asked) = arrival.request.headers.get(HEADER) {
            let asked = serde_json::from_str::<CustomData>(asked);
            let asked = asked.map_err(|_| Failure::field(HEADER, "must be the JSON of a fault"))?;
            return Fault::read(asked.into(), HEADER).map(Some);
        }
        let random = &mut self.random;
        let hit = self.rules.iter_mut().find_map(|standing| {
            let hit = standing.rule.is_about(&arrival) && standing.hits(random);
            hit.then(|| standing.rule.fault.clone())
        });
        Ok(hit)
    }
}
