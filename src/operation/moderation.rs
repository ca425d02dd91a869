//! Banning, muting and flagging users.

use super::{Answer, Input, Method, Operation, Path, Rule, USUAL};

/// How many users one request may mute or unmute.
const MAX_TARGETS: u32 = 1000;
/// The longest reason of a flag, in characters.
const MAX_REASON: usize = 255;
/// The largest 32-bit number: some four thousand years.
const MAX_MINUTES: u32 = 0x7fff_ffff;

/// Bans a user. A second ban replaces the first.
pub static BAN: Operation = Operation {
    method_name: "moderation.ban",
    path: Path::parse("/api/v2/moderation/ban"),
    rules: &[
        Rule::Required("target_user_id"),
        Rule::Text("banned_by_id"),
        Rule::User("banned_by"),
        Rule::Count("timeout", 0, MAX_MINUTES),
        Rule::Flag("shadow"),
        Rule::Flag("ip_ban"),
        Rule::OneOf("delete_messages", &["soft", "pruning", "hard"]),
    ],
    idempotent: true,
    ..USUAL
};

/// Removes a ban.
pub static UNBAN: Operation = Operation {
    method_name: "moderation.unban",
    path: Path::parse("/api/v2/moderation/unban"),
    query: "target_user_id,channel_cid,created_by,remove_future_channels_ban",
    rules: &[Rule::Required("target_user_id"), Rule::Text("unbanned_by_id"), Rule::User("unbanned_by")],
    idempotent: true,
    ..USUAL
};

/// Mutes users for a user.
pub static MUTE: Operation = Operation {
    method_name: "moderation.mute",
    path: Path::parse("/api/v2/moderation/mute"),
    rules: &[
        Rule::Ids("target_ids", MAX_TARGETS),
        Rule::Count("timeout", 0, MAX_MINUTES),
        Rule::Text("user_id"),
        Rule::User("user"),
    ],
    idempotent: true,
    result: Answer::MuteResponse,
    ..USUAL
};

/// Removes mutes.
pub static UNMUTE: Operation = Operation {
    method_name: "moderation.unmute",
    path: Path::parse("/api/v2/moderation/unmute"),
    result: Answer::Dateless,
    ..MUTE
};

/// Flags something for moderators. What a second flag does is not documented.
pub static FLAG: Operation = Operation {
    method_name: "moderation.flag",
    path: Path::parse("/api/v2/moderation/flag"),
    rules: &[
        Rule::Required("entity_type"),
        Rule::Required("entity_id"),
        Rule::Length("reason", MAX_REASON),
        Rule::Object("custom"),
        Rule::Text("user_id"),
        Rule::User("user"),
    ],
    ..USUAL
};

/// Finds bans.
pub static QUERY_BANNED_USERS: Operation = Operation {
    method_name: "queryBannedUsers",
    method: Method::Get,
    path: Path::parse("/api/v2/chat/query_banned_users"),
    input: Input::Url,
    query: "payload",
    rules: &[Rule::Query { limit: 300, offset: 10_000, sort: 1 }],
    result: Answer::QueryBannedUsersResponse,
    ..USUAL
};

/// [`QUERY_BANNED_USERS`] under its other name in the official SDK.
pub static CHAT_QUERY_BANNED_USERS: Operation =
    Operation { method_name: "chat.queryBannedUsers", ..QUERY_BANNED_USERS };

/// Finds bans from future channels.
pub static QUERY_FUTURE_CHANNEL_BANS: Operation = Operation {
    method_name: "chat.queryFutureChannelBans",
    path: Path::parse("/api/v2/chat/query_future_channel_bans"),
    optional: true,
    rules: &[Rule::Object("payload")],
    ..QUERY_BANNED_USERS
};

/// Sends a custom event to a user. Sent twice, it is two events.
pub static SEND_USER_CUSTOM_EVENT: Operation = Operation {
    method_name: "chat.sendUserCustomEvent",
    path: Path::parse("/api/v2/chat/users/{user_id}/event"),
    rules: &[Rule::Event],
    ..USUAL
};
