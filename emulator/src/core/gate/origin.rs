//! Pages that send requests, as far as browsers tell of them.
//!
//! A browser puts the origin of a page into what the page sends elsewhere, and into everything that is sent to change
//! something. Whoever is no browser sends none.

use std::net::IpAddr;

use crate::core::wire::Request;

/// Whether a page sent the request that does not come from this machine.
pub(crate) fn is_from_page_elsewhere(request: &Request) -> bool {
    request.headers.get("origin").is_some_and(|origin| !is_this_machine(host_of(origin)))
}

/// The host of an origin, without its port. Empty when there is none, as in `null`.
pub(crate) fn host_of(origin: &str) -> &str {
    let Some((_, authority)) = origin.split_once("://") else { return "" };
    match authority.strip_prefix('[') {
        Some(rest) => rest.split_once(']').map_or("", |(host, _)| host),
        None => authority.split_once(':').map_or(authority, |(host, _)| host),
    }
}

/// Whether a host is the machine that the emulator runs on.
pub(crate) fn is_this_machine(host: &str) -> bool {
    let name = host.to_ascii_lowercase();
    name == "localhost"
        || name.ends_with(".localhost")
        || host.parse().is_ok_and(|address: IpAddr| address.is_loopback())
}
