//! The app's settings.

use getstream_users::model::{CustomData, FileUploadConfig, Timestamp};
use serde::{Deserialize, Serialize};

/// The app's settings: a field for each that decides something here, the others as they were sent.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct App {
    /// Whether development tokens are accepted.
    pub(crate) disable_auth_checks: bool,
    /// Whether every user may do what otherwise depends on its role.
    pub(crate) disable_permissions_checks: bool,
    /// Whether guests are switched off.
    pub(crate) guest_user_creation_disabled: bool,
    /// Whether users only see those they share a team with.
    pub(crate) multi_tenant_enabled: bool,
    /// Who must not have the same name.
    pub(crate) unique_usernames: UniqueUsernames,
    /// Roles whose users cannot look for users.
    pub(crate) user_search_disallowed_roles: Vec<String>,
    /// Tokens of all users that were issued before this time are refused.
    pub(crate) revoke_tokens_issued_before: Option<Timestamp>,
    /// Which files and images may be uploaded; users can read it.
    pub(crate) file_upload_config: FileUploadConfig,
    pub(crate) image_upload_config: FileUploadConfig,
    /// Settings that decide nothing here, by name: they are only there to be read back.
    pub(crate) others: CustomData,
}

/// Who must not have the same name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) enum UniqueUsernames {
    /// Names may repeat.
    #[default]
    No,
    /// No two users of the app.
    App,
    /// No two users who share a team.
    Team,
}
