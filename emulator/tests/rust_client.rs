//! The Rust client, compiled to wasm, with the emulator in the same process.

#![cfg(target_arch = "wasm32")]

/// The code of docs/rust.md, unchanged.
#[cfg(test)]
mod guide {
    use getstream_users::fetch::{CallError, Client};
    use getstream_users::model::{DeleteUsersRequest, UserDeleteMode, UserRequest};
    use getstream_users::policy::Polling;

    pub(super) async fn sign_up_and_leave(key: &str, secret: &str) -> Result<(), CallError> {
        let client = Client::server(key, secret)?;
        let ada = UserRequest { id: "ada".into(), name: Some("Ada".into()), ..UserRequest::default() };
        client.upsert_users(&[ada]).await?;

        let request = DeleteUsersRequest {
            user_ids: vec!["ada".into()],
            user: Some(UserDeleteMode::Soft),
            ..DeleteUsersRequest::default()
        };
        let task = client.delete_users(&request).await?.task_id;
        client.wait_for_task(&task, Polling { interval_ms: 1000.0, timeout_ms: 60_000.0 }).await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use getstream_users::error::Kind;
    use getstream_users::fetch::{CallError, Client, Settings};
    use getstream_users::model::{
        CreateGuestRequest, DeactivateUserRequest, DeleteUsersRequest, QueryUsersPayload, ReactivateUserRequest,
        RestoreUsersRequest, UpdateUserPartialRequest, UpdateUsersPartialRequest, UserDeleteMode, UserRequest,
    };
    use getstream_users::policy::{Budget, Outcome, Polling};
    use getstream_users_emulator::js::create_emulator;
    use js_sys::Function;
    use serde_json::json;
    use wasm_bindgen::JsValue;
    use wasm_bindgen_test::wasm_bindgen_test;

    const POLLING: Polling = Polling { interval_ms: 5.0, timeout_ms: 5000.0 };

    fn js(expression: &str, it: &JsValue) -> JsValue {
        Function::new_with_args("it", &format!("return ({expression});")).call1(&JsValue::UNDEFINED, it).unwrap()
    }

    /// An emulator in place of the platform's `fetch`. All tests share it, each with its own users.
    fn emulator() -> JsValue {
        let existing = js("globalThis.rustClientsEmulator", &JsValue::UNDEFINED);
        if !existing.is_undefined() {
            return existing;
        }
        let emulator: JsValue = create_emulator(&js("{ strict: true }", &JsValue::UNDEFINED)).unwrap().into();
        js("(globalThis.rustClientsEmulator = it, globalThis.fetch = it.fetch)", &emulator);
        emulator
    }

    fn server() -> Client {
        emulator();
        Client::server("devkey", "devsecret").unwrap()
    }

    fn user(id: &str, name: &str) -> UserRequest {
        UserRequest { id: id.into(), name: Some(name.into()), ..UserRequest::default() }
    }

    async fn names(client: &Client, id: &str) -> Vec<Option<String>> {
        let filter_conditions = [("id".to_owned(), json!(id))].into_iter().collect();
        let payload = QueryUsersPayload { filter_conditions, ..QueryUsersPayload::default() };
        client.query_users(&payload).await.unwrap().users.into_iter().map(|user| user.name).collect()
    }

    #[wasm_bindgen_test]
    async fn the_code_of_the_guide_runs() {
        let client = server();
        super::guide::sign_up_and_leave("devkey", "devsecret").await.unwrap();
        assert!(names(&client, "ada").await.is_empty());
        let restored = RestoreUsersRequest { user_ids: vec!["ada".into()] };
        client.restore_users(&restored).await.unwrap();
    }

    #[wasm_bindgen_test]
    async fn a_user_lives_and_is_deleted_and_restored() {
        let client = server();
        let response = client.upsert_users(&[user("ada", "Ada"), user("bob", "Bob")]).await.unwrap();
        assert_eq!(response.users.keys().collect::<Vec<_>>(), ["ada", "bob"]);

        let set = [("name".to_owned(), json!("Ada L.")), ("plan".to_owned(), json!("pro"))].into_iter().collect();
        let update = UpdateUserPartialRequest { id: "ada".into(), set: Some(set), unset: None };
        let updated = client.update_users_partial(&UpdateUsersPartialRequest { users: vec![update] }).await.unwrap();
        assert_eq!(updated.users["ada"].custom["plan"], "pro");
        assert_eq!(names(&client, "ada").await, [Some("Ada L.".to_owned())]);

        client.deactivate_user("ada", &DeactivateUserRequest::default()).await.unwrap();
        assert!(names(&client, "ada").await.is_empty());
        client.reactivate_user("ada", &ReactivateUserRequest::default()).await.unwrap();
        assert_eq!(client.export_user("ada").await.unwrap().user.map(|user| user.id), Some("ada".into()));

        let request = DeleteUsersRequest {
            user_ids: vec!["ada".into()],
            user: Some(UserDeleteMode::Soft),
            ..DeleteUsersRequest::default()
        };
        let task = client.delete_users(&request).await.unwrap().task_id;
        client.wait_for_task(&task, POLLING).await.unwrap();
        assert!(names(&client, "ada").await.is_empty());
        client.restore_users(&RestoreUsersRequest { user_ids: vec!["ada".into()] }).await.unwrap();
        assert_eq!(names(&client, "ada").await.len(), 1);
    }

    #[wasm_bindgen_test]
    async fn a_guest_and_a_user_act_for_themselves() {
        let client = server();
        let visitor = Client::anonymous("devkey").unwrap();
        let guest = visitor.create_guest(&CreateGuestRequest { user: user("guest", "Guest") }).await.unwrap();
        assert_eq!(guest.user.role, "guest");

        client.upsert_users(&[user("cleo", "Cleo")]).await.unwrap();
        let token = client.generate_user_token("cleo", None).unwrap();
        let cleo = Client::user("devkey", &token).unwrap();
        assert_eq!(names(&cleo, "cleo").await, [Some("Cleo".to_owned())]);
        let refused =
            cleo.delete_users(&DeleteUsersRequest { user_ids: vec!["ada".into()], ..Default::default() }).await;
        let CallError { error, outcome, attempts } = refused.unwrap_err();
        assert_eq!((error.kind(), outcome, attempts), (Kind::Permission, Outcome::Refused, 1));
        assert_eq!(cleo.generate_user_token("cleo", None).unwrap_err().kind(), Kind::Config);
    }

    #[wasm_bindgen_test]
    async fn bad_arguments_are_refused_before_anything_is_sent() {
        let error = server().upsert_users(&[user("no spaces", "X")]).await.unwrap_err();
        assert_eq!((error.error.field(), error.outcome, error.attempts), (Some("users[0].id"), Outcome::NotSent, 0));
        assert_eq!(Client::server("devkey", "").unwrap_err().kind(), Kind::Config);
        let shown = format!("{:?}", server());
        assert!(!shown.contains("devsecret") && !shown.contains("eyJ"), "{shown}");
    }

    #[wasm_bindgen_test]
    async fn a_rate_limit_is_waited_for_and_a_write_that_may_have_run_is_not_repeated() {
        let client = server();
        js("it.faults.add({ operation: 'QueryUsers', times: 2, fault: { status: 429, retry_after: 0 } })", &emulator());
        assert!(names(&client, "nobody").await.is_empty());

        js("it.faults.add({ operation: 'CreateGuest', times: 1, fault: { drop: 'after' } })", &emulator());
        let request = CreateGuestRequest { user: user("lost", "Lost") };
        let error = Client::anonymous("devkey").unwrap().create_guest(&request).await.unwrap_err();
        assert_eq!((error.error.kind(), error.outcome, error.attempts), (Kind::Connection, Outcome::Unknown, 1));

        js("it.faults.add({ operation: 'GetTask', times: 1, fault: { status: 503 } })", &emulator());
        let once = Settings { budget: Budget { attempts: 1, wait_ms: 0.0 }, ..Settings::default() };
        let error = server().with(once).get_task("none").await.unwrap_err();
        assert_eq!((error.error.kind(), error.error.status(), error.attempts), (Kind::Server, Some(503), 1));
    }

    #[wasm_bindgen_test]
    async fn an_attempt_takes_no_longer_than_its_timeout() {
        let client = server().with(Settings {
            timeout_ms: 20.0,
            budget: Budget { attempts: 1, wait_ms: 0.0 },
            ..Settings::default()
        });
        js("it.faults.add({ operation: 'GetTask', times: 1, fault: { latency_ms: 60000 } })", &emulator());
        let error = client.get_task("none").await.unwrap_err();
        assert_eq!((error.error.kind(), error.outcome), (Kind::Timeout, Outcome::Unknown));
    }
}
