//! Finds the operation of a request.
//!
//! A path has at most one variable part, an id. It is decoded after the path was split, so an encoded slash in an id
//! does not split it. Some SDKs do not encode ids; because everything around an id is known, a path with a bare slash
//! in the id still finds its operation.

mod bodies;
mod parameters;
mod table;
mod v1;

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use crate::core::access::Access;
use crate::core::operation::{
    activation, app, banned_users, bans, block_lists, blocks, checks, client_events, custom_event, deletion, devices,
    export, flags, groups, guest, locations, mutes, partial, permissions, push_preferences, push_providers, query,
    rate_limits, roles, tasks, users,
};
use crate::core::state::World;
use crate::core::state::permissions::Action;
use crate::core::wire::{Call, Dialect, Method, Outcome, Request};

pub(crate) use bodies::Known;
pub(crate) use parameters::{UnknownParameter, unknown_parameters};
pub use table::{Operation, operations};
pub(crate) use v1::product;

/// One operation.
#[derive(Debug)]
pub(crate) struct Route {
    method: Method,
    /// The path before the id; the whole path if there is no id.
    before: &'static str,
    /// The path after the id; `None` if there is no id.
    after: Option<&'static str>,
    /// Stream's name of the operation, used in messages and for rate limits.
    pub(crate) operation: &'static str,
    pub(crate) access: Access,
    pub(crate) run: fn(&mut World, &Call<'_>) -> Outcome,
}

/// A route with a fixed path.
const fn fixed(
    method: Method,
    path: &'static str,
    operation: &'static str,
    access: Access,
    run: fn(&mut World, &Call<'_>) -> Outcome,
) -> Route {
    Route { method, before: path, after: None, operation, access, run }
}

/// A route with an id between two parts of the path.
const fn with_id(
    method: Method,
    (before, after): (&'static str, &'static str),
    operation: &'static str,
    access: Access,
    run: fn(&mut World, &Call<'_>) -> Outcome,
) -> Route {
    Route { method, before, after: Some(after), operation, access, run }
}

const SERVER: Access = Access::Server(None);
const UPDATE: Access = Access::Granted(Action::UpdateUser);
const SEARCH: Access = Access::Granted(Action::SearchUser);
const READ_ROLES: Access = Access::Granted(Action::ReadRoles);
const CREATE_GROUP: Access = Access::Granted(Action::CreateUserGroup);
const READ_GROUPS: Access = Access::Granted(Action::ReadUserGroups);
const UPDATE_GROUP: Access = Access::Granted(Action::UpdateUserGroup);
const DELETE_GROUP: Access = Access::Granted(Action::DeleteUserGroup);
const SERVER_EXPORT: Access = Access::Server(Some(export::SERVER_SIDE_ONLY));
const BAN: Access = Access::Granted(Action::BanUser);
const MUTE: Access = Access::Granted(Action::MuteUser);
const FLAG: Access = Access::Granted(Action::FlagUser);
const USERS: &str = "/api/v2/users/";
const LIVE_LOCATIONS: &str = "/api/v2/users/live_locations";
const GROUPS: &str = "/api/v2/usergroups/";
const FUTURE_BANS: &str = "/api/v2/chat/query_future_channel_bans";

/// All operations. The first match is used, so fixed paths come before those with an id.
static ROUTES: &[Route] = &[
    fixed(Method::Post, "/api/v2/users", "UpdateUsers", UPDATE, users::update),
    fixed(Method::Patch, "/api/v2/users", "UpdateUsersPartial", UPDATE, partial::update),
    fixed(Method::Get, "/api/v2/users", "QueryUsers", SEARCH, query::query),
    fixed(Method::Post, "/api/v2/users/deactivate", "DeactivateUsers", SERVER, activation::deactivate_many),
    fixed(Method::Post, "/api/v2/users/reactivate", "ReactivateUsers", SERVER, activation::reactivate_many),
    fixed(Method::Post, "/api/v2/users/delete", "DeleteUsers", SERVER, deletion::delete),
    fixed(Method::Post, "/api/v2/users/restore", "RestoreUsers", SERVER, deletion::restore),
    fixed(Method::Post, "/api/v2/export/users", "ExportUsers", SERVER_EXPORT, export::export_many),
    fixed(Method::Get, "/api/v2/app", "GetApp", Access::Anyone, app::get),
    fixed(Method::Patch, "/api/v2/app", "UpdateApp", SERVER, app::update),
    fixed(Method::Post, "/api/v2/devices", "CreateDevice", Access::Signed, devices::create),
    fixed(Method::Get, "/api/v2/devices", "ListDevices", Access::Signed, devices::list),
    fixed(Method::Delete, "/api/v2/devices", "DeleteDevice", Access::Signed, devices::delete),
    fixed(
        Method::Post,
        "/api/v2/push_preferences",
        "UpdatePushNotificationPreferences",
        Access::Signed,
        push_preferences::update,
    ),
    fixed(Method::Get, "/api/v2/push_providers", "ListPushProviders", SERVER, push_providers::list),
    fixed(Method::Post, "/api/v2/push_providers", "UpsertPushProvider", SERVER, push_providers::upsert),
    with_id(Method::Delete, ("/api/v2/push_providers/", ""), "DeletePushProvider", SERVER, push_providers::delete),
    fixed(Method::Post, "/api/v2/check_push", "CheckPush", SERVER, checks::push),
    fixed(Method::Post, "/api/v2/check_sqs", "CheckSQS", SERVER, checks::sqs),
    fixed(Method::Post, "/api/v2/check_sns", "CheckSNS", SERVER, checks::sns),
    fixed(Method::Get, "/api/v2/blocklists", "ListBlockLists", SERVER, block_lists::list),
    fixed(Method::Post, "/api/v2/blocklists", "CreateBlockList", SERVER, block_lists::create),
    with_id(Method::Get, ("/api/v2/blocklists/", ""), "GetBlockList", SERVER, block_lists::get),
    with_id(Method::Put, ("/api/v2/blocklists/", ""), "UpdateBlockList", SERVER, block_lists::update),
    with_id(Method::Delete, ("/api/v2/blocklists/", ""), "DeleteBlockList", SERVER, block_lists::delete),
    fixed(Method::Get, LIVE_LOCATIONS, "GetUserLiveLocations", Access::Signed, locations::list),
    fixed(Method::Put, LIVE_LOCATIONS, "UpdateLiveLocation", Access::Signed, locations::update),
    with_id(Method::Post, ("/api/v2/chat/users/", "/event"), "SendUserCustomEvent", SERVER, custom_event::send),
    fixed(Method::Post, "/api/v2/call_client_event", "SendCallClientEvent", Access::Anyone, client_events::report),
    fixed(Method::Post, "/api/v2/guest", "CreateGuest", Access::Anyone, guest::create),
    fixed(Method::Post, "/api/v2/users/block", "BlockUsers", Access::Signed, blocks::block),
    fixed(Method::Get, "/api/v2/users/block", "GetBlockedUsers", Access::Signed, blocks::list),
    fixed(Method::Post, "/api/v2/users/unblock", "UnblockUsers", Access::Signed, blocks::unblock),
    fixed(Method::Post, "/api/v2/moderation/ban", "Ban", BAN, bans::ban),
    fixed(Method::Post, "/api/v2/moderation/unban", "Unban", SERVER, bans::unban),
    fixed(Method::Post, "/api/v2/moderation/mute", "Mute", MUTE, mutes::mute),
    fixed(Method::Post, "/api/v2/moderation/unmute", "Unmute", MUTE, mutes::unmute),
    fixed(Method::Post, "/api/v2/moderation/flag", "Flag", FLAG, flags::flag),
    fixed(Method::Post, "/api/v2/moderation/flag_count", "GetFlagCount", SERVER, flags::count),
    fixed(Method::Get, "/api/v2/chat/query_banned_users", "QueryBannedUsers", BAN, banned_users::query),
    fixed(Method::Get, FUTURE_BANS, "QueryFutureChannelBans", BAN, banned_users::query_future),
    with_id(Method::Post, (USERS, "/deactivate"), "DeactivateUser", SERVER, activation::deactivate_one),
    with_id(Method::Post, (USERS, "/reactivate"), "ReactivateUser", SERVER, activation::reactivate_one),
    with_id(Method::Get, (USERS, "/export"), "ExportUser", SERVER_EXPORT, export::export_one),
    with_id(Method::Get, ("/api/v2/tasks/", ""), "GetTask", SERVER, tasks::get),
    fixed(Method::Post, "/api/v2/usergroups", "CreateUserGroup", CREATE_GROUP, groups::create),
    fixed(Method::Get, "/api/v2/usergroups", "ListUserGroups", READ_GROUPS, groups::list),
    fixed(Method::Get, "/api/v2/usergroups/search", "SearchUserGroups", READ_GROUPS, groups::search),
    with_id(Method::Get, (GROUPS, ""), "GetUserGroup", READ_GROUPS, groups::get),
    with_id(Method::Put, (GROUPS, ""), "UpdateUserGroup", UPDATE_GROUP, groups::update),
    with_id(Method::Delete, (GROUPS, ""), "DeleteUserGroup", DELETE_GROUP, groups::delete),
    with_id(Method::Post, (GROUPS, "/members"), "AddUserGroupMembers", UPDATE_GROUP, groups::add_members),
    with_id(Method::Post, (GROUPS, "/members/delete"), "RemoveUserGroupMembers", UPDATE_GROUP, groups::remove_members),
    fixed(Method::Get, "/api/v2/roles", "ListRoles", SERVER, roles::list),
    fixed(Method::Post, "/api/v2/roles", "CreateRole", SERVER, roles::create),
    fixed(Method::Get, "/api/v2/roles/search", "SearchRoles", READ_ROLES, roles::search),
    with_id(Method::Delete, ("/api/v2/roles/", ""), "DeleteRole", SERVER, roles::delete),
    fixed(Method::Get, "/api/v2/permissions", "ListPermissions", SERVER, permissions::list),
    with_id(Method::Get, ("/api/v2/permissions/", ""), "GetPermission", SERVER, permissions::get),
    fixed(Method::Get, "/api/v2/rate_limits", "GetRateLimits", SERVER, rate_limits::get),
    with_id(Method::Get, (export::FILES, ""), "DownloadExport", Access::Public, export::download),
];

/// The operation name of opening a socket, which no request and response describe.
pub(crate) const CONNECT: &str = "Connect";

/// The operation name of a connection by long polling.
pub(crate) const LONG_POLL: &str = "LongPoll";

/// The names of all operations.
pub(crate) fn operation_names() -> impl Iterator<Item = &'static str> {
    routes().map(|route| route.operation)
}

/// The routes of both forms of the API. Most of the V2 routes exist in V1 too.
fn routes() -> impl Iterator<Item = &'static Route> {
    ROUTES.iter().chain(v1::ROUTES_WITHOUT_PREFIX)
}

/// Finds the operation of a request, and the decoded id in its path; the id is empty if the path has none.
pub(crate) fn resolve(request: &Request) -> Option<(&'static Route, String)> {
    if Dialect::of(&request.path) == Dialect::V1 {
        return v1::resolve(request);
    }
    let path = without_product(&request.path);
    ROUTES
        .iter()
        .filter(|route| route.method == request.method)
        .find_map(|route| Some((route, subject(route.before, route.after, &path)?)))
}

/// The path as it is below `/api/v2`. Video clients use `/video` as the prefix.
fn without_product(path: &str) -> Cow<'_, str> {
    match path.strip_prefix("/video/") {
        Some(rest) => format!("/api/v2/{rest}").into(),
        None => path.into(),
    }
}

