//! The table of operations: documentation, name, arguments, response and constant of each.
//!
//! It is data for a macro. `cargo xtask codegen` reads it with its own macro and writes the methods of
//! `src/client/generated/operations.ts`. Several arguments become the fields of one request.

operations! {
    /// The operations of the API.
    "StreamClient" {
        /// Creates users, or replaces them: fields that you leave out are removed from an existing user.
        ///
        /// @param request - 1 to 100 users, each id once
        "upsertUsers"("request: UserRequest[]") -> "UpdateUsersResponse" = UPSERT_USERS;

        /// Creates users, or replaces them: fields that you leave out are removed from an existing user.
        ///
        /// @param request - 1 to 100 users, each under its id
        "updateUsers"("request: UpdateUsersRequest") -> "UpdateUsersResponse" = UPDATE_USERS;

        /// Changes some fields of users and leaves the others unchanged.
        ///
        /// @param request - 1 to 100 updates
        "updateUsersPartial"("request: UpdateUsersPartialRequest") -> "UpdateUsersResponse" = UPDATE_USERS_PARTIAL;

        /// Finds users. Deleted users are never returned, deactivated ones only on request.
        ///
        /// @param request - conditions, sort order, and limit and offset
        "queryUsers"("request: { payload: QueryUsersPayload }") -> "QueryUsersResponse" = QUERY_USERS;

        /// Creates a guest: a temporary user with its own token.
        "createGuest"("request: CreateGuestRequest") -> "CreateGuestResponse" = CREATE_GUEST;

        /// Deactivates a user immediately. It keeps its data and can do nothing until it is reactivated.
        "deactivateUser"("request: DeactivateUserRequest & { /** The user to deactivate. */ user_id: string }")
            -> "DeactivateUserResponse" = DEACTIVATE_USER;

        /// Deactivates users in a task.
        ///
        /// @param request - 1 to 100 user ids
        "deactivateUsers"("request: DeactivateUsersRequest") -> "DeactivateUsersResponse" starts "ActivationResult" = DEACTIVATE_USERS;

        /// Reactivates a user immediately.
        "reactivateUser"("request: ReactivateUserRequest & { /** The user to bring back. */ user_id: string }")
            -> "ReactivateUserResponse" = REACTIVATE_USER;

        /// Reactivates users in a task.
        ///
        /// @param request - 1 to 100 user ids
        "reactivateUsers"("request: ReactivateUsersRequest") -> "ReactivateUsersResponse" starts "ActivationResult" = REACTIVATE_USERS;

        /// Deletes users. Queries no longer return them; a task deletes their data.
        ///
        /// @param request - 1 to 100 user ids, and what to delete in addition to the users
        "deleteUsers"("request: DeleteUsersRequest") -> "DeleteUsersResponse" starts "DeleteUsersResult" = DELETE_USERS;

        /// Restores soft-deleted users, without their memberships, messages and reactions.
        ///
        /// @param request - 1 to 100 user ids
        "restoreUsers"("request: RestoreUsersRequest") -> "DurationResponse" = RESTORE_USERS;

        /// Exports a user with its messages and reactions immediately.
        "exportUser"("request: { /** The user to export. */ user_id: string }") -> "ExportUserResponse" = EXPORT_USER;

        /// Exports users in a task, whose result has the `url` of a file.
        ///
        /// @param request - 1 to 25 user ids
        "exportUsers"("request: ExportUsersRequest") -> "ExportUsersResponse" starts "ExportUsersResult" = EXPORT_USERS;

        /// Returns the state of a task. `waitForTask` waits for its end.
        "getTask"("request: { /** The task's id, as the answer that began it has it. */ id: string }") -> "GetTaskResponse" = GET_TASK;

        /// Revokes a user's tokens that were issued before a time, and tokens without an issue time. Issue times have a
        /// resolution of a second. `updateApp` revokes the tokens of all users.
        ///
        /// @param userId - the user @param before - the time; the default is now, and `null` accepts the tokens again
        "revokeUserToken"("userId: string", "before?: Date | string | null") -> "UpdateUsersResponse" = REVOKE_USER_TOKEN;

        /// Revokes tokens of users that were issued before a time, as `revokeUserToken` does for one user.
        ///
        /// @param userIds - 1 to 100 user ids @param before - the time; the default is now, and `null` accepts the
        /// tokens again
        "revokeUserTokens"("userIds: string[]", "before?: Date | string | null") -> "UpdateUsersResponse" = REVOKE_USER_TOKENS;

        /// Blocks a user for another user: in channels with both, they do not see each other.
        ///
        /// @param request - the blocked user and, from a server, the blocking user
        "blockUsers"("request: BlockUsersRequest") -> "BlockUsersResponse" = BLOCK_USERS;

        /// Removes a block.
        "unblockUsers"("request: UnblockUsersRequest") -> "DurationResponse" = UNBLOCK_USERS;

        /// Lists the users that a user has blocked.
        ///
        /// @param request - the user; a user leaves it out
        "getBlockedUsers"("request?: { /** The user who blocks. Server-side only: a user asks for its own. */ user_id?: string }")
            -> "GetBlockedUsersResponse" = GET_BLOCKED_USERS;

        /// Lists user groups, oldest first.
        ///
        /// @param request - limit, team, and the last group of the previous page
        "listUserGroups"("request?: ListUserGroupsRequest") -> "ListUserGroupsResponse" = LIST_USER_GROUPS;

        /// Finds user groups by the beginning of their names.
        "searchUserGroups"("request: SearchUserGroupsRequest") -> "SearchUserGroupsResponse" = SEARCH_USER_GROUPS;

        /// Creates a user group.
        ///
        /// @param request - its name, and up to 100 members
        "createUserGroup"("request: CreateUserGroupRequest") -> "CreateUserGroupResponse" = CREATE_USER_GROUP;

        /// Returns a user group and its members.
        "getUserGroup"("request: { /** The group's id. */ id: string; /** The team it belongs to; to be given in apps with several teams. */ team_id?: string }")
            -> "GetUserGroupResponse" = GET_USER_GROUP;

        /// Changes a user group's name or description.
        "updateUserGroup"("request: UpdateUserGroupRequest & { /** The group's id. */ id: string }") -> "UpdateUserGroupResponse" = UPDATE_USER_GROUP;

        /// Deletes a user group. Its members stay users.
        "deleteUserGroup"("request: { /** The group's id. */ id: string; /** The team it belongs to; to be given in apps with several teams. */ team_id?: string }")
            -> "DurationResponse" = DELETE_USER_GROUP;

        /// Adds users to a group: all of them or none.
        ///
        /// @param request - the group and 1 to 100 user ids
        "addUserGroupMembers"("request: AddUserGroupMembersRequest & { /** The group's id. */ id: string }") -> "AddUserGroupMembersResponse"
            = ADD_USER_GROUP_MEMBERS;

        /// Removes users from a group. Users who are not members are ignored.
        ///
        /// @param request - the group and 1 to 100 user ids
        "removeUserGroupMembers"("request: RemoveUserGroupMembersRequest & { /** The group's id. */ id: string }")
            -> "RemoveUserGroupMembersResponse" = REMOVE_USER_GROUP_MEMBERS;

        /// Lists all roles.
        "listRoles"() -> "ListRolesResponse" = LIST_ROLES;

        /// Finds roles by the beginning of their names.
        "searchRoles"("request: SearchRolesRequest") -> "SearchRolesResponse" = SEARCH_ROLES;

        /// Creates a role. `updateApp` grants it permissions.
        "createRole"("request: CreateRoleRequest") -> "CreateRoleResponse" = CREATE_ROLE;

        /// Deletes a role without users and grants.
        "deleteRole"("request: { /** The role's name. */ name: string }") -> "DurationResponse" = DELETE_ROLE;

        /// Lists the permissions that roles can be granted.
        "listPermissions"() -> "ListPermissionsResponse" = LIST_PERMISSIONS;

        /// Returns a permission.
        "getPermission"("request: { /** The permission's id: `update-user-owner`. */ id: string }")
            -> "GetCustomPermissionResponse" = GET_PERMISSION;

        /// Lists a user's devices.
        ///
        /// @param request - the user; a user leaves it out
        "listDevices"("request?: ListDevicesRequest") -> "ListDevicesResponse" = LIST_DEVICES;

        /// Registers a device for push notifications, or replaces the one with the same id.
        "createDevice"("request: CreateDeviceRequest") -> "DurationResponse" = CREATE_DEVICE;

        /// Deletes a device.
        "deleteDevice"("request: DeleteDeviceRequest") -> "DurationResponse" = DELETE_DEVICE;

        /// Sets push preferences of users.
        ///
        /// @param request - at least one preference
        "updatePushNotificationPreferences"("request: UpsertPushPreferencesRequest") -> "UpsertPushPreferencesResponse"
            = UPDATE_PUSH_NOTIFICATION_PREFERENCES;

        /// Lists the live locations that a user shares.
        ///
        /// @param request - the user; a user leaves it out
        "getUserLiveLocations"("request?: GetUserLiveLocationsRequest") -> "SharedLocationsResponse"
            = GET_USER_LIVE_LOCATIONS;

        /// Updates the position of a live location, or the time when sharing ends.
        "updateLiveLocation"("request: UpdateLiveLocationRequest") -> "SharedLocationResponse" = UPDATE_LIVE_LOCATION;

        /// Returns the app and its settings; to users, only a few of them.
        "getApp"() -> "GetApplicationResponse" = GET_APP;

        /// Changes settings of the app; settings that are left out stay unchanged. `revoke_tokens_issued_before`
        /// revokes the tokens of all users that were issued before a time, and `null` accepts them again.
        "updateApp"("request?: UpdateAppRequest") -> "DurationResponse" = UPDATE_APP;

        /// Returns the rate limits and remaining calls of each operation, by platform.
        ///
        /// @param request - platforms and operations (`"QueryUsers,UpdateUsers"`, or an array); the default is all
        "getRateLimits"("request?: GetRateLimitsRequest") -> "GetRateLimitsResponse" = GET_RATE_LIMITS;

        /// Finds bans. The same as `chat.queryBannedUsers`.
        ///
        /// @param request - conditions, sort order, and limit and offset
        "queryBannedUsers"("request: { payload: QueryBannedUsersPayload }") -> "QueryBannedUsersResponse"
            = QUERY_BANNED_USERS;
    }

    /// The operations of moderation: `client.moderation`.
    "ModerationClient" {
        /// Bans a user from the whole app or from one channel, for some minutes or without end.
        "ban"("request: BanRequest") -> "DurationResponse" = BAN;

        /// Removes a ban.
        "unban"("request: UnbanRequest") -> "DurationResponse" = UNBAN;

        /// Mutes users for a user, who no longer receives messages from them.
        ///
        /// @param request - 1 to 1000 users to mute and, from a server, the muting user
        "mute"("request: MuteRequest") -> "MuteResponse" = MUTE;

        /// Removes mutes.
        ///
        /// @param request - 1 to 1000 muted users and, from a server, the muting user
        "unmute"("request: UnmuteRequest") -> "UnmuteResponse" = UNMUTE;

        /// Flags an entity for review by moderators.
        "flag"("request: FlagRequest") -> "FlagItemResponse" = FLAG;
    }

    /// The operations of chat for users: `client.chat`.
    "ChatClient" {
        /// Finds bans.
        ///
        /// @param request - conditions, sort order, and limit and offset
        "queryBannedUsers"("request: { payload: QueryBannedUsersPayload }") -> "QueryBannedUsersResponse"
            = CHAT_QUERY_BANNED_USERS;

        /// Finds bans from future channels.
        "queryFutureChannelBans"("request?: { payload?: QueryFutureChannelBansPayload }") -> "QueryFutureChannelBansResponse"
            = QUERY_FUTURE_CHANNEL_BANS;

        /// Sends a custom event to a user.
        "sendUserCustomEvent"("request: SendUserCustomEventRequest & { /** Who gets the event. */ user_id: string }") -> "DurationResponse"
            = SEND_USER_CUSTOM_EVENT;
    }
}
