//! The known fields in the body of each operation, or in its query parameter `payload`.

use std::sync::OnceLock;

use getstream_users::model::{
    AddUserGroupMembersRequest, BanRequest, BlockUsersRequest, CreateDeviceRequest, CreateGuestRequest,
    CreateRoleRequest, CreateUserGroupRequest, DeactivateUserRequest, DeactivateUsersRequest, DeleteUsersRequest,
    ExportUsersRequest, FlagRequest, GetFlagCountRequest, MuteRequest, QueryBannedUsersPayload,
    QueryFutureChannelBansPayload, QueryUsersPayload, ReactivateUserRequest, ReactivateUsersRequest,
    RemoveUserGroupMembersRequest, RestoreUsersRequest, SendUserCustomEventRequest, UnbanRequest, UnblockUsersRequest,
    UnmuteRequest, UpdateAppRequest, UpdateLiveLocationRequest, UpdateUserGroupRequest, UpdateUsersPartialRequest,
    UpdateUsersRequest, UpsertPushPreferencesRequest,
};
use serde::de::DeserializeOwned;

use crate::core::wire::shape::{Shape, Unknown};
use crate::core::wire::{Dialect, Request};

/// Where an operation's fields are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Body,
    /// In the query parameter `payload`.
    Payload,
}

/// The fields of an operation.
#[derive(Debug)]
pub(crate) struct Known {
    operation: &'static str,
    place: Place,
    read: fn() -> Shape,
    shape: OnceLock<Shape>,
}

const fn body<T: DeserializeOwned>(operation: &'static str) -> Known {
    Known { operation, place: Place::Body, read: Shape::of::<T>, shape: OnceLock::new() }
}

const fn payload<T: DeserializeOwned>(operation: &'static str) -> Known {
    Known { operation, place: Place::Payload, read: Shape::of::<T>, shape: OnceLock::new() }
}

/// An operation for which the client has no type.
const fn listed(operation: &'static str, read: fn() -> Shape) -> Known {
    Known { operation, place: Place::Body, read, shape: OnceLock::new() }
}

static KNOWN: [Known; 37] = [
    body::<UpdateUsersRequest>("UpdateUsers"),
    body::<UpdateUsersPartialRequest>("UpdateUsersPartial"),
    payload::<QueryUsersPayload>("QueryUsers"),
    body::<DeactivateUsersRequest>("DeactivateUsers"),
    body::<ReactivateUsersRequest>("ReactivateUsers"),
    body::<DeleteUsersRequest>("DeleteUsers"),
    body::<RestoreUsersRequest>("RestoreUsers"),
    body::<ExportUsersRequest>("ExportUsers"),
    body::<UpdateAppRequest>("UpdateApp"),
    body::<CreateDeviceRequest>("CreateDevice"),
    body::<UpsertPushPreferencesRequest>("UpdatePushNotificationPreferences"),
    body::<UpdateLiveLocationRequest>("UpdateLiveLocation"),
    body::<SendUserCustomEventRequest>("SendUserCustomEvent"),
    body::<CreateGuestRequest>("CreateGuest"),
    body::<BlockUsersRequest>("BlockUsers"),
    body::<UnblockUsersRequest>("UnblockUsers"),
    body::<BanRequest>("Ban"),
    body::<UnbanRequest>("Unban"),
    body::<MuteRequest>("Mute"),
    body::<UnmuteRequest>("Unmute"),
    body::<FlagRequest>("Flag"),
    body::<GetFlagCountRequest>("GetFlagCount"),
    payload::<QueryBannedUsersPayload>("QueryBannedUsers"),
    payload::<QueryFutureChannelBansPayload>("QueryFutureChannelBans"),
    body::<DeactivateUserRequest>("DeactivateUser"),
    body::<ReactivateUserRequest>("ReactivateUser"),
    body::<CreateUserGroupRequest>("CreateUserGroup"),
    body::<UpdateUserGroupRequest>("UpdateUserGroup"),
    body::<AddUserGroupMembersRequest>("AddUserGroupMembers"),
    body::<RemoveUserGroupMembersRequest>("RemoveUserGroupMembers"),
    body::<CreateRoleRequest>("CreateRole"),
    listed("UpsertPushProvider", || Shape::named("UpsertPushProvider", &["push_provider"])),
    listed("CheckPush", || {
        Shape::named(
            "CheckPush",
            &[
                "apn_template",
                "event_type",
                "firebase_data_template",
                "firebase_template",
                "message_id",
                "push_provider_name",
                "push_provider_type",
                "skip_devices",
                "user",
                "user_id",
            ],
        )
    }),
    listed("CheckSQS", || Shape::named("CheckSQS", &["sqs_key", "sqs_secret", "sqs_url"])),
    listed("CheckSNS", || Shape::named("CheckSNS", &["sns_key", "sns_secret", "sns_topic_arn"])),
    listed("CreateBlockList", block_list),
    listed("UpdateBlockList", block_list),
];

