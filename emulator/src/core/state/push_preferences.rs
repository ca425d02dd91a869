//! Push preferences of users.

use std::collections::BTreeMap;

use getstream_users::model::{ChannelPushPreferencesResponse, PushPreferencesResponse};
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

/// The preferences of all users who have some, by user id.
pub(crate) type PushPreferences = IndexMap<String, Preferences>;

/// What one user wants to be notified of.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Preferences {
    /// Of everything.
    pub(crate) overall: PushPreferencesResponse,
    /// Of a channel, by its cid.
    pub(crate) channels: BTreeMap<String, ChannelPushPreferencesResponse>,
}
