//! Push preferences of users.

use std::collections::BTreeMap;

use getstream_users::model::{ChannelPushPreferencesResponse, PushPreferencesResponse};
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

/// The preferences of all users who have set any, by user id.
pub(crate) type PushPreferences = IndexMap<String, Preferences>;

/// One user's preferences.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Preferences {
    /// For everything.
    pub(crate) overall: PushPreferencesResponse,
    /// For single channels, by cid.
    pub(crate) channels: BTreeMap<String, ChannelPushPreferencesResponse>,
}
