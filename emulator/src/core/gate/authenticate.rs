//! Authentication: who is calling.
//!
//! The checks and their order follow the codes and texts of error reports; SDK tests cover some of them. The order is:
//! key, scheme, form of the token, its claims, its signature, its times, its revocation, its user. The first failure
//! decides the response.

use getstream_users::auth::{MalformedToken, Scheme, SigningKey, Token};
use getstream_users::model::{CustomData, Timestamp};
use serde_json::Value;

use super::origin::{host_of, is_from_foreign_page, may_be_site};
use crate::core::caller::Caller;
use crate::core::failure::{Code, Failure};
use crate::core::state::{App, Choices, User, Users};
use crate::core::wire::Request;

/// The user id in the token of an anonymous caller, if it sends one.
const ANONYMOUS_ID: &str = "!anon";

/// The signature part of a development token.
const DEVELOPMENT_SIGNATURE: &str = "devtoken";

/// An app's API key and secret.
#[derive(Debug, Clone)]
pub(crate) struct Credentials {
    pub(crate) api_key: String,
    pub(crate) signing_key: SigningKey,
    /// Whether the secret is the public default.
    pub(crate) is_public: bool,
}

/// What authentication needs beside the request.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Context<'a> {
    pub(crate) credentials: &'a Credentials,
    pub(crate) choices: Choices,
    pub(crate) app: &'a App,
    pub(crate) users: &'a Users,
    /// The allowed host names; `None` for a request in process, whose host may be Stream's or any other.
    pub(crate) allowed_hosts: Option<&'a [String]>,
    pub(crate) now: Timestamp,
}

/// Authenticates the caller of a request.
///
/// # Errors
/// The first failed check, in the order given at the top of this file.
pub(crate) fn authenticate(request: &Request, context: &Context<'_>) -> Result<Caller, Failure> {
    check_api_key(request, context.credentials)?;
    let token = credential(request, "authorization");
    match scheme(request)? {
        // Without a token, Stream's SDKs send an empty header; stream-chat 3 sends "null".
        Scheme::Anonymous if matches!(token.as_str(), "" | "null") => Ok(Caller::Anonymous),
        Scheme::Anonymous => anonymous(&verified(&token, context)?),
        Scheme::Jwt => {
            let caller = signed(&verified(&token, context)?, context)?;
            check_secret(request, &caller, context)?;
            Ok(caller)
        }
    }
}

/// A choice: with the default secret, which is public, a web page cannot call as the server, because it could have
/// signed the token itself. Otherwise any page open on this machine could read the app's settings, which may contain
/// secrets of other services, and have webhooks sent into the local network. Real servers are not affected: they send
/// no origin, and use a host name that no web page can have.
fn check_secret(request: &Request, caller: &Caller, context: &Context<'_>) -> Result<(), Failure> {
    if *caller != Caller::Server || !context.credentials.is_public {
        return Ok(());
    }
    if is_from_foreign_page(request) {
        return Err(Failure::new(
            Code::Authentication,
            "the default secret is public, so a page of another origin cannot call as the server with it; set another secret",
        ));
    }
    let host = host_of(&request.origin);
    if context.allowed_hosts.is_some_and(|allowed| may_be_site(host, allowed)) {
        let reason = format!(
            "the default secret is public, so it cannot be used under the host name \"{host}\", which a web page may \
             have; start the emulator with --allow-host and that name if it is yours, or with another --api-secret"
        );
        return Err(Failure::new(Code::Authentication, reason));
    }
    Ok(())
}

fn check_api_key(request: &Request, credentials: &Credentials) -> Result<(), Failure> {
    let reason = match request.parameter("api_key") {
        Some(key) if key == credentials.api_key => return Ok(()),
        Some(key) if !key.is_empty() => "api_key not valid",
        _ => "api_key not provided",
    };
    Err(Failure::new(Code::ApiKey, reason))
}

fn scheme(request: &Request) -> Result<Scheme, Failure> {
    let sent = credential(request, "stream-auth-type");
    [Scheme::Jwt, Scheme::Anonymous]
        .into_iter()
        .find(|scheme| scheme.as_str() == sent)
        .ok_or_else(|| Failure::new(Code::Authentication, "stream-auth-type missing or invalid"))
}

