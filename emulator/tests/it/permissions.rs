//! Who may call which operation, by the kind of caller and the grants of its role.

use std::collections::BTreeSet;

use getstream_users_emulator::{Method, Operation, operations};
use serde_json::{Value, json};

use crate::app::{Answer, App, As, request};

/// The callers, by their letters in the table.
const CALLERS: [(char, As<'static>); 5] = [
    ('S', As::Server),
    ('M', As::User("moderator")),
    ('U', As::User("user")),
    ('G', As::User("guest")),
    ('A', As::Anonymous),
];

/// Who may call each operation of a new app: the server, a moderator, a user, a guest, an anonymous visitor.
const TABLE: &[(&str, &str)] = &[
    ("UpdateUsers", "SMUG"),
    ("UpdateUsersPartial", "SMUG"),
    ("QueryUsers", "SMUGA"),
    ("CreateGuest", "SMUGA"),
    ("DeactivateUser", "S"),
    ("DeactivateUsers", "S"),
    ("ReactivateUser", "S"),
    ("ReactivateUsers", "S"),
    ("DeleteUsers", "S"),
    ("RestoreUsers", "S"),
    ("ExportUser", "S"),
    ("ExportUsers", "S"),
    ("DownloadExport", "SMUGA"),
    ("GetTask", "S"),
    ("GetRateLimits", "S"),
    ("GetApp", "SMUGA"),
    ("UpdateApp", "S"),
    ("BlockUsers", "SMUG"),
    ("GetBlockedUsers", "SMUG"),
    ("UnblockUsers", "SMUG"),
    ("Ban", "SM"),
    ("Unban", "S"),
    ("Mute", "SMUG"),
    ("Unmute", "SMUG"),
    ("Flag", "SMUG"),
    ("GetFlagCount", "S"),
    ("QueryBannedUsers", "SM"),
    ("QueryFutureChannelBans", "SM"),
    ("CreateUserGroup", "SMU"),
    ("ListUserGroups", "SMU"),
    ("SearchUserGroups", "SMU"),
    ("GetUserGroup", "SMU"),
    ("UpdateUserGroup", "SMU"),
    ("DeleteUserGroup", "SMU"),
    ("AddUserGroupMembers", "SMU"),
    ("RemoveUserGroupMembers", "SMU"),
    ("CreateDevice", "SMUG"),
    ("ListDevices", "SMUG"),
    ("DeleteDevice", "SMUG"),
    ("UpdatePushNotificationPreferences", "SMUG"),
    ("ListPushProviders", "S"),
    ("UpsertPushProvider", "S"),
    ("DeletePushProvider", "S"),
    ("CheckPush", "S"),
    ("CheckSQS", "S"),
    ("CheckSNS", "S"),
    ("ListBlockLists", "S"),
    ("CreateBlockList", "S"),
    ("GetBlockList", "S"),
    ("UpdateBlockList", "S"),
    ("DeleteBlockList", "S"),
    ("GetUserLiveLocations", "SMUG"),
    ("UpdateLiveLocation", "SMUG"),
    ("SendUserCustomEvent", "S"),
    ("SendCallClientEvent", "SMUGA"),
    ("ListRoles", "S"),
    ("CreateRole", "S"),
    ("DeleteRole", "S"),
    ("SearchRoles", "SMU"),
    ("ListPermissions", "S"),
    ("GetPermission", "S"),
];

/// The operations that differ or exist only without `/api/v2`.
const TABLE_V1: &[(&str, &str)] = &[
    ("DeleteUser", "S"),
    ("Unban", "SM"),
    ("Flag", "SMUG"),
    ("Unflag", "SMUG"),
    ("CreateCustomPermission", "S"),
    ("UpdateCustomPermission", "S"),
    ("DeleteCustomPermission", "S"),
    ("UnreadCounts", "SMUG"),
    ("UnreadCountsBatch", "S"),
    ("MarkChannelsRead", "SMUG"),
    ("ListChannelTypes", "S"),
    ("Hi", "SMUGA"),
    ("LongPoll", "SMUGA"),
];

/// The table of an operation. Files of exports are in neither form of the API.
fn table(operation: &Operation) -> &'static [(&'static str, &'static str)] {
    let is_v2 = operation.path.starts_with("/api/v2/") || operation.path.starts_with("/exports/");
    if is_v2 { TABLE } else { TABLE_V1 }
}

/// An app in which all of the callers exist.
fn app() -> App {
    let mut app = App::of(&["user"]);
    for role in ["moderator", "guest"] {
        assert_eq!(app.upsert(json!({ "id": role, "role": role })).outcome(), "ok");
    }
    app
}

/// Sends an operation without any data.
fn call(app: &mut App, caller: As<'_>, operation: &Operation) -> Answer {
    let mut empty = request(caller, operation.method, "", b"");
    empty.path = operation.path.replace("{id}", "x");
    let response = app.send(&empty);
    Answer { status: response.status, body: serde_json::from_slice(&response.body).unwrap() }
}

fn is_refused(answer: &Answer) -> bool {
    (answer.status, &answer.body["code"]) == (403, &json!(17))
}

#[test]
fn every_operation_accepts_exactly_its_callers() {
    for operation in operations() {
        let allowed = table(&operation).iter().find(|(name, _)| *name == operation.name).map(|(_, callers)| *callers);
        let callers = CALLERS.iter().filter(|(_, caller)| !is_refused(&call(&mut app(), *caller, &operation)));
        let letters: String = callers.map(|(letter, _)| letter).collect();
        assert_eq!(
            Some(letters.as_str()),
            allowed,
            "{}: the callers it lets in, and those of the table",
            operation.name
        );
    }
}

