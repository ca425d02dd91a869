//! The client and its methods.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;
use core::fmt;

use js_sys::Date;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::call::{CallError, Transport, sleep};
use super::request::Request;
use crate::auth::{
    SERVER_CLAIMS, Scheme, SigningKey, TokenTimes, check_api_key, check_secret, check_token, no_secret, user_claims,
};
use crate::error::Error;
use crate::limits::{DEFAULT_ATTEMPTS, DEFAULT_RETRY_BUDGET_MS, DEFAULT_TIMEOUT_MS};
use crate::model::{
    CreateGuestRequest, CreateGuestResponse, DeactivateUserRequest, DeactivateUserResponse, DeactivateUsersRequest,
    DeactivateUsersResponse, DeleteUsersRequest, DeleteUsersResponse, DurationResponse, ExportUserResponse,
    ExportUsersRequest, ExportUsersResponse, GetTaskResponse, QueryUsersPayload, QueryUsersResponse,
    ReactivateUserRequest, ReactivateUserResponse, ReactivateUsersRequest, ReactivateUsersResponse,
    RestoreUsersRequest, TaskStatus, UpdateUsersPartialRequest, UpdateUsersResponse, UserRequest,
};
use crate::operation::{
    CREATE_GUEST, DEACTIVATE_USER, DEACTIVATE_USERS, DELETE_USERS, EXPORT_USER, EXPORT_USERS, GET_TASK, Operation,
    QUERY_USERS, REACTIVATE_USER, REACTIVATE_USERS, RESTORE_USERS, UPDATE_USERS_PARTIAL, UPSERT_USERS, check_new_id,
};
use crate::policy::{Budget, Polling, Step, TaskView, next_step};

/// Settings of a client.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// The base URL of the API.
    pub base_path: String,
    /// The time limit of an attempt, in milliseconds.
    pub timeout_ms: f64,
    /// The limits of retries.
    pub budget: Budget,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            base_path: "https://chat.stream-io-api.com".to_owned(),
            timeout_ms: DEFAULT_TIMEOUT_MS.into(),
            budget: Budget { attempts: DEFAULT_ATTEMPTS, wait_ms: DEFAULT_RETRY_BUDGET_MS.into() },
        }
    }
}

/// A client for Stream's user-management API.
pub struct Client {
    api_key: String,
    /// The app's secret; only for a server's client.
    key: Option<SigningKey>,
    headers: Vec<(&'static str, String)>,
    settings: Settings,
}

impl fmt::Debug for Client {
    /// Prints no credential.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("api_key", &self.api_key).finish_non_exhaustive()
    }
}

impl Client {
    /// A client for a server, which may do everything. The secret must not be in anything that a web page loads.
    ///
    /// # Errors
    /// If the key or the secret is invalid.
    pub fn server(api_key: &str, secret: &str) -> Result<Self, Error> {
        check_secret(secret)?;
        let key = SigningKey::new(secret);
        let token = key.sign(SERVER_CLAIMS);
        Self::new(api_key, Some(&token), Some(key))
    }

    /// A client for a user, with a token that the server has minted.
    ///
    /// # Errors
    /// If the key or the token is invalid.
    pub fn user(api_key: &str, token: &str) -> Result<Self, Error> {
        check_token(token)?;
        Self::new(api_key, Some(token), None)
    }

    /// A client for an anonymous visitor, without a token.
    ///
    /// # Errors
    /// If the key is invalid.
    pub fn anonymous(api_key: &str) -> Result<Self, Error> {
        Self::new(api_key, None, None)
    }

    fn new(api_key: &str, token: Option<&str>, key: Option<SigningKey>) -> Result<Self, Error> {
        check_api_key(api_key)?;
        let scheme = if token.is_none() { Scheme::Anonymous } else { Scheme::Jwt };
        let mut headers = vec![
            ("stream-auth-type", scheme.as_str().to_owned()),
            ("x-stream-client", format!("getstream-users-{}|rust", env!("CARGO_PKG_VERSION"))),
            ("content-type", "application/json".to_owned()),
        ];
        headers.extend(token.map(|token| ("authorization", token.to_owned())));
        Ok(Self { api_key: api_key.to_owned(), key, headers, settings: Settings::default() })
    }

    /// The same client with other settings.
    #[must_use]
    pub fn with(mut self, settings: Settings) -> Self {
        self.settings = settings;
        self
    }

    /// Mints a token for a user. It is valid for `validity_seconds`, by default an hour.
    ///
    /// # Errors
    /// If the client has no secret, or the id is empty.
    pub fn generate_user_token(&self, user_id: &str, validity_seconds: Option<i64>) -> Result<String, Error> {
        check_new_id(user_id).map_err(|error| error.inside("user_id"))?;
        let key = self.key.as_ref().ok_or_else(no_secret)?;
        Ok(key.sign(&user_claims(user_id, TokenTimes::resolve(Date::now(), None, None, validity_seconds))))
    }

