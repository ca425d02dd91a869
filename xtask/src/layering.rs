//! Holds the rooms of the crates apart: who may know whom is a rule of the design, and the compiler would let it slip.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Attribute, Item};

use crate::repo::Repo;

/// A rule: these files do not mention those names.
struct Rule {
    places: &'static [&'static str],
    forbidden: Forbidden,
    because: &'static str,
}

enum Forbidden {
    /// Names that may not occur at all.
    Names(&'static [&'static str]),
    /// Modules of a crate that may not be reached into.
    Modules { of: &'static str, modules: &'static [&'static str] },
}

/// The rooms of plain Rust.
const PLAIN: &[&str] = &[
    "src/model",
    "src/operation",
    "src/auth",
    "src/policy",
    "src/api_error_code.rs",
    "src/error.rs",
    "src/limits.rs",
    "src/wording.rs",
];

const RULES: [Rule; 6] = [
    Rule {
        places: PLAIN,
        forbidden: Forbidden::Names(&[
            "wasm_bindgen",
            "wasm_bindgen_futures",
            "js_sys",
            "web_sys",
            "gloo_net",
            "serde_wasm_bindgen",
        ]),
        because: "only src/fetch and src/wasm know JavaScript",
    },
    Rule {
        places: PLAIN,
        forbidden: Forbidden::Names(&[
            "Instant",
            "SystemTime",
            "fastrand",
            "getrandom",
            "rand",
            "tokio",
            "gloo_timers",
        ]),
        because: "clock and random are passed in",
    },
    Rule {
        places: PLAIN,
        forbidden: Forbidden::Modules { of: "crate", modules: &["fetch", "wasm"] },
        because: "src/fetch and src/wasm stand on top of the other rooms",
    },
    Rule {
        places: &["src/wasm"],
        forbidden: Forbidden::Modules { of: "crate", modules: &["fetch"] },
        because: "the npm package has nothing of the client for Rust",
    },
    Rule {
        places: &["src"],
        forbidden: Forbidden::Names(&["getstream_users_emulator"]),
        because: "the client never depends on the emulator",
    },
    Rule {
        places: &["emulator/src"],
        forbidden: Forbidden::Modules { of: "getstream_users", modules: &["fetch", "operation", "wasm"] },
        because: "the emulator judges the client, so it shares none of what the client does",
    },
];

/// The floors of the emulator's core, from the ground up: a file or a folder each. Each may use those before it.
const FLOORS: &[&str] = &[
    "failure",
    "caller",
    "field_path",
    "suggestion",
    // What the app knows; requests are a matter of the floors above.
    "state",
    "config",
    "wire",
    "access",
    "filter",
    "view",
    "event",
    "operation",
    "routes",
    "jobs",
    "gate",
    "log",
    "emulator",
    "webhooks",
    "sockets",
    "ui",
    "control",
    "health",
    "front",
];

pub(crate) fn check(repo: &Repo) -> Result<()> {
    let mut found = Vec::new();
    for rule in &RULES {
        for place in rule.places {
            search(repo, &repo.root.join(place), &rule.forbidden, rule.because, &mut found)?;
        }
    }
    check_floors(repo, &mut found)?;
    ensure!(found.is_empty(), "{}", found.join("\n"));
    Ok(())
}

/// What breaks a rule in the files of a place.
fn search(repo: &Repo, place: &Path, forbidden: &Forbidden, because: &str, found: &mut Vec<String>) -> Result<()> {
    for file in rust_files(place)? {
        let text = repo.shell.read_file(&file)?;
        let shown = file.strip_prefix(&repo.root).unwrap_or(&file).display();
        for line in violations(&text, forbidden).with_context(|| format!("cannot parse {shown}"))? {
            let text = text.lines().nth(line.saturating_sub(1)).unwrap_or_default().trim();
            found.push(format!("{shown}:{line}: {because}: `{text}`"));
        }
    }
    Ok(())
}

/// Looks for floors of the emulator's core that use one above them, and for files that are on no floor.
fn check_floors(repo: &Repo, found: &mut Vec<String>) -> Result<()> {
    let core = repo.root.join("emulator/src/core");
    for entry in core.read_dir().with_context(|| format!("cannot list {}", core.display()))? {
        let path = entry?.path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        if name == "mod" {
            continue;
        }
        let Some(above) = above(&name) else {
            found.push(format!(
                "emulator/src/core/{name} is on no floor: FLOORS in xtask/src/layering.rs has to list it"
            ));
            continue;
        };
        for of in ["core", "super"] {
            let because = format!("emulator/src/core/{name} may only use the floors below it");
            search(repo, &path, &Forbidden::Modules { of, modules: above }, &because, found)?;
        }
    }
    Ok(())
}

/// The floors above one, which it may not use.
fn above(name: &str) -> Option<&'static [&'static str]> {
    let floor = FLOORS.iter().position(|floor| *floor == name)?;
    FLOORS.split_at_checked(floor + 1).map(|(_, above)| above)
}

fn rust_files(place: &Path) -> Result<Vec<PathBuf>> {
    if place.is_file() {
        return Ok(vec![place.to_path_buf()]);
    }
    let mut files = Vec::new();
    // A room that is not there yet breaks no rule.
    let Ok(entries) = place.read_dir() else { return Ok(files) };
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() || path.extension().is_some_and(|extension| extension == "rs") {
            files.extend(rust_files(&path)?);
        }
    }
    files.sort();
    Ok(files)
}

