//! The targets: each takes bytes, and panics if an invariant does not hold for them.
//!
//! They only use the public API of the crates. `emulator/tests/corpus.rs` runs them on the committed inputs with the
//! stable compiler.

mod filter;

use std::sync::OnceLock;

use getstream_users::auth::{SigningKey, Token, check_times};
use getstream_users::operation::{Path, all_valid, check_new_id, encode_component};
use getstream_users::policy::{Attempt, Budget, Failure, Next, Problem, explain, next};
use getstream_users_emulator::{Config, Emulator, Method, Request, Response, Timestamp};
use serde_json::Value;

pub use filter::filters;

/// The time of every request.
const NOW: Timestamp = Timestamp::from_millis(1_767_225_600_000);

/// A token is rejected, or consists of its three parts; and only the key that signed it verifies it.
pub fn tokens(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let (key, other) = (SigningKey::new("secret"), SigningKey::new("another"));
    if let Ok(token) = Token::parse(&text) {
        assert!(!(key.verifies(&token) && other.verifies(&token)), "two keys verify one token");
    }
    // A token signed here is parsed as it was written, and no other key verifies it.
    let signed = key.sign(&text);
    let token = Token::parse(&signed).unwrap_or_else(|_| panic!("a signed token is no token"));
    assert_eq!(token.claims, text.as_bytes(), "other claims");
    assert!(key.verifies(&token) && !other.verifies(&token), "its key does not verify it");
    // With one letter changed, it is another token.
    let mut changed = signed.clone().into_bytes();
    let place = usize::from(*data.first().unwrap_or(&0)) % changed.len();
    let letter = &mut changed[place];
    *letter = if *letter == b'A' { b'B' } else { b'A' };
    let changed = String::from_utf8_lossy(&changed).into_owned();
    if let Ok(token) = Token::parse(&changed) {
        assert!(!key.verifies(&token), "a changed token is verified");
    }
    let mut numbers = data.chunks_exact(8).map(|bytes| f64::from_le_bytes(bytes.try_into().unwrap_or_default()));
    let mut time = || numbers.next().unwrap_or(f64::NAN);
    let _ = check_times(time(), time(), time(), 1.8e12);
}

/// An id is rejected, or becomes one segment of a path that decodes to the same id.
pub fn ids(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let encoded = encode_component(&text);
    assert!(encoded.bytes().all(|byte| byte.is_ascii_graphic() && !b"/?#&\\".contains(&byte)), "{encoded}");
    assert_eq!(decoded(&encoded), text.as_bytes(), "another id comes out");
    let is_valid = check_new_id(&text).is_ok();
    assert!(!is_valid || !text.is_empty());
    let _ = all_valid(&text);
    let path = Path::parse("/api/v2/users/{user_id}/deactivate");
    assert_eq!(path.parameter(), Some("user_id"));
}

fn decoded(text: &str) -> Vec<u8> {
    let mut bytes = text.bytes();
    let digit = |bytes: &mut std::str::Bytes<'_>| {
        bytes.next().and_then(|byte| char::from(byte).to_digit(16)).and_then(|digit| u8::try_from(digit).ok())
    };
    let mut result = Vec::new();
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let (high, low) = (digit(&mut bytes), digit(&mut bytes));
            result.push(high.zip(low).map_or(0, |(high, low)| high * 16 + low));
        } else {
            result.push(byte);
        }
    }
    result
}

