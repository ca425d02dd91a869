//! `cargo xtask docs`: builds a site of guides, reference and demo page as static files, for any host.
//!
//! typedoc generates the pages of the guides and of the packed package's declarations, with a search over both;
//! rustdoc's pages and the demo page are beside them. Warnings of both tools are errors, and every link between pages
//! must have a target.

use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};
use serde_json::json;
use xshell::cmd;

use crate::pack::Package;
use crate::repo::{Repo, utf8};
use crate::step::{quietly, step};
use crate::{demo, pack, setup};

/// The package's entries, and the declarations of each.
const ENTRIES: [(&str, &str); 3] = [
    ("getstream-users", "index.js"),
    ("getstream-users/bulk", "bulk/index.js"),
    ("getstream-users/emulator", "emulator/index.js"),
];

/// Builds the site and prints its folder.
pub(crate) fn run(repo: &Repo) -> Result<()> {
    setup::for_build(repo)?;
    setup::npm_packages(repo, "docs/site")?;
    let package = pack::run(repo)?;
    let page = demo::build(repo, &package)?;
    let site = repo.target.join("site");
    repo.shell.remove_path(&site)?;
    step("guides and reference of the package", || reference(repo, &package, &site))?;
    step("reference of the crates", || crates(repo, &site.join("rust")))?;
    copy(repo, &page, &site.join("demo"))?;
    let pages = pages_of(&site)?;
    let broken: Vec<String> = pages.iter().flat_map(|page| broken_links(page)).collect();
    ensure!(broken.is_empty(), "broken links:\n{}", broken.join("\n"));
    eprintln!("  {} pages, and every link between them leads somewhere", pages.len());
    println!("{}", site.join("index.html").display());
    Ok(())
}

/// Runs typedoc on modules that have the names by which people import them.
fn reference(repo: &Repo, package: &Package, site: &Path) -> Result<()> {
    let work = repo.target.join("site-entries");
    repo.shell.remove_path(&work)?;
    let mut entries = Vec::new();
    for (name, declarations) in ENTRIES {
        let (entry, module) = (work.join(format!("{name}.ts")), package.folder.join("dist").join(declarations));
        repo.shell.write_file(&entry, format!("export * from {};\n", json!(utf8(&module)?)))?;
        entries.extend(["--entryPoints".to_owned(), utf8(&entry)?.to_owned()]);
    }
    let options = json!({
        "strict": true, "target": "es2022", "module": "nodenext", "moduleResolution": "nodenext",
        "lib": ["es2022", "dom", "dom.iterable", "dom.asynciterable"], "types": [], "skipLibCheck": true,
    });
    let config = work.join("tsconfig.json");
    repo.shell.write_file(&config, json!({ "compilerOptions": options, "include": ["."] }).to_string())?;
    let typedoc = repo.root.join("docs/site/node_modules/typedoc/bin/typedoc");
    quietly(
        cmd!(repo.shell, "node {typedoc} --options docs/site/typedoc.json --tsconfig {config} --out {site}")
            .args(entries),
    )
}

fn crates(repo: &Repo, folder: &Path) -> Result<()> {
    let features = ["--no-default-features", "--features", "getstream-users-emulator/server"];
    let doc =
        cmd!(repo.shell, "cargo doc --quiet --no-deps --package getstream-users --package getstream-users-emulator");
    quietly(doc.args(features).env("RUSTDOCFLAGS", "-D warnings"))?;
    copy(repo, &repo.target.join("doc"), folder)
}

fn copy(repo: &Repo, from: &Path, to: &Path) -> Result<()> {
    repo.shell.create_dir(to)?;
    for entry in repo.shell.read_dir(from)? {
        let target = to.join(entry.file_name().unwrap_or_default());
        if entry.is_dir() { copy(repo, &entry, &target)? } else { repo.shell.copy_file(&entry, &target)? }
    }
    Ok(())
}

/// The pages below a folder. rustdoc checks its own links, and the demo page is tested in a browser.
fn pages_of(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut pages = Vec::new();
    for entry in folder.read_dir()? {
        let path = entry?.path();
        let is_others = ["rust", "demo"].iter().any(|name| path.ends_with(name));
        if path.is_dir() && !is_others {
            pages.extend(pages_of(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "html") {
            pages.push(path);
        }
    }
    pages.sort();
    Ok(pages)
}

fn broken_links(page: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(page).unwrap_or_default();
    let folder = page.parent().unwrap_or(page);
    let leads_nowhere = |link: &&str| !folder.join(link).exists();
    links_in(&text).into_iter().filter(leads_nowhere).map(|link| format!("{}: {link}", page.display())).collect()
}

/// The files that a page links to, as relative paths.
fn links_in(html: &str) -> Vec<&str> {
    let links = ["href=\"", "src=\""].iter().flat_map(|attribute| html.split(attribute).skip(1));
    let targets = links.filter_map(|rest| rest.split('"').next()).filter_map(|link| link.split(['#', '?']).next());
    targets.filter(|link| !link.is_empty() && !link.contains(':') && !link.starts_with('/')).collect()
}

#[cfg(test)]
mod tests {
    use super::links_in;

    #[test]
    fn finds_the_files_that_a_page_links_to() {
        let html =
            r##"<a href="a.html#b">a</a><script src="../c.js?1"></script><a href="https://x.y">x</a><a href="#top">"##;
        assert_eq!(links_in(html), ["a.html", "../c.js"]);
    }
}
