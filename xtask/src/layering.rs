//! Checks which module may use which. For the modules of one crate, the graphs in ARCHITECTURE.md are the rule; names
//! that a folder must not contain at all are listed here.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Attribute, Item};

use crate::repo::Repo;

/// A rule: these files must not contain these names.
struct Rule {
    places: &'static [&'static str],
    forbidden: Forbidden<'static>,
    because: &'static str,
}

enum Forbidden<'a> {
    /// Names that must not occur at all.
    Names(&'a [&'a str]),
    /// Modules of a crate that must not be used.
    Modules { of: &'a str, modules: &'a [&'a str] },
}

/// Plain Rust, without JavaScript.
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

const RULES: [Rule; 4] = [
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

/// The document with the graphs: each follows a comment `<!-- modules of FOLDER -->`.
const DOCUMENT: &str = "ARCHITECTURE.md";
/// The folders with a graph, and the names by which code there refers to the folder.
const FOLDERS: [(&str, [&str; 2]); 2] = [("src", ["crate", "super"]), ("emulator/src/core", ["core", "super"])];
/// Entries of these folders that are not Rust modules.
const NO_MODULES: [&str; 3] = ["lib", "mod", "client"];

/// Which modules each module may use directly.
type Graph = BTreeMap<String, BTreeSet<String>>;

pub(crate) fn check(repo: &Repo) -> Result<()> {
    let mut found = Vec::new();
    for rule in &RULES {
        for place in rule.places {
            search(repo, &repo.root.join(place), &rule.forbidden, rule.because, &mut found)?;
        }
    }
    let document = repo.shell.read_file(DOCUMENT)?;
    for (folder, names) in FOLDERS {
        let graph = graph(&document, folder).with_context(|| format!("the graph of {folder} in {DOCUMENT}"))?;
        check_graph(repo, folder, names, &graph, &mut found)?;
    }
    ensure!(found.is_empty(), "{}", found.join("\n"));
    Ok(())
}

/// The violations of a rule in the files of a folder.
fn search(repo: &Repo, place: &Path, forbidden: &Forbidden<'_>, because: &str, found: &mut Vec<String>) -> Result<()> {
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

/// Finds uses that the graph does not allow, modules that it lacks, and arrows without a use.
fn check_graph(repo: &Repo, folder: &str, names: [&str; 2], graph: &Graph, found: &mut Vec<String>) -> Result<()> {
    let root = repo.root.join(folder);
    for entry in root.read_dir().with_context(|| format!("cannot list {folder}"))? {
        let path = entry?.path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        if NO_MODULES.contains(&&*name) {
            continue;
        }
        let Some(direct) = graph.get(&*name) else {
            found.push(format!("{folder}/{name} is not in the graph in {DOCUMENT}"));
            continue;
        };
        let allowed = reachable(graph, &name);
        let others: Vec<&str> = graph.keys().map(String::as_str).filter(|other| *other != name).collect();
        let mut used = BTreeSet::new();
        for file in rust_files(&path)? {
            let text = repo.shell.read_file(&file)?;
            let shown = file.strip_prefix(&repo.root).unwrap_or(&file).display();
            let tokens = tokens(&text).with_context(|| format!("cannot parse {shown}"))?;
            for Token { text, line } in names.iter().flat_map(|of| reaches(&tokens, of, &others)) {
                if !allowed.contains(text.as_str()) {
                    found.push(format!("{shown}:{line}: the graph in {DOCUMENT} has no way from {name} to {text}"));
                }
                used.insert(text.clone());
            }
        }
        for other in direct.difference(&used) {
            found.push(format!("{DOCUMENT}: no code follows the arrow from {name} to {other} in {folder}"));
        }
    }
    Ok(())
}

/// The graph of a folder, as Mermaid's `user --> used & used`.
fn graph(document: &str, folder: &str) -> Result<Graph> {
    let marker = format!("<!-- modules of {folder} -->\n```mermaid\n");
    let (_, rest) = document.split_once(&marker).with_context(|| format!("no `{}`", marker.trim_end()))?;
    let (block, _) = rest.split_once("```").context("the block does not end")?;
    let mut graph = Graph::new();
    for (user, used) in block.lines().filter_map(|line| line.split_once(" --> ")) {
        let used: Vec<&str> = used.split('&').map(str::trim).collect();
        for name in &used {
            graph.entry((*name).to_owned()).or_default();
        }
        graph.entry(user.trim().to_owned()).or_default().extend(used.into_iter().map(str::to_owned));
    }
    if let Some(name) = graph.keys().find(|name| reachable(&graph, name).contains(name.as_str())) {
        bail!("{name} leads to itself");
    }
    Ok(graph)
}

/// The modules that can be reached by arrows from one.
fn reachable<'a>(graph: &'a Graph, from: &'a str) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    let mut open = vec![from];
    while let Some(name) = open.pop() {
        let used = graph.get(name).into_iter().flatten();
        open.extend(used.map(String::as_str).filter(|name| reached.insert(*name)));
    }
    reached
}

fn rust_files(place: &Path) -> Result<Vec<PathBuf>> {
    if place.is_file() {
        return Ok(vec![place.to_path_buf()]);
    }
    let mut files = Vec::new();
    // A missing folder breaks no rule.
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
fn violations(source: &str, forbidden: &Forbidden<'_>) -> Result<Vec<usize>> {
    let tokens = tokens(source)?;
    let mut lines: Vec<usize> = match forbidden {
        Forbidden::Names(names) => {
            tokens.iter().filter(|token| names.contains(&token.text.as_str())).map(|token| token.line).collect()
        }
        Forbidden::Modules { of, modules } => {
            reaches(&tokens, of, modules).into_iter().map(|token| token.line).collect()
        }
    };
    lines.dedup();
    Ok(lines)
}

/// Whether an item only adds text to the `.d.ts` of a wasm build, the only thing of JavaScript that a model may
/// contain.
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

/// The tokens of a file's code.
fn tokens(source: &str) -> Result<Vec<Token>> {
    let mut file = syn::parse_file(source)?;
    file.items.retain(|item| !is_typescript(item));
    let mut tokens = Vec::new();
    flatten(file.into_token_stream(), &mut tokens);
    Ok(tokens)
}

/// The tokens in order, with groups opened, and without literals, which include documentation.
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

/// The tokens where one of `modules` follows `of::`, directly or first in a branch of `of::{…}`.
fn reaches<'a>(tokens: &'a [Token], of: &str, modules: &[&str]) -> Vec<&'a Token> {
    let is_module = |token: &&Token| modules.contains(&token.text.as_str());
    let mut found = Vec::new();
    for (index, _) in tokens.iter().enumerate().filter(|(_, token)| token.text == of) {
        let Some([colon, second, rest @ ..]) = tokens.get(index + 1..) else { continue };
        if colon.text != ":" || second.text != ":" {
            continue;
        }
        match rest {
            [brace, ..] if brace.text == "{" => found.extend(branches(rest).into_iter().filter(is_module)),
            [first, ..] if is_module(&first) => found.push(first),
            _ => {}
        }
    }
    found
}

/// The first token of every branch of the group at the start of `tokens`.
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

    const NAMES: Forbidden<'_> = Forbidden::Names(&["js_sys"]);
    const JS: Forbidden<'_> = Forbidden::Modules { of: "crate", modules: &["js"] };

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
    fn a_graph_says_what_each_module_may_use() {
        let document = |arrows: &str| format!("text\n<!-- modules of src -->\n```mermaid\ngraph TD\n{arrows}\n```\n");
        let read = graph(&document("  top --> middle & side\n  middle --> ground"), "src").unwrap();
        assert_eq!(reachable(&read, "top"), BTreeSet::from(["ground", "middle", "side"]));
        assert_eq!(reachable(&read, "side"), BTreeSet::new());
        assert!(graph(&document("  top --> ground\n  ground --> top"), "src").is_err());
        assert!(graph(&document("  top --> ground"), "emulator").is_err());
    }
}
