//! `request_info` of an event: who sent the request. The token is not part of it.

use serde_json::{Map, Value};

use crate::core::caller::Caller;
use crate::core::wire::Request;

/// A choice: a request without proxy headers came from this machine.
const LOCAL: &str = "127.0.0.1";

pub(super) fn of(request: &Request, caller: &Caller) -> Value {
    let header = |name: &str| request.headers.get(name).filter(|value| !value.is_empty());
    let kind = match caller {
        Caller::Server => "server",
        Caller::User(_) | Caller::Anonymous => "client",
    };
    let forwarded = header("x-forwarded-for").and_then(|hops| hops.split(',').next()).map(str::trim);
    let fields = [
        ("type", Some(kind)),
        ("ip", forwarded.or(Some(LOCAL))),
        ("user_agent", header("user-agent")),
        ("sdk", header("x-stream-client")),
        ("ext", header("x-stream-ext")),
    ];
    let known = fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?.into())));
    Value::Object(known.collect::<Map<_, _>>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Method;
    use serde_json::json;

    #[test]
    fn it_says_who_called_with_what_and_from_where() {
        let request = Request::new(Method::Post, "/api/v2/users?api_key=k")
            .header("Authorization", "secret")
            .header("User-Agent", "node")
            .header("X-Stream-Client", "stream-node-0.8.2")
            .header("X-Stream-Ext", "app=1")
            .header("X-Forwarded-For", "203.0.113.7, 10.0.0.1");
        assert_eq!(
            of(&request, &Caller::Server),
            json!({
                "type": "server", "ip": "203.0.113.7", "user_agent": "node", "sdk": "stream-node-0.8.2", "ext": "app=1",
            })
        );
        let bare = Request::new(Method::Post, "/").header("user-agent", "");
        assert_eq!(of(&bare, &Caller::User("u".to_owned())), json!({ "type": "client", "ip": "127.0.0.1" }));
    }
}