/// A header, or the query parameter with its name: a browser cannot set headers when it opens a WebSocket.
fn credential(request: &Request, name: &str) -> String {
    let header = request.headers.get(name).map(str::to_owned);
    header.or_else(|| request.parameter(name)).unwrap_or_default()
}

/// The claims of a token that matter here. Times are in seconds.
#[derive(Debug, Default, PartialEq, Eq)]
struct Claims {
    server: bool,
    user_id: Option<String>,
    exp: Option<i64>,
    nbf: Option<i64>,
    iat: Option<i64>,
}

/// Parses a token, and checks its signature and its times.
fn verified(text: &str, context: &Context<'_>) -> Result<Claims, Failure> {
    let token = Token::parse(text).map_err(|malformed| jwt_error(malformed_reason(malformed)))?;
    let claims = read_claims(&token.claims)?;
    let claims = if token.signature_text == DEVELOPMENT_SIGNATURE {
        development(claims, context.app)?
    } else {
        match check_signature(&token, context) {
            Ok(()) => claims,
            Err(failure) => unsigned(claims, context.app).ok_or(failure)?,
        }
    };
    check_times(&claims, context.now)?;
    Ok(claims)
}

/// The claims of a token with a wrong signature, accepted only if the app has turned its checks off. A choice: such a
/// token never makes its sender a server.
fn unsigned(claims: Claims, app: &App) -> Option<Claims> {
    let is_user = app.disable_auth_checks && claims.user_id.is_some();
    is_user.then_some(Claims { server: false, ..claims })
}

/// The claims of a development token, if the app accepts it.
fn development(claims: Claims, app: &App) -> Result<Claims, Failure> {
    if app.disable_auth_checks && claims.user_id.is_none() {
        return Err(jwt_error("a development token must have a user_id claim"));
    }
    let refused = || Failure::new(Code::Authentication, "development tokens are not allowed for this application");
    unsigned(claims, app).ok_or_else(refused)
}

/// Error reports since 2023 have one text with code 5, older ones another text with code 43.
fn check_signature(token: &Token<'_>, context: &Context<'_>) -> Result<(), Failure> {
    let Credentials { api_key, signing_key, .. } = context.credentials;
    if is_hs256(&token.header) && signing_key.verifies(token) {
        return Ok(());
    }
    if context.choices.legacy_signature_errors {
        let reason = format!(
            "JWTAuth error: signature is not valid. Make sure the token is created using the secret for API key \"{api_key}\""
        );
        return Err(Failure::new(Code::TokenSignature, reason));
    }
    Err(Failure::new(Code::Authentication, "Token signature is invalid"))
}

fn malformed_reason(malformed: MalformedToken) -> &'static str {
    match malformed {
        MalformedToken::Segments => "token contains an invalid number of segments",
        // A choice: this is the message of Go's base64 decoder. The API is written in Go.
        MalformedToken::Encoding => "illegal base64 data",
    }
}

fn jwt_error(reason: impl AsRef<str>) -> Failure {
    Failure::new(Code::Authentication, format!("JWTAuth error: {}", reason.as_ref()))
}

fn is_hs256(header: &[u8]) -> bool {
    serde_json::from_slice::<Value>(header).is_ok_and(|header| header.get("alg").is_some_and(|alg| alg == "HS256"))
}

fn read_claims(json: &[u8]) -> Result<Claims, Failure> {
    let Ok(Value::Object(claims)) = serde_json::from_slice(json) else {
        // Reports show the message of Go's JSON decoder, which names the first unexpected character.
        let first = String::from_utf8_lossy(json).chars().next().unwrap_or('\0');
        return Err(jwt_error(format!("invalid character '{first}' looking for beginning of value")));
    };
    Ok(Claims {
        server: claim(&claims, "server", "bool", Value::as_bool)?.unwrap_or(false),
        user_id: claim(&claims, "user_id", "string", |value| value.as_str().map(str::to_owned))?
            .filter(|id| !id.is_empty()),
        exp: claim(&claims, "exp", "int64", Value::as_i64)?,
        nbf: claim(&claims, "nbf", "int64", Value::as_i64)?,
        iat: claim(&claims, "iat", "int64", Value::as_i64)?,
    })
}