#[test]
fn the_table_lists_existing_operations() {
    for table in [TABLE, TABLE_V1] {
        let there = operations().filter(|operation| self::table(operation) == table).map(|operation| operation.name);
        let named: BTreeSet<&str> = table.iter().map(|(name, _)| *name).collect();
        assert_eq!(named.len(), table.len(), "an operation is named twice");
        assert_eq!(named, there.collect());
    }
}

#[test]
fn a_role_without_grants_is_rejected_by_name() {
    let mut app = App::of(&[]);
    app.post("/roles", json!({ "name": "nobody" }));
    app.upsert(json!({ "id": "n", "role": "nobody" }));
    for operation in operations() {
        let answer = call(&mut app, As::User("n"), &operation);
        let Some((_, action)) = operation.callers.split_once("granted ") else { continue };
        let expected = format!("403 17 User 'n' with role 'nobody' is not allowed to perform action {action}");
        assert_eq!(answer.outcome(), expected, "{}", operation.name);
    }
}

fn grant(app: &mut App, role: &str, permissions: &[&str]) {
    let body = json!({ "grants": { role: permissions } }).to_string();
    assert_eq!(app.call_as(As::Server, Method::Patch, "/app", body.as_bytes()).outcome(), "ok");
}

fn grants(app: &mut App) -> Value {
    app.get("/app").body["app"]["grants"].clone()
}

fn rename(app: &mut App, caller: &str, user: &str) -> String {
    let body = json!({ "users": [{ "id": user, "set": { "name": "x" } }] }).to_string();
    app.call_as(As::User(caller), Method::Patch, "/users", body.as_bytes()).outcome()
}

#[test]
fn grants_are_given_and_taken_by_role() {
    let refused = "403 17 User 'u' with role 'user' is not allowed to perform action UpdateUser";
    let mut app = App::of(&["u", "v"]);
    let before = grants(&mut app);
    assert_eq!((rename(&mut app, "u", "u"), rename(&mut app, "u", "v")), ("ok".to_owned(), refused.to_owned()));
    grant(&mut app, "user", &["update-user"]);
    assert_eq!((rename(&mut app, "u", "u"), rename(&mut app, "u", "v")), ("ok".to_owned(), "ok".to_owned()));
    assert_eq!(grants(&mut app)["user"], json!(["update-user"]));
    assert_eq!(grants(&mut app)["guest"], before["guest"], "other roles keep theirs");
    grant(&mut app, "user", &[]);
    assert_eq!(rename(&mut app, "u", "u"), refused);
    assert_eq!(grants(&mut app).get("user"), None);
}

#[test]
fn grants_do_not_reach_what_only_a_server_may_write() {
    let mut app = App::of(&["u", "v"]);
    grant(&mut app, "user", &["update-user"]);
    let body = json!({ "users": [{ "id": "v", "set": { "role": "admin" } }] }).to_string();
    let answer = app.call_as(As::User("u"), Method::Patch, "/users", body.as_bytes());
    assert_eq!(answer.outcome(), "403 17 User 'u' with role 'user' is not allowed to perform action UpdateUserRole");
}

#[test]
fn a_role_that_is_granted_something_cannot_be_deleted() {
    let mut app = App::new();
    app.post("/roles", json!({ "name": "editor" }));
    let delete = |app: &mut App| app.call_as(As::Server, Method::Delete, "/roles/editor", b"").outcome();
    grant(&mut app, "editor", &["mute-user"]);
    let editor = app.get("/roles").body["roles"].as_array().unwrap().last().cloned().unwrap();
    assert_eq!(editor["scopes"], json!([".app"]));
    assert_eq!(delete(&mut app), "400 4 role \"editor\" cannot be deleted, permissions are granted to it");
    grant(&mut app, "editor", &[]);
    assert_eq!(delete(&mut app), "ok");
}

#[test]
fn an_app_can_allow_its_users_everything_except_server_operations() {
    let mut app = App::of(&["u", "v"]);
    app.upsert(json!({ "id": "g", "role": "guest" }));
    app.call_as(As::Server, Method::Patch, "/app", br#"{ "disable_permissions_checks": true }"#);
    assert_eq!((rename(&mut app, "u", "v"), rename(&mut app, "g", "v")), ("ok".to_owned(), "ok".to_owned()));
    for operation in operations() {
        let servers = operation.callers == "the server";
        assert_eq!(is_refused(&call(&mut app, As::User("g"), &operation)), servers, "{}", operation.name);
    }
    let visitor = app.call_as(As::Anonymous, Method::Get, "/usergroups", b"");
    assert!(is_refused(&visitor), "a visitor is no user");
}

#[test]
fn every_listed_permission_can_be_read() {
    let mut app = App::new();
    let listed = app.get("/permissions");
    assert_eq!(listed.status, 200);
    let permissions = listed.body["permissions"].as_array().unwrap();
    assert!(permissions.iter().any(|permission| permission["id"] == "create-channel"));
    for permission in permissions {
        let read = app.get(&format!("/permissions/{}", permission["id"].as_str().unwrap()));
        assert_eq!(read.body["permission"], *permission);
    }
    assert_eq!(app.get("/permissions/fly").outcome(), "404 16 permission \"fly\" does not exist");
}
