//! `StreamClient`, the class that people import.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use alloc::rc::Rc;
use core::cell::RefCell;
use core::{fmt, ptr};

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::prelude::*;

use super::options::{ClientOptions, check_call_options};
use super::provider::TokenSource;
use super::transport::{Route, Shared};
use super::values::{is_plain, merge_headers, plain_user_ids, single};
use super::{operations, tasks, tokens};
use crate::auth::{SERVER_CLAIMS, Scheme, SigningKey, check_api_key, check_secret, check_token};
use crate::error::{Error, Kind};
use crate::operation::{self, Argument, Input, MAX_USERS, Operation, all_valid, encode_component};
use crate::wording::text;

#[wasm_bindgen(module = "/src/js/runtime.js")]
extern "C" {
    #[wasm_bindgen(js_name = runtimeKey)]
    fn runtime_key() -> String;
}

#[wasm_bindgen(module = "/src/js/face.js")]
extern "C" {
    /// Makes the class what people get, with the methods of these names.
    #[wasm_bindgen]
    fn seal(client: &JsValue, operations: &str);

    /// What a promise becomes when it is fulfilled.
    #[wasm_bindgen]
    fn follow(promise: &Promise, next: &JsValue) -> Promise;
}

/// Hands the class to `face.js`, by a client that is nobody.
pub(super) fn seal_class() {
    let nobody = Inner {
        api_key: String::new(),
        identity: Identity::Anonymous,
        base: String::new(),
        shared: JsValue::UNDEFINED.unchecked_into(),
        own_headers: JsValue::UNDEFINED,
        public_headers: JsValue::UNDEFINED,
        routes: RefCell::default(),
    };
    seal(&StreamClient(Rc::new(nobody)).into(), &operations::names());
}

/// Who a client is.
enum Identity {
    /// The app's own server, which may do everything.
    Server(SigningKey),
    /// One user, by its token.
    User { token: String, user_id: Option<String> },
    /// Whoever the caller's function has a token for.
    Provider(TokenSource),
    /// A visitor without a token.
    Anonymous,
}

/// A client, as calls and tasks share it. Calls overlap and outlive the object they were made on, so nothing in here
/// changes but the routes that have been used.
pub(super) struct Inner {
    api_key: String,
    identity: Identity,
    /// Where the API is, without a slash at the end.
    base: String,
    shared: Shared,
    /// Headers that prove who the client is.
    own_headers: JsValue,
    /// Headers of a request that needs no proof.
    public_headers: JsValue,
    /// Few, so a list is quicker than a map.
    routes: RefCell<Vec<(&'static Operation, Rc<Route>)>>,
}

impl Inner {
    fn new(api_key: &JsValue, identity: Identity, options: ClientOptions) -> Result<Rc<Self>, Error> {
        let api_key = text_argument("apiKey", api_key)?;
        check_api_key(&api_key)?;
        let token = match &identity {
            Identity::Server(key) => Some(tokens::signed(key, SERVER_CLAIMS)),
            Identity::User { token, .. } => Some(token.into()),
            Identity::Provider(_) | Identity::Anonymous => None,
        };
        let scheme = if matches!(identity, Identity::Anonymous) { Scheme::Anonymous } else { Scheme::Jwt };
        let own_headers = headers(scheme, token.as_ref(), &options.headers);
        // A server creates guests with its own token; a user without the one it has.
        let public_headers = match &identity {
            Identity::User { .. } | Identity::Provider(_) => headers(Scheme::Anonymous, None, &options.headers),
            Identity::Server(_) | Identity::Anonymous => own_headers.clone(),
        };
        let tokens = if let Identity::Provider(tokens) = &identity { Some(tokens) } else { None };
        let shared = Shared::of(&options.given, options.timeout_ms, options.budget, tokens);
        let base = options.base;
        Ok(Rc::new(Self { api_key, identity, base, shared, own_headers, public_headers, routes: RefCell::default() }))
    }

    /// Makes one call: checks the argument, picks the route, sends.
    pub(super) fn call(&self, operation: &'static Operation, argument: &JsValue, options: &JsValue) -> Promise {
        let options = if operation.input == Input::Nothing { argument } else { options };
        match check(operation, argument, options) {
            Ok(segment) => self.route(operation).send(segment.as_deref(), argument, options),
            Err(error) => Promise::reject(&error.into()),
        }
    }