/// Whatever a server sends, a delay is a number within its bounds, and a write that may have run is not repeated.
pub fn retries(data: &[u8]) {
    let mut bytes = data.iter().copied();
    let mut byte = || bytes.next().unwrap_or(0);
    let status = u16::from_le_bytes([byte(), byte()]);
    let code = i32::from_le_bytes([byte(), byte(), byte(), byte()]);
    let mut number = || f64::from_le_bytes([byte(), byte(), byte(), byte(), byte(), byte(), byte(), byte()]);
    let [retry_after, waited, left, wait] = [number(), number(), number(), number()];
    let flags = byte();
    let is = |bit: u8| flags & (1 << bit) != 0;
    let problem = Problem { code: is(0).then_some(code), message: is(1).then(|| "no".to_owned()) };
    let failure = match flags >> 5 {
        0 => Failure::Body("it is no object".to_owned()),
        1 => Failure::Timeout(left),
        2 => Failure::Connection { words: "a host".to_owned(), before_sending: is(2) },
        3 => Failure::Redirect(Some(status)),
        _ => Failure::Status { status, status_text: String::new(), problem },
    };
    let error = explain(&failure);
    assert!(!error.message().is_empty());
    let attempt = Attempt {
        failure: &failure,
        is_repeatable: is(3),
        is_unrecoverable: is(4),
        retry_after_ms: is(2).then_some(retry_after),
        number: u32::from(byte()),
        // A sum of delays, each of which was a number.
        waited_ms: if waited.is_nan() { 0.0 } else { waited.abs() },
        left_ms: left,
        refreshes_left: u32::from(byte() % 3),
        random: f64::from(byte()) / 256.0,
    };
    match next(&attempt, Budget { attempts: u32::from(byte()), wait_ms: wait }) {
        Next::Wait(ms) => {
            assert!(!attempt.is_unrecoverable);
            let is_limit = matches!(failure, Failure::Status { status: 429, .. });
            assert!(attempt.is_repeatable || is_limit, "{failure:?} is sent again");
            if retry_after >= 0.0 && !left.is_nan() && !wait.is_nan() {
                assert!(ms >= 0.0 && ms <= wait.max(0.0) && ms < left, "{ms}");
            }
        }
        Next::Refresh => assert!(attempt.refreshes_left > 0),
        Next::Fail => {}
    }
}

const METHODS: [Method; 6] = [Method::Get, Method::Head, Method::Post, Method::Put, Method::Patch, Method::Delete];

