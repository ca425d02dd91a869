//! Requests without `/api/v2`, as chat SDKs send them.
//!
//! Most operations have the same path without the prefix. This table has those with another path, and those that exist
//! only in this form. Requests to chat endpoints get an error that says so.

use super::{BAN, FLAG, LONG_POLL, ROUTES, Route, SERVER, fixed, subject, with_id};
use crate::core::access::Access;
use crate::core::operation::{bans, channels, deletion, flags, long_poll, permissions};
use crate::core::wire::{Method, Request};

const PREFIX: &str = "/api/v2";
/// A part of paths that only chat has.
const CHAT: &str = "/chat";

/// Operations whose requests differ from those below `/api/v2` in more than users and times.
pub(super) static ROUTES_WITHOUT_PREFIX: &[Route] = &[
    with_id(Method::Delete, ("/users/", ""), "DeleteUser", SERVER, deletion::delete_one),
    fixed(Method::Delete, "/moderation/ban", "Unban", BAN, bans::unban_in_query),
    fixed(Method::Post, "/moderation/flag", "Flag", FLAG, flags::flag_user),
    fixed(Method::Post, "/moderation/unflag", "Unflag", FLAG, flags::unflag_user),
    fixed(Method::Post, "/permissions", "CreateCustomPermission", SERVER, permissions::create),
    with_id(Method::Put, ("/permissions/", ""), "UpdateCustomPermission", SERVER, permissions::update),
    with_id(Method::Delete, ("/permissions/", ""), "DeleteCustomPermission", SERVER, permissions::delete),
    fixed(Method::Get, "/unread", "UnreadCounts", Access::Signed, channels::unread),
    fixed(Method::Post, "/unread_batch", "UnreadCountsBatch", SERVER, channels::unread_of_many),
    fixed(Method::Post, "/channels/read", "MarkChannelsRead", Access::Signed, channels::mark_read),
    fixed(Method::Get, "/channeltypes", "ListChannelTypes", SERVER, channels::types),
    fixed(Method::Get, "/hi", "Hi", Access::Anyone, channels::hi),
    fixed(Method::Get, "/longpoll", LONG_POLL, Access::Anyone, long_poll::poll),
];

/// Paths that exist below `/api/v2` and not in this form.
const ABSENT: &[&str] = &["/api/v2/moderation/flag", "/api/v2/moderation/flag_count", "/api/v2/moderation/unban"];

/// Finds the operation of a request, and the id in its path.
pub(super) fn resolve(request: &Request) -> Option<(&'static Route, String)> {
    let asked = |route: &&Route| route.method == request.method;
    let own = ROUTES_WITHOUT_PREFIX.iter().filter(asked).find_map(|route| {
        let id = subject(route.before, route.after, &request.path)?;
        Some((route, id))
    });
    let shared = ROUTES.iter().filter(asked).filter(|route| !ABSENT.contains(&route.before));
    own.or_else(|| {
        shared.into_iter().find_map(|route| Some((route, subject(short(route.before), route.after, &request.path)?)))
    })
}

/// The path in this form.
fn short(path: &'static str) -> &'static str {
    let Some(short) = path.strip_prefix(PREFIX) else { return path };
    short.strip_prefix(CHAT).filter(|rest| rest.starts_with('/')).unwrap_or(short)
}

/// The first path segments of Stream's other products.
const PRODUCTS: &[(&str, &[&str])] = &[
    (
        "chat",
        &[
            "campaigns",
            "channels",
            "channeltypes",
            "commands",
            "drafts",
            "import_urls",
            "imports",
            "members",
            "messages",
            "polls",
            "query_polls",
            "query_thread",
            "reminders",
            "search",
            "segments",
            "stats",
            "sync",
            "threads",
            "uploads",
        ],
    ),
    ("moderation of content", &["moderation"]),
    ("video", &["call", "calls", "call_client_event", "calltypes", "edges", "video"]),
    ("feeds", &["activities", "feeds", "feed_groups", "follows"]),
];

/// The Stream product that a path belongs to, in either form, if the emulator does not have it.
pub(crate) fn product(path: &str) -> Option<&'static str> {
    let rest = path.strip_prefix(PREFIX).unwrap_or(path);
    let mut parts = rest.split('/').filter(|part| !part.is_empty());
    let first = parts.next()?;
    // Below `/api/v2`, paths begin with the name of the product.
    let named = |(name, _): &&(&'static str, &[&str])| *name == first;
    let found = PRODUCTS.iter().find(named).or_else(|| PRODUCTS.iter().find(|(_, parts)| parts.contains(&first)));
    found.map(|(name, _)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_without_prefix_lead_to_their_operations() {
        for (method, path, expected) in [
            (Method::Post, "/users", Some(("UpdateUsers", ""))),
            (Method::Post, "/users/delete", Some(("DeleteUsers", ""))),
            (Method::Post, "/users/u/deactivate", Some(("DeactivateUser", "u"))),
            (Method::Post, "/users/u/event", Some(("SendUserCustomEvent", "u"))),
            (Method::Delete, "/users/a%2Fb", Some(("DeleteUser", "a/b"))),
            (Method::Get, "/query_banned_users", Some(("QueryBannedUsers", ""))),
            (Method::Get, "/query_future_channel_bans", Some(("QueryFutureChannelBans", ""))),
            (Method::Delete, "/moderation/ban", Some(("Unban", ""))),
            (Method::Post, "/moderation/ban", Some(("Ban", ""))),
            (Method::Post, "/moderation/unban", None),
            (Method::Post, "/check_push", Some(("CheckPush", ""))),
            (Method::Get, "/exports/users/x.json", Some(("DownloadExport", "x.json"))),
            (Method::Get, "/chat/query_banned_users", None),
            (Method::Post, "/channels/messaging/x/query", None),
        ] {
            let found = resolve(&Request::new(method, path)).map(|(route, id)| (route.operation, id));
            assert_eq!(found, expected.map(|(name, id): (_, &str)| (name, id.to_owned())), "{path}");
        }
    }

    #[test]
    fn every_absent_path_exists_in_the_other_form() {
        for path in ABSENT {
            assert!(ROUTES.iter().any(|route| route.before == *path), "{path}");
        }
    }

    #[test]
    fn paths_of_other_products_are_recognized_in_both_forms() {
        for (path, expected) in [
            ("/channels/messaging/x/query", Some("chat")),
            ("/messages/1", Some("chat")),
            ("/api/v2/chat/channels", Some("chat")),
            ("/api/v2/video/call/default/1", Some("video")),
            ("/video/call_client_event", Some("video")),
            ("/api/v2/feeds/feed_groups", Some("feeds")),
            ("/moderation/unban", Some("moderation of content")),
            ("/api/v2/moderation/check", Some("moderation of content")),
            ("/users/u", None),
            ("/nothing", None),
        ] {
            assert_eq!(product(path), expected, "{path}");
        }
    }
}
