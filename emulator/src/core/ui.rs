//! The emulator's page: the files under `/__emulator/ui/`, and the redirect from `/`.
//!
//! Servers have these files; an in-process emulator has none. The page uses the controls, so whoever may use the
//! controls may load it.

use crate::core::config::Ui;
use crate::core::wire::{Headers, Method, Request, Response, Transmission};

/// The path of the page.
pub(crate) const PATH: &str = "/__emulator/ui";
/// The page may load from and connect to this server alone. Its modules compile WebAssembly.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
    connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Whether a browser asks for HTML, and so gets the page instead of JSON.
pub(crate) fn wants_page(request: &Request, ui: &Ui) -> bool {
    let accept = request.headers.get("accept").unwrap_or_default();
    ui.is_there() && request.method == Method::Get && request.path == "/" && accept.contains("text/html")
}

/// A redirect to the page. It ends with a slash because the page's links are relative.
pub(crate) fn redirect() -> Response {
    let mut response = Response::json(302, Vec::new());
    response.headers = Headers::default();
    response.headers.append("location", format!("{PATH}/"));
    response
}

/// The response for a request to the page or to `/`; `None` for any other request.
pub(crate) fn answer(ui: &Ui, request: &Request) -> Option<Response> {
    let rest = request.path.strip_prefix(PATH)?;
    if !ui.is_there() || !matches!(request.method, Method::Get | Method::Head) {
        return None;
    }
    let Some(name) = rest.strip_prefix('/') else { return rest.is_empty().then(redirect) };
    let (name, bytes) = ui.file(name)?;
    let mut headers = Headers::default();
    for (field, value) in [
        ("content-type", content_type(name)),
        ("content-security-policy", POLICY),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("cache-control", "no-cache"),
    ] {
        headers.append(field, value);
    }
    let transmission = Transmission::default();
    let response =
        Response { status: 200, headers, body: bytes.to_vec(), transmission, summary: None, is_unlogged: false };
    Some(response.for_method(request.method))
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("txt") => "text/plain; charset=utf-8",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ui() -> Ui {
        [("index.html", "<p>"), ("main.js", "1")]
            .map(|(name, text)| (name.to_owned(), text.into()))
            .into_iter()
            .collect()
    }

    #[test]
    fn a_file_is_found_by_its_whole_name_and_nothing_else() {
        for (path, status) in [
            ("/__emulator/ui", Some(302)),
            ("/__emulator/ui/", Some(200)),
            ("/__emulator/ui/main.js", Some(200)),
            ("/__emulator/ui/main", None),
            ("/__emulator/ui/../state", None),
            ("/__emulator/uix", None),
            ("/__emulator/state", None),
        ] {
            let found = answer(&ui(), &Request::new(Method::Get, path)).map(|response| response.status);
            assert_eq!(found, status, "{path}");
        }
        assert_eq!(answer(&ui(), &Request::new(Method::Post, "/__emulator/ui/")), None);
        assert_eq!(answer(&Ui::default(), &Request::new(Method::Get, "/__emulator/ui/")), None);
    }

    #[test]
    fn only_requests_for_html_get_the_page_instead_of_json() {
        let asks = |accept: &str| Request::new(Method::Get, "/").header("accept", accept);
        assert!(wants_page(&asks("text/html,application/xhtml+xml,*/*;q=0.8"), &ui()));
        assert!(!wants_page(&asks("application/json, text/plain, */*"), &ui()));
        assert!(!wants_page(&asks("text/html"), &Ui::default()));
    }
}
