//! `www/src/generated/operations.json`: the client's operations and their types, for the demo page.
//! `www/src/schema.d.ts` describes the format.

mod access;
mod model;
mod resource;
mod rules;
mod signature;
pub(super) mod table;
mod typescript;

use std::collections::BTreeSet;

use anyhow::{Context, Result, ensure};
use getstream_users::operation::{Input, Operation};
use serde_json::{Map, Value, json};

use super::source;
use crate::repo::Repo;
use access::Access;
use model::Model;
use resource::Resources;
use table::Entry;
use typescript::Types;

/// Example arguments by operation, which are written by hand and work unchanged.
const EXAMPLES: &str = "www/src/examples.json";

pub(super) fn generate(repo: &Repo) -> Result<String> {
    Ok(serde_json::to_string_pretty(&describe(repo)?)? + "\n")
}

/// Every operation with its arguments, and the types that they use.
pub(super) fn describe(repo: &Repo) -> Result<Value> {
    let files = source::files(repo, source::MODEL)?;
    let mut texts: BTreeSet<String> = model::type_texts(&files)?.into_iter().collect();
    texts.extend(table::entries().iter().map(signature::arguments_type));
    let types = Types::read(repo, texts)?;
    let mut model = Model::read(&files, &types)?;
    rules::describe(&mut model)?;
    let resources = Resources::read(repo)?;
    let access = Access::read(repo)?;
    let examples = examples(repo)?;

    let operations = table::entries().into_iter().map(|entry| {
        let name = entry.operation.method_name;
        operation(&entry, &model, &types, &resources, &access, &examples)
            .with_context(|| format!("in the operation {name}"))
    });
    let operations = operations.collect::<Result<Vec<_>>>()?;

    let arguments = model.reachable(operations.iter().filter_map(|operation| operation.get("arguments")));
    model.close(&arguments);
    let answers = operations.iter().filter_map(|operation| operation.get("answer")).filter_map(Value::as_str);
    let answers = answers.map(model::reference).collect::<Vec<_>>();
    let all = model.reachable(operations.iter().chain(&answers));
    let used = resources.used_by(&operations);
    Ok(json!({ "resources": used, "operations": operations, "$defs": model.only(&all) }))
}

fn examples(repo: &Repo) -> Result<Map<String, Value>> {
    serde_json::from_str(&repo.shell.read_file(EXAMPLES)?).with_context(|| format!("cannot read {EXAMPLES}"))
}

fn operation(
    entry: &Entry,
    model: &Model,
    types: &Types,
    resources: &Resources,
    access: &Access,
    examples: &Map<String, Value>,
) -> Result<Value> {
    let operation = entry.operation;
    ensure!(
        operation.method_name == entry.method_name(),
        "its line in the table makes it a method named {}",
        entry.method_name()
    );
    let signature = signature::read(entry, model, types)?;
    let mut arguments = signature.arguments;
    rules::apply(operation, &mut arguments, model)?;
    let example = examples.get(operation.method_name).with_context(|| format!("it has no example in {EXAMPLES}"))?;
    Ok(json!({
        "name": operation.method_name,
        "resource": resources.of(entry.constant)?,
        "summary": signature.summary,
        "description": signature.description,
        "method": operation.method.as_str(),
        "path": operation.path.template,
        "query": operation.query.split(',').filter(|name| !name.is_empty()).collect::<Vec<_>>(),
        "input": input(operation.input),
        "arguments": arguments,
        "auth": auth(operation, access)?,
        "repeatable": operation.is_repeatable(),
        "task": signature.starts_task,
        "answer": signature.answer,
        "example": example,
    }))
}

/// Who may call an operation. Users may change users, but not their tokens.
fn auth(operation: &Operation, access: &Access) -> Result<&'static str> {
    match operation {
        Operation { public: true, .. } => Ok("public"),
        Operation { input: Input::Revocation, .. } => Ok("server"),
        _ => access.of(operation.method.as_str(), operation.path.template),
    }
}

fn input(input: Input) -> &'static str {
    match input {
        Input::Nothing => "nothing",
        Input::Url => "url",
        Input::Body => "body",
        Input::Users => "users",
        Input::Revocation => "revocation",
        Input::Request => "request",
    }
}
