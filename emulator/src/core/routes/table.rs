//! A list of all operations, for documents and for tests that must cover all.

use super::{Route, routes};
use crate::core::access::Access;
use crate::core::wire::Method;

/// An operation of the emulator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// Stream's name of the operation.
    pub name: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The path, with `{id}` in place of an id.
    pub path: String,
    /// Who may call it, as text for people.
    pub callers: String,
}

/// All operations of the emulator, in the order in which they are matched.
pub fn operations() -> impl Iterator<Item = Operation> {
    routes().map(|route| Operation {
        name: route.operation,
        method: route.method,
        path: path(route),
        callers: callers(route.access),
    })
}

fn path(route: &Route) -> String {
    let id = route.after.map(|after| format!("{{id}}{after}"));
    format!("{}{}", route.before, id.unwrap_or_default())
}

fn callers(access: Access) -> String {
    match access {
        Access::Public => "anyone".to_owned(),
        Access::Anyone => "anyone with the API key".to_owned(),
        Access::Signed => "the server and users".to_owned(),
        Access::Granted(action) => format!("the server and roles that are granted {}", action.name()),
        Access::Server(_) => "the server".to_owned(),
    }
}
