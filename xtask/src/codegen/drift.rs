//! `cargo xtask drift`: compares an OpenAPI description of the API, which a maintainer provides, with the models and
//! operations here. The repository contains none.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;
use syn::{Item, Type};

use super::operations::table;
use super::source;
use crate::repo::Repo;

/// The models and operations of this repository.
#[derive(Debug, Default)]
struct Known {
    /// The fields of each model by name, with the enum of the field if it is one.
    models: BTreeMap<String, BTreeMap<String, Option<String>>>,
    /// The values of each enum.
    enums: BTreeMap<String, BTreeSet<String>>,
    /// Methods and paths, with `{}` for each parameter.
    operations: BTreeSet<String>,
}

/// Compares, and prints what is new, removed or changed in the description.
pub(crate) fn run(repo: &Repo, file: &Path) -> Result<()> {
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let description: Value = serde_json::from_str(&text).with_context(|| {
        format!("{} is no JSON; a description in YAML has to be turned into JSON first", file.display())
    })?;
    let known = known(repo)?;
    let lines = differences(&known, &description)?;
    lines.iter().for_each(|line| println!("{line}"));
    let (models, operations) = (known.models.len(), known.operations.len());
    println!("{} differences, in {models} models and {operations} operations", lines.len());
    Ok(())
}

fn known(repo: &Repo) -> Result<Known> {
    let mut known = Known::default();
    for item in source::files(repo, source::MODEL)?.into_iter().flat_map(|file| file.items) {
        match item {
            Item::Struct(item) => {
                let fields = item.fields.iter().filter(|field| field.ident.is_some());
                let fields = fields.map(|field| Ok((source::wire_name(field)?, innermost(&field.ty))));
                known.models.insert(item.ident.to_string(), fields.collect::<Result<_>>()?);
            }
            Item::Enum(item) => {
                let case = source::serde_value(&item.attrs, "rename_all")?;
                let words = item.variants.iter().map(|variant| {
                    let own = source::serde_value(&variant.attrs, "rename")?;
                    Ok(own.unwrap_or_else(|| written(&variant.ident.to_string(), case.as_deref())))
                });
                known.enums.insert(item.ident.to_string(), words.collect::<Result<_>>()?);
            }
            _ => {}
        }
    }
    for entry in table::entries() {
        let operation = entry.operation;
        known.operations.insert(route(operation.method.as_str(), operation.path.template));
    }
    Ok(known)
}

/// The name of the type inside `Option`, `Vec` and the like.
fn innermost(ty: &Type) -> Option<String> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last()?;
    match source::inner_types(&last.arguments).last() {
        Some(inner) => innermost(inner),
        None => Some(last.ident.to_string()),
    }
}

/// A variant's name in JSON.
fn written(name: &str, case: Option<&str>) -> String {
    let separator = match case {
        Some("snake_case") => "_",
        Some("kebab-case") => "-",
        Some("lowercase") => "",
        _ => return name.to_owned(),
    };
    let mut text = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !text.is_empty() {
            text.push_str(separator);
        }
        text.extend(letter.to_lowercase());
    }
    text
}

/// A method and a path without the names of its parameters.
fn route(method: &str, path: &str) -> String {
    let parts = path.split('/').map(|part| if part.starts_with('{') { "{}" } else { part });
    format!("{} {}", method.to_uppercase(), parts.collect::<Vec<_>>().join("/"))
}

fn differences(known: &Known, description: &Value) -> Result<Vec<String>> {
    let schemas = description.pointer("/components/schemas").and_then(Value::as_object);
    let schemas = schemas.context("the description has no components.schemas")?;
    let paths = description.get("paths").and_then(Value::as_object).context("the description has no paths")?;
    let mut lines = Vec::new();
    for (name, fields) in &known.models {
        let Some(schema) = schemas.get(name) else {
            lines.push(format!("gone: model {name}"));
            continue;
        };
        let properties = schema.get("properties").and_then(Value::as_object);
        let has = |field: &str| properties.is_some_and(|properties| properties.contains_key(field));
        lines.extend(fields.keys().filter(|field| !has(field)).map(|field| format!("gone: {name}.{field}")));
        for (field, property) in properties.into_iter().flatten() {
            match fields.get(field) {
                None => lines.push(format!("new: {name}.{field}")),
                Some(kind) => {
                    let ours = kind.as_ref().and_then(|kind| known.enums.get(kind));
                    lines.extend(ours.and_then(|ours| changed(&format!("{name}.{field}"), ours, property, schemas)));
                }
            }
        }
    }
    let theirs: BTreeSet<String> = paths
        .iter()
        .flat_map(|(path, methods)| {
            methods.as_object().into_iter().flatten().map(move |(method, _)| route(method, path))
        })
        .collect();
    let is_there = |path: &str| known.operations.iter().any(|operation| operation.split(' ').nth(1) == Some(path));
    lines.extend(known.operations.difference(&theirs).map(|operation| format!("gone: {operation}")));
    // Most paths that are missing here have nothing to do with users.
    let near = theirs.difference(&known.operations).filter(|operation| {
        let path = operation.split(' ').nth(1).unwrap_or_default();
        is_there(path) || path.starts_with("/api/v2/users")
    });
    lines.extend(near.map(|operation| format!("new: {operation}")));
    Ok(lines)
}

