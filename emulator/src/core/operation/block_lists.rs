//! Block lists: words that an app rejects. There are no messages here, so they block nothing.

use getstream_users::model::DurationResponse;
use serde::Serialize;

use super::validate::{MAX_WORDS, check_length};
use crate::core::failure::{Code, Failure, Violations};
use crate::core::state::{BlockList, World};
use crate::core::wire::read::{self, Fields};
use crate::core::wire::{Call, DURATION, Outcome};

const MAX_NAME: usize = 255;
/// The default type of a list.
const WORD: &str = "word";
const TYPES: [(&str, &str); 6] = [
    ("regex", "regex"),
    ("domain", "domain"),
    ("domain_allowlist", "domain_allowlist"),
    ("email", "email"),
    ("email_allowlist", "email_allowlist"),
    (WORD, WORD),
];

#[derive(Serialize)]
struct ListResponse<'a> {
    blocklists: Vec<&'a BlockList>,
    duration: &'static str,
}

#[derive(Serialize)]
struct OneResponse<'a> {
    blocklist: &'a BlockList,
    duration: &'static str,
}

/// `ListBlockLists`.
pub(crate) fn list(world: &mut World, call: &Call<'_>) -> Outcome {
    let team = call.parameters().optional("team", read::text)?;
    let wanted = |list: &&BlockList| team.is_none() || list.team == team;
    call.reply(&ListResponse { blocklists: world.block_lists.all().filter(wanted).collect(), duration: DURATION })
}

/// `GetBlockList`.
pub(crate) fn get(world: &mut World, call: &Call<'_>) -> Outcome {
    call.reply(&OneResponse { blocklist: found(world, call)?, duration: DURATION })
}

/// `CreateBlockList`.
pub(crate) fn create(world: &mut World, call: &Call<'_>) -> Outcome {
    let mut body = call.body()?;
    let name = body.required("name", read::filled)?;
    let words = body.required("words", words)?;
    let mut violations = Violations::default();
    check_length(&name, MAX_NAME, "name", &mut violations);
    violations.check()?;
    let r#type = body.choice("type", &TYPES)?.unwrap_or(WORD).to_owned();
    let team = body.optional("team", read::text)?.filter(|team| !team.is_empty());
    let flags = Flags::read(&mut body)?;
    if world.block_lists.get(&name).is_some() {
        return Err(Failure::input(format!("block list with name \"{name}\" already exists")));
    }
    let now = world.clock.stamp(call.now);
    let list = flags.set(BlockList {
        id: world.ids.uuid(),
        name,
        r#type,
        words,
        team,
        is_confusable_folding_enabled: false,
        is_leet_check_enabled: false,
        is_plural_check_enabled: false,
        is_substring_matching_enabled: false,
        created_at: now,
        updated_at: now,
    });
    let body = call.reply(&OneResponse { blocklist: &list, duration: DURATION })?;
    world.block_lists.put(list);
    Ok(body)
}

/// `UpdateBlockList`.
pub(crate) fn update(world: &mut World, call: &Call<'_>) -> Outcome {
    let mut body = call.body()?;
    let words = body.optional("words", words)?;
    let team = body.optional("team", read::text)?.filter(|team| !team.is_empty());
    let flags = Flags::read(&mut body)?;
    let before = found(world, call)?.clone();
    let list = flags.set(BlockList {
        words: words.unwrap_or_else(|| before.words.clone()),
        team: team.or_else(|| before.team.clone()),
        updated_at: world.clock.stamp(call.now),
        ..before
    });
    let body = call.reply(&OneResponse { blocklist: &list, duration: DURATION })?;
    world.block_lists.put(list);
    Ok(body)
}

/// `DeleteBlockList`.
pub(crate) fn delete(world: &mut World, call: &Call<'_>) -> Outcome {
    let name = found(world, call)?.name.clone();
    world.block_lists.remove(&name);
    call.reply(&DurationResponse { duration: DURATION.to_owned() })
}

/// The list in the path.
fn found<'a>(world: &'a World, call: &Call<'_>) -> Result<&'a BlockList, Failure> {
    let name = call.subject;
    // SDK tests take the words "not found" for a feature that is turned off, so the message avoids them.
    let unknown = || Failure::new(Code::DoesNotExist, format!("block list with name \"{name}\" does not exist"));
    world.block_lists.get(name).ok_or_else(unknown)
}

fn words(value: serde_json::Value, path: &str) -> Result<Vec<String>, Failure> {
    let words = read::texts(value, path)?;
    if words.len() > MAX_WORDS {
        return Err(Failure::field(path, format!("must contain at maximum {MAX_WORDS} items")));
    }
    Ok(words)
}

/// The options of a list.
struct Flags([Option<bool>; 4]);

impl Flags {
    fn read(body: &mut Fields) -> Result<Self, Failure> {
        let mut flag = |name| body.optional(name, read::flag);
        Ok(Self([
            flag("is_confusable_folding_enabled")?,
            flag("is_leet_check_enabled")?,
            flag("is_plural_check_enabled")?,
            flag("is_substring_matching_enabled")?,
        ]))
    }

    /// The list with the options of a request.
    fn set(self, list: BlockList) -> BlockList {
        let Self([folding, leet, plural, substring]) = self;
        BlockList {
            is_confusable_folding_enabled: folding.unwrap_or(list.is_confusable_folding_enabled),
            is_leet_check_enabled: leet.unwrap_or(list.is_leet_check_enabled),
            is_plural_check_enabled: plural.unwrap_or(list.is_plural_check_enabled),
            is_substring_matching_enabled: substring.unwrap_or(list.is_substring_matching_enabled),
            ..list
        }
    }
}
