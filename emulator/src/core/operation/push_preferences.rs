//! Push preferences of users.
//!
//! The emulator sends no notifications; it only stores and returns preferences. It has no channels, so any channel may
//! be named. Where sources are silent: missing fields of a preference stay unchanged, including single kinds of
//! messages and events; a new `disabled_until` wins over `remove_disable` in the same request; calls and feeds of a
//! channel are ignored; the limit per request is that of other operations.

use std::collections::BTreeMap;

use getstream_users::model::{
    ChatPreferences, ChatPushLevel, FeedsPreferences, PushChoice, PushLevel, PushPreferenceInput, Timestamp,
    UpsertPushPreferencesRequest, UpsertPushPreferencesResponse,
};
use serde_json::Value;

use super::validate::{MAX_BATCH, check_count};
use crate::core::caller::Caller;
use crate::core::failure::Failure;
use crate::core::state::{Preferences, World};
use crate::core::wire::read::{self, Fields};
use crate::core::wire::{Call, DURATION, Outcome};

const CHAT_LEVELS: [(&str, ChatPushLevel); 6] = [
    ("all", ChatPushLevel::All),
    ("mentions", ChatPushLevel::Mentions),
    ("direct_mentions", ChatPushLevel::DirectMentions),
    ("all_mentions", ChatPushLevel::AllMentions),
    ("none", ChatPushLevel::None),
    ("default", ChatPushLevel::Default),
];
const LEVELS: [(&str, PushLevel); 3] =
    [("all", PushLevel::All), ("none", PushLevel::None), ("default", PushLevel::Default)];
const CHOICES: [(&str, PushChoice); 2] = [("all", PushChoice::All), ("none", PushChoice::None)];

/// `UpdatePushNotificationPreferences`.
pub(crate) fn update(world: &mut World, call: &Call<'_>) -> Outcome {
    let mut body = call.body()?;
    let preferences = body.required("preferences", |value, path| read::list(value, path, read_preference))?;
    let request = UpsertPushPreferencesRequest { preferences };
    check_count("preferences", request.preferences.len(), MAX_BATCH)?;
    // A missing user id is reported before an unknown user: the API checks the whole form first.
    let mut named_ids = Vec::new();
    for (index, input) in request.preferences.iter().enumerate() {
        named_ids.push(named(call.caller, input, &format!("preferences[{index}]"))?.to_owned());
    }
    named_ids.iter().try_for_each(|id| check_subject(world, call.caller, id))?;
    let changes = named_ids.into_iter().zip(request.preferences);

    let mut answer = UpsertPushPreferencesResponse { duration: DURATION.to_owned(), ..Default::default() };
    for (user_id, input) in changes {
        let preferences = world.push_preferences.entry(user_id.clone()).or_default();
        if let Some(cid) = apply(preferences, input) {
            let channel = preferences.channels.get(&cid).cloned().unwrap_or_default();
            answer.user_channel_preferences.entry(user_id.clone()).or_default().insert(cid, channel);
        }
        answer.user_preferences.insert(user_id, preferences.overall.clone());
    }
    call.reply(&answer)
}

/// The user whose preference it is. A server has to name one, a user need not.
fn named<'a>(caller: &'a Caller, input: &'a PushPreferenceInput, path: &str) -> Result<&'a str, Failure> {
    let named = input.user_id.as_deref().filter(|id| !id.is_empty());
    match (named, caller) {
        (Some(id), _) => Ok(id),
        (None, Caller::User(own)) => Ok(own),
        (None, Caller::Server | Caller::Anonymous) => {
            Err(Failure::field(format!("{path}.user_id"), "is a required field"))
        }
    }
}

/// # Errors
/// If there is no such user, or the caller is another user.
fn check_subject(world: &World, caller: &Caller, id: &str) -> Result<(), Failure> {
    match caller {
        Caller::User(own) if own == id => Ok(()),
        Caller::Server => world.users.active(id).map(|_| ()),
        Caller::User(_) | Caller::Anonymous => {
            Err(Failure::not_allowed("push preferences of other users can only be updated server-side"))
        }
    }
}

fn read_preference(value: Value, path: &str) -> Result<PushPreferenceInput, Failure> {
    let mut fields = Fields::of(value, path)?;
    Ok(PushPreferenceInput {
        user_id: fields.optional("user_id", read::text)?,
        channel_cid: fields.optional("channel_cid", read::text)?.filter(|cid| !cid.is_empty()),
        chat_level: fields.choice("chat_level", &CHAT_LEVELS)?,
        call_level: fields.choice("call_level", &LEVELS)?,
        feeds_level: fields.choice("feeds_level", &LEVELS)?,
        disabled_until: fields.optional("disabled_until", read::time)?,
        remove_disable: fields.optional("remove_disable", read::flag)?,
        chat_preferences: fields.optional("chat_preferences", read_chat)?,
        feeds_preferences: fields.optional("feeds_preferences", read_feeds)?,
    })
}

