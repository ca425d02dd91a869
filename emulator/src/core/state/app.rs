//! The app's settings.

use getstream_users::model::{CustomData, FileUploadConfig, Timestamp};
use serde::{Deserialize, Serialize};

/// The app's settings: one field for each setting that has an effect here; the others are kept as they were sent.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct App {
    /// Whether development tokens are accepted.
    pub(crate) disable_auth_checks: bool,
    /// Whether every user may do what would otherwise depend on its role.
    pub(crate) disable_permissions_checks: bool,
    /// Whether guests are turned off.
    pub(crate) guest_user_creation_disabled: bool,
    /// Whether users see only users that they share a team with.
    pub(crate) multi_tenant_enabled: bool,
    /// Which users must have different names.
    pub(crate) unique_usernames: UniqueUsernames,
    /// Roles whose users cannot search for users.
    pub(crate) user_search_disallowed_roles: Vec<String>,
    /// Tokens of all users that were issued before this time are rejected.
    pub(crate) revoke_tokens_issued_before: Option<Timestamp>,
    /// Which files and images may be uploaded; users can read this setting.
    pub(crate) file_upload_config: FileUploadConfig,
    pub(crate) image_upload_config: FileUploadConfig,
    /// Settings without an effect here, by name. They can be read back.
    pub(crate) others: CustomData,
}

/// Which users must have different names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) enum UniqueUsernames {
    /// Names need not be unique.
    #[default]
    No,
    /// All users of the app.
    App,
    /// Users who share a team.
    Team,
}
