//! Flags of users, for moderators.

use getstream_users::model::{CustomData, Timestamp};
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

/// What is flagged: a user, or an object of the app that the emulator does not know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entity {
    pub(crate) kind: String,
    pub(crate) id: String,
}

/// One user's flag.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Flag {
    pub(crate) reason: Option<String>,
    pub(crate) custom: Option<CustomData>,
    pub(crate) created_at: Timestamp,
}

/// All flags of one entity.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Item {
    pub(crate) id: String,
    /// Who created the entity, if a request said so.
    pub(crate) creator_id: Option<String>,
    /// By the user who flagged it.
    pub(crate) flags: IndexMap<String, Flag>,
}

/// All items, by the type of the entity, then by its id.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Flags(IndexMap<String, IndexMap<String, Item>>);

impl Flags {
    /// Adds a user's flag, unless the user has flagged the entity already, and returns whether it is new. `item` is
    /// inserted with the entity's first flag.
    pub(crate) fn add(
        &mut self,
        entity: &Entity,
        user_id: &str,
        flag: Flag,
        item: impl FnOnce() -> Item,
    ) -> (&Item, bool) {
        let items = self.0.entry(entity.kind.clone()).or_default();
        let item = items.entry(entity.id.clone()).or_insert_with(item);
        let is_new = !item.flags.contains_key(user_id);
        item.flags.entry(user_id.to_owned()).or_insert(flag);
        (item, is_new)
    }

    /// A user's flag of an entity.
    pub(crate) fn get(&self, entity: &Entity, user_id: &str) -> Option<&Flag> {
        self.0.get(&entity.kind)?.get(&entity.id)?.flags.get(user_id)
    }

    /// Removes a user's flag, if it exists. The item stays and keeps its id for later flags.
    pub(crate) fn remove(&mut self, entity: &Entity, user_id: &str) -> Option<Flag> {
        self.0.get_mut(&entity.kind)?.get_mut(&entity.id)?.flags.shift_remove(user_id)
    }

    /// How many flags there are of what a user created, of one type or of all types.
    pub(crate) fn count(&self, creator_id: &str, kind: Option<&str>) -> usize {
        let kinds = self.0.iter().filter(|(name, _)| kind.is_none_or(|kind| kind == name.as_str()));
        let items = kinds.flat_map(|(_, items)| items.values());
        items.filter(|item| item.creator_id.as_deref() == Some(creator_id)).map(|item| item.flags.len()).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_about_one_thing_make_one_item_with_a_flag_of_each_user() {
        let mut flags = Flags::default();
        let mut add = |kind: &str, id: &str, by: &str| {
            let entity = Entity { kind: kind.to_owned(), id: id.to_owned() };
            let flag = Flag { reason: None, custom: None, created_at: Timestamp(0) };
            let creator_id = Some("c".to_owned());
            let item = || Item { id: format!("{kind} {id}"), creator_id, flags: IndexMap::new() };
            let (item, is_new) = flags.add(&entity, by, flag, item);
            (item.id.clone(), item.flags.len(), is_new)
        };
        assert_eq!(add("message", "1", "a"), ("message 1".to_owned(), 1, true));
        assert_eq!(add("message", "1", "b"), ("message 1".to_owned(), 2, true));
        assert_eq!(add("message", "1", "a"), ("message 1".to_owned(), 2, false));
        assert_eq!(add("user", "1", "a"), ("user 1".to_owned(), 1, true));
        for (creator, kind, count) in [("c", None, 3), ("c", Some("message"), 2), ("c", Some("x"), 0), ("d", None, 0)] {
            assert_eq!(flags.count(creator, kind), count, "{creator} {kind:?}");
        }
    }
}
