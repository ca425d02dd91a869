//! Every operation on one line, so that no constant loses a field unnoticed: its file leaves out what most operations
//! have in common.

use alloc::format;
use alloc::string::String;

use super::{Answer, Operation};
use crate::operation;

/// Method, path, the fields in its query, and where its argument goes; `optional` if it may be left out, `public` if no
/// token is needed, `again` if it may run twice; the model of a response with dates.
const OPERATIONS: [(&Operation, &str); 52] = [
    (
        &operation::DEACTIVATE_USER,
        "deactivateUser POST /api/v2/users/{user_id}/deactivate Body again DeactivateUserResponse",
    ),
    (&operation::DEACTIVATE_USERS, "deactivateUsers POST /api/v2/users/deactivate Body again"),
    (&operation::REACTIVATE_USER, "reactivateUser POST /api/v2/users/{user_id}/reactivate Body ReactivateUserResponse"),
    (&operation::REACTIVATE_USERS, "reactivateUsers POST /api/v2/users/reactivate Body again"),
    (&operation::GET_APP, "getApp GET /api/v2/app Nothing GetApplicationResponse"),
    (
        &operation::GET_RATE_LIMITS,
        "getRateLimits GET /api/v2/rate_limits?server_side,android,ios,web,unity,endpoints Url optional",
    ),
    (&operation::UPDATE_APP, "updateApp PATCH /api/v2/app Body optional again"),
    (&operation::BLOCK_USERS, "blockUsers POST /api/v2/users/block Body again BlockUsersResponse"),
    (
        &operation::GET_BLOCKED_USERS,
        "getBlockedUsers GET /api/v2/users/block?user_id Url optional GetBlockedUsersResponse",
    ),
    (&operation::UNBLOCK_USERS, "unblockUsers POST /api/v2/users/unblock Body again"),
    (&operation::DELETE_USERS, "deleteUsers POST /api/v2/users/delete Body again"),
    (&operation::RESTORE_USERS, "restoreUsers POST /api/v2/users/restore Body"),
    (&operation::CREATE_DEVICE, "createDevice POST /api/v2/devices Body again"),
    (&operation::DELETE_DEVICE, "deleteDevice DELETE /api/v2/devices?id,user_id Url"),
    (&operation::LIST_DEVICES, "listDevices GET /api/v2/devices?user_id Url optional ListDevicesResponse"),
    (
        &operation::UPDATE_PUSH_NOTIFICATION_PREFERENCES,
        "updatePushNotificationPreferences POST /api/v2/push_preferences Body again UpsertPushPreferencesResponse",
    ),
    (&operation::EXPORT_USER, "exportUser GET /api/v2/users/{user_id}/export Url ExportUserResponse"),
    (&operation::EXPORT_USERS, "exportUsers POST /api/v2/export/users Body again"),
    (
        &operation::ADD_USER_GROUP_MEMBERS,
        "addUserGroupMembers POST /api/v2/usergroups/{id}/members Body again GetUserGroupResponse",
    ),
    (&operation::CREATE_USER_GROUP, "createUserGroup POST /api/v2/usergroups Body GetUserGroupResponse"),
    (&operation::DELETE_USER_GROUP, "deleteUserGroup DELETE /api/v2/usergroups/{id}?team_id Url"),
    (&operation::GET_USER_GROUP, "getUserGroup GET /api/v2/usergroups/{id}?team_id Url GetUserGroupResponse"),
    (
        &operation::LIST_USER_GROUPS,
        "listUserGroups GET /api/v2/usergroups?limit,id_gt,created_at_gt,team_id Url optional ListUserGroupsResponse",
    ),
    (
        &operation::REMOVE_USER_GROUP_MEMBERS,
        "removeUserGroupMembers POST /api/v2/usergroups/{id}/members/delete Body again GetUserGroupResponse",
    ),
    (
        &operation::SEARCH_USER_GROUPS,
        "searchUserGroups GET /api/v2/usergroups/search?query,limit,name_gt,id_gt,team_id Url ListUserGroupsResponse",
    ),
    (&operation::UPDATE_USER_GROUP, "updateUserGroup PUT /api/v2/usergroups/{id} Body again GetUserGroupResponse"),
    (&operation::CREATE_GUEST, "createGuest POST /api/v2/guest Body public CreateGuestResponse"),
    (
        &operation::GET_USER_LIVE_LOCATIONS,
        "getUserLiveLocations GET /api/v2/users/live_locations?user_id Url optional SharedLocationsResponse",
    ),
    (
        &operation::UPDATE_LIVE_LOCATION,
        "updateLiveLocation PUT /api/v2/users/live_locations?user_id Body again SharedLocationResponse",
    ),
    (&operation::BAN, "moderation.ban POST /api/v2/moderation/ban Body again"),
    (
        &operation::CHAT_QUERY_BANNED_USERS,
        "chat.queryBannedUsers GET /api/v2/chat/query_banned_users?payload Url QueryBannedUsersResponse",
    ),
    (&operation::FLAG, "moderation.flag POST /api/v2/moderation/flag Body"),
    (&operation::MUTE, "moderation.mute POST /api/v2/moderation/mute Body again MuteResponse"),
    (
        &operation::QUERY_BANNED_USERS,
        "queryBannedUsers GET /api/v2/chat/query_banned_users?payload Url QueryBannedUsersResponse",
    ),
    (
        &operation::QUERY_FUTURE_CHANNEL_BANS,
        "chat.queryFutureChannelBans GET /api/v2/chat/query_future_channel_bans?payload Url optional QueryBannedUsersResponse",
    ),
    (&operation::SEND_USER_CUSTOM_EVENT, "chat.sendUserCustomEvent POST /api/v2/chat/users/{user_id}/event Body"),
    (
        &operation::UNBAN,
        "moderation.unban POST /api/v2/moderation/unban?target_user_id,channel_cid,created_by,remove_future_channels_ban Body again",
    ),
    (&operation::UNMUTE, "moderation.unmute POST /api/v2/moderation/unmute Body again"),
    (&operation::REQUEST, "request POST {path} Request"),
    (&operation::CREATE_ROLE, "createRole POST /api/v2/roles Body CreateRoleResponse"),
    (&operation::DELETE_ROLE, "deleteRole DELETE /api/v2/roles/{name} Url"),
    (&operation::GET_PERMISSION, "getPermission GET /api/v2/permissions/{id} Url"),
    (&operation::LIST_PERMISSIONS, "listPermissions GET /api/v2/permissions Nothing"),
    (&operation::LIST_ROLES, "listRoles GET /api/v2/roles Nothing ListRolesResponse"),
    (
        &operation::SEARCH_ROLES,
        "searchRoles GET /api/v2/roles/search?query,limit,name_gt,role_type,include_global_roles Url ListRolesResponse",
    ),
    (&operation::GET_TASK, "getTask GET /api/v2/tasks/{id} Url GetTaskResponse"),
    (&operation::QUERY_USERS, "queryUsers GET /api/v2/users?payload Url QueryUsersResponse"),
    (&operation::REVOKE_USER_TOKEN, "revokeUserToken PATCH /api/v2/users Revocation again UpdateUsersResponse"),
    (&operation::REVOKE_USER_TOKENS, "revokeUserTokens PATCH /api/v2/users Revocation again UpdateUsersResponse"),
    (&operation::UPDATE_USERS, "updateUsers POST /api/v2/users Body again UpdateUsersResponse"),
    (&operation::UPDATE_USERS_PARTIAL, "updateUsersPartial PATCH /api/v2/users Body again UpdateUsersResponse"),
    (&operation::UPSERT_USERS, "upsertUsers POST /api/v2/users Users again UpdateUsersResponse"),
];

#[test]
fn every_operation_is_sent_as_the_api_has_it() {
    for (operation, expected) in OPERATIONS {
        let Operation { method_name, method, path, query, input, optional, public, idempotent, result, .. } = operation;
        let mut line = format!("{method_name} {} {}", method.as_str(), path.template);
        if !query.is_empty() {
            line += &format!("?{query}");
        }
        line += &format!(" {input:?}");
        for (word, is_so) in [(" optional", optional), (" public", public), (" again", idempotent)] {
            line += if *is_so { word } else { "" };
        }
        line += &if *result == Answer::Dateless { String::new() } else { format!(" {result:?}") };
        assert_eq!(line, expected);
    }
}
