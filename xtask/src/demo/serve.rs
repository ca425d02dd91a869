//! Files of a folder over HTTP, for this machine alone: what a static host does, with the page's policy as a header too.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result};

/// How long a browser may take to say what it wants; it opens connections that it may never use.
const PATIENCE: Duration = Duration::from_secs(10);
/// The longest head of a request that is read.
const LONGEST_HEAD: u64 = 64 * 1024;

pub(super) struct Server {
    listener: TcpListener,
    folder: PathBuf,
    policy: String,
}

struct Answer {
    status: &'static str,
    content_type: &'static str,
    body: Vec<u8>,
}

impl Server {
    pub(super) fn start(folder: &Path, port: u16) -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
            .with_context(|| format!("cannot listen on port {port}: choose another with --port"))?;
        let page = std::fs::read_to_string(folder.join("index.html")).context("the page has no index.html")?;
        let policy = policy(&page).context("index.html has no policy")?.to_owned();
        Ok(Self { listener, folder: folder.to_path_buf(), policy })
    }

    pub(super) fn url(&self) -> Result<String> {
        Ok(format!("http://{}/", self.listener.local_addr()?))
    }

    /// Answers until the process ends.
    pub(super) fn run(self) {
        std::thread::scope(|scope| {
            // A browser that goes away, before its answer or in the middle of it, is none of our concern.
            for stream in self.listener.incoming().flatten() {
                scope.spawn(|| drop(self.answer(stream)));
            }
        });
    }

    fn answer(&self, mut stream: TcpStream) -> Result<()> {
        stream.set_read_timeout(Some(PATIENCE))?;
        let mut line = String::new();
        let mut head = BufReader::new(stream.try_clone()?).take(LONGEST_HEAD);
        head.read_line(&mut line)?;
        let mut header = String::new();
        while head.read_line(&mut header)? > 0 && !header.trim_end().is_empty() {
            header.clear();
        }

        let Answer { status, content_type, body } = answer(&self.folder, &line);
        let (length, policy) = (body.len(), &self.policy);
        write!(
            stream,
            "HTTP/1.1 {status}\r\ncontent-type: {content_type}\r\ncontent-length: {length}\r\n\
             content-security-policy: {policy}; frame-ancestors 'none'\r\nx-content-type-options: nosniff\r\n\
             referrer-policy: no-referrer\r\ncache-control: no-cache\r\nconnection: close\r\n\r\n"
        )?;
        if !line.starts_with("HEAD ") {
            stream.write_all(&body)?;
        }
        Ok(stream.flush()?)
    }
}

/// The answer to the first line of a request.
fn answer(folder: &Path, line: &str) -> Answer {
    let text = |status, text: &str| Answer { status, content_type: "text/plain; charset=utf-8", body: text.into() };
    let mut words = line.split_whitespace();
    let (Some("GET" | "HEAD"), Some(target)) = (words.next(), words.next()) else {
        return text("405 Method Not Allowed", "only GET and HEAD");
    };
    let file = file(target).map(|file| folder.join(file));
    match file.and_then(|file| Some((content_type(&file), std::fs::read(file).ok()?))) {
        Some((content_type, body)) => Answer { status: "200 OK", content_type, body },
        None => text("404 Not Found", "no such file"),
    }
}

/// The file that a request's target names, below the folder that is served and never beside it.
fn file(target: &str) -> Option<PathBuf> {
    let path = target.split(['?', '#']).next()?.strip_prefix('/')?;
    let path = Path::new(if path.is_empty() { "index.html" } else { path });
    let inside = path.components().all(|part| matches!(part, Component::Normal(_)));
    inside.then(|| path.to_path_buf())
}

fn content_type(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("wasm") => "application/wasm",
        _ => "application/octet-stream",
    }
}

/// The policy that a page states about itself.
fn policy(page: &str) -> Option<&str> {
    let (_, rest) = page.split_once("http-equiv=\"content-security-policy\" content=\"")?;
    Some(rest.split_once('"')?.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_names_a_file_of_the_folder_or_nothing() {
        assert_eq!(file("/"), Some("index.html".into()));
        assert_eq!(file("/main.js?v=1"), Some("main.js".into()));
        for outside in ["/../Cargo.toml", "//etc/passwd", "/a/../../b", "main.js", ""] {
            assert_eq!(file(outside), None, "{outside}");
        }
    }

    #[test]
    fn modules_and_wasm_have_the_types_that_browsers_insist_on() {
        assert_eq!(content_type(Path::new("main.js")), "text/javascript; charset=utf-8");
        assert_eq!(content_type(Path::new("emulator.wasm")), "application/wasm");
    }

    #[test]
    fn the_policy_is_the_one_of_the_page() {
        let page = "<meta http-equiv=\"content-security-policy\" content=\"default-src 'none'\">";
        assert_eq!(policy(page), Some("default-src 'none'"));
        assert_eq!(policy("<html>"), None);
    }

    #[test]
    fn other_methods_and_other_files_are_refused() {
        let folder = Path::new("no-such-folder");
        assert_eq!(answer(folder, "POST / HTTP/1.1").status, "405 Method Not Allowed");
        assert_eq!(answer(folder, "GET /nothing HTTP/1.1").status, "404 Not Found");
        assert_eq!(answer(folder, "").status, "405 Method Not Allowed");
    }
}
