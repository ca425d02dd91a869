//! Everything the operations work on.

use getstream_users::auth::SigningKey;
use indexmap::IndexMap;

use super::choices::Choices;
use super::clock::Clock;
use super::ids::Ids;
use super::roles::Roles;
use super::tasks::Tasks;
use super::users::Users;

/// The app: its users, its tasks, and what is needed to make more of them.
#[derive(Debug, Clone)]
pub(crate) struct World {
    pub(crate) choices: Choices,
    pub(crate) users: Users,
    pub(crate) roles: Roles,
    pub(crate) tasks: Tasks,
    /// Files that exports have made, by name.
    pub(crate) exports: IndexMap<String, String>,
    pub(crate) clock: Clock,
    pub(crate) ids: Ids,
    /// Signs the tokens of guests.
    pub(crate) signing_key: SigningKey,
}
