//! What may be granted to roles.

use crate::app::App;

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
