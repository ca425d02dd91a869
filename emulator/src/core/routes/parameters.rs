//! The known query parameters of each operation.

use crate::core::suggestion::closest;
use crate::core::wire::{Dialect, Request};

/// The parameters of every request: credentials, for clients that cannot set headers, and what Stream's browser SDKs
/// always send.
const EVERYWHERE: &[&str] = &["api_key", "authorization", "stream-auth-type", "user_id", "connection_id"];

/// The operations with parameters of their own.
static PARAMETERS: &[(&str, &[&str])] = &[
    ("QueryUsers", &["payload"]),
    ("DeleteDevice", &["id"]),
    ("ListBlockLists", &["team"]),
    ("GetBlockList", &["team"]),
    ("DeleteBlockList", &["team"]),
    ("DeletePushProvider", &["push_provider_type"]),
    ("Unban", &["target_user_id", "channel_cid", "created_by", "remove_future_channels_ban"]),
    ("QueryBannedUsers", &["payload"]),
    ("QueryFutureChannelBans", &["payload"]),
    ("ListUserGroups", &["limit", "id_gt", "created_at_gt", "team_id"]),
    ("SearchUserGroups", &["query", "limit", "name_gt", "id_gt", "team_id"]),
    ("GetUserGroup", &["team_id"]),
    ("DeleteUserGroup", &["team_id"]),
    ("SearchRoles", &["query", "limit", "name_gt", "role_type", "include_global_roles"]),
    ("GetRateLimits", &["server_side", "android", "ios", "web", "unity", "endpoints"]),
];

/// The operations that differ in [`Dialect::V1`] or exist only there: parameters that the emulator reads, and those
/// that chat SDKs send.
static PARAMETERS_V1: &[(&str, &[&str])] = &[
    ("DeleteUser", &["hard_delete", "mark_messages_deleted", "delete_conversation_channels"]),
    (
        "Unban",
        &[
            "target_user_id",
            "channel_cid",
            "type",
            "id",
            "shadow",
            "created_by",
            "banned_by_id",
            "unbanned_by_id",
            "remove_future_channels_ban",
        ],
    ),
];

/// A parameter that the operation does not have.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct UnknownParameter {
    pub(crate) name: String,
    /// The known parameter with a similar name.
    pub(crate) meant: Option<&'static str>,
}

/// The unknown parameters of a request, each once.
pub(crate) fn unknown_parameters(operation: &str, dialect: Dialect, request: &Request) -> Vec<UnknownParameter> {
    let v1 = PARAMETERS_V1.iter().filter(|_| dialect == Dialect::V1);
    let own = v1.chain(PARAMETERS).find(|(name, _)| *name == operation).map_or(&[][..], |(_, names)| *names);
    let known = || own.iter().chain(EVERYWHERE).copied();
    let mut unknown: Vec<UnknownParameter> = Vec::new();
    for (name, _) in form_urlencoded::parse(request.query.as_bytes()) {
        // Headers are case-insensitive, and so are the parameters that replace them.
        let is_known = known().any(|known| known.eq_ignore_ascii_case(&name));
        if !is_known && unknown.iter().all(|earlier| earlier.name != name) {
            unknown.push(UnknownParameter { meant: closest(&name, known()), name: name.into_owned() });
        }
    }
    unknown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::routes::operation_names;
    use crate::core::wire::Method;

    fn unknown(operation: &str, dialect: Dialect, query: &str) -> Vec<(String, Option<&'static str>)> {
        let request = Request::new(Method::Get, &format!("/?{query}"));
        let unknown = unknown_parameters(operation, dialect, &request);
        unknown.into_iter().map(|UnknownParameter { name, meant }| (name, meant)).collect()
    }

    #[test]
    fn a_parameter_of_another_operation_is_unknown_and_a_similar_name_is_suggested() {
        let everywhere =
            "api_key=k&authorization=t&stream-auth-type=jwt&user_id=ann&connection_id=c&Stream-Auth-Type=jwt";
        for dialect in [Dialect::V1, Dialect::V2] {
            for operation in operation_names() {
                assert_eq!(unknown(operation, dialect, everywhere), [], "{operation}");
            }
            assert_eq!(unknown("QueryUsers", dialect, "payload={}&limit=5&limit=6"), [("limit".to_owned(), None)]);
            let slip = [("teamid".to_owned(), Some("team_id"))];
            assert_eq!(unknown("ListUserGroups", dialect, "limit=5&teamid=t"), slip);
            assert_eq!(unknown("GetApp", dialect, "%E2%9C%93=1"), [("✓".to_owned(), None)]);
        }
    }

    #[test]
    fn each_form_has_parameters_of_its_own() {
        let (unban, delete) = ("target_user_id=a&type=messaging&id=x&unbanned_by_id=b", "hard_delete=true");
        assert_eq!(unknown("Unban", Dialect::V1, unban), []);
        assert_eq!(unknown("DeleteUser", Dialect::V1, delete), []);
        let names: Vec<String> = unknown("Unban", Dialect::V2, unban).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["type", "id", "unbanned_by_id"]);
    }

    #[test]
    fn every_listed_operation_exists() {
        for (operation, _) in PARAMETERS.iter().chain(PARAMETERS_V1) {
            assert!(operation_names().any(|name| name == *operation), "{operation}");
        }
    }
}
