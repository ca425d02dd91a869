//! Banning and unbanning users.
//!
//! Where sources are silent: a ban replaces an existing one; the banned user must exist; the user who bans must exist
//! only in strict mode; removing a ban that does not exist succeeds. There are no messages and no IP addresses here, so
//! `delete_messages` and `ip_ban` are accepted and do nothing.
//!
//! Stream's description of these operations has no bans from future channels, but chat SDKs send them.

use getstream_users::model::{BanRequest, DurationResponse, UnbanRequest};

use super::actor::{Actor, Names};
use super::deletion::MESSAGE_MODES;
use super::timeout;
use crate::core::access::check_reach;
use crate::core::event::{Content, undeleted_user};
use crate::core::failure::Failure;
use crate::core::state::permissions::Action;
use crate::core::state::{Ban, Place, World};
use crate::core::wire::read::{self, Fields};
use crate::core::wire::{Call, DURATION, Dialect, Outcome};

/// `Ban`.
pub(crate) fn ban(world: &mut World, call: &Call<'_>) -> Outcome {
    let mut body = call.body()?;
    let request = read_ban(&mut body, call.dialect)?;
    let actor = Actor::required(world, call, &mut body, Names::BANNED_BY)?;
    check_reach(world, call.caller, Action::BanUser, actor.id == request.target_user_id)?;
    world.users.undeleted(&request.target_user_id)?;

    let banned_by_id = actor.keep(world);
    let ban = Ban {
        target_id: request.target_user_id,
        banned_by_id,
        place: request.channel_cid.map_or(Place::App, Place::Channel),
        reason: request.reason,
        shadow: request.shadow.unwrap_or_default(),
        created_at: world.clock.stamp(call.now),
        expires: timeout::end(call.now, request.timeout),
    };
    world.bans.put(ban.clone());
    if request.ban_from_future_channels == Some(true) {
        world.bans.put(Ban { place: Place::FutureChannels, ..ban.clone() });
    }
    world.announce("user.banned", call.cause(), |world| banned(world, &ban));
    call.reply(&DurationResponse { duration: DURATION.to_owned() })
}

fn read_ban(body: &mut Fields, dialect: Dialect) -> Result<BanRequest, Failure> {
    Ok(BanRequest {
        target_user_id: body.required("target_user_id", read::filled)?,
        // Read by `Actor`.
        banned_by_id: None,
        banned_by: None,
        reason: body.optional("reason", read::text)?.filter(|reason| !reason.is_empty()),
        timeout: timeout::read(body)?,
        shadow: body.optional("shadow", read::flag)?,
        ip_ban: body.optional("ip_ban", read::flag)?,
        channel_cid: read_channel(body, dialect)?,
        delete_messages: body.choice("delete_messages", MESSAGE_MODES)?,
        ban_from_future_channels: body.optional("ban_from_future_channels", read::flag)?,
    })
}

/// The channel of a ban: a cid or, in [`Dialect::V1`], a type and an id.
fn read_channel(fields: &mut Fields, dialect: Dialect) -> Result<Option<String>, Failure> {
    let cid = fields.optional("channel_cid", read::text)?.map(channel_cid).transpose()?.flatten();
    if cid.is_some() || dialect == Dialect::V2 {
        return Ok(cid);
    }
    let [kind, id] = ["type", "id"].map(|name| fields.optional(name, read::text));
    match (kind?.unwrap_or_default().as_str(), id?.unwrap_or_default().as_str()) {
        ("", "") => Ok(None),
        (kind, "") if !kind.is_empty() => Err(Failure::field("id", "is a required field together with type")),
        ("", _) => Err(Failure::field("type", "is a required field together with id")),
        (kind, id) => channel_cid(format!("{kind}:{id}")),
    }
}

/// The channel need not exist, since there are none, but its cid must be well-formed. An empty cid counts as missing.
fn channel_cid(cid: String) -> Result<Option<String>, Failure> {
    match cid.split_once(':') {
        None if cid.is_empty() => Ok(None),
        Some((kind, id)) if !kind.is_empty() && !id.is_empty() => Ok(Some(cid)),
        _ => Err(Failure::field("channel_cid", "must be the type and the id of a channel with a colon between them")),
    }
}