/// The changed values of an enum, which are in the property or behind a reference.
fn changed(
    place: &str,
    ours: &BTreeSet<String>,
    property: &Value,
    schemas: &serde_json::Map<String, Value>,
) -> Option<String> {
    let reference = property.get("$ref").and_then(Value::as_str).and_then(|path| path.rsplit('/').next());
    let property = property.get("items").unwrap_or(property);
    let schema = reference.and_then(|name| schemas.get(name)).unwrap_or(property);
    let theirs: BTreeSet<String> =
        schema.get("enum")?.as_array()?.iter().filter_map(|word| word.as_str().map(str::to_owned)).collect();
    let list = |words: Vec<&String>| words.into_iter().map(String::as_str).collect::<Vec<_>>().join(", ");
    let (new, gone) = (list(theirs.difference(ours).collect()), list(ours.difference(&theirs).collect()));
    let parts = [("new", new), ("gone", gone)].into_iter().filter(|(_, words)| !words.is_empty());
    let parts = parts.map(|(what, words)| format!("{what} {words}")).collect::<Vec<_>>().join("; ");
    (!parts.is_empty()).then(|| format!("changed: {place}: {parts}"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn ours() -> Known {
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        let fields = [("id", None), ("mode", Some("Mode")), ("old", None)];
        let fields = fields.map(|(name, kind)| (name.to_owned(), kind.map(str::to_owned)));
        Known {
            models: [("Request".to_owned(), fields.into()), ("Lost".to_owned(), BTreeMap::new())].into(),
            enums: [("Mode".to_owned(), words(&["soft", "hard"]))].into(),
            operations: words(&["POST /api/v2/users", "GET /api/v2/tasks/{}"]),
        }
    }

    #[test]
    fn what_is_new_gone_and_changed_is_told() -> Result<()> {
        let description = json!({
            "components": { "schemas": { "Request": { "properties": {
                "id": { "type": "string" }, "mode": { "enum": ["soft", "pruning"] }, "next": { "type": "string" },
            } } } },
            "paths": { "/api/v2/users": { "post": {}, "put": {} }, "/api/v2/calls": { "get": {} } },
        });
        assert_eq!(
            differences(&ours(), &description)?,
            [
                "gone: model Lost",
                "gone: Request.old",
                "changed: Request.mode: new pruning; gone hard",
                "new: Request.next",
                "gone: GET /api/v2/tasks/{}",
                "new: PUT /api/v2/users",
            ]
        );
        Ok(())
    }

    #[test]
    fn words_behind_a_reference_and_parameters_of_other_names_are_the_same() -> Result<()> {
        let description = json!({
            "components": { "schemas": {
                "Request": { "properties": { "id": {}, "old": {}, "mode": { "$ref": "#/components/schemas/Mode" } } },
                "Mode": { "enum": ["hard", "soft"] }, "Lost": {},
            } },
            "paths": { "/api/v2/users": { "post": {} }, "/api/v2/tasks/{task_id}": { "get": {} } },
        });
        assert_eq!(differences(&ours(), &description)?, Vec::<String>::new());
        assert!(differences(&ours(), &json!({})).is_err());
        Ok(())
    }

    #[test]
    fn the_models_and_operations_of_this_repository_are_read() -> Result<()> {
        let known = known(&Repo::open()?)?;
        assert!(known.operations.contains("POST /api/v2/users/delete") && known.operations.len() > 30);
        let mode = known.models.get("DeleteUsersRequest").and_then(|fields| fields.get("user")).cloned().flatten();
        assert_eq!(mode.as_deref(), Some("UserDeleteMode"));
        let words = known.enums.get("UserDeleteMode").context("no such enum")?;
        assert_eq!(words.iter().map(String::as_str).collect::<Vec<_>>(), ["hard", "pruning", "soft"]);
        Ok(())
    }
}