/// Reads one claim. The message for a wrong type is from error reports.
fn claim<T>(
    claims: &CustomData,
    name: &str,
    wanted: &str,
    read: impl FnOnce(&Value) -> Option<T>,
) -> Result<Option<T>, Failure> {
    let Some(value) = claims.get(name).filter(|value| !value.is_null()) else { return Ok(None) };
    read(value).map(Some).ok_or_else(|| {
        let kind = json_kind(value);
        jwt_error(format!("json: cannot unmarshal {kind} into Go struct field StreamJWTClaims.{name} of type {wanted}"))
    })
}

/// Go's name for the type of a JSON value.
fn json_kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "bool",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// The API tolerates no clock skew: in reports, it rejects tokens issued a moment ahead of its clock.
fn check_times(claims: &Claims, now: Timestamp) -> Result<(), Failure> {
    let now = now.as_seconds();
    let (code, reason) = if claims.exp.is_some_and(|exp| exp <= now) {
        (Code::TokenExpired, "token is expired (exp)")
    } else if claims.nbf.is_some_and(|nbf| nbf > now) {
        (Code::TokenNotValidYet, "token is not valid yet (nbf)")
    } else if claims.iat.is_some_and(|iat| iat > now) {
        (Code::TokenUsedBeforeIssue, "token used before issue at (iat)")
    } else {
        return Ok(());
    };
    Err(Failure::new(code, format!("JWTAuth error: {reason}")))
}

/// The caller of a request with the anonymous scheme and a token.
fn anonymous(claims: &Claims) -> Result<Caller, Failure> {
    match claims.user_id.as_deref() {
        Some(ANONYMOUS_ID) => Ok(Caller::Anonymous),
        _ => Err(Failure::new(
            Code::Authentication,
            format!("anon auth token must have user_id claim equal to '{ANONYMOUS_ID}'"),
        )),
    }
}

/// The caller of a request with a signed token.
fn signed(claims: &Claims, context: &Context<'_>) -> Result<Caller, Failure> {
    if claims.server {
        return Ok(Caller::Server);
    }
    // A server's token needs no `server` claim: Stream's Python SDK sends one without any claims.
    let Some(id) = claims.user_id.as_deref() else { return Ok(Caller::Server) };
    if id == ANONYMOUS_ID {
        return Ok(Caller::Anonymous);
    }
    let user = context.users.get(id);
    check_revocation(claims, context.app.revoke_tokens_issued_before)?;
    check_revocation(claims, user.and_then(|user| user.revoke_tokens_issued_before))?;
    user.map(User::require_active).transpose()?;
    Ok(Caller::User(id.to_owned()))
}

