//! Who may use the controls over HTTP.
//!
//! The emulator runs on machines whose users also open web pages. A page may send requests to this machine, and the
//! browser adds the page's origin. A page whose host name resolves to this machine may also read the responses; its
//! requests have that name as the host. So a request is trusted when it has no origin, or one on this machine, and a
//! host that no page can have as a name: `gate/origin.rs` decides. Every other request needs the app's server token,
//! signed with a secret that is not the default one.

use getstream_users::model::Timestamp;

use crate::core::caller::Caller;
use crate::core::emulator::Emulator;
use crate::core::failure::{Code, Failure};
use crate::core::gate::{host_of, is_from_foreign_page, may_be_site};
use crate::core::wire::Request;

/// # Errors
/// If the request may come from a web page of another origin.
pub(super) fn check(emulator: &Emulator, request: &Request, driving: Timestamp) -> Result<(), Failure> {
    if is_local(emulator, request) || emulator.caller(request, driving) == Ok(Caller::Server) {
        return Ok(());
    }
    Err(Failure::new(
        Code::NotAllowed,
        "the controls need localhost, an IP address or a host named with --allow-host, and no page of another origin; \
         or the app's server token, signed with a secret other than the default",
    ))
}

fn is_local(emulator: &Emulator, request: &Request) -> bool {
    !is_from_foreign_page(request) && !may_be_site(host_of(&request.origin), &emulator.config().allowed_hosts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::config::Config;
    use crate::core::wire::Method;

    #[test]
    fn requests_of_pages_of_other_origins_are_rejected() {
        let allowed_hosts = vec!["emulator.internal".to_owned()];
        let emulator = Emulator::new(Config { allowed_hosts, ..Config::default() });
        for (host, origin, expected) in [
            ("http://localhost:8737", None, true),
            ("http://LOCALHOST", None, true),
            ("http://app.localhost:1", None, true),
            ("http://127.0.0.1:8737", None, true),
            ("http://192.168.0.7:8737", None, true),
            ("http://[::1]:8737", None, true),
            ("http://[fe80::1]", None, true),
            ("http://emulator:8737", None, true),
            ("http://my_emulator", None, true),
            ("http://localhost:8737", Some("http://localhost:3000"), true),
            ("http://localhost:8737", Some("https://app.localhost"), true),
            ("http://localhost:8737", Some("http://127.1.2.3:3000"), true),
            ("http://localhost:8737", Some("http://[::1]:3000"), true),
            ("http://192.168.0.7:8737", Some("http://192.168.0.7:8737"), true),
            ("http://192.168.0.7:8737", Some("http://192.168.0.7:9000"), false),
            ("http://emulator:8737", Some("https://emulator:8737"), true),
            ("http://emulator.internal", Some("http://emulator.internal"), true),
            ("http://evil.example", Some("http://evil.example"), false),
            ("http://localhost:8737", Some("https://evil.example"), false),
            ("http://localhost:8737", Some("https://localhost.evil.example"), false),
            ("http://localhost:8737", Some("https://192.168.0.7"), false),
            ("http://localhost:8737", Some("null"), false),
            ("http://localhost:8737", Some(""), false),
            ("http://evil.example", None, false),
            ("http://evil.example:8737", Some("http://localhost"), false),
            ("http://evil.example.", None, false),
            ("http://localhost.evil.example", None, false),
            ("http://127.0.0.1.evil.example", None, false),
            ("http://evil@localhost", None, false),
            ("http://emulator.internal:8737", None, true),
            ("http://EMULATOR.internal.", None, true),
            ("http://app.emulator.internal", None, false),
            ("http://", None, false),
            ("http://[", None, false),
        ] {
            let mut request = Request::new(Method::Post, "/__emulator/reset");
            host.clone_into(&mut request.origin);
            let request = origin.into_iter().fold(request, |request, origin| request.header("Origin", origin));
            assert_eq!(is_local(&emulator, &request), expected, "{host} {origin:?}");
        }
    }
}
