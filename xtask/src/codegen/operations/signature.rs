//! The arguments and the result of a method, from its line in the table.

use std::collections::BTreeMap;

use anyhow::{Result, bail};
use serde_json::{Value, json};

use super::model::{Model, object};
use super::table::Entry;
use super::typescript::{Expression, Types};
use crate::codegen::source::paragraphs;

pub(super) struct Signature {
    /// The first sentence of the documentation.
    pub(super) summary: String,
    /// The rest of the documentation.
    pub(super) description: String,
    pub(super) arguments: Vec<Value>,
    /// The name of the response's type.
    pub(super) answer: String,
    pub(super) starts_task: bool,
}

pub(super) fn read(entry: &Entry, model: &Model, types: &Types) -> Result<Signature> {
    let (about, parameters) = documentation(entry.documentation);
    let (summary, description) = about.split_once(". ").map_or((about.as_str(), ""), |(first, rest)| (first, rest));
    model.get(entry.response)?;
    Ok(Signature {
        summary: format!("{}.", summary.trim_end_matches('.')),
        description: description.trim().to_owned(),
        arguments: arguments(types.of(&arguments_type(entry))?, &parameters, model)?,
        answer: entry.response.to_owned(),
        starts_task: entry.task_result.is_some(),
    })
}

/// The arguments of a method as an object's members, which have the same syntax.
pub(super) fn arguments_type(entry: &Entry) -> String {
    format!("{{ {} }}", entry.arguments.join(", "))
}

/// The documentation without its parameters, and the description of each parameter.
fn documentation(lines: &[&str]) -> (String, BTreeMap<String, String>) {
    let is_tag = |line: &&&str| line.trim_start().starts_with("@param ");
    let about = paragraphs(lines.iter().take_while(|line| !is_tag(line)).copied());
    let parameters = lines.iter().filter_map(|line| {
        let (name, text) = line.trim_start().strip_prefix("@param ")?.split_once(" - ")?;
        Some((name.to_owned(), text.trim().to_owned()))
    });
    (about, parameters.collect())
}

/// The arguments. A named type that is a whole argument is inlined, so that each operation can add to it.
fn arguments(members: &Expression, about: &BTreeMap<String, String>, model: &Model) -> Result<Vec<Value>> {
    let Expression::Object(members) = members else { bail!("arguments that are no members") };
    let arguments = members.iter().map(|member| {
        let mut schema = model.inline(&model.schema(&member.value, None)?)?;
        let fields = object(&mut schema)?;
        if fields.contains_key("properties") {
            fields.insert("additionalProperties".to_owned(), Value::Bool(false));
        }
        if let Some(about) = about.get(&member.name) {
            fields.insert("description".to_owned(), about.as_str().into());
        }
        if let Some(payload) = fields.get_mut("properties").and_then(|fields| fields.get_mut("payload")) {
            *payload = model.inline(payload)?;
            object(payload)?.insert("additionalProperties".to_owned(), Value::Bool(false));
        }
        Ok(json!({ "name": member.name, "required": !member.optional, "schema": schema }))
    });
    arguments.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_told_from_the_documentation() {
        let lines = [" Makes a", " thing. Twice.", "", " @param request - the thing", " @param at - when"];
        let (about, parameters) = documentation(&lines);
        assert_eq!(about, "Makes a thing. Twice.");
        assert_eq!(parameters["request"], "the thing");
        assert_eq!(parameters["at"], "when");
    }
}
