//! The push services of an app.

use getstream_users::model::{CustomData, Timestamp};
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

/// A push provider as it was configured.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct PushProvider {
    pub(crate) r#type: String,
    pub(crate) name: String,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
    /// Its other fields: credentials and templates.
    pub(crate) settings: CustomData,
}

/// All push providers, oldest first.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct PushProviders(IndexMap<String, PushProvider>);

impl PushProviders {
    pub(crate) fn all(&self) -> impl Iterator<Item = &PushProvider> {
        self.0.values()
    }

    /// Whether there is a provider for a device: of this type and, if given, with this name.
    pub(crate) fn serves(&self, r#type: &str, name: Option<&str>) -> bool {
        self.all().any(|provider| provider.r#type == r#type && name.is_none_or(|name| provider.name == name))
    }

    pub(crate) fn get(&self, r#type: &str, name: &str) -> Option<&PushProvider> {
        self.0.get(&key(r#type, name))
    }

    /// Adds a provider; it replaces the one of the same type and name.
    pub(crate) fn put(&mut self, provider: PushProvider) {
        self.0.insert(key(&provider.r#type, &provider.name), provider);
    }

    /// Returns whether there was such a provider.
    pub(crate) fn remove(&mut self, r#type: &str, name: &str) -> bool {
        self.0.shift_remove(&key(r#type, name)).is_some()
    }
}

/// The key is unambiguous because no type contains a slash.
fn key(r#type: &str, name: &str) -> String {
    format!("{type}/{name}")
}