/// A token of the app's server.
fn server_token() -> String {
    static TOKEN: OnceLock<String> = OnceLock::new();
    TOKEN.get_or_init(|| SigningKey::new("devsecret").sign(r#"{"server":true}"#)).clone()
}

/// Every response is JSON, and every error is an envelope; the emulator itself never fails.
fn check_answer(response: &Response) {
    assert_ne!(response.status, 500, "the emulator failed");
    let is_json = response.headers.get("content-type").is_some_and(|text| text.starts_with("application/json"));
    if response.body.is_empty() || !is_json {
        return;
    }
    let said: Value = serde_json::from_slice(&response.body).unwrap_or_else(|_| panic!("an answer is no JSON"));
    if response.status >= 400 && said.get("code").is_some() {
        assert!(said.get("message").is_some_and(Value::is_string), "a refusal without a message");
    }
}

/// An emulator with a few users. Creating one takes longer than most tests of it, so each test gets a copy.
fn emulator(is_strict: bool) -> Emulator {
    static MADE: [OnceLock<Emulator>; 2] = [OnceLock::new(), OnceLock::new()];
    let made = || {
        let mut config = Config::default();
        config.choices.strict = is_strict;
        let mut emulator = Emulator::new(config);
        let seed = br#"{"users":["ann","ben",{"id":"cleo","deactivated":true}],"roles":["teacher"]}"#;
        assert!(emulator.seed(seed, NOW).is_ok());
        emulator
    };
    MADE[usize::from(is_strict)].get_or_init(made).clone()
}

/// Any request: the first byte decides the caller, the first line is the path, the second a header, the rest is the
/// body.
pub fn requests(data: &[u8]) {
    any_request(data, "/api/v2");
}

/// The same in the form of the API's first version, which chat SDKs use.
pub fn first_version(data: &[u8]) {
    any_request(data, "");
}

fn any_request(data: &[u8], prefix: &str) {
    let Some((&first, rest)) = data.split_first() else { return };
    let mut lines = rest.splitn(3, |&byte| byte == b'\n');
    let mut line = || lines.next().unwrap_or_default();
    let (path, header, body) = (String::from_utf8_lossy(line()), String::from_utf8_lossy(line()), line());
    let mut emulator = emulator(first & 8 != 0);
    let method = METHODS[usize::from(first & 7) % METHODS.len()];
    let mut request = Request::new(method, &format!("{prefix}{path}")).body(body);
    if !request.query.contains("api_key") {
        request.query += "&api_key=devkey";
    }
    request = if first & 16 == 0 {
        request.header("stream-auth-type", "jwt").header("authorization", &server_token())
    } else {
        request.header("stream-auth-type", "anonymous")
    };
    if let Some((name, value)) = header.split_once(':') {
        request = request.header(name, value.trim());
    }
    check_answer(&emulator.handle(&request, NOW));
    check_answer(&emulator.handle_in_process(&request, NOW));
    // It still works, and its state can be saved.
    check_state(&emulator);
}

/// The state of an emulator can be saved, restored and saved again, and stays the same.
fn check_state(emulator: &Emulator) {
    let text = serde_json::to_vec(&emulator.snapshot()).unwrap_or_else(|_| panic!("a state that cannot be written"));
    let mut second = self::emulator(false);
    assert!(second.restore(&text).is_ok(), "a state that cannot be read");
    let again = serde_json::to_vec(&second.snapshot()).unwrap_or_default();
    assert!(text == again, "a state that changes when it is read");
}

/// A seed is applied as a whole or changes nothing.
pub fn seeds(data: &[u8]) {
    let mut emulator = emulator(data.len().is_multiple_of(2));
    let before = serde_json::to_vec(&emulator.snapshot()).unwrap_or_default();
    match emulator.seed(data, NOW) {
        Ok(_) => check_state(&emulator),
        Err(error) => {
            assert!(!error.to_string().is_empty());
            let after = serde_json::to_vec(&emulator.snapshot()).unwrap_or_default();
            assert!(before == after, "a refused seed has changed something");
        }
    }
}

/// A state is restored, or rejected and changes nothing.
pub fn states(data: &[u8]) {
    let mut emulator = emulator(false);
    let before = serde_json::to_vec(&emulator.snapshot()).unwrap_or_default();
    match emulator.restore(data) {
        Ok(()) => {
            check_state(&emulator);
            let request = Request::new(Method::Get, "/api/v2/app?api_key=devkey")
                .header("stream-auth-type", "jwt")
                .header("authorization", &server_token());
            check_answer(&emulator.handle(&request, NOW));
        }
        Err(error) => {
            assert!(!error.to_string().is_empty());
            let after = serde_json::to_vec(&emulator.snapshot()).unwrap_or_default();
            assert!(before == after, "a refused state has changed something");
        }
    }
}

/// Every message of a client gets a response or closes the socket. The first byte decides the socket's path; each line
/// is a message, and lines that are not UTF-8 are sent as bytes.
pub fn sockets(data: &[u8]) {
    let Some((&first, rest)) = data.split_first() else { return };
    let mut emulator = emulator(false);
    let token = SigningKey::new("devsecret").sign(r#"{"user_id":"ann"}"#);
    let mut lines = rest.split(|&byte| byte == b'\n');
    let request = match first % 4 {
        0 => Request::new(Method::Get, "/api/v2/connect?api_key=devkey"),
        1 => Request::new(Method::Get, "/video/connect?api_key=devkey"),
        2 => {
            let json = encode_component(r#"{"user_id":"ann","user_details":{"id":"ann"}}"#);
            let query = format!("api_key=devkey&stream-auth-type=jwt&authorization={token}&json={json}");
            Request::new(Method::Get, &format!("/connect?{query}"))
        }
        _ => {
            let json = encode_component(&String::from_utf8_lossy(lines.next().unwrap_or_default()));
            let query = format!("api_key=devkey&stream-auth-type=jwt&authorization={token}&json={json}");
            Request::new(Method::Get, &format!("/connect?{query}"))
        }
    };
    let Some(number) = emulator.open_socket(&request, NOW) else { return };
    for line in lines {
        match std::str::from_utf8(line) {
            Ok(text) => emulator.socket_text(number, &request, &text.replace("TOKEN", &token), NOW),
            Err(_) => emulator.socket_bytes(number),
        }
        let _ = emulator.take_frames(number);
    }
    emulator.socket_closed(number, NOW);
    check_state(&emulator);
}
