//! `Core`: Rust's part of one client, which holds the credential. `src/client/` keeps it in a private field, so that
//! copies of a client's properties do not contain it.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use core::fmt;

use js_sys::Object;
use wasm_bindgen::prelude::*;

use super::operations;
use super::record::{record, words};
use super::tokens;
use super::values::{bytes_of, is_plain, plain_user_ids, set_field};
use crate::auth::{SERVER_CLAIMS, Scheme, SigningKey, check_api_key, check_secret, check_token, no_secret};
use crate::error::{Error, Kind};
use crate::limits::{MAX_CUSTOM_BYTES, MAX_USERS};
use crate::operation::{Argument, Input, Operation, Shape, all_valid, encode_component};
use crate::wording::{concat, say};

words! {
    /// The kind of a client.
    ClientKind {
        /// The app's own server; the credential is the secret.
        Server = "server",
        /// A user; the credential is the token.
        User = "user",
        /// A user whose tokens are returned by a function.
        Provider = "provider",
        /// An anonymous visitor.
        Anonymous = "anonymous",
    }
}

record! {
    read
    /// The options of a client that Rust needs.
    CoreSettings {
        /// The base URL of the API.
        "basePath" base_path: String = "string",
        /// Headers to send with every request, by their lower-case names.
        "headers" headers: JsValue = "Readonly<Record<string, string>> | undefined",
        /// Previous secrets of the app, whose signatures are still accepted.
        "previousSecrets" previous_secrets: JsValue = "readonly string[]",
        /// Whether a secret may be in a browser.
        "dangerouslyAllowBrowser" allow_browser: bool = "boolean",
    }
}

words! {
    /// Where a request's argument goes, beside path and query.
    RouteInput {
        /// Nowhere.
        None = "none",
        /// Into the JSON body.
        Body = "body",
        /// Into a JSON body with each user under its id.
        Users = "users",
        /// Into a JSON body of partial updates that revoke tokens.
        Revocation = "revocation",
        /// Its `query` into the query, its `body` into the JSON body.
        Request = "request",
    }
}

record! {
    write
    /// What all calls of one operation by one client share.
    Route {
        /// The operation's name, which is that of the method.
        "name" name: &'static str = "string",
        /// The HTTP method.
        "method" method: &'static str = "string",
        /// The path template, with the name of its parameter.
        "path" path: &'static str = "string",
        /// The URL up to the id in its path; the whole URL if there is none.
        "before" before: String = "string",
        /// The rest of the URL.
        "after" after: String = "string",
        /// The field that goes into the path and not into the body.
        "parameter" parameter: Option<&'static str> = "string | undefined",
        /// Where the argument goes.
        "input" input: &'static str = "RouteInput",
        /// The fields of the argument that go into the query and not into the body, separated by commas.
        "query" query: &'static str = "string",
        /// Whether the operation may run twice.
        "repeatable" repeatable: bool = "boolean",
        /// The decoder that turns the dates of the response into `Date`s: its index in `decoders`.
        "decoder" decoder: f64 = "number",
        /// The headers, by their lower-case names.
        "headers" headers: JsValue = "Readonly<Record<string, string>>",
        /// Whether the request needs a token of the provider.
        "authenticated" authenticated: bool = "boolean",
    }
}

/// The credential of a client.
enum Identity {
    /// The app's own server, which may do everything. Signatures of the keys in the list are accepted too.
    Server(SigningKey, Vec<SigningKey>),
    /// One user, by its token.
    User { token: String, user_id: Option<String> },
    /// A user; the caller's function returns the token.
    Provider,
    /// An anonymous visitor without a token.
    Anonymous,
}

/// Rust's part of one client.
#[wasm_bindgen]
pub struct Core {
    api_key: String,
    identity: Identity,
    base_path: String,
    /// The headers with the client's authentication.
    own_headers: JsValue,
    /// The headers of a request that needs no token.
    public_headers: JsValue,
}

impl fmt::Debug for Core {
    /// Prints no field: all contain a credential or lead to one.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Core(…)")
    }
}

