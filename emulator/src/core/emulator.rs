//! Handles a request to the app, from arrival to response.

use std::time::Duration;

use getstream_users::auth::SigningKey;
use getstream_users::model::{APIError, Timestamp};

use crate::core::access::{Access, check_access, check_not_suspended};
use crate::core::caller::Caller;
use crate::core::config::Config;
use crate::core::failure::{Code, Failure};
use crate::core::gate::{
    Arrival, Context, Credentials, Fault, Faults, Via, authenticate, platform_of, write_allowance, write_notes,
};
use crate::core::jobs::catch_up;
use crate::core::log::{Answered, Log};
use crate::core::operation::connect::CONNECTION_ID;
use crate::core::operation::long_poll;
use crate::core::operation::users::ensure_exists;
use crate::core::operation::validate::is_server_owned;
use crate::core::routes::{
    Known, LONG_POLL, Route, UnknownParameter, operation_names, product, resolve, unknown_parameters,
};
use crate::core::state::{Allowance, Limiter, Notes, RestoreError, Snapshot, World, read_snapshot};
use crate::core::wire::shape::Unknown;
use crate::core::wire::{Call, Cause, Dialect, Method, Outcome, Request, Response, Summary};

/// The operation under which requests to unknown endpoints are counted.
const NO_OPERATION: &str = "";

/// An emulated Stream app: its users, tasks and limits.
#[derive(Debug, Clone)]
pub struct Emulator {
    config: Config,
    credentials: Credentials,
    pub(super) world: World,
    pub(super) faults: Faults,
    pub(super) log: Log,
    pub(super) revision: u64,
}

impl Emulator {
    /// An app without users.
    #[must_use]
    pub fn new(config: Config) -> Self {
        let signing_key = SigningKey::new(&config.api_secret);
        Self {
            credentials: Credentials {
                api_key: config.api_key.clone(),
                signing_key: signing_key.clone(),
                is_public: config.has_public_secret(),
            },
            world: World::new(
                config.choices,
                Limiter::new(config.rate_limits.clone()).counting(operation_names()),
                config.task_duration,
                config.seed,
                signing_key,
            ),
            faults: Faults::new(config.seed),
            log: Log::default(),
            revision: 0,
            config,
        }
    }

    /// The settings the emulator was created with.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// Deletes all state, as if the emulator had just been created.
    pub fn reset(&mut self) {
        let mut connections = std::mem::take(&mut self.world.connections);
        connections.close_all("the emulator was reset");
        *self = Self { revision: self.revision + 1, ..Self::new(self.config.clone()) };
        self.world.connections = connections;
    }

