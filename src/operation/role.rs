//! Roles and permissions.

use super::{Answer, Input, Method, Operation, Path, Rule, USUAL};

/// The longest name of a role, in characters.
const MAX_NAME: usize = 64;

/// Lists all roles.
pub static LIST_ROLES: Operation = Operation {
    method_name: "listRoles",
    method: Method::Get,
    path: Path::parse("/api/v2/roles"),
    input: Input::Nothing,
    result: Answer::ListRolesResponse,
    ..USUAL
};

/// Finds roles by the beginning of their names.
pub static SEARCH_ROLES: Operation = Operation {
    method_name: "searchRoles",
    path: Path::parse("/api/v2/roles/search"),
    input: Input::Url,
    query: "query,limit,name_gt,role_type,include_global_roles",
    rules: &[
        Rule::Required("query"),
        Rule::Count("limit", 1, 25),
        Rule::OneOf("role_type", &["user", "channel"]),
        Rule::Flag("include_global_roles"),
    ],
    ..LIST_ROLES
};

/// Creates a role.
pub static CREATE_ROLE: Operation = Operation {
    method_name: "createRole",
    path: Path::parse("/api/v2/roles"),
    rules: &[Rule::Required("name"), Rule::Length("name", MAX_NAME)],
    result: Answer::CreateRoleResponse,
    ..USUAL
};

/// Deletes a role. A second time, it does not exist.
pub static DELETE_ROLE: Operation = Operation {
    method_name: "deleteRole",
    method: Method::Delete,
    path: Path::parse("/api/v2/roles/{name}"),
    input: Input::Url,
    ..USUAL
};

/// Lists all permissions.
pub static LIST_PERMISSIONS: Operation = Operation {
    method_name: "listPermissions",
    method: Method::Get,
    path: Path::parse("/api/v2/permissions"),
    input: Input::Nothing,
    ..USUAL
};

/// Returns a permission.
pub static GET_PERMISSION: Operation = Operation {
    method_name: "getPermission",
    method: Method::Get,
    path: Path::parse("/api/v2/permissions/{id}"),
    input: Input::Url,
    ..USUAL
};