impl Core {
    fn of(api_key: String, identity: Identity, settings: CoreSettings<'_>, runtime: &str) -> Result<Self, Error> {
        check_api_key(&api_key)?;
        let token = match &identity {
            Identity::Server(key, _) => Some(tokens::signed(key, SERVER_CLAIMS)),
            Identity::User { token, .. } => Some(token.into()),
            Identity::Provider | Identity::Anonymous => None,
        };
        let scheme = if matches!(identity, Identity::Anonymous) { Scheme::Anonymous } else { Scheme::Jwt };
        let own = settings.headers();
        let own_headers = headers(scheme, token.as_ref(), &own, runtime);
        // A server creates guests with its own token; a user creates them without its token.
        let public_headers = match &identity {
            Identity::User { .. } | Identity::Provider => headers(Scheme::Anonymous, None, &own, runtime),
            Identity::Server(..) | Identity::Anonymous => own_headers.clone(),
        };
        Ok(Self { api_key, identity, base_path: settings.base_path(), own_headers, public_headers })
    }

    fn key(&self) -> Result<(&SigningKey, &[SigningKey]), Error> {
        match &self.identity {
            Identity::Server(key, previous) => Ok((key, previous)),
            Identity::User { .. } | Identity::Provider | Identity::Anonymous => Err(no_secret()),
        }
    }
}

#[wasm_bindgen]
impl Core {
    /// Creates the core of a client.
    ///
    /// # Errors
    /// If the key or the credential is invalid, or a secret is used in a browser.
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_param_type = "ClientKind")] kind: &JsValue,
        #[wasm_bindgen(js_name = "apiKey", unchecked_param_type = "unknown")] api_key: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "unknown")] credential: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "CoreSettings")] settings: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "string")] runtime: &JsValue,
    ) -> Result<Core, JsValue> {
        let settings = CoreSettings(settings);
        let [kind, runtime] = [kind, runtime].map(|text| text.as_string().unwrap_or_default());
        let identity = identity(&kind, credential, settings, &runtime)?;
        Ok(Self::of(text_argument("apiKey", api_key)?, identity, settings, &runtime)?)
    }

    /// The user in the client's token.
    ///
    /// # Errors
    /// None: an export that returns a reference and no `Result` ends a process of Node 20 (see ARCHITECTURE.md).
    #[wasm_bindgen(getter, js_name = userId, unchecked_return_type = "string | undefined")]
    pub fn user_id(&self) -> Result<JsValue, JsValue> {
        Ok(match &self.identity {
            Identity::User { user_id, .. } => user_id.clone().into(),
            Identity::Server(..) | Identity::Provider | Identity::Anonymous => JsValue::UNDEFINED,
        })
    }

    /// Checks an argument, and returns the path parameter.
    ///
    /// # Errors
    /// The invalid field, and the problem.
    #[wasm_bindgen(unchecked_return_type = "string | undefined")]
    pub fn check(
        &self,
        operation: usize,
        #[wasm_bindgen(unchecked_param_type = "unknown")] argument: &JsValue,
    ) -> Result<JsValue, JsValue> {
        Ok(operations::at(operation).and_then(|operation| check(operation, argument))?.into())
    }

    /// What all calls of an operation share.
    ///
    /// # Errors
    /// If there is no such operation.
    #[wasm_bindgen(unchecked_return_type = "Route")]
    pub fn route(&self, operation: usize) -> Result<JsValue, JsValue> {
        let operation = operations::at(operation)?;
        let headers = if operation.public { &self.public_headers } else { &self.own_headers };
        let is_provided = matches!(self.identity, Identity::Provider);
        let base = &self.base_path;
        let query = say("?api_key=$", &[&encode_component(&self.api_key)], &[]);
        let path = operation.path;
        let parameter = path.parameter();
        let (before, after) = match parameter {
            None => (concat(&[base, path.template, &query]), String::new()),
            Some(_) => (concat(&[base, path.before()]), concat(&[path.after(), &query])),
        };
        let input = match operation.input {
            Input::Nothing | Input::Url => RouteInput::None,
            Input::Body => RouteInput::Body,
            Input::Users => RouteInput::Users,
            Input::Revocation => RouteInput::Revocation,
            Input::Request => RouteInput::Request,
        };
        let route = Route {
            name: operation.method_name,
            method: operation.method.as_str(),
            path: path.template,
            before,
            after,
            parameter,
            input: input.as_str(),
            query: operation.query,
            repeatable: operation.is_repeatable(),
            decoder: f64::from(operation.result as u8),
            headers: headers.clone(),
            authenticated: is_provided && !operation.public,
        };
        Ok(route.write())
    }

    /// Mints or verifies a token.
    ///
    /// # Errors
    /// If the arguments or the token are invalid, or the client has no secret.
    #[wasm_bindgen(js_name = withSecret, unchecked_return_type = "unknown")]
    pub fn with_secret(
        &self,
        #[wasm_bindgen(unchecked_param_type = "SecretMethod")] method: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "unknown")] first: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "unknown")] second: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "unknown")] third: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "unknown")] fourth: &JsValue,
    ) -> Result<JsValue, JsValue> {
        let method = method.as_string().unwrap_or_default();
        self.key()
            .and_then(|(key, previous)| tokens::with_secret(key, previous, &method, [first, second, third, fourth]))
            .map_err(|error| error.in_method(&method).into())
    }

    /// HMAC-SHA256 of a webhook's JSON with the secret at this index: the app's secret, then the previous ones.
    /// Undefined if there is no such secret.
    ///
    /// # Errors
    /// If the client has no secret.
    #[wasm_bindgen(js_name = webhookCode, unchecked_return_type = "Uint8Array | undefined")]
    pub fn webhook_code(&self, place: usize, json: &[u8]) -> Result<JsValue, JsValue> {
        let (key, previous) = self.key().map_err(|error| error.in_method("verifyWebhook"))?;
        let key = core::iter::once(key).chain(previous).nth(place);
        Ok(key.map_or(JsValue::UNDEFINED, |key| bytes_of(&key.authentication_code(json))))
    }
}

