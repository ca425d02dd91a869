//! Going wrong on purpose: what a network, a proxy or an overloaded service does to requests and answers.
//!
//! A rule says which requests are hit and how often; a header of a request says it of that request alone. A fault that
//! has a status, or drops the connection before, keeps the operation from happening; every other one only spoils the
//! answer of an operation that has happened.

use std::time::Duration;

use getstream_users::model::{APIError, CustomData};
use indexmap::IndexMap;
use serde::Serialize;
use serde_json::Value;

use super::route::operation_names;
use crate::core::wire::read::{self, Fields};
use crate::core::wire::{Ending, Failure, Method, Request, Response};

/// The header of a request that asks for a fault: the JSON of one.
const HEADER: &str = "x-emulator-fault";
/// The most rules at a time.
const MAX_RULES: usize = 1_000;
/// Nobody waits for longer than ten minutes.
const MAX_LATENCY_MS: i64 = 600_000;
const DAY_S: i64 = 24 * 60 * 60;
const HTML: &[u8] = b"<!doctype html><html><head><title>Bad gateway</title></head><body>Bad gateway</body></html>\n";

/// When a connection breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Drop {
    /// Before the operation: it does not happen.
    Before,
    /// After it: it has happened, and only the answer is lost.
    After,
}

/// What becomes of an answer's body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Spoiling {
    /// The connection breaks in the middle of it.
    Truncate,
    /// It ends too early to be JSON, and nothing else tells.
    Invalid,
    /// There is none.
    Empty,
    /// It is a page, as proxies send them.
    Html,
}

/// One way to go wrong.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub(crate) struct Fault {
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_after: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unrecoverable: Option<bool>,
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    headers: IndexMap<String, String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    latency_ms: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    drop: Option<Drop>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<Spoiling>,
}

impl Fault {
    /// # Errors
    /// When it is no fault, or one that contradicts itself.
    fn read(value: Value, path: &str) -> Result<Self, Failure> {
        let mut fields = Fields::of(value, path)?;
        fields.refuse_others(&[
            "status",
            "code",
            "message",
            "retry_after",
            "unrecoverable",
            "headers",
            "latency_ms",
            "drop",
            "body",
        ])?;
        let fault = Self {
            status: fields.optional("status", |value, path| within(value, path, 400, 599))?,
            code: fields.optional("code", |value, path| within(value, path, i32::MIN.into(), i32::MAX.into()))?,
            message: fields.optional("message", read::text)?,
            retry_after: fields.optional("retry_after", |value, path| within(value, path, 0, DAY_S))?,
            unrecoverable: fields.optional("unrecoverable", read::flag)?,
            headers: fields.optional("headers", read_headers)?.unwrap_or_default(),
            latency_ms: fields.optional("latency_ms", |value, path| within(value, path, 0, MAX_LATENCY_MS))?,
            drop: fields.choice("drop", &[("before", Drop::Before), ("after", Drop::After)])?,
            body: fields.choice(
                "body",
                &[
                    ("truncate", Spoiling::Truncate),
                    ("invalid", Spoiling::Invalid),
                    ("empty", Spoiling::Empty),
                    ("html", Spoiling::Html),
                ],
            )?,
        };
        fault.check(path)?;
        Ok(fault)
    }

    fn check(&self, path: &str) -> Result<(), Failure> {
        let of_status = self.code.is_some() || self.message.is_some() || self.unrecoverable.is_some();
        let answered = self.status.is_some() || self.body.is_some() || self.retry_after.is_some();
        let complaint = if *self == Self::default() {
            "must do something: it needs a status, latency_ms, drop, body or headers"
        } else if of_status && self.status.is_none() {
            "needs a status for its code, message or unrecoverable"
        } else if self.drop.is_some() && (answered || !self.headers.is_empty()) {
            "cannot drop the connection and answer too"
        } else {
            return Ok(());
        };
        Err(Failure::field(path, complaint))
    }

    /// The answer in place of that of the operation, which is not to happen; `None` when it is.
    pub(crate) fn instead(&self, operation: Option<&str>) -> Option<APIError> {
        let status = match (self.status, self.drop) {
            (Some(status), _) => status,
            // Nobody will see it.
            (None, Some(Drop::Before)) => 503,
            (None, Some(Drop::After) | None) => return None,
        };
        let usual = Failure::input(usual_reason(status)).envelope(operation);
        Some(APIError {
            code: self.code.unwrap_or_else(|| usual_code(status)),
            message: self.message.clone().unwrap_or(usual.message),
            status_code: status,
            unrecoverable: self.unrecoverable,
            ..usual
        })
    }

    /// Whether the caller gets no answer at all.
    pub(crate) fn drops(&self) -> bool {
        self.drop.is_some()
    }

    /// Does to an answer what there is to be done.
    pub(crate) fn spoil(&self, response: &mut Response) {
        self.spoil_body(response);
        // A choice: without it, clients wait for the end of the minute, which no test wants to.
        let retry_after = self.retry_after.or_else(|| (self.status == Some(429)).then_some(1));
        if let Some(seconds) = retry_after {
            response.headers.set("retry-after", seconds.to_string());
        }
        for (name, value) in &self.headers {
            response.headers.set(name, value.as_str());
        }
        response.delivery.delay =
            Duration::from_millis(self.latency_ms.and_then(|ms| u64::try_from(ms).ok()).unwrap_or_default());
        if self.drops() {
            response.delivery.ending = Ending::Dropped;
        }
    }

