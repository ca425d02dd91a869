//! Adds the client's checks to the schemas of arguments. This is the only part of codegen with the client's rules.

use anyhow::{Context, Result, ensure};
use getstream_users::limits::MAX_USERS;
use getstream_users::operation::{Operation, Rule};
use serde_json::{Value, json};

use super::model::{Model, object};

/// The pattern of a new user's id.
const ID: &str = "^[A-Za-z0-9@_-]*$";
const ID_IN_WORDS: &str = "may hold letters (a-z, A-Z), digits, '@', '_' and '-' only";
const MAX_ID: usize = 255;

/// The pattern of a custom event's type.
const EVENT: &str = "^[^.]*$";
const EVENT_IN_WORDS: &str = "must not have dots: types with dots are Stream's own";

/// Adds the checks that apply wherever a type is used.
pub(super) fn describe(model: &mut Model) -> Result<()> {
    let id = json!({ "minLength": 1, "maxLength": MAX_ID, "pattern": ID, "patternDescription": ID_IN_WORDS });
    set(model.get_mut("UserRequest")?, "properties/id", id)?;
    let event = json!({ "minLength": 1, "pattern": EVENT, "patternDescription": EVENT_IN_WORDS });
    set(model.get_mut("UserCustomEventRequest")?, "properties/type", event)?;
    let update = model.get_mut("UpdateUserPartialRequest")?;
    set(update, "properties/id", json!({ "minLength": 1 }))?;
    set(update, "properties/unset/items", json!({ "minLength": 1 }))
}

/// Adds the checks of an operation's path and rules to its arguments.
pub(super) fn apply(operation: &Operation, arguments: &mut [Value], model: &Model) -> Result<()> {
    if let Some(name) = operation.path.parameter() {
        set(field(arguments, name)?, "", json!({ "minLength": 1 }))?;
    }
    operation
        .rules
        .iter()
        .try_for_each(|rule| apply_rule(rule, arguments, model).with_context(|| format!("in {rule:?}")))
}

fn apply_rule(rule: &Rule, arguments: &mut [Value], model: &Model) -> Result<()> {
    match *rule {
        Rule::Ids(name, max) | Rule::SomeIds(name, max) => {
            set(field(arguments, name)?, "", json!({ "minItems": 1, "maxItems": max }))?;
            set(field(arguments, name)?, "items", json!({ "minLength": 1 }))
        }
        Rule::Required(name) | Rule::Text(name) => {
            let schema = field(arguments, name)?;
            // The values of an enum are not empty.
            if schema.get("$ref").is_some() { Ok(()) } else { set(schema, "", json!({ "minLength": 1 })) }
        }
        Rule::Length(name, max) => set(field(arguments, name)?, "", json!({ "maxLength": max })),
        // Two operations may share rules although one of them lacks an optional field.
        Rule::Count(name, min, max) => match field(arguments, name) {
            Ok(schema) => set(schema, "", json!({ "type": "integer", "minimum": min, "maximum": max })),
            Err(_) => Ok(()),
        },
        Rule::OneOf(name, words) => {
            let known = model.meant(field(arguments, name)?)?.get("enum");
            ensure!(known == Some(&json!(words)), "the rule and the type name other words");
            Ok(())
        }
        Rule::UserList => set(first(arguments)?, "", json!({ "minItems": 1, "maxItems": MAX_USERS })),
        Rule::UserMap => set(field(arguments, "users")?, "", json!({ "minProperties": 1, "maxProperties": MAX_USERS })),
        Rule::PartialUpdates => set(field(arguments, "users")?, "", json!({ "minItems": 1, "maxItems": MAX_USERS })),
        Rule::Query { limit, offset, sort } => {
            let payload = field(arguments, "payload")?;
            set(payload, "properties/limit", json!({ "minimum": 0, "maximum": limit }))?;
            set(payload, "properties/offset", json!({ "minimum": 0, "maximum": offset }))?;
            set(payload, "properties/sort", json!({ "maxItems": sort }))
        }
        Rule::Preferences => set(field(arguments, "preferences")?, "", json!({ "minItems": 1 })),
        // The types already contain these rules.
        Rule::Time(_) | Rule::Flag(_) | Rule::Object(_) | Rule::NewUser | Rule::User(_) | Rule::Event => Ok(()),
        Rule::Request => anyhow::bail!("this is not a rule of an operation in the table"),
    }
}

/// The schema of an argument, or of a field of the only one.
fn field<'a>(arguments: &'a mut [Value], name: &str) -> Result<&'a mut Value> {
    let by_name = arguments.iter().position(|argument| argument.get("name").is_some_and(|own| own == name));
    let found = match by_name {
        Some(index) => arguments.get_mut(index).and_then(|argument| argument.get_mut("schema")),
        None => first(arguments)?.get_mut("properties").and_then(|properties| properties.get_mut(name)),
    };
    found.with_context(|| format!("there is no field `{name}`"))
}

fn first(arguments: &mut [Value]) -> Result<&mut Value> {
    arguments.first_mut().and_then(|argument| argument.get_mut("schema")).context("there is no argument")
}

/// Adds to a schema, or to one inside it.
fn set(schema: &mut Value, path: &str, more: Value) -> Result<()> {
    let pointer = if path.is_empty() { String::new() } else { format!("/{path}") };
    let inner = schema.pointer_mut(&pointer).with_context(|| format!("there is no `{path}`"))?;
    ensure!(inner.get("$ref").is_none(), "`{path}` is a type of its own, which says the same everywhere");
    object(inner)?.extend(more.as_object().cloned().into_iter().flatten());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codegen::operations::typescript::Types;
    use getstream_users::operation::check_new_id;
    use std::collections::BTreeMap;

    #[test]
    fn ids_are_what_the_client_lets_through() {
        for character in (0..=0x17f).filter_map(char::from_u32) {
            let in_pattern = character.is_ascii_alphanumeric() || "@_-".contains(character);
            assert_eq!(check_new_id(&character.to_string()).is_ok(), in_pattern, "{character:?}");
        }
        assert!(check_new_id(&"a".repeat(MAX_ID)).is_ok());
        assert!(check_new_id(&"a".repeat(MAX_ID + 1)).is_err());
    }

    #[test]
    fn rules_reach_fields_of_the_argument_and_arguments() {
        let model = Model::read(&[], &Types(BTreeMap::new())).unwrap();
        let list = || json!({ "type": "array", "items": { "type": "string" } });
        let full =
            json!({ "type": "array", "items": { "type": "string", "minLength": 1 }, "minItems": 1, "maxItems": 7 });

        let mut request = [json!({ "name": "request", "schema": { "properties": { "user_ids": list() } } })];
        apply_rule(&Rule::Ids("user_ids", 7), &mut request, &model).unwrap();
        assert_eq!(request[0]["schema"]["properties"]["user_ids"], full);

        let mut plain = [json!({ "name": "userIds", "schema": list() })];
        apply_rule(&Rule::Ids("userIds", 7), &mut plain, &model).unwrap();
        assert_eq!(plain[0]["schema"], full);

        assert!(apply_rule(&Rule::Ids("nobody", 7), &mut plain, &model).is_err());
    }
}
