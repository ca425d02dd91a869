//! The in-process face, compiled to wasm and called as JavaScript calls it.

#![cfg(target_arch = "wasm32")]

#[cfg(test)]
mod tests {
    use getstream_users_emulator::js::create_emulator;
    use js_sys::{Array, Function, JSON, Object, Promise, Reflect};
    use wasm_bindgen::{JsCast, JsValue};
    use wasm_bindgen_futures::JsFuture;
    use wasm_bindgen_test::wasm_bindgen_test;

    /// Evaluates a JavaScript expression with `it` as its only variable.
    fn js(expression: &str, it: &JsValue) -> JsValue {
        Function::new_with_args("it", &format!("return ({expression});")).call1(&JsValue::UNDEFINED, it).unwrap()
    }

    /// Evaluates an expression that makes a promise, and waits for it.
    async fn settled(expression: &str, it: &JsValue) -> Result<JsValue, JsValue> {
        JsFuture::from(js(expression, it).unchecked_into::<Promise>()).await
    }

    fn emulator(options: &str) -> JsValue {
        create_emulator(&js(options, &JsValue::UNDEFINED)).unwrap().into()
    }

    /// The call of a visitor that creates a guest.
    const GUEST: &str = r#""https://chat.stream-io-api.com/api/v2/guest?api_key=devkey", {
        method: "POST", headers: { "stream-auth-type": "anonymous" }, body: '{"user":{"id":"g"}}'"#;

    #[wasm_bindgen_test]
    async fn fetch_needs_no_this_and_takes_what_fetch_takes() {
        let emulator = emulator("undefined");
        for call in [
            format!("fetch({GUEST} }})"),
            format!("fetch(new Request({GUEST} }}))"),
            format!("fetch(new URL({}), {}", GUEST.split_once(", ").unwrap().0, GUEST.split_once(", ").unwrap().1)
                + " })",
            format!("fetch({GUEST}, headers: new Headers([['Stream-Auth-Type', 'anonymous']]) }})"),
            format!("fetch({GUEST}, body: new Blob(['{{\"user\":{{\"id\":\"g\"}}}}']).stream(), duplex: 'half' }})"),
        ] {
            let expression =
                format!("(({{ fetch }}) => {call})(it).then(async r => [r.status, (await r.json()).user.role])");
            let answer = settled(&expression, &emulator).await.unwrap();
            assert_eq!(JSON::stringify(&answer).unwrap(), r#"[201,"guest"]"#, "{call}");
        }
    }

    #[wasm_bindgen_test]
    async fn what_makes_no_request_is_rejected() {
        let emulator = emulator("undefined");
        for arguments in
            ["", "'relative'", "'https://x', { method: 'GET', body: 'x' }", "'https://x', { headers: { 'a b': '' } }"]
        {
            let error = settled(&format!("it.fetch({arguments})"), &emulator).await.unwrap_err();
            assert_eq!(Reflect::get(&error, &"name".into()).unwrap(), "TypeError", "{arguments}");
        }
    }

    #[wasm_bindgen_test]
    async fn an_aborted_call_is_rejected_with_the_reason_and_changes_nothing() {
        let emulator = emulator("undefined");
        for call in [
            format!("it.fetch({GUEST}, signal: AbortSignal.abort('reason') }})"),
            format!(
                "(c => {{ const p = it.fetch({GUEST}, signal: c.signal }}); c.abort('reason'); return p; }})(new AbortController())"
            ),
            format!(
                "(c => {{ setTimeout(() => c.abort('reason'), 5); \
                 return it.fetch({GUEST}, signal: c.signal, duplex: 'half', body: new ReadableStream({{ \
                 pull() {{ return new Promise(() => {{}}); }} }}) }}); }})(new AbortController())"
            ),
            // Not an abort, but a value that is no error either.
            format!(
                "it.fetch({GUEST}, duplex: 'half', body: new ReadableStream({{ start(c) {{ c.error('reason'); }} }}) }})"
            ),
        ] {
            assert_eq!(settled(&call, &emulator).await.unwrap_err(), "reason", "{call}");
        }
        let query = "it.fetch('https://x/api/v2/users?api_key=devkey&payload={\"filter_conditions\":{}}', \
                     { headers: { 'stream-auth-type': 'anonymous' } }).then(r => r.json()).then(b => b.users.length)";
        assert_eq!(settled(query, &emulator).await.unwrap(), 0);
    }

    #[wasm_bindgen_test]
    async fn the_clock_is_the_callers_and_moves_on_demand() {
        let emulator = emulator("{ clock: () => 1767225600123 }");
        let created = format!("it.fetch({GUEST} }}).then(r => r.text()).then(t => /\"created_at\":(\\d+)/.exec(t)[1])");
        assert_eq!(settled(&created, &emulator).await.unwrap(), "1767225600123000000");
        assert_eq!(js("(it.advance(877), it.now())", &emulator), 1_767_225_601_000.0);
        assert_eq!(settled(&created, &emulator).await.unwrap(), "1767225601000000000");
        assert_eq!(js("(it.reset(), it.now())", &emulator), 1_767_225_600_123.0);
    }

    #[wasm_bindgen_test]
    async fn a_clock_that_fails_fails_the_call_and_the_next_one_works() {
        let state: JsValue = Object::new().into();
        let options = js("{ clock: () => { if (it.broken) throw it.broken; return it.time; } }", &state);
        let emulator: JsValue = create_emulator(&options).unwrap().into();
        let both: JsValue = Array::of2(&emulator, &state).into();
        let call = format!("it[0].fetch({GUEST} }}).then(r => r.status)");
        assert_eq!(settled(&format!("(it[1].broken = 'broken', {call})"), &both).await.unwrap_err(), "broken");
        let error = settled(&format!("(it[1].broken = null, {call})"), &both).await.unwrap_err();
        assert_eq!(Reflect::get(&error, &"message".into()).unwrap(), "`clock` must return a number of milliseconds");
        assert_eq!(settled(&format!("(it[1].time = 0, {call})"), &both).await.unwrap(), 201);
    }

    #[wasm_bindgen_test]
    fn options_are_checked() {
        for (options, expected) in [
            ("1", "createEmulator: options must be an object"),
            ("{ apiKey: '' }", "createEmulator: `apiKey` must be a string that is not empty"),
            ("{ apiSecret: 1 }", "createEmulator: `apiSecret` must be a string that is not empty"),
            (
                "{ taskDuration: NaN }",
                "createEmulator: `taskDuration` must be a number of milliseconds that is not negative",
            ),
            ("{ seed: 0.5 }", "createEmulator: `seed` must be a whole number that is not negative"),
            ("{ clock: 1 }", "createEmulator: `clock` must be a function"),
        ] {
            let error = create_emulator(&js(options, &JsValue::UNDEFINED)).unwrap_err();
            assert_eq!(Reflect::get(&error, &"message".into()).unwrap(), expected);
        }
        let emulator = emulator("{ apiKey: 'k', apiSecret: undefined, seed: 1 }");
        assert_eq!(js("[it.apiKey, it.apiSecret, Object.isFrozen(it)].join()", &emulator), "k,devsecret,true");
        for milliseconds in ["-1", "NaN", "'1'", "undefined"] {
            let call = format!("(() => {{ try {{ it.advance({milliseconds}); }} catch (e) {{ return e.name; }} }})()");
            assert_eq!(js(&call, &emulator), "RangeError", "{milliseconds}");
        }
    }
}
