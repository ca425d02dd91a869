//! User groups.

use super::{Answer, Input, Method, Operation, Path, Rule, USUAL};

/// How many users one request may add to a group, or remove from it.
const MAX_MEMBERS: u32 = 100;
/// The longest id, name and search term, in characters.
const MAX_NAME: usize = 255;
const MAX_DESCRIPTION: usize = 1024;

/// Lists groups.
pub static LIST_USER_GROUPS: Operation = Operation {
    method_name: "listUserGroups",
    method: Method::Get,
    path: Path::parse("/api/v2/usergroups"),
    input: Input::Url,
    query: "limit,id_gt,created_at_gt,team_id",
    optional: true,
    rules: &[Rule::Count("limit", 1, 100), Rule::Text("id_gt"), Rule::Time("created_at_gt")],
    result: Answer::ListUserGroupsResponse,
    ..USUAL
};

/// Finds groups by the beginning of their names.
pub static SEARCH_USER_GROUPS: Operation = Operation {
    method_name: "searchUserGroups",
    path: Path::parse("/api/v2/usergroups/search"),
    query: "query,limit,name_gt,id_gt,team_id",
    optional: false,
    rules: &[Rule::Required("query"), Rule::Length("query", MAX_NAME), Rule::Count("limit", 1, 25)],
    ..LIST_USER_GROUPS
};

/// Creates a group. Without an id in the request, sending it twice creates two.
pub static CREATE_USER_GROUP: Operation = Operation {
    method_name: "createUserGroup",
    path: Path::parse("/api/v2/usergroups"),
    rules: &[
        Rule::Required("name"),
        Rule::Length("name", MAX_NAME),
        Rule::Text("id"),
        Rule::Length("id", MAX_NAME),
        Rule::Length("description", MAX_DESCRIPTION),
        Rule::SomeIds("member_ids", MAX_MEMBERS),
    ],
    result: Answer::GetUserGroupResponse,
    ..USUAL
};

/// Returns a group.
pub static GET_USER_GROUP: Operation = Operation {
    method_name: "getUserGroup",
    method: Method::Get,
    path: Path::parse("/api/v2/usergroups/{id}"),
    input: Input::Url,
    query: "team_id",
    result: Answer::GetUserGroupResponse,
    ..USUAL
};

/// Changes a group's name or description.
pub static UPDATE_USER_GROUP: Operation = Operation {
    method_name: "updateUserGroup",
    method: Method::Put,
    path: Path::parse("/api/v2/usergroups/{id}"),
    rules: &[Rule::Text("name"), Rule::Length("name", MAX_NAME), Rule::Length("description", MAX_DESCRIPTION)],
    idempotent: true,
    result: Answer::GetUserGroupResponse,
    ..USUAL
};

/// Deletes a group. A second time, it does not exist.
pub static DELETE_USER_GROUP: Operation =
    Operation { method_name: "deleteUserGroup", method: Method::Delete, result: Answer::Dateless, ..GET_USER_GROUP };

/// Adds users to a group.
pub static ADD_USER_GROUP_MEMBERS: Operation = Operation {
    method_name: "addUserGroupMembers",
    path: Path::parse("/api/v2/usergroups/{id}/members"),
    rules: &[Rule::Ids("member_ids", MAX_MEMBERS), Rule::Flag("as_admin")],
    idempotent: true,
    result: Answer::GetUserGroupResponse,
    ..USUAL
};

/// Removes users from a group.
pub static REMOVE_USER_GROUP_MEMBERS: Operation = Operation {
    method_name: "removeUserGroupMembers",
    path: Path::parse("/api/v2/usergroups/{id}/members/delete"),
    ..ADD_USER_GROUP_MEMBERS
};
