//! Which requests come from web pages, as far as browsers reveal it.
//!
//! A browser adds the page's origin to requests to other origins, and to every request that may change something. Other
//! clients send no origin.

use std::net::IpAddr;

use crate::core::wire::Request;

/// How a request reached the emulator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Via {
    /// Over HTTP. The request's origin has the host that the client used.
    Http,
    /// In process. The request's origin is Stream's or any other, and says nothing.
    Process,
}

/// Whether a web page sent the request that is neither of this machine nor of the emulator itself. Whether the
/// emulator's own host can be trusted is decided by [`may_be_site`].
pub(crate) fn is_from_foreign_page(request: &Request) -> bool {
    let is_own = |origin| !authority_of(origin).is_empty() && authority_of(origin) == authority_of(&request.origin);
    request.headers.get("origin").is_some_and(|origin| !is_this_machine(host_of(origin)) && !is_own(origin))
}

/// Host and port of an origin. The scheme is ignored, because it may be that of a proxy.
fn authority_of(origin: &str) -> &str {
    origin.split_once("://").map_or("", |(_, authority)| authority)
}

/// The host of an origin, without its port. Empty if there is none, as in `null`.
pub(crate) fn host_of(origin: &str) -> &str {
    let Some((_, authority)) = origin.split_once("://") else { return "" };
    match authority.strip_prefix('[') {
        Some(rest) => rest.split_once(']').map_or("", |(host, _)| host),
        None => authority.split_once(':').map_or(authority, |(host, _)| host),
    }
}

/// Whether a web page may have this host name. An attacker can make a name resolve to this machine; the browser then
/// takes the emulator for the page's own server and sends no origin with GET (DNS rebinding). This is impossible with
/// names of this machine, IP addresses, names without a dot (such as those of containers), and allowed names.
pub(crate) fn may_be_site(host: &str, allowed: &[String]) -> bool {
    let host = host.strip_suffix('.').unwrap_or(host);
    let short = || !host.is_empty() && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    let is_allowed = || allowed.iter().any(|name| name.eq_ignore_ascii_case(host));
    !(is_this_machine(host) || host.parse::<IpAddr>().is_ok() || short() || is_allowed())
}

/// Whether a host is the machine that the emulator runs on.
fn is_this_machine(host: &str) -> bool {
    let name = host.to_ascii_lowercase();
    name == "localhost"
        || name.ends_with(".localhost")
        || host.parse().is_ok_and(|address: IpAddr| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::wire::Method;

    #[test]
    fn a_page_is_foreign_unless_it_is_of_this_machine_or_of_the_emulator() {
        for (origin, own, elsewhere) in [
            (None, "http://emulator.test:8737", false),
            (Some("http://localhost:3000"), "http://emulator.test:8737", false),
            (Some("http://127.0.0.1"), "http://emulator.test:8737", false),
            (Some("http://[::1]:3000"), "http://emulator.test:8737", false),
            (Some("http://app.localhost"), "http://emulator.test:8737", false),
            (Some("http://emulator.test:8737"), "http://emulator.test:8737", false),
            (Some("https://emulator.test:8737"), "http://emulator.test:8737", false),
            (Some("http://emulator.test:3000"), "http://emulator.test:8737", true),
            (Some("https://evil.example"), "http://emulator.test:8737", true),
            (Some("null"), "http://emulator.test:8737", true),
            // Neither has a host.
            (Some("null"), "", true),
        ] {
            let mut request = Request::new(Method::Get, "/");
            request = origin.into_iter().fold(request, |request, origin| request.header("origin", origin));
            request.origin = own.to_owned();
            assert_eq!(is_from_foreign_page(&request), elsewhere, "{origin:?} {own}");
        }
    }

    #[test]
    fn a_name_with_a_dot_may_be_a_web_page_unless_it_is_allowed() {
        let allowed = ["stream.test".to_owned()];
        for (host, may_be) in [
            ("localhost", false),
            ("localhost.", false),
            ("127.0.0.1", false),
            ("192.168.0.7", false),
            ("::1", false),
            ("emulator", false),
            ("emulator_1-a", false),
            ("STREAM.test", false),
            ("evil.example", true),
            ("sub.stream.test", true),
            ("", true),
        ] {
            assert_eq!(may_be_site(host, &allowed), may_be, "{host}");
        }
    }

    #[test]
    fn the_host_of_an_origin_has_no_scheme_and_no_port() {
        for (origin, host) in [
            ("http://a.b:1", "a.b"),
            ("https://a.b", "a.b"),
            ("http://[::1]:1", "::1"),
            ("http://[::1", ""),
            ("null", ""),
            ("a.b", ""),
        ] {
            assert_eq!(host_of(origin), host, "{origin}");
        }
    }
}
