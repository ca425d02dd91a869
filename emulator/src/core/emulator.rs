//! The walk of a request from arrival to answer.

use std::collections::HashMap;
use std::time::Duration;

use getstream_users::auth::SigningKey;
use getstream_users::model::Timestamp;

use super::authenticate::{Caller, Credentials, authenticate};
use super::call::{Call, Outcome};
use super::clock::Clock;
use super::error::{Code, Failure};
use super::http::{Headers, Request, Response};
use super::ids::Ids;
use super::rate_limit::{Allowance, Platform, RateLimits};
use super::route::{Access, Route, resolve};
use super::state::Users;
use super::tasks::Tasks;
use super::users::{ensure_exists, forbidden};
use super::world::World;

/// What requests that mean no operation are counted as.
const NO_OPERATION: &str = "";

/// What can be chosen about an emulator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// The app's API key.
    pub api_key: String,
    /// The secret that the app's tokens are signed with.
    pub api_secret: String,
    /// How long a task takes. It is pending for the first half of that time and running for the second.
    pub task_duration: Duration,
    /// Decides every id that the server makes up: the same seed and the same requests give the same ids.
    pub seed: u64,
    /// How many requests of each operation are answered in a minute, for each platform.
    pub requests_per_minute: u32,
    /// The longest body that is read, in bytes.
    pub max_body_bytes: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            api_key: "devkey".to_owned(),
            api_secret: "devsecret".to_owned(),
            task_duration: Duration::from_millis(50),
            seed: 0,
            // More than a machine can send.
            requests_per_minute: 100_000_000,
            // A full batch of users with as much custom data as they may have takes a quarter of it.
            max_body_bytes: 2 * 1024 * 1024,
        }
    }
}

/// A double of one Stream app: its users, tasks and limits.
#[derive(Debug, Clone)]
pub struct Emulator {
    config: Config,
    credentials: Credentials,
    world: World,
    limits: RateLimits,
}

impl Emulator {
    /// An app without users.
    #[must_use]
    pub fn new(config: Config) -> Self {
        let signing_key = SigningKey::new(&config.api_secret);
        Self {
            credentials: Credentials { api_key: config.api_key.clone(), signing_key: signing_key.clone() },
            world: World {
                users: Users::default(),
                tasks: Tasks::new(config.task_duration),
                exports: HashMap::new(),
                clock: Clock::default(),
                ids: Ids::new(config.seed),
                signing_key,
            },
            limits: RateLimits::new(config.requests_per_minute),
            config,
        }
    }

    /// What was chosen about it.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// Forgets everything, as if it were new.
    pub fn reset(&mut self) {
        *self = Self::new(self.config.clone());
    }

    /// Answers a request that arrives `now`. Never fails and never panics: whatever the request holds, the answer to it
    /// is JSON, and either the whole of what it asks for has happened or nothing.
    #[must_use]
    pub fn handle(&mut self, request: &Request, now: Timestamp) -> Response {
        self.world.catch_up(now);
        let target = resolve(request);
        let route = target.as_ref().map(|(route, _)| *route);
        let operation = route.map(|route| route.operation);
        let caller = self.identify(request, route, now);
        let platform = Platform::of(request, caller.as_ref().ok());
        let allowance = self.limits.count(operation.unwrap_or(NO_OPERATION), platform, now);
        let outcome = match (caller, target) {
            (Err(failure), _) => Err(failure),
            _ if allowance.exceeded => Err(too_many_requests()),
            (Ok(_), None) => Err(no_such_endpoint(request)),
            (Ok(caller), Some((route, subject))) => {
                self.run(route, &Call { request, caller: &caller, subject: &subject, now })
            }
        };
        respond(request, operation, outcome, allowance)
    }

    /// Finds the caller. Paths that mean no operation are only told so to callers who could call one.
    fn identify(&self, request: &Request, route: Option<&Route>, now: Timestamp) -> Result<Caller, Failure> {
        match route.map(|route| route.access) {
            Some(Access::Public) => Ok(Caller::Anonymous),
            _ => authenticate(request, &self.credentials, &self.world.users, now),
        }
    }

    fn run(&mut self, route: &Route, call: &Call<'_>) -> Outcome {
        self.check_access(route, call.caller)?;
        if call.request.body.len() > self.config.max_body_bytes {
            return Err(too_big(self.config.max_body_bytes));
        }
        if let Caller::User(id) = call.caller {
            ensure_exists(&mut self.world, id, call.now)?;
        }
        (route.run)(&mut self.world, call)
    }

    fn check_access(&self, route: &Route, caller: &Caller) -> Result<(), Failure> {
        match (route.access, caller) {
            (Access::Public | Access::Anyone, _) | (_, Caller::Server) | (Access::Signed, Caller::User(_)) => Ok(()),
            (Access::Server(Some(reason)), _) => Err(Failure::not_allowed(reason)),
            (Access::Server(None) | Access::Signed, _) => Err(forbidden(caller, &self.world.users, route.operation)),
        }
    }
}

/// SDK tests look for the words.
fn too_many_requests() -> Failure {
    Failure::new(Code::RateLimited, "Too many requests, check the x-ratelimit headers for when to go on")
}

fn too_big(most: usize) -> Failure {
    Failure::new(Code::TooBig, format!("the request body is too big, it can have {most} bytes"))
}

/// A choice: SDKs can read an envelope, and code 16 is the one for what does not exist. The words "not found" are left
/// out because SDK tests take them for a feature that is switched off.
fn no_such_endpoint(request: &Request) -> Failure {
    Failure::new(Code::DoesNotExist, format!("there is no endpoint at {}", request.path))
}

fn respond(request: &Request, operation: Option<&str>, outcome: Outcome, allowance: Allowance) -> Response {
    let (status, body) = match outcome {
        Ok(body) => (request.method.success_status(), body),
        Err(failure) => {
            let status = failure.code.status();
            // A struct of texts and numbers is always written.
            (status, serde_json::to_vec(&failure.envelope(operation)).unwrap_or_default())
        }
    };
    let mut headers = Headers::default();
    headers.append("content-type", "application/json");
    allowance.write(&mut headers);
    Response { status, headers, body }
}
