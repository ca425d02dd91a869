//! The in-process emulator, compiled to wasm and called from JavaScript.

#![cfg(target_arch = "wasm32")]

#[cfg(test)]
mod tests {
    use getstream_users::auth::SigningKey;
    use getstream_users_emulator::js::create_emulator;
    use js_sys::{Array, Function, JSON, Object, Promise, Reflect};
    use wasm_bindgen::{JsCast, JsValue};
    use wasm_bindgen_futures::JsFuture;
    use wasm_bindgen_test::wasm_bindgen_test;

    /// Evaluates a JavaScript expression with `it` as its only variable.
    fn js(expression: &str, it: &JsValue) -> JsValue {
        Function::new_with_args("it", &format!("return ({expression});")).call1(&JsValue::UNDEFINED, it).unwrap()
    }

    /// Evaluates an expression with a promise, and waits for it.
    async fn settled(expression: &str, it: &JsValue) -> Result<JsValue, JsValue> {
        JsFuture::from(js(expression, it).unchecked_into::<Promise>()).await
    }

    fn emulator(options: &str) -> JsValue {
        create_emulator(&js(options, &JsValue::UNDEFINED)).unwrap().into()
    }

    /// The arguments of a request that creates a guest, without a token.
    const GUEST: &str = r#""https://chat.stream-io-api.com/api/v2/guest?api_key=devkey", {
        method: "POST", headers: { "stream-auth-type": "anonymous" }, body: '{"user":{"id":"g"}}'"#;

    #[wasm_bindgen_test]
    async fn fetch_needs_no_this_and_accepts_the_arguments_of_fetch() {
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
    async fn arguments_that_make_no_valid_request_are_rejected() {
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
            // Not an abort, but a value that is not an error either.
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
        for milliseconds in ["1e300", "Number.MAX_VALUE"] {
            assert_eq!(js(&format!("(it.advance({milliseconds}), it.now())"), &emulator), 9_223_372_036_854.775);
        }
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
            ("1", "createEmulator: options: expected an object but got number"),
            ("new Map([['apiKey', 'k']])", "createEmulator: options: expected an object but got Map"),
            (
                "{ strickt: true }",
                "createEmulator: `strickt`: is unknown, expected one of [apiKey apiSecret taskDuration seed rateLimits \
                 strict clock webhookFetch], did you mean \"strict\"?",
            ),
            (
                "JSON.parse('{\"__proto__\": 1}')",
                "createEmulator: `__proto__`: is unknown, expected one of [apiKey apiSecret taskDuration seed rateLimits \
                 strict clock webhookFetch]",
            ),
            ("{ apiKey: '' }", "createEmulator: `apiKey` must be a string that is not empty"),
            ("{ apiSecret: 1 }", "createEmulator: `apiSecret` must be a string that is not empty"),
            (
                "{ taskDuration: NaN }",
                "createEmulator: `taskDuration` must be a number of milliseconds that is not negative",
            ),
            ("{ seed: 0.5 }", "createEmulator: `seed` must be a whole number that is not negative"),
            ("{ clock: 1 }", "createEmulator: `clock` must be a function"),
            ("{ webhookFetch: 'x' }", "createEmulator: `webhookFetch` must be a function"),
            ("{ strict: 1 }", "createEmulator: `strict` must be a boolean"),
            ("{ rateLimits: 'slow' }", "createEmulator: `rateLimits`: must be one of [none stream]"),
            (
                "{ rateLimits: [] }",
                "createEmulator: `rateLimits`: expected a number, the name of a preset or an object but got sequence",
            ),
        ] {
            let error = create_emulator(&js(options, &JsValue::UNDEFINED)).unwrap_err();
            assert_eq!(Reflect::get(&error, &"message".into()).unwrap(), expected);
        }
        for (options, expected) in [
            (
                "{ rateLimits: new Map([['default', 1]]) }",
                "`rateLimits`: expected a number, the name of a preset or an object but got Map",
            ),
            (
                "{ rateLimits: { operations: new Map([['QueryUsers', 1]]) } }",
                "`rateLimits.operations`: JSON would make a Map or a Set an empty object",
            ),
            (
                "{ rateLimits: { operations: { QueryUsers: 5n } } }",
                "`rateLimits.operations`: QueryUsers: JSON cannot carry a BigInt",
            ),
            ("{ rateLimits: 2 ** 53 }", "`rateLimits`: the limit must be between 0 and 4294967295"),
            (
                "{ rateLimits: JSON.parse('{\"__proto__\": 1}') }",
                "`rateLimits.__proto__`: is unknown, expected one of [preset default operations per_user]",
            ),
        ] {
            let error = create_emulator(&js(options, &JsValue::UNDEFINED)).unwrap_err();
            let message = Reflect::get(&error, &"message".into()).unwrap();
            assert_eq!(message, format!("createEmulator: {expected}").as_str(), "{options}");
        }
        emulator("{ rateLimits: 5n }");
        // A BigInt can be a seed, but not a number that is not exact any more.
        emulator("{ seed: 7n }");
        let inexact = create_emulator(&js("{ seed: 2 ** 53 }", &JsValue::UNDEFINED)).unwrap_err();
        let message = Reflect::get(&inexact, &"message".into()).unwrap();
        assert_eq!(message, "createEmulator: `seed` must be a whole number that is not negative");
        let emulator = emulator("{ apiKey: 'k', apiSecret: undefined, seed: 1 }");
        assert_eq!(js("[it.apiKey, it.apiSecret, Object.isFrozen(it)].join()", &emulator), "k,devsecret,true");
        for milliseconds in ["-1", "NaN", "'1'", "undefined"] {
            let call = format!("(() => {{ try {{ it.advance({milliseconds}); }} catch (e) {{ return e.name; }} }})()");
            assert_eq!(js(&call, &emulator), "RangeError", "{milliseconds}");
        }
    }

