//! Who may use the controls of an emulator that is reached over HTTP.
//!
//! The emulator runs on machines where somebody also reads web pages. A page may send requests to this machine, with its
//! own origin in them; and a page whose host name was made to point at this machine may read the answers, with that name
//! as the host. So a request is trusted that has no origin or one on this machine, and a host that no page could have for
//! a name: a name of this machine, an address, a name without a dot such as containers have. Everyone else has to send
//! the app's server token, which a page elsewhere cannot when its secret is the one that everybody knows.

use std::net::IpAddr;

use getstream_users::model::Timestamp;

use crate::core::caller::Caller;
use crate::core::emulator::Emulator;
use crate::core::failure::{Code, Failure};
use crate::core::gate::{host_of, is_from_page_elsewhere, is_this_machine};
use crate::core::wire::Request;

/// # Errors
/// When the request may come from a page that nobody here knows of.
pub(super) fn check(emulator: &Emulator, request: &Request, driving: Timestamp) -> Result<(), Failure> {
    if is_local(request) || emulator.caller(request, driving) == Ok(Caller::Server) {
        return Ok(());
    }
    Err(Failure::new(
        Code::NotAllowed,
        "the emulator can be controlled from this machine, under localhost or an address; from anywhere else with the \
         app's server token, as any call of the server has it",
    ))
}

fn is_local(request: &Request) -> bool {
    !is_from_page_elsewhere(request) && is_no_site(host_of(&request.origin))
}

/// Whether no page on the web can have this host.
fn is_no_site(host: &str) -> bool {
    let short = || !host.is_empty() && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    is_this_machine(host) || host.parse::<IpAddr>().is_ok() || short()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::wire::Method;

    #[test]
    fn requests_of_pages_from_elsewhere_are_told_apart() {
        for (host, origin, expected) in [
            ("http://localhost:8787", None, true),
            ("http://LOCALHOST", None, true),
            ("http://app.localhost:1", None, true),
            ("http://127.0.0.1:8787", None, true),
            ("http://192.168.0.7:8787", None, true),
            ("http://[::1]:8787", None, true),
            ("http://[fe80::1]", None, true),
            ("http://emulator:8787", None, true),
            ("http://my_emulator", None, true),
            ("http://localhost:8787", Some("http://localhost:3000"), true),
            ("http://localhost:8787", Some("https://app.localhost"), true),
            ("http://localhost:8787", Some("http://127.1.2.3:3000"), true),
            ("http://localhost:8787", Some("http://[::1]:3000"), true),
            ("http://localhost:8787", Some("https://evil.example"), false),
            ("http://localhost:8787", Some("https://localhost.evil.example"), false),
            ("http://localhost:8787", Some("https://192.168.0.7"), false),
            ("http://localhost:8787", Some("null"), false),
            ("http://localhost:8787", Some(""), false),
            ("http://evil.example", None, false),
            ("http://evil.example:8787", Some("http://localhost"), false),
            ("http://evil.example.", None, false),
            ("http://localhost.evil.example", None, false),
            ("http://127.0.0.1.evil.example", None, false),
            ("http://evil@localhost", None, false),
            ("http://", None, false),
            ("http://[", None, false),
        ] {
            let mut request = Request::new(Method::Post, "/__emulator/reset");
            host.clone_into(&mut request.origin);
            let request = origin.into_iter().fold(request, |request, origin| request.header("Origin", origin));
            assert_eq!(is_local(&request), expected, "{host} {origin:?}");
        }
    }
}
