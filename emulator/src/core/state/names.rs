//! Who has which name, for apps in which names are unique.
//!
//! Names are the same when they have the same letters and digits, whatever their case and whatever stands between: so
//! Stream's documentation has it. A name without letters and digits is nobody's, a choice. Users who were deactivated or
//! deleted have no name to keep from others (seen in SDK tests).

use std::collections::{BTreeMap, BTreeSet};

use super::users::{Standing, User};

/// Users by what counts of their names.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Names(BTreeMap<String, BTreeSet<String>>);

impl Names {
    pub(super) fn of<'a>(users: impl Iterator<Item = &'a User>) -> Self {
        let mut names = Self::default();
        users.for_each(|user| names.add(user));
        names
    }

    pub(super) fn add(&mut self, user: &User) {
        if let Some(name) = claimed(user) {
            self.0.entry(name).or_default().insert(user.id.clone());
        }
    }

    pub(super) fn remove(&mut self, user: &User) {
        let Some(name) = claimed(user) else { return };
        if let Some(ids) = self.0.get_mut(&name) {
            ids.remove(&user.id);
            if ids.is_empty() {
                self.0.remove(&name);
            }
        }
    }

    /// The ids of those who have a name, given as [`claimed`] returns it.
    pub(super) fn holders(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0.get(name).into_iter().flatten().map(String::as_str)
    }
}

/// What counts of the name that a user keeps from others, if it has one.
pub(crate) fn claimed(user: &User) -> Option<String> {
    let name = user.profile.name.as_deref().filter(|_| user.standing() == Standing::Active)?;
    let name: String = name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    (!name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use getstream_users::model::{Timestamp, UserDeleteMode};

    fn named(id: &str, name: &str) -> User {
        let mut user = User::new(id, Timestamp(0));
        user.profile.name = Some(name.to_owned());
        user
    }

    #[test]
    fn letters_and_digits_count_in_any_case() {
        for (name, expected) in [
            ("Ann Lee", Some("annlee")),
            (" ann-LEE!\t", Some("annlee")),
            ("Zoë 2", Some("zoë2")),
            ("李", Some("李")),
            ("", None),
            (" -!", None),
        ] {
            assert_eq!(claimed(&named("u", name)).as_deref(), expected, "{name}");
        }
    }

    #[test]
    fn only_active_users_have_a_name() {
        let deactivated = User { deactivated_at: Some(Timestamp(1)), ..named("u", "Ann") };
        let deleted = User { deleted: Some(UserDeleteMode::Soft), ..named("u", "Ann") };
        assert_eq!((claimed(&deactivated), claimed(&deleted)), (None, None));
    }

    #[test]
    fn what_is_added_can_be_removed_without_a_trace() {
        let (one, other) = (named("a", "Ann"), named("b", "ann"));
        let mut names = Names::of([&one, &other].into_iter());
        assert_eq!(names.holders("ann").collect::<Vec<_>>(), ["a", "b"]);
        names.remove(&one);
        assert_eq!(names.holders("ann").collect::<Vec<_>>(), ["b"]);
        names.remove(&other);
        assert_eq!(names, Names::default());
    }
}