    /// A copy of the app's state, to be saved. Serialize it after releasing the lock on the emulator.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        Snapshot::of(&self.world)
    }

    /// Replaces the app's state with a serialized snapshot. The settings stay, including the secret.
    ///
    /// # Errors
    /// If the JSON is no snapshot. Nothing has changed then.
    pub fn restore(&mut self, json: &[u8]) -> Result<(), RestoreError> {
        self.world = self.world.replaced_by(read_snapshot(json)?);
        self.revision += 1;
        Ok(())
    }

    /// A counter that increases with every change of something that a snapshot contains.
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// The app's time when the host's clock shows `driving`.
    #[must_use]
    pub fn time(&self, driving: Timestamp) -> Timestamp {
        self.world.clock.read(driving)
    }

    /// Advances the app's clock: tokens expire and tasks make progress accordingly.
    pub fn advance(&mut self, by: Duration) {
        self.world.clock.advance(i64::try_from(by.as_nanos()).unwrap_or(i64::MAX));
        self.revision += 1;
    }

    /// Handles a request that is not for a control.
    pub(super) fn answer(&mut self, request: &Request, via: Via, driving: Timestamp) -> Response {
        let now = self.time(driving);
        let mark = self.world.mark();
        self.world.notes = Notes::default();
        catch_up(&mut self.world, now);
        for number in self.world.connections.overdue(driving, Self::SOCKET_IDLE) {
            self.world.leave(number, Cause::task(now));
        }
        let target = resolve(request);
        let route = target.as_ref().map(|(route, _)| *route);
        let operation = route.map(|route| route.operation);
        let caller = self.identify(request, via, route, now);
        let known = caller.as_ref().ok().cloned();
        let user_id = known.as_ref().and_then(Caller::user_id);
        let platform = platform_of(request, known.as_ref());
        let allowance = self.world.limiter.count(operation.unwrap_or(NO_OPERATION), platform, user_id, now);
        let struck = self.faults.fault_for(Arrival { request, operation, user_id });
        let fault = struck.as_ref().ok().cloned().flatten();

        let answer = match fault.as_ref().and_then(|fault| fault.instead(operation)) {
            Some(envelope) => Err(envelope),
            None => struck
                .and(caller)
                .and_then(|caller| self.perform(request, target, caller, allowance, now))
                .map_err(|failure| failure.envelope(operation)),
        };
        if self.world.mark() != mark || (answer.is_ok() && request.method != Method::Get) {
            self.revision += 1;
        }
        if operation.is_none() && known.is_some() {
            self.world.notes.guess("the response to an unknown path");
        }
        let notes = std::mem::take(&mut self.world.notes);
        let error = answer.as_ref().err();
        let dropped = fault.as_ref().is_some_and(Fault::drops);
        let summary = Summary {
            method: request.method,
            path: request.path.clone(),
            operation,
            caller: known.as_ref().map_or("none", Caller::kind),
            user_id: known.as_ref().and_then(Caller::user_id).map(str::to_owned),
            status: (!dropped).then(|| error.map_or(request.method.success_status(), |error| error.status_code)),
            code: error.map(|error| error.code),
            reason: error.map(|error| error.message.clone()),
            ignored: notes.ignored,
            guesses: notes.guesses,
            fault: fault.is_some(),
        };
        self.log.add(request, Answered { at: now, operation, caller: known, error, fault: fault.clone() });
        let mut response = respond(request.method, answer, allowance);
        response.transmission.waits_for = notes.waits_for;
        write_notes(&summary, &mut response.headers);
        response.summary = Some(Box::new(summary));
        if let Some(fault) = fault {
            fault.spoil(&mut response);
        }
        response
    }

    fn perform(
        &mut self,
        request: &Request,
        target: Option<(&Route, String)>,
        caller: Caller,
        allowance: Allowance,
        now: Timestamp,
    ) -> Outcome {
        if allowance.exceeded {
            return Err(too_many_requests());
        }
        let (route, subject) = target.ok_or_else(|| no_such_endpoint(request))?;
        let dialect = Dialect::of(&request.path);
        self.run(route, &Call { request, caller: &caller, subject: &subject, dialect, now })
    }

    /// The caller of an HTTP request to an unknown endpoint.
    ///
    /// # Errors
    /// If the caller cannot be authenticated.
    pub(super) fn caller(&self, request: &Request, driving: Timestamp) -> Result<Caller, Failure> {
        self.identify(request, Via::Http, None, self.time(driving))
    }

    /// Authenticates the caller. Only a caller who could call an operation learns that an endpoint does not exist.
    pub(super) fn identify(
        &self,
        request: &Request,
        via: Via,
        route: Option<&Route>,
        now: Timestamp,
    ) -> Result<Caller, Failure> {
        match route.map(|route| route.access) {
            Some(Access::Public) => Ok(Caller::Anonymous),
            _ => {
                let World { choices, app, users, .. } = &self.world;
                let allowed_hosts = (via == Via::Http).then_some(self.config.allowed_hosts.as_slice());
                let context =
                    Context { credentials: &self.credentials, choices: *choices, app, users, allowed_hosts, now };
                authenticate(request, &context)
            }
        }
    }

    /// Records the parameters and fields that the operation ignores.
    ///
    /// # Errors
    /// If there are any and the emulator is in strict mode.
    fn note_unknown(&mut self, route: &Route, call: &Call<'_>) -> Result<(), Failure> {
        for UnknownParameter { name, meant } in unknown_parameters(route.operation, call.dialect, call.request) {
            let meant = meant.map(|meant| format!(" (did you mean \"{meant}\"?)")).unwrap_or_default();
            if self.world.choices.strict {
                let complaint = format!("is not known: {} has no parameter \"{name}\"{meant}", route.operation);
                return Err(Failure::field(name, complaint));
            }
            self.world.notes.ignored.push(format!("?{name}{meant}"));
        }
        let Some(known) = Known::of(route.operation, call.dialect) else { return Ok(()) };
        for unknown in known.unknown(call.request) {
            let in_user = unknown.within == USER_TYPE;
            let server_owned = in_user && is_server_owned(&unknown.name, call.dialect);
            if in_user && !server_owned && call.dialect == Dialect::V1 {
                // Custom data may have any field.
                continue;
            }
            if self.world.choices.strict && !server_owned {
                return Err(unknown_field(&unknown, route.operation));
            }
            let note = if server_owned {
                format!("{} (only the server writes it)", unknown.path)
            } else {
                unknown.to_string()
            };
            self.world.notes.ignored.push(note);
        }
        Ok(())
    }

    /// # Errors
    /// If a request names a connection that its caller does not have. The SDKs then connect again.
    fn check_connection(&self, operation: &str, call: &Call<'_>) -> Result<(), Failure> {
        if operation == LONG_POLL && long_poll::is_opening(call) {
            return Ok(());
        }
        let Some(id) = call.request.parameter(CONNECTION_ID).filter(|id| !id.is_empty()) else { return Ok(()) };
        if *call.caller == Caller::Server || self.world.connections.belongs_to(&id, call.caller.user_id()) {
            return Ok(());
        }
        Err(long_poll::unknown(&id))
    }

    fn run(&mut self, route: &Route, call: &Call<'_>) -> Outcome {
        check_access(route.access, route.operation, call.caller, &self.world)?;
        check_not_suspended(call.request.method, call.caller, &self.world)?;
        if call.request.body.len() > self.config.max_body_bytes {
            return Err(too_big(self.config.max_body_bytes));
        }
        if let Caller::User(id) = call.caller {
            ensure_exists(&mut self.world, id, call.cause())?;
        }
        self.check_connection(route.operation, call)?;
        self.note_unknown(route, call)?;
        let before = self.world.supplies();
        let outcome = (route.run)(&mut self.world, call);
        if outcome.is_err() {
            self.world.put_back(before);
        }
        outcome
    }
}