fn block_list() -> Shape {
    Shape::named(
        "BlockList",
        &[
            "is_confusable_folding_enabled",
            "is_leet_check_enabled",
            "is_plural_check_enabled",
            "is_substring_matching_enabled",
            "name",
            "team",
            "type",
            "user",
            "user_id",
            "words",
        ],
    )
}

/// The operations that differ in [`Dialect::V1`] or exist only there.
static KNOWN_V1: [Known; 10] = [
    listed("Ban", || {
        Shape::named(
            "Ban",
            &[
                "ban_from_future_channels",
                "banned_by",
                "banned_by_id",
                "channel_cid",
                "delete_messages",
                "id",
                "ip_ban",
                "reason",
                "shadow",
                "target_user_id",
                "timeout",
                "type",
                "user",
                "user_id",
            ],
        )
    }),
    listed("Mute", || Shape::named("Mute", &["target_id", "target_ids", "timeout", "user", "user_id"])),
    listed("Unmute", || Shape::named("Unmute", &["target_id", "target_ids", "timeout", "user", "user_id"])),
    listed("Flag", || flag("Flag")),
    listed("Unflag", || flag("Unflag")),
    listed("SendUserCustomEvent", || Shape::named("SendUserCustomEvent", &["event"])),
    listed("CreateCustomPermission", || permission("CreateCustomPermission")),
    listed("UpdateCustomPermission", || permission("UpdateCustomPermission")),
    listed("UnreadCountsBatch", || Shape::named("UnreadCountsBatch", &["user_ids"])),
    listed("MarkChannelsRead", || {
        Shape::named("MarkChannelsRead", &["channel_cids", "connection_id", "read_by_channel", "user", "user_id"])
    }),
];

fn flag(name: &'static str) -> Shape {
    Shape::named(name, &["custom", "reason", "target_message_id", "target_user_id", "user", "user_id"])
}

fn permission(name: &'static str) -> Shape {
    Shape::named(
        name,
        &["action", "condition", "custom", "description", "id", "level", "name", "owner", "same_team", "tags"],
    )
}

impl Known {
    /// The known fields of an operation; `None` if it has none.
    pub(crate) fn of(operation: &str, dialect: Dialect) -> Option<&'static Self> {
        let v1 = KNOWN_V1.iter().filter(|_| dialect == Dialect::V1);
        v1.chain(&KNOWN).find(|known| known.operation == operation)
    }

    fn shape(&self) -> &Shape {
        self.shape.get_or_init(self.read)
    }

    /// The unknown fields of a request. Invalid JSON has none here; the operation rejects it.
    pub(crate) fn unknown(&self, request: &Request) -> Vec<Unknown> {
        match self.place {
            Place::Body => self.shape().unknown(&request.body),
            Place::Payload => {
                request.parameter("payload").map(|payload| self.shape().unknown(payload.as_bytes())).unwrap_or_default()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::routes::{Route, routes};
    use crate::core::wire::Method;

    #[test]
    fn every_operation_with_a_body_lists_its_fields() {
        // Clients send data about themselves to these operations; the emulator does not read it.
        let takes_body = |route: &&Route| {
            matches!(route.method, Method::Post | Method::Put | Method::Patch)
                && route.operation != "SendCallClientEvent"
        };
        for route in routes().filter(takes_body) {
            let known = Known::of(route.operation, Dialect::of(route.before));
            assert!(known.is_some_and(|known| *known.shape() != Shape::Free), "{}", route.operation);
        }
        for known in KNOWN.iter().chain(&KNOWN_V1) {
            assert!(routes().any(|route| route.operation == known.operation), "{}", known.operation);
        }
    }
}