    async fn call<A: Serialize, T: DeserializeOwned>(
        &self,
        operation: &Operation,
        argument: A,
    ) -> Result<T, CallError> {
        let argument = serde_json::to_value(argument)
            .map_err(|error| Error::argument("", &error.to_string()).in_method(operation.method_name))?;
        let request = Request::new(operation, &self.api_key, &argument)?;
        let Settings { base_path, timeout_ms, budget } = &self.settings;
        let transport = Transport { base_path, headers: &self.headers, timeout_ms: *timeout_ms, budget: *budget };
        transport.call(operation, request).await
    }
}

/// A request with the id for its path.
fn with_id(user_id: &str, request: &impl Serialize) -> Value {
    let mut value = serde_json::to_value(request).unwrap_or_default();
    if let Some(fields) = value.as_object_mut() {
        fields.insert("user_id".to_owned(), user_id.into());
    }
    value
}

/// The result of every method.
type Answer<T> = Result<T, CallError>;

/// The operations. Their errors are those of the API, of the connection, and of arguments, which are checked before
/// anything is sent.
#[allow(clippy::missing_errors_doc, reason = "the same is true of all, and stands above")]
impl Client {
    /// Creates users, or replaces them: fields that are left out are removed from an existing user.
    pub async fn upsert_users(&self, users: &[UserRequest]) -> Answer<UpdateUsersResponse> {
        self.call(&UPSERT_USERS, users).await
    }

    /// Changes some fields of users and leaves the others unchanged.
    pub async fn update_users_partial(&self, request: &UpdateUsersPartialRequest) -> Answer<UpdateUsersResponse> {
        self.call(&UPDATE_USERS_PARTIAL, request).await
    }

    /// Finds users.
    pub async fn query_users(&self, payload: &QueryUsersPayload) -> Answer<QueryUsersResponse> {
        self.call(&QUERY_USERS, json!({ "payload": payload })).await
    }

    /// Creates a guest: a temporary user with its own token.
    pub async fn create_guest(&self, request: &CreateGuestRequest) -> Answer<CreateGuestResponse> {
        self.call(&CREATE_GUEST, request).await
    }

    /// Deactivates a user immediately.
    pub async fn deactivate_user(
        &self,
        user_id: &str,
        request: &DeactivateUserRequest,
    ) -> Answer<DeactivateUserResponse> {
        self.call(&DEACTIVATE_USER, with_id(user_id, request)).await
    }

    /// Deactivates users in a task.
    pub async fn deactivate_users(&self, request: &DeactivateUsersRequest) -> Answer<DeactivateUsersResponse> {
        self.call(&DEACTIVATE_USERS, request).await
    }

    /// Reactivates a user immediately.
    pub async fn reactivate_user(
        &self,
        user_id: &str,
        request: &ReactivateUserRequest,
    ) -> Answer<ReactivateUserResponse> {
        self.call(&REACTIVATE_USER, with_id(user_id, request)).await
    }

    /// Reactivates users in a task.
    pub async fn reactivate_users(&self, request: &ReactivateUsersRequest) -> Answer<ReactivateUsersResponse> {
        self.call(&REACTIVATE_USERS, request).await
    }

    /// Deletes users in a task.
    pub async fn delete_users(&self, request: &DeleteUsersRequest) -> Answer<DeleteUsersResponse> {
        self.call(&DELETE_USERS, request).await
    }

    /// Restores soft-deleted users.
    pub async fn restore_users(&self, request: &RestoreUsersRequest) -> Answer<DurationResponse> {
        self.call(&RESTORE_USERS, request).await
    }

    /// Exports a user with its messages and reactions immediately.
    pub async fn export_user(&self, user_id: &str) -> Answer<ExportUserResponse> {
        self.call(&EXPORT_USER, json!({ "user_id": user_id })).await
    }

    /// Exports users in a task, whose result has the `url` of a file.
    pub async fn export_users(&self, request: &ExportUsersRequest) -> Answer<ExportUsersResponse> {
        self.call(&EXPORT_USERS, request).await
    }

    /// Returns the state of a task.
    pub async fn get_task(&self, id: &str) -> Answer<GetTaskResponse> {
        self.call(&GET_TASK, json!({ "id": id })).await
    }

    /// Waits until a task has ended, and returns it. If the task failed, that is an error.
    pub async fn wait_for_task(&self, id: &str, polling: Polling) -> Answer<GetTaskResponse> {
        let begun = Date::now();
        loop {
            let task = self.get_task(id).await?;
            let status = match task.status {
                TaskStatus::Pending => "pending",
                TaskStatus::Running => "running",
                TaskStatus::Completed => "completed",
                TaskStatus::Failed => "failed",
            };
            let view = TaskView { status: status.to_owned(), error: task.error.clone() };
            match next_step(id, &view, Date::now() - begun, polling) {
                Step::Done => return Ok(task),
                Step::Fail(error) => return Err(error.into()),
                Step::Wait(milliseconds) => sleep(milliseconds).await,
            }
        }
    }
}