    fn spoil_body(&self, response: &mut Response) {
        match self.body {
            None => {}
            Some(Spoiling::Truncate) => response.delivery.ending = Ending::CutAfter(response.body.len() / 2),
            // An object without its last brace.
            Some(Spoiling::Invalid) => drop(response.body.pop()),
            Some(Spoiling::Empty) => response.body.clear(),
            Some(Spoiling::Html) => {
                response.body = HTML.to_vec();
                response.headers.set("content-type", "text/html; charset=utf-8");
            }
        }
    }
}

/// The code that Stream documents for a status.
fn usual_code(status: u16) -> i32 {
    match status {
        400 => 4,
        401 => 5,
        403 => 17,
        404 => 16,
        408 => 23,
        413 => 22,
        429 => 9,
        431 => 24,
        _ => -1,
    }
}

fn usual_reason(status: u16) -> &'static str {
    match status {
        429 => "Too many requests, as a fault says",
        _ => "this is what a fault says",
    }
}

/// A whole number from `least` to `most`.
fn within<T: TryFrom<i64>>(value: Value, path: &str, least: i64, most: i64) -> Result<T, Failure> {
    let number = read::integer(value, path)?;
    let number = Some(number).filter(|number| (least..=most).contains(number));
    let number = number.and_then(|number| T::try_from(number).ok());
    number.ok_or_else(|| Failure::field(path, format!("must be between {least} and {most}")))
}

/// Header fields that can be sent. How long a body is and where it ends is the face's business.
fn read_headers(value: Value, path: &str) -> Result<IndexMap<String, String>, Failure> {
    const FRAMING: &[&str] = &["connection", "content-length", "keep-alive", "transfer-encoding", "upgrade"];
    let mut headers = IndexMap::new();
    for (name, value) in read::object(value, path)? {
        let path = format!("{path}[{name}]");
        let token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
        if name.is_empty() || !name.bytes().all(token) || FRAMING.contains(&name.to_ascii_lowercase().as_str()) {
            return Err(Failure::field(path, "is no header field that can be sent"));
        }
        let value = read::text(value, &path)?;
        if !value.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic()) {
            return Err(Failure::field(path, "must be printable ASCII"));
        }
        headers.insert(name, value);
    }
    Ok(headers)
}

/// Which requests a fault hits, and how often. What is left out does not matter.
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
    /// When it is no rule.
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

/// Whether a path is the one of a rule. One that ends with a star stands for all that begin with what comes before it.
fn is_at(path: &str, pattern: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(beginning) => path.starts_with(beginning),
        None => path == pattern,
    }
}

fn operation(value: Value, path: &str) -> Result<String, Failure> {
    let name = read::text(value, path)?;
    if operation_names().any(|operation| operation == name) {
        return Ok(name);
    }
    let names: Vec<&str> = operation_names().collect();
    Err(Failure::field(path, format!("must be one of [{}]", names.join(" "))))
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

/// A request as far as rules look at it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Arrival<'a> {
    pub(crate) request: &'a Request,
    pub(crate) operation: Option<&'a str>,
    pub(crate) user_id: Option<&'a str>,
}

/// A rule at work.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Standing {
    id: u64,
    #[serde(flatten)]
    rule: Rule,
    /// How many requests it was about.
    matched: u64,
    /// How many of them it hit.
    hits: u32,
    /// How many it will still hit, unless there is no end to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    remaining: Option<u32>,
}

impl Standing {
    /// Whether it hits this request, which it is about.
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

/// The rules that are in force, in the order in which they were made. The first that hits a request is the only one.
#[derive(Debug, Clone)]
pub(crate) struct Faults {
    rules: Vec<Standing>,
    last_id: u64,
    /// Its own, so that faults do not change the ids that the server makes up.
    random: fastrand::Rng,
}

impl Faults {
    pub(crate) fn new(seed: u64) -> Self {
        Self { rules: Vec::new(), last_id: 0, random: fastrand::Rng::with_seed(seed) }
    }

    pub(crate) fn rules(&self) -> &[Standing] {
        &self.rules
    }

    /// Puts a rule in force.
    ///
    /// # Errors
    /// When there are too many.
    pub(crate) fn add(&mut self, rule: Rule) -> Result<Standing, Failure> {
        if self.rules.len() >= MAX_RULES {
            return Err(Failure::input(format!("there can be {MAX_RULES} rules at a time")));
        }
        self.last_id += 1;
        let standing = Standing { id: self.last_id, remaining: rule.times, rule, matched: 0, hits: 0 };
        self.rules.push(standing.clone());
        Ok(standing)
    }

    /// Takes a rule back. Says whether there was one of that id.
    pub(crate) fn remove(&mut self, id: u64) -> bool {
        let before = self.rules.len();
        self.rules.retain(|rule| rule.id != id);
        self.rules.len() < before
    }

    /// Takes all rules back.
    pub(crate) fn clear(&mut self) {
        self.rules.clear();
    }

    /// The fault that hits a request, if one does.
    ///
    /// # Errors
    /// When the request asks for one that is none.
    pub(crate) fn strike(&mut self, arrival: Arrival<'_>) -> Result<Option<Fault>, Failure> {
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