/// The lines that break a rule.
fn violations(source: &str, forbidden: &Forbidden) -> Result<Vec<usize>> {
    let mut file = syn::parse_file(source)?;
    file.items.retain(|item| !is_typescript(item));
    let mut tokens = Vec::new();
    flatten(file.into_token_stream(), &mut tokens);

    let mut lines: Vec<usize> = match forbidden {
        Forbidden::Names(names) => {
            tokens.iter().filter(|token| names.contains(&token.text.as_str())).map(|token| token.line).collect()
        }
        Forbidden::Modules { of, modules } => reaches(&tokens, of, modules),
    };
    lines.dedup();
    Ok(lines)
}

/// Whether an item only adds text to the `.d.ts` of a wasm build, which is the one thing a model may do to JavaScript.
fn is_typescript(item: &Item) -> bool {
    let Item::Const(item) = item else { return false };
    let mentions = |attribute: &Attribute, word: &str| attribute.meta.to_token_stream().to_string().contains(word);
    item.attrs.iter().any(|attribute| attribute.path().is_ident("cfg"))
        && item.attrs.iter().any(|attribute| mentions(attribute, "typescript_custom_section"))
}

struct Token {
    text: String,
    line: usize,
}

/// The tokens in a row, groups opened; literals, which documentation is too, left out.
fn flatten(stream: TokenStream, into: &mut Vec<Token>) {
    for tree in stream {
        let line = tree.span().start().line;
        match tree {
            TokenTree::Literal(_) => {}
            TokenTree::Group(group) => {
                let (open, close) = if group.delimiter() == Delimiter::Brace { ("{", "}") } else { ("(", ")") };
                into.push(Token { text: open.to_owned(), line });
                flatten(group.stream(), into);
                into.push(Token { text: close.to_owned(), line: group.span_close().start().line });
            }
            other => into.push(Token { text: other.to_string(), line }),
        }
    }
}

/// The lines where one of `modules` follows `of::`, directly or first in a branch of `of::{…}`.
fn reaches(tokens: &[Token], of: &str, modules: &[&str]) -> Vec<usize> {
    let is_module = |token: &Token| modules.contains(&token.text.as_str());
    let mut lines = Vec::new();
    for (index, _) in tokens.iter().enumerate().filter(|(_, token)| token.text == of) {
        let Some([colon, second, rest @ ..]) = tokens.get(index + 1..) else { continue };
        if colon.text != ":" || second.text != ":" {
            continue;
        }
        match rest {
            [brace, ..] if brace.text == "{" => {
                lines.extend(branches(rest).into_iter().filter(|token| is_module(token)).map(|token| token.line))
            }
            [first, ..] if is_module(first) => lines.push(first.line),
            _ => {}
        }
    }
    lines
}

/// The first token of every branch of the group that `tokens` begin with.
fn branches(tokens: &[Token]) -> Vec<&Token> {
    let (mut depth, mut begins, mut firsts) = (0_usize, false, Vec::new());
    for token in tokens {
        match token.text.as_str() {
            "{" => depth += 1,
            "}" if depth == 1 => break,
            "}" => depth -= 1,
            _ if begins => firsts.push(token),
            _ => {}
        }
        begins = depth == 1 && matches!(token.text.as_str(), "{" | ",");
    }
    firsts
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: Forbidden = Forbidden::Names(&["js_sys"]);
    const JS: Forbidden = Forbidden::Modules { of: "crate", modules: &["js"] };

    #[test]
    fn finds_names_wherever_code_mentions_them() {
        assert_eq!(violations("use js_sys::Date;\n\nfn f() { js_sys::eval(); }", &NAMES).unwrap(), [1, 3]);
        assert_eq!(violations("/// Like js_sys.\nconst A: &str = \"js_sys\";", &NAMES).unwrap(), [0_usize; 0]);
    }

    #[test]
    fn lets_a_model_add_to_the_types() {
        let source =
            "#[cfg(feature = \"js\")]\n#[js_sys::wasm_bindgen(typescript_custom_section)]\nconst A: &str = \"\";";
        assert!(violations(source, &NAMES).unwrap().is_empty());
        assert_eq!(violations("#[js_sys::wasm_bindgen]\nconst A: &str = \"\";", &NAMES).unwrap(), [1]);
    }

    #[test]
    fn finds_modules_behind_every_form_of_path() {
        for bad in [
            "use crate::js;",
            "use crate::js::A;",
            "use crate::{auth, js::A};",
            "use crate::{js};",
            "fn f() { crate::js::g() }",
        ] {
            assert_eq!(violations(bad, &JS).unwrap(), [1], "{bad}");
        }
        for good in ["use crate::auth::js;", "use crate::{auth::{js}};", "use other::js;", "fn js() {}"] {
            assert!(violations(good, &JS).unwrap().is_empty(), "{good}");
        }
    }

    #[test]
    fn a_floor_uses_those_below_it_alone() {
        let broken = |floor: &str, of, source: &str| {
            violations(source, &Forbidden::Modules { of, modules: above(floor).unwrap() }).unwrap()
        };
        assert_eq!(broken("state", "core", "use crate::core::wire::Request;"), [1]);
        assert_eq!(broken("operation", "core", "use crate::core::{view, routes::resolve};"), [1]);
        assert_eq!(broken("emulator", "super", "use super::control::seed;"), [1]);
        assert!(broken("wire", "core", "use crate::core::failure::Failure;").is_empty());
        assert!(broken("front", "core", "use crate::core::control;").is_empty());
        assert_eq!(above("cellar"), None);
    }
}
