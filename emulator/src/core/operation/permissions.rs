//! What may be granted.

use getstream_users::model::{GetCustomPermissionResponse, ListPermissionsResponse};

use crate::core::failure::{Code, Failure};
use crate::core::state::{World, permissions};
use crate::core::wire::{Call, DURATION, Outcome, reply};

/// `ListPermissions`.
pub(crate) fn list(_world: &mut World, _call: &Call<'_>) -> Outcome {
    reply(&ListPermissionsResponse { permissions: permissions::all().collect(), duration: DURATION.to_owned() })
}

/// `GetPermission`.
pub(crate) fn get(_world: &mut World, call: &Call<'_>) -> Outcome {
    let permission = permissions::get(call.subject).ok_or_else(|| unknown(call.subject))?;
    reply(&GetCustomPermissionResponse { permission, duration: DURATION.to_owned() })
}

/// Where sources are silent: status and text.
fn unknown(id: &str) -> Failure {
    Failure::new(Code::DoesNotExist, format!("permission \"{id}\" does not exist"))
}