fn subject(before: &str, after: Option<&str>, path: &str) -> Option<String> {
    let rest = path.strip_prefix(before)?;
    let Some(after) = after else { return rest.is_empty().then(String::new) };
    let id = rest.strip_suffix(after).filter(|id| !id.is_empty())?;
    Some(percent_decode_str(id).decode_utf8_lossy().into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolved(method: Method, path: &str) -> Option<(&'static str, String)> {
        resolve(&Request::new(method, path)).map(|(route, subject)| (route.operation, subject))
    }

    #[test]
    fn paths_lead_to_their_operations() {
        for (method, path, expected) in [
            (Method::Post, "/api/v2/users", Some(("UpdateUsers", ""))),
            (Method::Patch, "/api/v2/users", Some(("UpdateUsersPartial", ""))),
            (Method::Get, "/api/v2/users", Some(("QueryUsers", ""))),
            (Method::Post, "/api/v2/users/deactivate", Some(("DeactivateUsers", ""))),
            (Method::Post, "/api/v2/users/u/deactivate", Some(("DeactivateUser", "u"))),
            (Method::Post, "/api/v2/users/deactivate/deactivate", Some(("DeactivateUser", "deactivate"))),
            (Method::Get, "/api/v2/users/u/export", Some(("ExportUser", "u"))),
            (Method::Get, "/api/v2/tasks/t", Some(("GetTask", "t"))),
            (Method::Post, "/api/v2/users/", None),
            (Method::Post, "/api/v2/users//deactivate", None),
            (Method::Get, "/api/v2/tasks/", None),
            (Method::Delete, "/api/v2/users", None),
            (Method::Other, "/api/v2/users", None),
            (Method::Post, "/users", Some(("UpdateUsers", ""))),
            (Method::Post, "/api/v2/channels/read", None),
            (Method::Post, "/video/guest", Some(("CreateGuest", ""))),
            (Method::Post, "/video/call_client_event", Some(("SendCallClientEvent", ""))),
        ] {
            let expected = expected.map(|(operation, subject): (_, &str)| (operation, subject.to_owned()));
            assert_eq!(resolved(method, path), expected, "{path}");
        }
    }

    #[test]
    fn ids_are_decoded_after_splitting_the_path_and_may_be_unencoded() {
        for (encoded, id) in [
            ("a%2F..%2Fb%3Fx%3D1", "a/../b?x=1"),
            ("a/../b", "a/../b"),
            ("x%2Fdeactivate", "x/deactivate"),
            ("x/deactivate", "x/deactivate"),
            ("%24%26", "$&"),
            ("$&", "$&"),
            ("j%C3%B6rg", "jörg"),
            ("jörg", "jörg"),
            ("100%", "100%"),
            ("%zz", "%zz"),
            ("%ff", "\u{fffd}"),
            ("%2e%2e", ".."),
        ] {
            let path = format!("/api/v2/users/{encoded}/deactivate");
            assert_eq!(resolved(Method::Post, &path), Some(("DeactivateUser", id.to_owned())), "{encoded}");
        }
    }
}
