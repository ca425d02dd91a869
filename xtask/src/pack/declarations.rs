//! The package's `.d.ts`: wasm-bindgen's declarations, cleaned, and those written by hand.

use std::collections::BTreeSet;

use anyhow::{Result, bail, ensure};

use super::Exports;
use crate::build::Module;
use crate::repo::Repo;

pub(super) fn of(repo: &Repo, module: &Module, exports: &Exports) -> Result<String> {
    let shell = &repo.shell;
    let public: BTreeSet<&str> = exports.values().flatten().map(String::as_str).collect();
    let generated = shell.read_file(module.folder(repo).join(module.stem).with_extension("d.ts"))?;

    checked(clean(&generated, &public) + &by_hand(repo, module.name)?, &public)
}

fn by_hand(repo: &Repo, name: &str) -> Result<String> {
    let shell = &repo.shell;
    let mut text = String::new();
    for part in shell.read_dir(format!("pkg-template/types/{name}")).unwrap_or_default() {
        text.push('\n');
        text.push_str(shell.read_file(part)?.trim_end());
        text.push('\n');
    }
    Ok(text)
}

fn checked(text: String, public: &BTreeSet<&str>) -> Result<String> {
    check_exports(&text, public)?;
    refuse_any(&text)?;
    Ok(text)
}

/// Methods that wasm-bindgen adds to every class, and that no entry has.
const OWN_METHODS: [&str; 2] = ["    free(): void;", "    [Symbol.dispose](): void;"];

/// Removes notes for linters, wasm-bindgen's own exports, repeated empty lines, and the `r"` that it writes before
/// documentation from a macro.
fn clean(generated: &str, public: &BTreeSet<&str>) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in generated.lines() {
        let foreign = declared_name(line).filter(|(kind, name)| *kind == "function" && !public.contains(name));
        if foreign.is_some() {
            drop_comment(&mut lines);
        } else if is_linter_note(line)
            || OWN_METHODS.contains(&line)
            || (line.is_empty() && lines.last().is_none_or(String::is_empty))
        {
            continue;
        } else {
            lines.push(without_raw_string(line));
        }
    }
    lines.join("\n").trim_end().to_owned() + "\n"
}

fn is_linter_note(line: &str) -> bool {
    matches!(line, "/* tslint:disable */" | "/* eslint-disable */")
}

/// Removes the last lines if they are a comment.
fn drop_comment(lines: &mut Vec<String>) {
    if lines.last().is_some_and(|line| line.trim_end().ends_with("*/")) {
        while lines.pop().is_some_and(|line| !line.trim_start().starts_with("/**")) {}
    }
}

fn without_raw_string(line: &str) -> String {
    let Some((indent, text)) = line.split_once("* r") else { return line.to_owned() };
    if !indent.trim().is_empty() {
        return line.to_owned();
    }
    let hashes: String = text.chars().take_while(|letter| *letter == '#').collect();
    match text.get(hashes.len()..).and_then(|text| text.strip_prefix('"')) {
        Some(text) => format!("{indent}*{}", text.strip_suffix(&format!("\"{hashes}")).unwrap_or(text)),
        None => line.to_owned(),
    }
}

/// The kind and the name of an exported declaration.
fn declared_name(line: &str) -> Option<(&str, &str)> {
    let declaration = line.strip_prefix("export ")?;
    let declaration = declaration.strip_prefix("declare ").unwrap_or(declaration);
    let (kind, rest) = declaration.split_once(' ')?;
    let name = rest.split(|letter: char| !letter.is_alphanumeric() && letter != '_').next()?;
    matches!(kind, "class" | "function" | "const" | "let").then_some((kind, name))
}

/// Declarations must match the package's exports exactly.
fn check_exports(text: &str, public: &BTreeSet<&str>) -> Result<()> {
    let declared: BTreeSet<&str> = text.lines().filter_map(declared_name).map(|(_, name)| name).collect();
    ensure!(
        declared == *public,
        "pkg-template/exports.json says the module exports {public:?}, but its types declare {declared:?}"
    );
    Ok(())
}

/// `any` turns off the compiler's checks wherever it is used; no declaration of the package may contain it.
fn refuse_any(text: &str) -> Result<()> {
    for (index, line) in code_only(text).lines().enumerate() {
        let mut words = line.split(|letter: char| !letter.is_alphanumeric() && letter != '_' && letter != '$');
        if words.any(|word| word == "any") {
            bail!("the type `any` in line {} of the package's types: {}", index + 1, line.trim());
        }
    }
    Ok(())
}

/// The text with comments and strings replaced by blanks, with the same lines.
fn code_only(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let skipped = match first {
            '/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
            '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            '"' | '\'' | '`' => {
                rest.char_indices().skip(1).find(|(_, letter)| *letter == first).map_or(rest.len(), |(end, _)| end + 1)
            }
            _ => 0,
        };
        let (blank, after) = rest.split_at_checked(skipped).unwrap_or((rest, ""));
        code.extend(blank.chars().filter(|letter| *letter == '\n'));
        rest = after;
        if skipped == 0 {
            code.push(first);
            rest = rest.get(first.len_utf8()..).unwrap_or("");
        }
    }
    code
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cleans_what_wasm_bindgen_wrote() {
        let generated = "/* tslint:disable */\n/* eslint-disable */\n\n/**\n * A.\n */\nexport class A {\n    \
                         /**\n     * r\" Does it.\n     * r\"\n     * r#\" Says \"it\".\"#\n     */\n    do(): void;\n}\n\n\n\
                         /**\n * Runs.\n */\nexport function start(): void;\n";
        assert_eq!(
            clean(generated, &BTreeSet::from(["A"])),
            "/**\n * A.\n */\nexport class A {\n    /**\n     * Does it.\n     *\n     * Says \"it\".\n     */\n    do(): void;\n}\n"
        );
    }

    #[test]
    fn drops_what_wasm_bindgen_adds_to_every_class() {
        let generated = "export class A {\n    free(): void;\n    [Symbol.dispose](): void;\n    b(): void;\n}\n";
        assert_eq!(clean(generated, &BTreeSet::from(["A"])), "export class A {\n    b(): void;\n}\n");
    }

    #[test]
    fn wants_exactly_the_public_names_declared() {
        let types = "export class A {}\nexport interface B {}\nexport declare function c(): void;\n";
        assert!(check_exports(types, &BTreeSet::from(["A", "c"])).is_ok());
        assert!(check_exports(types, &BTreeSet::from(["A"])).is_err());
        assert!(check_exports(types, &BTreeSet::from(["A", "c", "D"])).is_err());
    }

    #[test]
    fn finds_any_where_it_is_a_type() {
        for bad in ["f(a: any): void;", "type A = Record<string, any>;", "a: any[];"] {
            assert!(refuse_any(bad).is_err(), "{bad}");
        }
        for good in ["// any", "/* any\n any */ a: string;", "a: \"any\";", "many: string; company: 1;"] {
            assert!(refuse_any(good).is_ok(), "{good}");
        }
    }
}
