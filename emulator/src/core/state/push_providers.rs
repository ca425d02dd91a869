//! The push services of an app.

use getstream_users::model::{CustomData, Timestamp};
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

/// A push service as it was set up.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct PushProvider {
    pub(crate) r#type: String,
    pub(crate) name: String,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
    /// What else was said of it: credentials and templates.
    pub(crate) settings: CustomData,
}

/// All of them, in the order in which they were set up.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct PushProviders(IndexMap<String, PushProvider>);

impl PushProviders {
    pub(crate) fn all(&self) -> impl Iterator<Item = &PushProvider> {
        self.0.values()
    }

    /// Whether a device can be for one: of that type, and of that name if it says one.
    pub(crate) fn serves(&self, r#type: &str, name: Option<&str>) -> bool {
        self.all().any(|provider| provider.r#type == r#type && name.is_none_or(|name| provider.name == name))
    }

    pub(crate) fn get(&self, r#type: &str, name: &str) -> Option<&PushProvider> {
        self.0.get(&key(r#type, name))
    }

    /// Keeps one, in the place of the one of that type and name if there is one.
    pub(crate) fn put(&mut self, provider: PushProvider) {
        self.0.insert(key(&provider.r#type, &provider.name), provider);
    }

    /// Whether there was one.
    pub(crate) fn remove(&mut self, r#type: &str, name: &str) -> bool {
        self.0.shift_remove(&key(r#type, name)).is_some()
    }
}

/// No type has a slash in it.
fn key(r#type: &str, name: &str) -> String {
    format!("{type}/{name}")
}