/// The type of users in request bodies.
const USER_TYPE: &str = "UserRequest";

/// The error of strict mode. The API itself ignores unknown fields.
fn unknown_field(unknown: &Unknown, operation: &str) -> Failure {
    let Unknown { path, name, within, meant } = unknown;
    let meant = meant.map(|meant| format!(" (did you mean \"{meant}\"?)")).unwrap_or_default();
    let complaint = match *within {
        USER_TYPE => format!("is not known: a user has no field \"{name}\"{meant}; put your own fields into custom"),
        _ => format!("is not known: {operation} has no field \"{name}\" there{meant}"),
    };
    Failure::field(path, complaint)
}

/// SDK tests look for these words.
fn too_many_requests() -> Failure {
    Failure::new(Code::RateLimited, "Too many requests, check the x-ratelimit headers for when to go on")
}

fn too_big(most: usize) -> Failure {
    Failure::new(Code::TooBig, format!("the request body is too big, it can have {most} bytes"))
}

/// What the emulator offers; part of the error for an unknown path.
const OFFERED: &str = "users, guests, bans, mutes, flags, blocks, devices and push, events of users, user groups, roles and \
    permissions, exports and tasks, settings of the app";

/// A choice. SDKs can parse an envelope, and code 16 means "does not exist". The words "not found" are avoided because
/// SDK tests take them for a feature that is turned off.
fn no_such_endpoint(request: &Request) -> Failure {
    let reason = match product(&request.path) {
        None => format!("there is no endpoint at {}", request.path),
        Some(product) => {
            let path = &request.path;
            format!("{path} is an endpoint of {product}, and this is an emulator of Stream's users; it has {OFFERED}")
        }
    };
    Failure::new(Code::DoesNotExist, reason)
}

fn respond(method: Method, answer: Result<Vec<u8>, APIError>, allowance: Allowance) -> Response {
    let mut response = match answer {
        Ok(body) => Response::json(method.success_status(), body),
        Err(envelope) => Response::envelope(&envelope),
    };
    write_allowance(allowance, &mut response.headers);
    response
}