/// Checks an argument and returns the path parameter. A fast check comes first; the detailed one runs only if that
/// fails.
fn check(operation: &Operation, argument: &JsValue) -> Result<Option<String>, Error> {
    let segment = operation.segment(argument)?;
    let quick = operation.input == Input::Users
        && plain_user_ids(argument, MAX_USERS.cast_signed(), MAX_CUSTOM_BYTES.cast_signed())
            .as_string()
            .is_some_and(|ids| all_valid(&ids));
    if quick {
        return Ok(segment);
    }
    operation.check(argument)?;
    // If only an id is read from the argument, its other fields may have any value.
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
    value.as_string().ok_or_else(|| {
        // In a field, an object that JSON writes as a string would do; a key must be a string.
        let shape = match value.shape() {
            Shape::Text => Shape::Encodable,
            other => other,
        };
        Error::new(Kind::Config, say("$ must be a string, but was $", &[name, shape.describe()], &[]))
    })
}

fn identity(kind: &str, credential: &JsValue, settings: CoreSettings<'_>, runtime: &str) -> Result<Identity, Error> {
    match ClientKind::parse(kind) {
        Some(ClientKind::Server) => {
            let secret = text_argument("secret", credential)?;
            check_secret(&secret)?;
            if !settings.allow_browser() && runtime == "browser" {
                let words = "do not use a secret in a browser: anyone can read it there and control your app; use \
                             StreamClient.withToken, .guest or .anonymous, or set dangerouslyAllowBrowser";
                return Err(Error::new(Kind::Config, words.to_owned()));
            }
            let previous = settings.previous_secrets();
            let previous = (0..previous.size()).map(|index| {
                let secret = previous.item(index).text().unwrap_or_default();
                check_secret(&secret).map(|()| SigningKey::new(&secret))
            });
            Ok(Identity::Server(SigningKey::new(&secret), previous.collect::<Result<_, _>>()?))
        }
        Some(ClientKind::User) => user(text_argument("token", credential)?),
        Some(ClientKind::Provider) => Ok(Identity::Provider),
        Some(ClientKind::Anonymous) | None => Ok(Identity::Anonymous),
    }
}

fn user(token: String) -> Result<Identity, Error> {
    check_token(&token)?;
    Ok(Identity::User { user_id: tokens::user_of(&token), token })
}

/// The headers of every request. The caller's own headers override them.
fn headers(scheme: Scheme, token: Option<&JsValue>, own: &JsValue, runtime: &str) -> JsValue {
    let headers: Object = Object::new();
    if let Some(token) = token {
        set_field(&headers, "authorization", token);
    }
    let client = say(concat!("getstream-users-", env!("CARGO_PKG_VERSION"), "|$"), &[runtime], &[]);
    set_field(&headers, "stream-auth-type", &scheme.as_str().into());
    set_field(&headers, "x-stream-client", &client.into());
    set_field(&headers, "content-type", &"application/json".into());
    Object::assign(&headers, own.unchecked_ref::<Object>()).into()
}