    /// An emulator at `e` with a hook, whose requests are kept at `calls`. It responds with the next of `answers`, or
    /// with 200.
    async fn with_a_hook() -> JsValue {
        let it: JsValue = js("({ calls: [], answers: [] })", &JsValue::UNDEFINED);
        let options = "{ clock: () => 0, webhookFetch: (url, init) => \
            (it.calls.push([url, init]), (it.answers.shift() ?? (async () => ({ status: 200 })))(init)) }";
        let emulator = create_emulator(&js(options, &it)).unwrap();
        Reflect::set(&it, &"e".into(), &emulator).unwrap();
        let token = SigningKey::new("devsecret").sign(r#"{"server":true}"#);
        let hooked = format!(
            "it.e.fetch('https://x/api/v2/app?api_key=devkey', {{ method: 'PATCH', \
             headers: {{ 'stream-auth-type': 'jwt', authorization: '{token}' }}, \
             body: '{{\"event_hooks\":[{{\"webhook_url\":\"https://hook/\",\"timeout_ms\":20}}]}}' }}).then(r => r.status)"
        );
        assert_eq!(settled(&hooked, &it).await.unwrap(), 200);
        it
    }

    /// Evaluates a JavaScript expression with `it`, after a guest was created and webhooks were sent.
    async fn told(before: &str, expression: &str, it: &JsValue) -> String {
        let call = format!("({before}, it.e.fetch({GUEST} }}).then(() => it.e.webhooks.settled()))");
        settled(&call, it).await.unwrap();
        JSON::stringify(&js(expression, it)).unwrap().into()
    }

    #[wasm_bindgen_test]
    async fn hooks_receive_the_events_of_a_call() {
        let it = with_a_hook().await;
        let calls = "it.calls.map(([url, { method, redirect, headers, body }]) => [url, method, redirect, \
            Object.fromEntries(headers)['x-webhook-attempt'], Object.fromEntries(headers)['x-signature'].length, \
            JSON.parse(new TextDecoder().decode(body)).type])";
        let told = told("0", calls, &it).await;
        assert_eq!(told, r#"[["https://hook/","POST","manual","1",64,"user.updated"]]"#);
        let known = "it.e.webhooks.deliveries().map(d => [d.type, d.progress, d.attempts, d.status].join())[0]";
        assert_eq!(js(known, &it), "user.updated,delivered,1,200");
        assert_eq!(js("it.e.webhooks.replay(it.e.webhooks.deliveries()[0].id)", &it), 1);
        assert_eq!(settled("it.e.webhooks.settled().then(() => it.calls.length)", &it).await.unwrap(), 2);
        assert_eq!(thrown("it.e.webhooks.replay('x')", &it).split(':').next(), Some("Error"));
        // Events from before the reset are gone.
        assert_eq!(js("(it.e.reset(), it.e.webhooks.deliveries().length)", &it), 0);
    }

    #[wasm_bindgen_test]
    async fn a_failed_hook_is_retried_by_the_emulators_clock() {
        for (answer, expected) in [
            ("async () => ({ status: 503 })", "503,"),
            ("async () => { throw new TypeError('fetch failed', { cause: new Error('refused') }); }", ",refused"),
            ("() => { throw 'at once'; }", ",at once"),
            ("() => new Promise(() => {})", ",no response in time"),
            (
                "({ signal }) => new Promise((_, no) => signal.addEventListener('abort', () => no('late')))",
                ",no response in time",
            ),
        ] {
            let it = with_a_hook().await;
            let latest = "(d => [d.progress, d.attempts, d.status, d.error].join())(it.e.webhooks.deliveries()[0])";
            let told = told(&format!("it.answers.push({answer})"), latest, &it).await;
            assert_eq!(told, format!("\"waiting,1,{expected}\""), "{answer}");
            let again = "(it.e.advance(999), it.calls.length) + (it.e.advance(1), it.calls.length)";
            assert_eq!(js(again, &it), 1.0 + 2.0, "{answer}");
            assert_eq!(
                settled(&format!("it.e.webhooks.settled().then(() => {latest})"), &it).await.unwrap(),
                "delivered,2,200,"
            );
        }
    }

    /// The name and the message of what an expression throws.
    fn thrown(expression: &str, it: &JsValue) -> String {
        let call =
            format!("(() => {{ try {{ {expression}; }} catch (e) {{ return `${{e.name}}: ${{e.message}}`; }} }})()");
        js(&call, it).as_string().unwrap()
    }

    /// The value of an expression, as JSON.
    fn json(expression: &str, it: &JsValue) -> String {
        JSON::stringify(&js(expression, it)).unwrap().into()
    }

    const QUERY: &str = "it.fetch('https://x/api/v2/users?api_key=devkey&payload={\"filter_conditions\":{}}', \
                         { headers: { 'stream-auth-type': 'anonymous' } })";

    #[wasm_bindgen_test]
    async fn an_app_is_seeded_saved_reset_and_restored() {
        let emulator = emulator("undefined");
        let users = format!("{QUERY}.then(r => r.json()).then(b => b.users.map(u => u.id).join())");
        assert_eq!(json("it.seed({ users: ['ann', { id: 'ben' }] })", &emulator), r#"{"users":2}"#);
        let state = js("it.state()", &emulator);
        js("it.reset()", &emulator);
        assert_eq!(settled(&users, &emulator).await.unwrap(), "");
        let both: JsValue = Array::of2(&emulator, &state).into();
        js("it[0].restore(it[1])", &both);
        assert_eq!(settled(&users, &emulator).await.unwrap(), "ben,ann");
        assert_eq!(js("it[0].state() === it[1]", &both), true);
        for (call, expected) in [
            ("it.seed({ users: [1] })", "TypeError: seed.users[0]: expected an object or a string but got integer `1`"),
            ("it.seed()", "TypeError: seed: expected an object but got undefined"),
            ("it.restore({})", "TypeError: `state` must be a text that `state()` returned"),
        ] {
            assert_eq!(thrown(call, &emulator), expected);
        }
    }

    #[wasm_bindgen_test]
    fn the_clock_stops_and_goes_on() {
        let state: JsValue = Object::new().into();
        let emulator: JsValue = create_emulator(&js("{ clock: () => it.time ?? 1000 }", &state)).unwrap().into();
        let both: JsValue = Array::of2(&emulator, &state).into();
        for (change, expected) in [
            ("clock.freeze()", 1000.0),
            ("clock.advance(5)", 1005.0),
            ("clock.freeze(500)", 500.0),
            ("clock.freeze(new Date(600))", 600.0),
            ("clock.freeze('1970-01-01T00:00:00.7Z')", 700.0),
        ] {
            js(&format!("it[0].{change}"), &both);
            assert_eq!(js("(it[1].time = 2000, it[0].clock.now())", &both), expected, "{change}");
            assert_eq!(js("(it[1].time = 1000, it[0].now())", &both), expected);
        }
        assert_eq!(js("(it[0].clock.unfreeze(), it[1].time = 1250, it[0].now())", &both), 950.0);
        let refused = "TypeError: at: expected a time that there is";
        assert_eq!(thrown("it.clock.freeze('soon')", &emulator), refused);
    }

    #[wasm_bindgen_test]
    async fn faults_hit_as_rules_say() {
        let emulator = emulator("undefined");
        let id = js("it.faults.add({ operation: 'QueryUsers', times: 1, fault: { status: 503 } })", &emulator);
        assert_eq!(id, 1);
        let status = format!("{QUERY}.then(r => r.status)");
        assert_eq!(settled(&status, &emulator).await.unwrap(), 503);
        assert_eq!(settled(&status, &emulator).await.unwrap(), 200);
        assert_eq!(json("it.faults.list().map(f => [f.id, f.matched, f.hits, f.remaining])", &emulator), "[[1,2,1,0]]");
        assert_eq!(thrown("it.faults.clear(2)", &emulator), "Error: there is no fault \"2\"");
        js("it.faults.clear(1)", &emulator);
        js("(it.faults.add({ fault: { status: 500 } }), it.faults.clear())", &emulator);
        assert_eq!(json("it.faults.list()", &emulator), "[]");
        let refused = "TypeError: rule: fault is a required field";
        assert_eq!(thrown("it.faults.add({})", &emulator), refused);
    }

    #[wasm_bindgen_test]
    async fn broken_connections_have_the_errors_of_the_platform() {
        let emulator = emulator("undefined");
        js("it.faults.add({ times: 1, fault: { drop: 'after' } })", &emulator);
        let error = settled(&format!("it.fetch({GUEST} }})"), &emulator).await.unwrap_err();
        let told = "[it instanceof TypeError, it.message, it.cause.code].join()";
        assert_eq!(js(told, &error), "true,fetch failed,ECONNRESET");
        assert_eq!(json("it.requests().map(r => [r.operation, r.status])", &emulator), r#"[["CreateGuest",null]]"#);

        js("it.faults.add({ times: 1, fault: { body: 'truncate' } })", &emulator);
        let cut = format!(
            "{QUERY}.then(async r => {{ const reader = r.body.getReader(); const first = await reader.read(); \
             const error = await reader.read().catch(e => e); \
             return [r.status, first.value.length > 0, error.message, error.cause.code].join(); }})"
        );
        assert_eq!(settled(&cut, &emulator).await.unwrap(), "200,true,terminated,ECONNRESET");
        js("it.faults.add({ times: 1, fault: { body: 'truncate' } })", &emulator);
        let error = settled(&format!("{QUERY}.then(r => r.json())"), &emulator).await.unwrap_err();
        assert_eq!(js("it.name", &error), "TypeError");
    }

    #[wasm_bindgen_test]
    async fn a_delayed_response_can_be_aborted() {
        let emulator = emulator("undefined");
        js("it.faults.add({ fault: { latency_ms: 20 } })", &emulator);
        let taken = format!("(t => {QUERY}.then(() => performance.now() - t))(performance.now())");
        assert!(settled(&taken, &emulator).await.unwrap().as_f64().unwrap() >= 19.0);
        js("(it.faults.clear(), it.faults.add({ fault: { latency_ms: 600000 } }))", &emulator);
        let called_off = format!(
            "(c => {{ setTimeout(() => c.abort('reason'), 5); return it.fetch({GUEST}, signal: c.signal }}); }})(new AbortController())"
        );
        assert_eq!(settled(&called_off, &emulator).await.unwrap_err(), "reason");
        js("it.faults.clear()", &emulator);
        let count = format!("{QUERY}.then(r => r.json()).then(b => b.users.length)");
        assert_eq!(settled(&count, &emulator).await.unwrap(), 1, "what was held back has happened");
    }

    #[wasm_bindgen_test]
    async fn limits_and_settings_are_chosen_at_the_start_or_later() {
        let emulator = emulator("{ rateLimits: { operations: { QueryUsers: 1 } }, strict: true }");
        let status = format!("{QUERY}.then(r => r.status)");
        assert_eq!(settled(&status, &emulator).await.unwrap(), 200);
        assert_eq!(settled(&status, &emulator).await.unwrap(), 429);
        js("it.rateLimits.set('stream')", &emulator);
        assert_eq!(json("[it.rateLimits.get().per_user, it.settings.get().strict]", &emulator), "[60,true]");
        js("(it.settings.set({ strict: false, task_duration_ms: 0 }), it.rateLimits.set(5))", &emulator);
        let now = "[it.rateLimits.get().default, it.settings.get().strict, it.settings.get().task_duration_ms]";
        assert_eq!(json(now, &emulator), "[5,false,0]");
        js("it.reset()", &emulator);
        assert_eq!(
            json("[it.rateLimits.get().operations, it.settings.get().strict]", &emulator),
            r#"[{"QueryUsers":1},true]"#
        );
        assert_eq!(
            thrown("it.settings.set({ strickt: true })", &emulator).split(", ").next().unwrap(),
            "TypeError: changes.strickt: is unknown"
        );
    }

    #[wasm_bindgen_test]
    fn unknown_fields_of_controls_are_rejected_with_path_and_suggestion() {
        let emulator = emulator("undefined");
        for (call, expected) in [
            (
                "faults.add({ tims: 1, fault: { status: 503 } })",
                "rule.tims: is unknown, expected one of [operation method path user_id skip times probability fault], did you mean \"times\"?",
            ),
            (
                "faults.add({ fault: { staus: 503 } })",
                "rule.fault.staus: is unknown, expected one of [status code message retry_after unrecoverable headers latency_ms drop body close silence], did you mean \"status\"?",
            ),
            (
                "faults.add({ fault: { status: '503' } })",
                "rule.fault.status: expected a JSON number but got string \"503\"",
            ),
            (
                "faults.add({ fault: { status: NaN } })",
                "rule.fault.status: expected a JSON number but got no finite number",
            ),
            ("faults.add({ fault: { status: 700 } })", "fault.status must be between 400 and 599"),
            (
                "faults.add({ fault: { drop: 'befor' } })",
                "rule.fault.drop: must be one of [before after], did you mean \"before\"?",
            ),
            ("faults.add({ fault: { drop: 1 } })", "rule.fault.drop: expected one of [before after] but got number"),
            ("faults.add({ fault: 503 })", "rule.fault: expected an object but got number"),
            (
                "faults.add({ method: 'GTE', fault: { status: 503 } })",
                "rule.method: must be one of [GET POST PUT PATCH DELETE]",
            ),
            ("faults.add()", "rule: expected an object but got undefined"),
            ("faults.add({ fault: new Map([['status', 503]]) })", "rule.fault: expected an object but got Map"),
            ("faults.add(new Map([['fault', { status: 503 }]]))", "rule: expected an object but got Map"),
            (
                "faults.add({ fault: { headers: JSON.parse('{\"__proto__\": \"x\"}') } })",
                "fault.headers[__proto__] is not a header that can be set",
            ),
            (
                "faults.add({ fault: { headers: { a: 1 } } })",
                "rule.fault.headers.a: expected a string but got integer `1`",
            ),
            (
                "faults.add({ times: 2 ** 53, fault: { status: 503 } })",
                "expected integer for field \"times\" but got number `9007199254740992.0`",
            ),
            (
                "settings.set({ strickt: true })",
                "changes.strickt: is unknown, expected one of [strict legacy_signature_errors reuse_hard_deleted_ids webhook_times webhook_times_by_url task_duration_ms], did you mean \"strict\"?",
            ),
            ("settings.set({ strict: 'yes' })", "changes.strict: expected a boolean but got string \"yes\""),
            ("settings.set({ webhook_times: 'rfc' })", "changes.webhook_times: must be one of [nanoseconds rfc3339]"),
            ("settings.set({ task_duration_ms: -1 })", "task_duration_ms must be a whole number of milliseconds"),
            (
                "settings.set({ task_duration_ms: Infinity })",
                "changes.task_duration_ms: expected a JSON number but got no finite number",
            ),
            (
                "settings.set({ webhook_times_by_url: new Map() })",
                "changes.webhook_times_by_url: JSON would make a Map or a Set an empty object",
            ),
            ("settings.set(null)", "changes: expected an object but got null"),
            (
                "rateLimits.set({ operations: { QueryUsers: 2n } })",
                "limits.operations: QueryUsers: JSON cannot carry a BigInt",
            ),
            (
                "rateLimits.set({ defualt: 1 })",
                "limits.defualt: is unknown, expected one of [preset default operations per_user], did you mean \"default\"?",
            ),
            ("rateLimits.set(2.5)", "the limit must be between 0 and 4294967295"),
            ("rateLimits.set()", "limits: expected a number, the name of a preset or an object but got undefined"),
            (
                "requests({ opertion: 'QueryUsers' })",
                "filter.opertion: is unknown, expected one of [operation since limit], did you mean \"operation\"?",
            ),
            (
                "requests({ since: new Date(NaN) })",
                "filter.since: expected a number, RFC 3339 text or a Date that is valid",
            ),
            ("requests({ limit: 'all' })", "filter.limit: expected a JSON number but got string \"all\""),
            (
                "seed({ user: ['ann'] })",
                "seed.user: is unknown, expected one of [app roles users groups blocks bans mutes devices], did you mean \"users\"?",
            ),
            ("seed({ users: 'ann' })", "seed.users: expected an array but got string"),
            (
                "seed({ users: ['ann', { id: 'ben', nmae: 'Ben' }] })",
                "seed.users[1].nmae: is unknown, expected one of [id name image role language invisible custom teams teams_role privacy_settings created_at updated_at deactivated deleted revoke_tokens_issued_before], did you mean \"name\"?",
            ),
            ("seed({ users: [{ name: 'Ben' }] })", "seed.users[0]: id is a required field"),
            (
                "seed({ users: [{ id: 'ben', custom: { since: new Map() } }] })",
                "seed.users[0].custom: since: JSON would make a Map or a Set an empty object",
            ),
            (
                "seed({ users: [{ id: 'ben', custom: { age: 5n } }] })",
                "seed.users[0].custom: age: JSON cannot carry a BigInt",
            ),
            (
                "seed({ users: [{ id: 'ben', custom: { age: NaN } }] })",
                "seed.users[0].custom: age: JSON cannot carry NaN",
            ),
            (
                "seed({ users: [{ id: 'ben', custom: { born: new Date(NaN) } }] })",
                "seed.users[0].custom: born: JSON would make an invalid Date null",
            ),
            (
                "seed({ users: [{ id: 'ben', custom: { greet() {} } }] })",
                "seed.users[0].custom: greet: JSON cannot carry a function",
            ),
            (
                "seed({ users: [{ id: 'ben', custom: (c => (c.self = c))({}) }] })",
                "seed.users[0].custom: it cannot be written as JSON",
            ),
            ("webhooks.replay(5)", "id: expected a string but got integer `5`"),
            ("faults.clear('first')", "id: expected a JSON number but got string \"first\""),
        ] {
            assert_eq!(thrown(&format!("it.{call}"), &emulator), format!("TypeError: {expected}"), "{call}");
        }
        let untouched = "[it.faults.list().length, it.requests().length, it.settings.get().strict, it.seed({})]";
        assert_eq!(json(untouched, &emulator), r#"[0,0,false,{}]"#);
    }

    #[wasm_bindgen_test]
    async fn data_of_the_caller_is_passed_unchanged() {
        let emulator = emulator("{ clock: () => 0 }");
        // A BigInt is an integer, `undefined` is missing, and a `Date` is its text, as in JSON.
        let given = "{ users: [{ id: 'ann', name: undefined, created_at: new Date(5), \
            custom: JSON.parse('{\"__proto__\": {\"a\": 1}, \"big\": 9007199254740993, \"at\": null}') }] }";
        assert_eq!(json(&format!("it.seed({given})"), &emulator), r#"{"users":1}"#);
        let found = settled(&format!("{QUERY}.then(r => r.text())"), &emulator).await.unwrap().as_string().unwrap();
        assert!(found.contains(r#""custom":{"__proto__":{"a":1},"big":9007199254740992,"at":null}"#), "{found}");
        assert!(found.contains(r#""created_at":5000000,"#), "{found}");
        js("it.faults.add({ times: 2n, fault: { status: 503 } })", &emulator);
        assert_eq!(json("it.faults.list()[0].times", &emulator), "2");
        // Custom names in results.
        js(
            "it.settings.set({ webhook_times_by_url: JSON.parse('{\"__proto__\": \"rfc3339\", \"http://h\": \"rfc3339\"}') })",
            &emulator,
        );
        let times = "Object.entries(it.settings.get().webhook_times_by_url)";
        assert_eq!(json(times, &emulator), r#"[["__proto__","rfc3339"],["http://h","rfc3339"]]"#);
        js("it.rateLimits.set({ operations: JSON.parse('{\"__proto__\": 1}') })", &emulator);
        assert_eq!(json("Object.keys(it.rateLimits.get().operations)", &emulator), r#"["__proto__"]"#);
        // A request body with a number that JavaScript rounds and a name that is special in JavaScript.
        let odd = r#"it.fetch('https://x/api/v2/guest?api_key=devkey', { method: 'POST', headers: { 'stream-auth-type': 'anonymous' }, body: '{"user":{"id":"g"},"n":9007199254740993,"__proto__":{"x":1}}' })"#;
        settled(odd, &emulator).await.unwrap();
        let body = "(body => [body.n, Object.keys(body)])(it.requests({ limit: 1 })[0].body)";
        assert_eq!(json(body, &emulator), r#"[9007199254740992,["user","n","__proto__"]]"#);
    }

    /// The functions return everything that the controls return over HTTP.
    #[wasm_bindgen_test]
    async fn the_functions_return_everything_that_the_controls_return() {
        let it = with_a_hook().await;
        js(
            "(it.e.faults.add({ operation: 'QueryUsers', method: 'GET', path: '/api/*', user_id: 'ann', skip: 1, times: 2, \
              probability: 0.5, fault: { status: 503, code: -1, message: 'm', retry_after: 1, unrecoverable: true, \
              headers: { a: 'b' }, latency_ms: 1, body: 'html' } }), \
              it.e.faults.add({ times: 1, fault: { drop: 'after' } }), \
              it.e.rateLimits.set({ preset: 'stream', operations: { QueryUsers: 7 } }), \
              it.e.settings.set({ strict: true, webhook_times: 'rfc3339', webhook_times_by_url: { 'https://hook/': 'nanoseconds' } }))",
            &it,
        );
        let dropped = format!("it.e.fetch({GUEST} }}).catch(() => {{}})");
        settled(&dropped, &it).await.unwrap();
        told("it.answers.push(async () => { throw new Error('refused'); })", "0", &it).await;
        settled("it.e.fetch('https://x/nothing?api_key=devkey&a=b', { headers: { 'x-stream-client': 'c', 'x-client-request-id': 'r' } })", &it).await.unwrap();
        for (function, path, part) in [
            ("faults.list()", "faults", ".faults"),
            ("requests()", "requests", ".requests"),
            ("rateLimits.get()", "rate_limits", ""),
            ("settings.get()", "settings", ""),
            ("webhooks.deliveries()", "webhooks", ".deliveries"),
        ] {
            let sorted = "function sorted(v) { return v && typeof v === 'object' && !Array.isArray(v) \
                ? Object.fromEntries(Object.keys(v).sort().map(k => [k, sorted(v[k])])) \
                : Array.isArray(v) ? v.map(sorted) : v; }";
            let both = format!(
                "(async () => {{ {sorted}; const told = JSON.stringify(sorted(it.e.{function})); \
                 const answer = await it.e.fetch('https://x/__emulator/{path}'); \
                 const known = JSON.stringify(sorted((await answer.json()){part})); \
                 return told === known && told.length > 20 ? '' : told + '\\n' + known; }})()"
            );
            assert_eq!(settled(&both, &it).await.unwrap(), "", "{function}");
        }
    }

    #[wasm_bindgen_test]
    async fn requests_are_shown() {
        let emulator = emulator("{ clock: () => 1000 }");
        settled(&format!("it.fetch({GUEST} }})"), &emulator).await.unwrap();
        settled(QUERY, &emulator).await.unwrap();
        let operations = |filter: &str| json(&format!("it.requests({filter}).map(r => r.operation)"), &emulator);
        assert_eq!(operations(""), r#"["CreateGuest","QueryUsers"]"#);
        assert_eq!(operations("{ operation: 'CreateGuest' }"), r#"["CreateGuest"]"#);
        assert_eq!(operations("{ since: 1, limit: 5 }"), r#"["QueryUsers"]"#);
        assert_eq!(operations("{ since: new Date(1001) }"), "[]");
        let guest = "(r => [r.at, r.caller, r.status, r.body.user.id])(it.requests()[0])";
        assert_eq!(json(guest, &emulator), r#"["1970-01-01T00:00:01Z","anonymous",201,"g"]"#);
    }

    #[wasm_bindgen_test]
    async fn the_controls_are_open_in_process() {
        let emulator = emulator("undefined");
        let index = "it.fetch('https://chat.stream-io-api.com/__emulator/', { headers: { origin: 'https://x' } }).then(r => r.json()).then(b => b.api_key)";
        assert_eq!(settled(index, &emulator).await.unwrap(), "devkey");
    }
}