    pub(super) fn route(&self, operation: &'static Operation) -> Rc<Route> {
        let used = self.routes.borrow().iter().find(|(of, _)| ptr::eq(*of, operation)).map(|(_, route)| route.clone());
        used.unwrap_or_else(|| {
            let headers = if operation.public { &self.public_headers } else { &self.own_headers };
            let route =
                Rc::new(Route::of(operation, &self.base, &encode_component(&self.api_key), headers, &self.shared));
            self.routes.borrow_mut().push((operation, route.clone()));
            route
        })
    }
}

/// Checks a call, quickly where nothing is odd and closely where something is, and returns what goes into its path.
fn check(operation: &Operation, argument: &JsValue, options: &JsValue) -> Result<Option<String>, Error> {
    check_call_options(options).map_err(|error| error.in_method(operation.method_name))?;
    let segment = operation.segment(argument)?;
    let quick =
        operation.input == Input::Users && plain_user_ids(argument, MAX_USERS).is_some_and(|ids| all_valid(&ids));
    if quick {
        return Ok(segment);
    }
    operation.check(argument)?;
    // An argument of which nothing but an id is read may hold whatever it likes.
    let is_sent = match operation.input {
        Input::Nothing => false,
        Input::Url => !operation.query.is_empty(),
        _ => true,
    };
    if is_sent && !is_plain(argument) {
        operation.check_json(argument)?;
    }
    Ok(segment)
}

fn text_argument(name: &str, value: &JsValue) -> Result<String, Error> {
    value
        .text()
        .ok_or_else(|| Error::new(Kind::Config, text(&[name, " must be a string, but was ", value.shape().describe()])))
}

/// The headers of every request, without a token for whoever has none yet, and the caller's own over them.
fn headers(scheme: Scheme, token: Option<&JsValue>, own: &JsValue) -> JsValue {
    let headers = js_sys::Object::new();
    // A fresh, extensible object takes every property.
    let set = |name: &str, value: &JsValue| drop(Reflect::set(&headers, &name.into(), value));
    if let Some(token) = token {
        set("authorization", token);
    }
    set("stream-auth-type", &scheme.as_str().into());
    set("x-stream-client", &text(&["getstream-users-", env!("CARGO_PKG_VERSION"), "|", &runtime_key()]).into());
    set("content-type", &"application/json".into());
    merge_headers(&headers, own)
}

/// A client for Stream's user-management API.
///
/// `new StreamClient(apiKey, secret)` is the server's: it may do everything, and is refused in browsers.
/// `StreamClient.withToken`, `StreamClient.guest` and `StreamClient.anonymous` make the clients of users and visitors.
///
/// A client holds no connection and no state that calls could get in each other's way with: make one at module scope and
/// share it, in a Worker too.
#[wasm_bindgen]
pub struct StreamClient(Rc<Inner>);

impl fmt::Debug for StreamClient {
    /// Shows nothing: everything in a client is, or leads to, a credential.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StreamClient(…)")
    }
}

