//! Everything the operations work on.

use std::collections::HashMap;

use getstream_users::auth::SigningKey;
use getstream_users::model::Timestamp;

use super::clock::Clock;
use super::ids::Ids;
use super::state::Users;
use super::tasks::{self, Tasks};

/// The app: its users, its tasks, and what is needed to make more of them.
#[derive(Debug, Clone)]
pub(crate) struct World {
    pub(crate) users: Users,
    pub(crate) tasks: Tasks,
    /// Files that exports have made, by name.
    pub(crate) exports: HashMap<String, Vec<u8>>,
    pub(crate) clock: Clock,
    pub(crate) ids: Ids,
    /// Signs the tokens of guests.
    pub(crate) signing_key: SigningKey,
}

impl World {
    /// Does what tasks were to do until now. Tasks have no thread of their own: whoever asks next finds them done, with
    /// the times at which they were due.
    pub(crate) fn catch_up(&mut self, now: Timestamp) {
        while let Some(due) = self.tasks.next_due(now) {
            let end = tasks::run(self, due.job, due.at);
            self.tasks.end(&due.id, end);
        }
    }
}