fn read_chat(value: Value, path: &str) -> Result<ChatPreferences, Failure> {
    let mut fields = Fields::of(value, path)?;
    Ok(ChatPreferences {
        default_preference: fields.choice("default_preference", &CHOICES)?,
        direct_mentions: fields.choice("direct_mentions", &CHOICES)?,
        group_mentions: fields.choice("group_mentions", &CHOICES)?,
        role_mentions: fields.choice("role_mentions", &CHOICES)?,
        channel_mentions: fields.choice("channel_mentions", &CHOICES)?,
        here_mentions: fields.choice("here_mentions", &CHOICES)?,
        thread_replies: fields.choice("thread_replies", &CHOICES)?,
    })
}

fn read_feeds(value: Value, path: &str) -> Result<FeedsPreferences, Failure> {
    let mut fields = Fields::of(value, path)?;
    Ok(FeedsPreferences {
        comment: fields.choice("comment", &CHOICES)?,
        comment_mention: fields.choice("comment_mention", &CHOICES)?,
        comment_reaction: fields.choice("comment_reaction", &CHOICES)?,
        comment_reply: fields.choice("comment_reply", &CHOICES)?,
        follow: fields.choice("follow", &CHOICES)?,
        mention: fields.choice("mention", &CHOICES)?,
        reaction: fields.choice("reaction", &CHOICES)?,
        custom_activity_types: fields.optional("custom_activity_types", |value, path| {
            let mut types = Fields::of(value, path)?;
            let names: Vec<String> = types.names().cloned().collect();
            let chosen = names.into_iter().map(|name| Ok((types.choice(&name, &CHOICES)?, name)));
            let chosen: Result<Vec<_>, Failure> = chosen.collect();
            Ok(chosen?.into_iter().filter_map(|(choice, name)| Some((name, choice?))).collect())
        })?,
    })
}

/// Applies a preference, and returns the channel if it is for one.
fn apply(preferences: &mut Preferences, input: PushPreferenceInput) -> Option<String> {
    let PushPreferenceInput { chat_level, disabled_until, remove_disable, chat_preferences, .. } = input;
    let until = |before: Option<Timestamp>| disabled_until.or(before.filter(|_| remove_disable != Some(true)));
    let Some(cid) = input.channel_cid else {
        let overall = &mut preferences.overall;
        overall.chat_level = chat_level.or(overall.chat_level);
        overall.call_level = input.call_level.or(overall.call_level);
        overall.feeds_level = input.feeds_level.or(overall.feeds_level);
        overall.disabled_until = until(overall.disabled_until);
        overall.chat_preferences = merged(overall.chat_preferences.take(), chat_preferences, merged_chat);
        overall.feeds_preferences = merged(overall.feeds_preferences.take(), input.feeds_preferences, merged_feeds);
        return None;
    };
    let channel = preferences.channels.entry(cid.clone()).or_default();
    channel.chat_level = chat_level.or(channel.chat_level);
    channel.disabled_until = until(channel.disabled_until);
    channel.chat_preferences = merged(channel.chat_preferences.take(), chat_preferences, merged_chat);
    Some(cid)
}

fn merged<T>(old: Option<T>, new: Option<T>, merge: fn(T, T) -> T) -> Option<T> {
    match (old, new) {
        (Some(old), Some(new)) => Some(merge(old, new)),
        (old, new) => new.or(old),
    }
}

fn merged_chat(old: ChatPreferences, new: ChatPreferences) -> ChatPreferences {
    ChatPreferences {
        default_preference: new.default_preference.or(old.default_preference),
        direct_mentions: new.direct_mentions.or(old.direct_mentions),
        group_mentions: new.group_mentions.or(old.group_mentions),
        role_mentions: new.role_mentions.or(old.role_mentions),
        channel_mentions: new.channel_mentions.or(old.channel_mentions),
        here_mentions: new.here_mentions.or(old.here_mentions),
        thread_replies: new.thread_replies.or(old.thread_replies),
    }
}

fn merged_feeds(old: FeedsPreferences, new: FeedsPreferences) -> FeedsPreferences {
    let types = |mut old: BTreeMap<String, PushChoice>, new| {
        old.extend(new);
        old
    };
    FeedsPreferences {
        comment: new.comment.or(old.comment),
        comment_mention: new.comment_mention.or(old.comment_mention),
        comment_reaction: new.comment_reaction.or(old.comment_reaction),
        comment_reply: new.comment_reply.or(old.comment_reply),
        follow: new.follow.or(old.follow),
        mention: new.mention.or(old.mention),
        reaction: new.reaction.or(old.reaction),
        custom_activity_types: merged(old.custom_activity_types, new.custom_activity_types, types),
    }
}