#[wasm_bindgen]
impl StreamClient {
    /// Makes a server's client.
    ///
    /// @param apiKey - your app's key
    /// @param secret - your app's secret; it signs tokens and never leaves this process
    /// @throws StreamError of kind `config` when one of them cannot be right, or in a browser
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(js_name = "apiKey", unchecked_param_type = "string")] api_key: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "string")] secret: &JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "StreamClientOptions")] options: &JsValue,
    ) -> Result<StreamClient, JsValue> {
        let options = ClientOptions::read(options)?;
        let secret = text_argument("secret", secret)?;
        check_secret(&secret)?;
        if !options.allow_browser && runtime_key() == "browser" {
            return Err(Error::new(
                Kind::Config,
                "a secret does not belong into a browser: whoever opens the page can read it and do everything with \
                 your app; use StreamClient.withToken, .guest or .anonymous, or set dangerouslyAllowBrowser"
                    .to_owned(),
            )
            .into());
        }
        Ok(Self(Inner::new(api_key, Identity::Server(SigningKey::new(&secret)), options)?))
    }

    /// Makes the client of one user, from a token that your server minted with `generateUserToken`, or from a function
    /// that fetches one: it is asked when the first call needs a token and again when the API says that it has expired.
    ///
    /// @param apiKey - your app's key
    /// @param token - the user's token, or a function that returns it or a promise of it
    /// @throws StreamError of kind `config` when one of them cannot be right
    #[wasm_bindgen(js_name = withToken)]
    pub fn with_token(
        #[wasm_bindgen(js_name = "apiKey", unchecked_param_type = "string")] api_key: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "string | TokenProvider")] token: &JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "StreamClientOptions")] options: &JsValue,
    ) -> Result<StreamClient, JsValue> {
        let options = ClientOptions::read(options)?;
        if let Some(provide) = token.dyn_ref::<Function>() {
            let tokens = TokenSource::new(provide, runtime_key() != "workerd");
            return Ok(Self(Inner::new(api_key, Identity::Provider(tokens), options)?));
        }
        Ok(Self(user_client(api_key, text_argument("token", token)?, options)?))
    }

    /// Creates a guest and makes its client. The server may put a prefix before the id; `userId` tells the whole.
    ///
    /// @param apiKey - your app's key
    /// @param user - the guest: its `id`, and what else others shall see of it
    #[wasm_bindgen(unchecked_return_type = "Promise<StreamClient>")]
    pub fn guest(
        #[wasm_bindgen(js_name = "apiKey", unchecked_param_type = "string")] api_key: JsValue,
        #[wasm_bindgen(unchecked_param_type = "UserRequest")] user: &JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "StreamClientOptions")] options: &JsValue,
    ) -> Promise {
        // Everything the caller gave is read now; what is left waits for the answer.
        let begun = ClientOptions::read(options).and_then(|options| {
            let visitor = Inner::new(&api_key, Identity::Anonymous, options.clone())?;
            Ok((visitor.call(&operation::CREATE_GUEST, &single("user", user), &JsValue::UNDEFINED), options))
        });
        let (created, options) = match begun {
            Ok(begun) => begun,
            Err(error) => return Promise::reject(&error.into()),
        };
        let adopt = Closure::once_into_js(move |created: JsValue| -> Result<StreamClient, JsValue> {
            let token = created.get("access_token").as_string().unwrap_or_default();
            let client = user_client(&api_key, token, options);
            // The key and the options were good already, so what is wrong is the token.
            let client =
                client.map_err(|_| Error::new(Kind::Response, "the answer holds no token for the guest".into()));
            Ok(Self(client?))
        });
        follow(&created, &adopt)
    }

    /// Makes the client of a visitor who is nobody in particular: it may read what the app shows to everyone.
    ///
    /// @param apiKey - your app's key
    pub fn anonymous(
        #[wasm_bindgen(js_name = "apiKey", unchecked_param_type = "string")] api_key: &JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "StreamClientOptions")] options: &JsValue,
    ) -> Result<StreamClient, JsValue> {
        Ok(Self(Inner::new(api_key, Identity::Anonymous, ClientOptions::read(options)?)?))
    }

    /// The app's key.
    #[wasm_bindgen(getter, js_name = apiKey)]
    pub fn api_key(&self) -> String {
        self.0.api_key.clone()
    }

    /// The user this client acts as, if it has a user's token.
    #[wasm_bindgen(getter, js_name = userId)]
    pub fn user_id(&self) -> Option<String> {
        match &self.0.identity {
            Identity::User { user_id, .. } => user_id.clone(),
            Identity::Server(_) | Identity::Provider(_) | Identity::Anonymous => None,
        }
    }

    /// Does what takes the app's secret. `face.js` makes a method of every name in its list: one export, because one for
    /// each weighs 1 kB gz more. Their declarations stand in `types.rs`.
    #[wasm_bindgen(js_name = withSecret, skip_typescript)]
    pub fn with_secret(
        &self,
        method: &str,
        first: &JsValue,
        second: &JsValue,
        third: &JsValue,
        fourth: &JsValue,
    ) -> Result<JsValue, JsValue> {
        let done = match &self.0.identity {
            Identity::Server(key) => tokens::with_secret(key, method, [first, second, third, fourth]),
            Identity::User { .. } | Identity::Provider(_) | Identity::Anonymous => {
                Err(Error::new(Kind::Config, "this takes the app's secret, which this client does not have".to_owned()))
            }
        };
        done.map_err(|error| error.in_method(method).into())
    }

    /// Waits until a task has ended, looking at it every so often.
    ///
    /// @param taskId - the `task_id` that an operation returned
    /// @returns the completed task
    /// @throws StreamError of kind `task_failed` when the task failed, `timeout` when it did not end in time
    #[wasm_bindgen(js_name = waitForTask, unchecked_return_type = "Promise<StreamResponse<GetTaskResponse>>")]
    pub fn wait_for_task(
        &self,
        #[wasm_bindgen(js_name = "taskId", unchecked_param_type = "string")] task_id: &JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "WaitForTaskOptions")] options: &JsValue,
    ) -> Promise {
        tasks::wait(&self.0, task_id, options)
    }

    /// Makes the call of an operation, by its place in the table; `face.js` gives each a method of its own.
    #[wasm_bindgen(skip_typescript)]
    pub fn call(&self, operation: usize, request: &JsValue, options: &JsValue) -> Promise {
        operations::at(operation)
            .map_or_else(|| Promise::reject(&JsValue::UNDEFINED), |it| self.0.call(it, request, options))
    }
}

fn user_client(api_key: &JsValue, token: String, options: ClientOptions) -> Result<Rc<Inner>, Error> {
    check_token(&token)?;
    let user_id = tokens::user_of(&token);
    Inner::new(api_key, Identity::User { token, user_id }, options)
}
