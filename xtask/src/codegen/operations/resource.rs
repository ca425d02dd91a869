//! Which operations belong together: those whose constants are in one file. The file's first line is the title.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use serde_json::{Value, json};
use syn::Item;

use crate::codegen::source;
use crate::repo::Repo;

const OPERATIONS: &str = "src/operation";

pub(super) struct Resources {
    /// The file of a constant, by the constant's name.
    files: BTreeMap<String, String>,
    /// The title of a file, by the file's name.
    titles: BTreeMap<String, String>,
}

impl Resources {
    pub(super) fn read(repo: &Repo) -> Result<Self> {
        let mut resources = Self { files: BTreeMap::new(), titles: BTreeMap::new() };
        for path in repo.shell.read_dir(OPERATIONS)? {
            let name = path.file_stem().context("a file without a name")?.to_string_lossy().into_owned();
            let file = source::file(repo, &path)?;
            let title = source::documentation(&file.attrs).trim_end_matches('.').to_owned();
            resources.titles.insert(name.clone(), title);
            resources.files.extend(file.items.iter().filter_map(constant).map(|constant| (constant, name.clone())));
        }
        Ok(resources)
    }

    /// The resource of a constant's operation.
    pub(super) fn of(&self, constant: &str) -> Result<&str> {
        let file = self.files.get(constant).map(String::as_str);
        file.with_context(|| format!("{OPERATIONS} has no constant {constant}"))
    }

    /// The resources of operations, in order of first use.
    pub(super) fn used_by(&self, operations: &[Value]) -> Vec<Value> {
        let mut names: Vec<&str> = Vec::new();
        for name in operations.iter().filter_map(|operation| operation.get("resource")).filter_map(Value::as_str) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names.into_iter().map(|name| json!({ "name": name, "title": self.titles.get(name) })).collect()
    }
}

fn constant(item: &Item) -> Option<String> {
    match item {
        Item::Static(item) => Some(item.ident.to_string()),
        Item::Const(item) => Some(item.ident.to_string()),
        _ => None,
    }
}