/// A token is revoked if it was issued before the limit, or does not say when. Tokens have a resolution of a second, so
/// one issued within the second of the limit stays valid. According to the documentation, the limit of the whole app
/// revokes tokens without issue time too.
fn check_revocation(claims: &Claims, limit: Option<Timestamp>) -> Result<(), Failure> {
    let Some(limit) = limit else { return Ok(()) };
    if claims.iat.is_some_and(|iat| iat >= limit.as_seconds()) {
        return Ok(());
    }
    Err(Failure::new(Code::TokenExpired, "This token has been revoked, please generate a new token"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::wire::Method;
    use getstream_users::model::UserDeleteMode;

    const NOW_S: i64 = 1_767_225_600;

    fn credentials() -> Credentials {
        Credentials { api_key: "key".to_owned(), signing_key: SigningKey::new("secret"), is_public: false }
    }

    /// An app with its own settings, users and choices.
    #[derive(Default)]
    struct Setting {
        app: App,
        users: Users,
        choices: Choices,
    }

    impl Setting {
        fn of(users: impl IntoIterator<Item = User>) -> Self {
            let mut setting = Self::default();
            users.into_iter().for_each(|user| setting.users.put(user));
            setting
        }

        fn outcome(&self, query: &str, scheme: Option<&str>, token: Option<&str>) -> Result<Caller, (Code, String)> {
            let mut request = Request::new(Method::Get, &format!("/x?{query}"));
            request = scheme.into_iter().fold(request, |request, scheme| request.header("Stream-Auth-Type", scheme));
            request = token.into_iter().fold(request, |request, token| request.header("Authorization", token));
            let context = Context {
                credentials: &credentials(),
                choices: self.choices,
                app: &self.app,
                users: &self.users,
                allowed_hosts: None,
                now: Timestamp(NOW_S * 1_000_000_000),
            };
            authenticate(&request, &context).map_err(|failure| (failure.code, failure.reason))
        }

        fn token(&self, scheme: &str, token: &str) -> Result<Caller, (Code, String)> {
            self.outcome("api_key=key", Some(scheme), Some(token))
        }

        fn claims(&self, scheme: &str, claims: &str) -> Result<Caller, (Code, String)> {
            self.token(scheme, &credentials().signing_key.sign(claims))
        }
    }

    fn new(id: &str) -> User {
        User::new(id, Timestamp(0))
    }

    fn user(id: &str) -> Result<Caller, (Code, String)> {
        Ok(Caller::User(id.to_owned()))
    }

    fn refused(code: Code, reason: &str) -> Result<Caller, (Code, String)> {
        Err((code, reason.to_owned()))
    }

    #[test]
    fn key_and_scheme_come_before_the_token() {
        let setting = Setting::default();
        let scheme_error = refused(Code::Authentication, "stream-auth-type missing or invalid");
        for (query, scheme, expected) in [
            ("", Some("jwt"), refused(Code::ApiKey, "api_key not provided")),
            ("api_key=", Some("jwt"), refused(Code::ApiKey, "api_key not provided")),
            ("api_key=other", None, refused(Code::ApiKey, "api_key not valid")),
            ("api_key=key", None, scheme_error.clone()),
            ("api_key=key", Some("JWT"), scheme_error.clone()),
            ("api_key=key", Some("basic"), scheme_error),
        ] {
            assert_eq!(setting.outcome(query, scheme, Some("broken")), expected, "{query} {scheme:?}");
        }
    }

    #[test]
    fn malformed_tokens_have_different_errors() {
        let setting = Setting::default();
        let segments = "JWTAuth error: token contains an invalid number of segments";
        for (token, reason) in [
            (None, segments),
            (Some(""), segments),
            (Some("broken"), segments),
            (Some("a.b"), segments),
            (Some("a.b.c.d"), segments),
            (Some("Bearer e30.e30.x"), "JWTAuth error: illegal base64 data"),
            (Some("e30.aGVsbG8.x"), "JWTAuth error: invalid character 'h' looking for beginning of value"),
            (Some("e30.e30.x"), "Token signature is invalid"),
            (Some("e30.e30.devtoken"), "development tokens are not allowed for this application"),
        ] {
            assert_eq!(
                setting.outcome("api_key=key", Some("jwt"), token),
                refused(Code::Authentication, reason),
                "{token:?}"
            );
        }
    }

    #[test]
    fn a_page_of_another_origin_cannot_call_as_server_with_the_default_secret() {
        let Setting { app, users, choices } = Setting::default();
        let caller = |claims: &str, is_public, origin: Option<&str>| {
            let credentials = Credentials { is_public, ..credentials() };
            let request = Request::new(Method::Get, "/x?api_key=key")
                .header("Stream-Auth-Type", "jwt")
                .header("Authorization", &credentials.signing_key.sign(claims));
            let request = origin.into_iter().fold(request, |request, origin| request.header("Origin", origin));
            let now = Timestamp(NOW_S * 1_000_000_000);
            let context =
                Context { credentials: &credentials, choices, app: &app, users: &users, allowed_hosts: None, now };
            authenticate(&request, &context).map_err(|failure| failure.code)
        };
        let (server, of_user) = (r#"{"server":true}"#, r#"{"user_id":"u"}"#);
        for (origin, trusted) in [
            (None, true),
            (Some("http://localhost:3000"), true),
            (Some("https://site.example"), false),
            (Some("null"), false),
        ] {
            assert_eq!(caller(server, true, origin).is_ok(), trusted, "{origin:?}");
            assert_eq!(caller(server, false, origin), Ok(Caller::Server), "{origin:?}");
            assert_eq!(caller(of_user, true, origin), Ok(Caller::User("u".to_owned())), "{origin:?}");
        }
    }

    #[test]
    fn the_default_secret_is_rejected_under_a_host_that_a_web_page_can_have() {
        let Setting { app, users, choices } = Setting::default();
        let allowed = ["emulator.internal".to_owned()];
        let caller = |claims: &str, is_public, origin: &str, allowed_hosts| {
            let credentials = Credentials { is_public, ..credentials() };
            let request = Request::new(Method::Get, &format!("{origin}/x?api_key=key"))
                .header("Stream-Auth-Type", "jwt")
                .header("Authorization", &credentials.signing_key.sign(claims));
            let now = Timestamp(NOW_S * 1_000_000_000);
            let context = Context { credentials: &credentials, choices, app: &app, users: &users, allowed_hosts, now };
            authenticate(&request, &context).map_err(|failure| failure.reason)
        };
        let over_http = Some(allowed.as_slice());
        let (server, of_user) = (r#"{"server":true}"#, r#"{"user_id":"u"}"#);
        for (origin, trusted) in [
            ("http://localhost:1", true),
            ("http://127.0.0.1:1", true),
            ("http://192.168.0.7", true),
            ("http://emulator:1", true),
            ("http://emulator.internal:1", true),
            ("http://evil.example:1", false),
            ("http://localhost.evil.example", false),
            ("http://emulator.internal.evil.example", false),
        ] {
            let refusal = caller(server, true, origin, over_http).err();
            assert_eq!(refusal.is_none(), trusted, "{origin}");
            assert!(refusal.is_none_or(|reason| reason.contains("--allow-host")), "{origin}");
            assert_eq!(caller(server, false, origin, over_http), Ok(Caller::Server), "{origin}");
            assert_eq!(caller(server, true, origin, None), Ok(Caller::Server), "{origin}");
            assert_eq!(caller(of_user, true, origin, over_http), Ok(Caller::User("u".to_owned())), "{origin}");
        }
    }

    #[test]
    fn a_signature_is_valid_only_with_the_algorithm_of_the_app() {
        // The headers {"alg":"HS512","typ":"JWT"}, {"alg":"none"} and {}, each signed by HS256 with the app's secret.
        for token in [
            "eyJhbGciOiJIUzUxMiIsInR5cCI6IkpXVCJ9.eyJ1c2VyX2lkIjoiYW5uIn0.2bbi8AAJZCUpMb-agRenB1Kbwpp0zRFeYI76suF0RAg",
            "eyJhbGciOiJub25lIn0.eyJ1c2VyX2lkIjoiYW5uIn0.GjOf0YyOL6eDHu0pmAMUTTb2epat4mDeUmzZ7euM3n4",
            "e30.eyJ1c2VyX2lkIjoiYW5uIn0.upd_Guq9d0E7QIi4uCY2jXU6Vf661sxcW1i08_w8v90",
        ] {
            let parsed = Token::parse(token).unwrap();
            assert!(credentials().signing_key.verifies(&parsed), "{token}");
            let outcome = Setting::default().token("jwt", token);
            assert_eq!(outcome, refused(Code::Authentication, "Token signature is invalid"), "{token}");
        }
        let other = SigningKey::new("other").sign(r#"{"server":true}"#);
        assert_eq!(
            Setting::default().token("jwt", &other),
            refused(Code::Authentication, "Token signature is invalid")
        );
    }

    #[test]
    fn claims_name_the_caller_and_limit_the_time() {
        let setting = Setting::default();
        let cannot = |kind: &str, field: &str, wanted: &str| {
            let reason = format!(
                "JWTAuth error: json: cannot unmarshal {kind} into Go struct field StreamJWTClaims.{field} of type {wanted}"
            );
            Err((Code::Authentication, reason))
        };
        for (claims, expected) in [
            (r#"{"server":true}"#.to_owned(), Ok(Caller::Server)),
            (r#"{"server":true,"user_id":"u"}"#.to_owned(), Ok(Caller::Server)),
            (r#"{"user_id":"u"}"#.to_owned(), user("u")),
            (r#"{"user_id":"!anon"}"#.to_owned(), Ok(Caller::Anonymous)),
            (r#"{"user_id":7}"#.to_owned(), cannot("number", "user_id", "string")),
            (r#"{"user_id":"u","exp":{}}"#.to_owned(), cannot("object", "exp", "int64")),
            (r#"{"user_id":"u","exp":1.5}"#.to_owned(), cannot("number", "exp", "int64")),
            (r#"{"server":"true"}"#.to_owned(), cannot("string", "server", "bool")),
            (format!(r#"{{"user_id":"u","exp":{}}}"#, NOW_S + 1), user("u")),
            (
                format!(r#"{{"user_id":"u","exp":{NOW_S}}}"#),
                refused(Code::TokenExpired, "JWTAuth error: token is expired (exp)"),
            ),
            (
                format!(r#"{{"user_id":"u","nbf":{}}}"#, NOW_S + 1),
                refused(Code::TokenNotValidYet, "JWTAuth error: token is not valid yet (nbf)"),
            ),
            (
                format!(r#"{{"user_id":"u","iat":{}}}"#, NOW_S + 1),
                refused(Code::TokenUsedBeforeIssue, "JWTAuth error: token used before issue at (iat)"),
            ),
            (format!(r#"{{"user_id":"u","iat":{NOW_S},"nbf":{NOW_S}}}"#), user("u")),
            ("{}".to_owned(), Ok(Caller::Server)),
            (format!(r#"{{"iat":{NOW_S}}}"#), Ok(Caller::Server)),
            (r#"{"server":false}"#.to_owned(), Ok(Caller::Server)),
        ] {
            assert_eq!(setting.claims("jwt", &claims), expected, "{claims}");
        }
    }

    #[test]
    fn anonymous_callers_send_no_token_or_one_for_nobody() {
        let setting = Setting::default();
        let not_anonymous =
            || refused(Code::Authentication, "anon auth token must have user_id claim equal to '!anon'");
        assert_eq!(setting.outcome("api_key=key", Some("anonymous"), None), Ok(Caller::Anonymous));
        assert_eq!(setting.outcome("api_key=key", Some("anonymous"), Some("")), Ok(Caller::Anonymous));
        assert_eq!(setting.claims("anonymous", r#"{"user_id":"!anon"}"#), Ok(Caller::Anonymous));
        assert_eq!(setting.claims("anonymous", r#"{"user_id":"u"}"#), not_anonymous());
        assert_eq!(setting.claims("anonymous", r#"{"server":true}"#), not_anonymous());
        assert_eq!(
            setting.token("anonymous", "broken"),
            refused(Code::Authentication, "JWTAuth error: token contains an invalid number of segments")
        );
    }

    #[test]
    fn a_wrong_signature_has_code_43_with_legacy_errors() {
        let choices = Choices { legacy_signature_errors: true, ..Choices::default() };
        let setting = Setting { choices, ..Setting::default() };
        let reason = "JWTAuth error: signature is not valid. \
                      Make sure the token is created using the secret for API key \"key\"";
        let other = SigningKey::new("other").sign(r#"{"server":true}"#);
        assert_eq!(setting.token("jwt", &other), refused(Code::TokenSignature, reason));
        assert_eq!(setting.claims("jwt", r#"{"server":true}"#), Ok(Caller::Server));
    }

    #[test]
    fn development_tokens_are_accepted_without_auth_checks_but_never_as_server() {
        let development = |claims: &str| {
            let signed = credentials().signing_key.sign(claims);
            format!("{}.devtoken", signed.rsplit_once('.').unwrap().0)
        };
        let app = App { disable_auth_checks: true, ..App::default() };
        let open = Setting { app, ..Setting::of([User { deactivated_at: Some(Timestamp(1)), ..new("asleep") }]) };
        let not_allowed = || refused(Code::Authentication, "development tokens are not allowed for this application");
        let nobody = || refused(Code::Authentication, "JWTAuth error: a development token must have a user_id claim");
        for (claims, expected) in [
            (r#"{"user_id":"u"}"#.to_owned(), user("u")),
            (r#"{"user_id":"u","server":true}"#.to_owned(), user("u")),
            (r#"{"server":true}"#.to_owned(), nobody()),
            (
                format!(r#"{{"user_id":"u","exp":{NOW_S}}}"#),
                refused(Code::TokenExpired, "JWTAuth error: token is expired (exp)"),
            ),
            (r#"{"user_id":"asleep"}"#.to_owned(), refused(Code::DoesNotExist, "the user asleep was deactivated")),
        ] {
            assert_eq!(open.token("jwt", &development(&claims)), expected, "{claims}");
            assert_eq!(Setting::default().token("jwt", &development(&claims)), not_allowed(), "{claims}");
        }
        let forged = |claims: &str| SigningKey::new("other").sign(claims);
        let invalid = || refused(Code::Authentication, "Token signature is invalid");
        for (claims, expected) in [
            (r#"{"user_id":"u"}"#, user("u")),
            (r#"{"user_id":"u","server":true}"#, user("u")),
            (r#"{"server":true}"#, invalid()),
            ("{}", invalid()),
        ] {
            assert_eq!(open.token("jwt", &forged(claims)), expected, "{claims}");
            assert_eq!(Setting::default().token("jwt", &forged(claims)), invalid(), "{claims}");
        }
    }

    #[test]
    fn tokens_issued_before_the_limit_or_without_issue_time_are_revoked() {
        let limit = Some(Timestamp((NOW_S - 10) * 1_000_000_000 + 5));
        let one = Setting::of([User { revoke_tokens_issued_before: limit, ..new("u") }]);
        let app = App { revoke_tokens_issued_before: limit, ..App::default() };
        let all = Setting { app, ..Setting::of([new("u")]) };
        let revoked = || refused(Code::TokenExpired, "This token has been revoked, please generate a new token");
        for (claims, expected_of_one, expected_of_all) in [
            (r#"{"user_id":"u"}"#.to_owned(), revoked(), revoked()),
            (format!(r#"{{"user_id":"u","iat":{}}}"#, NOW_S - 11), revoked(), revoked()),
            (format!(r#"{{"user_id":"u","iat":{}}}"#, NOW_S - 10), user("u"), user("u")),
            (r#"{"user_id":"v"}"#.to_owned(), user("v"), revoked()),
            (r#"{"user_id":"!anon"}"#.to_owned(), Ok(Caller::Anonymous), Ok(Caller::Anonymous)),
            (r#"{"server":true}"#.to_owned(), Ok(Caller::Server), Ok(Caller::Server)),
        ] {
            assert_eq!(one.claims("jwt", &claims), expected_of_one, "{claims}");
            assert_eq!(all.claims("jwt", &claims), expected_of_all, "{claims}");
        }
    }

    #[test]
    fn deleted_users_cannot_call_and_revocation_is_reported_first() {
        let gone = |id: &str| {
            Setting::of([User {
                deactivated_at: Some(Timestamp(1)),
                deleted: (id == "gone").then_some(UserDeleteMode::Soft),
                ..new(id)
            }])
        };
        let absent = |id: &str, how: &str| refused(Code::DoesNotExist, &format!("the user {id} was {how}"));
        assert_eq!(gone("asleep").claims("jwt", r#"{"user_id":"asleep"}"#), absent("asleep", "deactivated"));
        assert_eq!(gone("gone").claims("jwt", r#"{"user_id":"gone"}"#), absent("gone", "deleted"));
        let mut setting = gone("asleep");
        setting.app.revoke_tokens_issued_before = Some(Timestamp(1));
        assert_eq!(
            setting.claims("jwt", r#"{"user_id":"asleep"}"#),
            refused(Code::TokenExpired, "This token has been revoked, please generate a new token")
        );
    }
}