/// `Unban`. The query string says which ban to remove, the body who removes it.
pub(crate) fn unban(world: &mut World, call: &Call<'_>) -> Outcome {
    let mut body = call.body()?;
    let request = read_unban(&mut call.parameters(), call.dialect)?;
    remove_ban(world, call, request, &mut body)
}

/// `Unban` in [`Dialect::V1`], where the query string also says who removes the ban.
pub(crate) fn unban_in_query(world: &mut World, call: &Call<'_>) -> Outcome {
    let mut parameters = call.parameters();
    let request = read_unban(&mut parameters, call.dialect)?;
    check_reach(world, call.caller, Action::BanUser, call.caller.user_id() == Some(&request.target_user_id))?;
    remove_ban(world, call, request, &mut parameters)
}

/// `fields` say who removes the ban.
fn remove_ban(world: &mut World, call: &Call<'_>, request: UnbanRequest, fields: &mut Fields) -> Outcome {
    let actor = Actor::optional(world, call, fields, Names::UNBANNED_BY)?;
    let unbanned_by_id = actor.map(|actor| actor.keep(world));
    let UnbanRequest { target_user_id, channel_cid, created_by, remove_future_channels_ban, .. } = request;
    let removed = world.bans.remove(&target_user_id, channel_cid.as_deref(), created_by.as_deref());
    if remove_future_channels_ban == Some(true) {
        world.bans.remove_from_future_channels(&target_user_id, created_by.as_deref());
    }
    if let Some(ban) = removed.filter(|ban| ban.is_active(call.now)) {
        world.announce("user.unbanned", call.cause(), |world| unbanned(world, &ban, unbanned_by_id.as_deref()));
    }
    call.reply(&DurationResponse { duration: DURATION.to_owned() })
}

fn read_unban(parameters: &mut Fields, dialect: Dialect) -> Result<UnbanRequest, Failure> {
    let remove_future_channels_ban = parameters.optional("remove_future_channels_ban", read::text)?;
    Ok(UnbanRequest {
        target_user_id: parameters.required("target_user_id", read::text)?,
        channel_cid: match dialect {
            Dialect::V2 => parameters.optional("channel_cid", read::text)?,
            Dialect::V1 => read_channel(parameters, dialect)?,
        },
        created_by: parameters.optional("created_by", read::text)?,
        remove_future_channels_ban: remove_future_channels_ban.map(|value| value == "true"),
        // Read by `Actor`.
        unbanned_by_id: None,
        unbanned_by: None,
    })
}

type EventFields = Vec<(&'static str, Content)>;

fn banned(world: &World, ban: &Ban) -> EventFields {
    let mut fields = event_fields(world, ban);
    fields.extend(undeleted_user(world, &ban.banned_by_id).map(|user| ("created_by", user)));
    fields.extend(ban.reason.as_ref().map(|reason| ("reason", reason.as_str().into())));
    fields.extend(ban.expires.map(|expires| ("expiration", Content::Time(expires))));
    fields.push(("total_bans", world.bans.count(&ban.target_id, world.now).into()));
    fields
}

fn unbanned(world: &World, ban: &Ban, by: Option<&str>) -> EventFields {
    let mut fields = event_fields(world, ban);
    let user = by.and_then(|id| undeleted_user(world, id));
    fields.extend(user.map(|user| ("created_by", user)));
    fields
}

/// The fields of a ban in its two events.
fn event_fields(world: &World, ban: &Ban) -> EventFields {
    let user = undeleted_user(world, &ban.target_id);
    let mut fields: EventFields = user.into_iter().map(|user| ("user", user)).collect();
    fields.push(("shadow", ban.shadow.into()));
    if let Some((cid, (kind, id))) = ban.channel_cid().and_then(|cid| Some((cid, cid.split_once(':')?))) {
        fields.extend([("cid", cid.into()), ("channel_type", kind.into()), ("channel_id", id.into())]);
    }
    fields
}
