//! Who may call an operation. The client does not decide that; the emulator's table of routes does, and tests compare
//! it with the API.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail};
use syn::{Expr, ExprCall, File, Item};

use crate::codegen::source::{self, text};
use crate::repo::Repo;

const ROUTES: &str = "emulator/src/core/routes/mod.rs";

/// The callers of each operation, by method and path.
pub(super) struct Access(BTreeMap<String, &'static str>);

impl Access {
    pub(super) fn read(repo: &Repo) -> Result<Self> {
        let file = source::file(repo, ROUTES)?;
        let read = Self::of_file(&file).with_context(|| format!("cannot read the routes in {ROUTES}"))?;
        Ok(read)
    }

    fn of_file(file: &File) -> Result<Self> {
        let constants: BTreeMap<String, &Expr> = file.items.iter().filter_map(constant).collect();
        let routes = match constants.get("ROUTES") {
            Some(Expr::Reference(list)) => match &*list.expr {
                Expr::Array(list) => list.elems.iter(),
                _ => bail!("`ROUTES` is no list"),
            },
            _ => bail!("there is no `ROUTES`"),
        };
        let read = routes.map(|route| match route {
            Expr::Call(call) => self::route(call, &constants),
            _ => bail!("a route that is no call"),
        });
        Ok(Self(read.collect::<Result<_>>()?))
    }

    /// `server` or `any` for an operation. The path's parameter may have any name.
    pub(super) fn of(&self, method: &str, path: &str) -> Result<&'static str> {
        let key = key(method, path);
        self.0.get(&key).copied().with_context(|| format!("{ROUTES} has no route {key}"))
    }
}

fn constant(item: &Item) -> Option<(String, &Expr)> {
    match item {
        Item::Static(item) => Some((item.ident.to_string(), &item.expr)),
        Item::Const(item) => Some((item.ident.to_string(), &item.expr)),
        _ => None,
    }
}

/// Reads `fixed(Method::Get, "/path", "Name", Access::Signed, run)`, or `with_id` with a path in two parts.
fn route(call: &ExprCall, constants: &BTreeMap<String, &Expr>) -> Result<(String, &'static str)> {
    let arguments: Vec<&Expr> = call.args.iter().map(|argument| resolved(argument, constants)).collect();
    let [method, path, _, access, _] = arguments.as_slice() else { bail!("a route with other arguments") };
    let path = match path {
        Expr::Tuple(parts) => {
            let parts: Vec<String> = parts.elems.iter().filter_map(|part| text(resolved(part, constants))).collect();
            parts.join("{id}")
        }
        // Constants of other modules are paths of operations that the client does not have.
        path => text(path).unwrap_or_default(),
    };
    let method = last_segment(method).context("a route without a method")?;
    let access = match access {
        Expr::Call(call) => last_segment(&call.func),
        path => last_segment(path),
    };
    let access = match access.as_deref() {
        Some("Server") => "server",
        Some("Public" | "Anyone" | "Signed" | "Granted") => "any",
        other => bail!("codegen does not know the access {other:?}"),
    };
    Ok((key(&method, &path), access))
}

/// The value of a name, if it is one of the file's constants.
fn resolved<'a>(expression: &'a Expr, constants: &BTreeMap<String, &'a Expr>) -> &'a Expr {
    match expression {
        Expr::Path(path) => {
            path.path.get_ident().and_then(|name| constants.get(&name.to_string()).copied()).unwrap_or(expression)
        }
        _ => expression,
    }
}

fn last_segment(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Path(path) => path.path.segments.last().map(|segment| segment.ident.to_string()),
        _ => None,
    }
}

/// A method and a path, without the name of the path's parameter.
fn key(method: &str, path: &str) -> String {
    let start = path.find('{').and_then(|at| path.get(..at)).unwrap_or(path);
    let end = path.split_once('}').map_or(String::new(), |(_, end)| format!("{{}}{end}"));
    format!("{} {start}{end}", method.to_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn access(routes: &str) -> Result<Access> {
        let constants = "const SERVER: Access = Access::Server(None); const USERS: &str = \"/users/\";";
        Access::of_file(&syn::parse_file(&format!("{constants} static ROUTES: &[Route] = &[{routes}];"))?)
    }

    #[test]
    fn servers_are_told_from_everybody_who_may_be_let_in() {
        let access = access(
            r#"fixed(Method::Get, "/app", "GetApp", Access::Anyone, app::get),
               fixed(Method::Post, "/users", "UpdateUsers", Access::Granted(Action::UpdateUser), users::update),
               with_id(Method::Post, (USERS, "/deactivate"), "DeactivateUser", SERVER, activation::one),
               with_id(Method::Get, ("/tasks/", ""), "GetTask", Access::Server(Some(WHY)), tasks::get)"#,
        );
        let access = access.unwrap();
        assert_eq!(access.of("GET", "/app").unwrap(), "any");
        assert_eq!(access.of("POST", "/users").unwrap(), "any");
        assert_eq!(access.of("POST", "/users/{user_id}/deactivate").unwrap(), "server");
        assert_eq!(access.of("GET", "/tasks/{id}").unwrap(), "server");
        assert!(access.of("GET", "/users").is_err());
    }

    #[test]
    fn refuses_routes_that_it_cannot_read() {
        assert!(access("fixed(Method::Get, \"/app\", \"GetApp\", Access::Friends, app::get)").is_err());
        assert!(access("Route::of(Method::Get)").is_err());
    }
}
