//! The types of requests and responses as JSON Schema.
//!
//! A field's schema comes from its Rust type; a `tsify` attribute with more information (the allowed strings, or that a
//! date may be given as a string) takes precedence.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Map, Value, json};
use syn::{Attribute, Field, File, Item, ItemEnum, ItemStruct, LitStr, Type};

use super::typescript::{Expression, Types};
use crate::codegen::source::{documentation, inner_types, serde_value, wire_name};

/// The named types, by name.
pub(super) struct Model(BTreeMap<String, Value>);

const PLACE: &str = "#/$defs/";

/// A schema that refers to a named type.
pub(super) fn reference(name: &str) -> Value {
    json!({ "$ref": format!("{PLACE}{name}") })
}

/// The object of a schema.
pub(super) fn object(schema: &mut Value) -> Result<&mut Map<String, Value>> {
    schema.as_object_mut().context("a schema that is no object")
}

impl Model {
    pub(super) fn read(files: &[File], types: &Types) -> Result<Self> {
        let items: Vec<&Item> = files.iter().flat_map(|file| &file.items).collect();
        let names = items.iter().filter_map(|item| match item {
            Item::Struct(item) => Some(item.ident.to_string()),
            Item::Enum(item) => Some(item.ident.to_string()),
            _ => None,
        });
        // Schemas of fields need all names, and enums must exist before the types that extend them.
        let mut model = Self(names.map(|name| (name, Value::Null)).collect());
        for item in &items {
            if let Item::Enum(item) = item {
                model.0.insert(item.ident.to_string(), enumeration(item)?);
            }
        }
        for item in &items {
            if let Item::Struct(item) = item
                && matches!(item.fields, syn::Fields::Named(_))
            {
                let name = item.ident.to_string();
                let schema = model.structure(item, types).with_context(|| format!("in struct {name} of src/model"))?;
                model.0.insert(name, schema);
            }
        }
        Ok(model)
    }

    pub(super) fn get(&self, name: &str) -> Result<&Value> {
        self.0.get(name).with_context(|| format!("src/model has no type {name}"))
    }

    pub(super) fn get_mut(&mut self, name: &str) -> Result<&mut Value> {
        self.0.get_mut(name).with_context(|| format!("src/model has no type {name}"))
    }

    /// The schema that a reference leads to, or the schema itself.
    pub(super) fn meant<'a>(&'a self, schema: &'a Value) -> Result<&'a Value> {
        referred(schema).map_or(Ok(schema), |name| self.get(name))
    }

    /// The type that a schema refers to, inlined, with its name as the title.
    pub(super) fn inline(&self, schema: &Value) -> Result<Value> {
        let Some(name) = referred(schema) else { return Ok(schema.clone()) };
        let mut inlined = json!({ "title": name });
        let fields = self.get(name)?.as_object().into_iter().chain(schema.as_object()).flatten();
        object(&mut inlined)?
            .extend(fields.filter(|(key, _)| *key != "$ref").map(|(key, value)| (key.clone(), value.clone())));
        Ok(inlined)
    }

    /// The names of the types that schemas refer to, directly or indirectly.
    pub(super) fn reachable<'a>(&self, schemas: impl Iterator<Item = &'a Value>) -> BTreeSet<String> {
        let mut open: Vec<String> = Vec::new();
        schemas.for_each(|schema| mentioned(schema, &mut open));
        let mut reached = BTreeSet::new();
        while let Some(name) = open.pop() {
            if let Some(schema) = self.0.get(&name).filter(|_| reached.insert(name)) {
                mentioned(schema, &mut open);
            }
        }
        reached
    }

    /// Closes the types of requests: an unknown field is most often a typing error, and TypeScript rejects it.
    pub(super) fn close(&mut self, names: &BTreeSet<String>) {
        let structures = self.0.iter_mut().filter(|(name, _)| names.contains(*name)).map(|(_, schema)| schema);
        for schema in structures.filter_map(Value::as_object_mut).filter(|schema| schema.contains_key("properties")) {
            schema.insert("additionalProperties".to_owned(), Value::Bool(false));
        }
    }

    /// Only these types.
    pub(super) fn only(&self, names: &BTreeSet<String>) -> Map<String, Value> {
        let kept = self.0.iter().filter(|(name, _)| names.contains(*name));
        kept.map(|(name, schema)| (name.clone(), schema.clone())).collect()
    }

    /// The schema of a TypeScript type. `known` is the schema of the Rust type, for names that Rust does not have.
    pub(super) fn schema(&self, of: &Expression, known: Option<&Value>) -> Result<Value> {
        match of {
            Expression::Name(name, arguments) => self.named(name, arguments, known),
            Expression::List(item) => {
                let items = known.and_then(|known| known.get("items"));
                Ok(json!({ "type": "array", "items": self.schema(item, items)? }))
            }
            Expression::Object(members) => {
                let mut properties = Map::new();
                for member in members {
                    let mut schema = self.schema(&member.value, None)?;
                    if !member.description.is_empty() {
                        object(&mut schema)?.insert("description".to_owned(), member.description.as_str().into());
                    }
                    properties.insert(member.name.clone(), schema);
                }
                let required = members.iter().filter(|member| !member.optional).map(|member| member.name.clone());
                Ok(json!({
                    "type": "object",
                    "properties": properties,
                    "required": required.collect::<Vec<_>>(),
                    "additionalProperties": false,
                }))
            }
            Expression::Union(options) => self.union(options, known),
            Expression::Intersection(parts) => self.intersection(parts),
            Expression::Text(text) => Ok(json!({ "type": "string", "enum": [text] })),
            Expression::Number(number) => Ok(json!({ "type": "integer", "enum": [number] })),
        }
    }

    fn named(&self, name: &str, arguments: &[Expression], known: Option<&Value>) -> Result<Value> {
        Ok(match (name, arguments) {
            ("string" | "boolean" | "null", _) => json!({ "type": name }),
            ("number", _) => known.cloned().unwrap_or(json!({ "type": "number" })),
            ("unknown", _) => json!({}),
            ("Date", _) => date(),
            ("Custom", _) => json!({ "type": "object" }),
            ("Record", [_, value]) => {
                let inner = known.and_then(|known| known.get("additionalProperties"));
                match self.schema(value, inner)? {
                    Value::Object(anything) if anything.is_empty() => json!({ "type": "object" }),
                    value => json!({ "type": "object", "additionalProperties": value }),
                }
            }
            _ if self.0.contains_key(name) => reference(name),
            _ => known.cloned().with_context(|| format!("codegen does not know the type `{name}`"))?,
        })
    }

    fn union(&self, options: &[Expression], known: Option<&Value>) -> Result<Value> {
        let is_null = |option: &Expression| matches!(option, Expression::Name(name, _) if name == "null");
        if options.iter().any(is_null) {
            let others: Vec<Expression> = options.iter().filter(|option| !is_null(option)).cloned().collect();
            return nullable(self.union(&others, known)?);
        }
        if let [option] = options {
            return self.schema(option, known);
        }
        let texts: Vec<&str> = options.iter().filter_map(text).collect();
        if texts.len() == options.len() {
            return Ok(json!({ "type": "string", "enum": texts }));
        }
        let numbers: Vec<i64> = options.iter().filter_map(number).collect();
        if numbers.len() == options.len() {
            return Ok(json!({ "type": "integer", "enum": numbers }));
        }
        match options {
            [Expression::Name(date_name, _), Expression::Name(text, _)] if date_name == "Date" && text == "string" => {
                Ok(date())
            }
            // An array, or a string with its items separated by commas.
            [Expression::Name(text, _), list @ Expression::List(_)] if text == "string" => {
                let mut schema = self.schema(list, known)?;
                object(&mut schema)?.insert("type".to_owned(), json!(["array", "string"]));
                Ok(schema)
            }
            // Known strings, and any other.
            [Expression::Name(words, _), Expression::Intersection(_)] => {
                let words = self.get(words)?.get("enum").context("only enums can be open")?;
                Ok(json!({ "type": "string", "examples": words }))
            }
            _ => bail!("codegen does not know the union {options:?}"),
        }
    }

    /// One object with the fields of several; those of object literals come first.
    fn intersection(&self, parts: &[Expression]) -> Result<Value> {
        let (mut properties, mut required, mut description) = (Map::new(), Vec::new(), Value::Null);
        let (written, named): (Vec<_>, Vec<_>) = parts.iter().partition(|part| matches!(part, Expression::Object(_)));
        for part in written.into_iter().chain(named) {
            let schema = self.inline(&self.schema(part, None)?)?;
            ensure!(schema.get("properties").is_some(), "only objects can be put together");
            properties.extend(schema.get("properties").and_then(Value::as_object).cloned().into_iter().flatten());
            required.extend(schema.get("required").and_then(Value::as_array).cloned().into_iter().flatten());
            description = schema.get("description").cloned().unwrap_or(description);
        }
        Ok(json!({
            "type": "object",
            "description": description,
            "properties": properties,
            "required": required,
            "additionalProperties": false,
        }))
    }

    fn structure(&self, item: &ItemStruct, types: &Types) -> Result<Value> {
        ensure!(
            serde_value(&item.attrs, "rename_all")?.is_none(),
            "codegen does not know `rename_all` on a struct: rename its fields one by one, or teach it"
        );
        let (mut properties, mut required) = (Map::new(), Vec::new());
        for field in &item.fields {
            let name = wire_name(field)?;
            let schema = self.field(field, types).with_context(|| format!("in field {name}"))?;
            properties.insert(name.clone(), schema);
            if optional(&field.ty).is_none() {
                required.push(name);
            }
        }
        Ok(json!({
            "type": "object",
            "description": documentation(&item.attrs),
            "properties": properties,
            "required": required,
        }))
    }

    fn field(&self, field: &Field, types: &Types) -> Result<Value> {
        let known = self.rust(optional(&field.ty).unwrap_or(&field.ty))?;
        let mut schema = match typescript(&field.attrs)? {
            Some(text) => self.schema(types.of(&text)?, Some(&known))?,
            None => known,
        };
        object(&mut schema)?.insert("description".to_owned(), documentation(&field.attrs).into());
        Ok(schema)
    }

    /// The schema of a Rust type.
    fn rust(&self, of: &Type) -> Result<Value> {
        let Type::Path(path) = of else { bail!("codegen only knows types with names") };
        let segment = path.path.segments.last().context("a type without a name")?;
        let name = segment.ident.to_string();
        Ok(match (name.as_str(), inner_types(&segment.arguments).as_slice()) {
            ("String", []) => json!({ "type": "string" }),
            ("bool", []) => json!({ "type": "boolean" }),
            ("u16" | "u32" | "usize", []) => json!({ "type": "integer", "minimum": 0 }),
            ("i32" | "i64", []) => json!({ "type": "integer" }),
            ("f64", []) => json!({ "type": "number" }),
            ("Value", []) => json!({}),
            ("CustomData", []) => json!({ "type": "object" }),
            ("Timestamp", []) => date(),
            ("Vec", [item]) => json!({ "type": "array", "items": self.rust(item)? }),
            ("BTreeMap", [_, value]) => json!({ "type": "object", "additionalProperties": self.rust(value)? }),
            (_, []) if self.0.contains_key(&name) => reference(&name),
            _ => bail!("codegen does not know the type `{name}`"),
        })
    }
}

fn date() -> Value {
    json!({ "type": "string", "format": "date-time" })
}

fn nullable(mut schema: Value) -> Result<Value> {
    let kind = schema.get("type").cloned().context("only a type of its own can be null as well")?;
    object(&mut schema)?.insert("type".to_owned(), json!([kind, "null"]));
    Ok(schema)
}

fn text(expression: &Expression) -> Option<&str> {
    match expression {
        Expression::Text(text) => Some(text),
        _ => None,
    }
}

fn number(expression: &Expression) -> Option<i64> {
    match expression {
        Expression::Number(number) => Some(*number),
        _ => None,
    }
}

/// The name of the type that a schema refers to.
fn referred(schema: &Value) -> Option<&str> {
    schema.get("$ref").and_then(Value::as_str)?.strip_prefix(PLACE)
}

/// Collects the names of all types in a value.
fn mentioned(value: &Value, names: &mut Vec<String>) {
    names.extend(referred(value).map(str::to_owned));
    let items = value.as_array().into_iter().flatten();
    items.chain(value.as_object().into_iter().flat_map(Map::values)).for_each(|inner| mentioned(inner, names));
}

fn enumeration(item: &ItemEnum) -> Result<Value> {
    let name = &item.ident;
    let renaming = serde_value(&item.attrs, "rename_all")?;
    ensure!(renaming.as_deref() == Some("snake_case"), "codegen knows enums in snake_case only, which {name} is not");
    let (mut words, mut meanings) = (Vec::new(), Vec::new());
    for variant in &item.variants {
        ensure!(variant.fields.is_empty(), "codegen knows enums of words only, which {name} is not");
        let renamed = serde_value(&variant.attrs, "rename")?;
        words.push(renamed.unwrap_or_else(|| snake_case(&variant.ident.to_string())));
        meanings.push(documentation(&variant.attrs));
    }
    let description = documentation(&item.attrs);
    Ok(json!({ "type": "string", "description": description, "enum": words, "enumDescriptions": meanings }))
}

fn snake_case(name: &str) -> String {
    let mut snake = String::new();
    for character in name.chars() {
        if character.is_ascii_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.push(character.to_ascii_lowercase());
    }
    snake
}

/// The type inside an `Option`.
fn optional(of: &Type) -> Option<&Type> {
    let Type::Path(path) = of else { return None };
    let segment = path.path.segments.last().filter(|segment| segment.ident == "Option")?;
    inner_types(&segment.arguments).first().copied()
}

/// All TypeScript types in attributes of fields.
pub(super) fn type_texts(files: &[File]) -> Result<Vec<String>> {
    let structs = files.iter().flat_map(|file| &file.items).filter_map(|item| match item {
        Item::Struct(item) => Some(item),
        _ => None,
    });
    let texts = structs.flat_map(|item| &item.fields).map(|field| typescript(&field.attrs));
    texts.filter_map(Result::transpose).collect()
}

/// The text of `#[cfg_attr(feature = "types", tsify(type = "..."))]`.
fn typescript(attributes: &[Attribute]) -> Result<Option<String>> {
    let mut found = None;
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("cfg_attr")) {
        attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident("tsify") {
                return meta.parse_nested_meta(|meta| {
                    let text = meta.value()?.parse::<LitStr>()?.value();
                    if meta.path.is_ident("type") {
                        found = Some(text);
                    }
                    Ok(())
                });
            }
            if meta.input.peek(syn::Token![=]) {
                meta.value()?.parse::<LitStr>()?;
            }
            Ok(())
        })?;
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn model(source: &str) -> Result<Model> {
        Model::read(&[syn::parse_file(source)?], &types())
    }

    /// The result of `xtask/assets/read-types.mjs` for the types in these tests.
    fn types() -> Types {
        let name = |name: &str| json!({ "Name": [name, []] });
        let any_text = json!({ "Intersection": [name("string"), { "Object": [] }] });
        let id = json!({ "name": "id", "description": "", "optional": false, "value": name("string") });
        let trees = json!({
            "\"no\" | \"app\"": { "Union": [{ "Text": "no" }, { "Text": "app" }] },
            "1 | -1": { "Union": [{ "Number": 1 }, { "Number": -1 }] },
            "Date | string | null": { "Union": [name("Date"), name("string"), name("null")] },
            "Level | (string & {})": { "Union": [name("Level"), any_text] },
            "Record<string, unknown>": { "Name": ["Record", [name("string"), name("unknown")]] },
            "ThingFilter<Custom>": { "Name": ["ThingFilter", [name("Custom")]] },
            "string | boolean": { "Union": [name("string"), name("boolean")] },
            "Change & { id: string }": { "Intersection": [name("Change"), { "Object": [id] }] },
        });
        Types(serde_json::from_value(trees).unwrap())
    }

    #[test]
    fn says_of_each_field_what_it_is_and_whether_it_is_needed() {
        let model = model(
            r#"/// A thing.
               struct Thing {
                   /// Its name.
                   #[serde(rename = "Name")] name: String,
                   /// The parts.
                   parts: Option<Vec<Part>>,
                   counts: Option<BTreeMap<String, u32>>,
                   at: Timestamp,
               }
               struct Part { weight: f64 }"#,
        );
        assert_eq!(
            model.unwrap().0["Thing"],
            json!({
                "type": "object",
                "description": "A thing.",
                "properties": {
                    "Name": { "type": "string", "description": "Its name." },
                    "parts": { "type": "array", "items": { "$ref": "#/$defs/Part" }, "description": "The parts." },
                    "counts": {
                        "type": "object",
                        "additionalProperties": { "type": "integer", "minimum": 0 },
                        "description": "",
                    },
                    "at": { "type": "string", "format": "date-time", "description": "" },
                },
                "required": ["Name", "at"],
            })
        );
    }

    #[test]
    fn takes_what_typescript_knows_better() {
        let model = model(
            r#"#[serde(rename_all = "snake_case")]
               enum Level { /// Everything.
                   All, DirectMentions }
               struct Thing {
                   #[cfg_attr(feature = "types", tsify(type = "\"no\" | \"app\""))] words: Option<String>,
                   #[cfg_attr(feature = "types", tsify(type = "1 | -1"))] numbers: Option<i32>,
                   #[cfg_attr(feature = "types", tsify(type = "Date | string | null"))] time: Option<Timestamp>,
                   #[cfg_attr(feature = "types", tsify(type = "Level | (string & {})"))] level: Option<Level>,
                   #[cfg_attr(feature = "types", tsify(type = "Record<string, unknown>"))] own: Option<CustomData>,
                   #[cfg_attr(feature = "types", tsify(type = "ThingFilter<Custom>"))] filter: CustomData,
               }"#,
        );
        let model = model.unwrap();
        assert_eq!(model.0["Level"]["enum"], json!(["all", "direct_mentions"]));
        assert_eq!(model.0["Level"]["enumDescriptions"], json!(["Everything.", ""]));
        let field = |name: &str| {
            let mut schema = model.0["Thing"]["properties"][name].clone();
            object(&mut schema).unwrap().remove("description");
            schema
        };
        assert_eq!(field("words"), json!({ "type": "string", "enum": ["no", "app"] }));
        assert_eq!(field("numbers"), json!({ "type": "integer", "enum": [1, -1] }));
        assert_eq!(field("time"), json!({ "type": ["string", "null"], "format": "date-time" }));
        assert_eq!(field("level"), json!({ "type": "string", "examples": ["all", "direct_mentions"] }));
        assert_eq!(field("own"), json!({ "type": "object" }));
        assert_eq!(field("filter"), json!({ "type": "object" }));
    }

    #[test]
    fn puts_objects_together() {
        let model = model("/// A change.\nstruct Change { name: Option<String>, at: Timestamp }").unwrap();
        let schema = model.schema(types().of("Change & { id: string }").unwrap(), None).unwrap();
        assert_eq!(schema["description"], "A change.");
        assert_eq!(schema["required"], json!(["id", "at"]));
        assert_eq!(schema["properties"].as_object().unwrap().keys().collect::<Vec<_>>(), ["id", "name", "at"]);
    }

    #[test]
    fn refuses_what_it_would_get_wrong() {
        for source in [
            "struct A { at: Box<String> }",
            "struct A { at: Unknown }",
            "enum A { B(String) }",
            r#"#[serde(rename_all = "camelCase")] struct A { at: String }"#,
            r#"struct A { #[cfg_attr(feature = "types", tsify(type = "string | boolean"))] a: String }"#,
        ] {
            assert!(model(source).is_err(), "{source}");
        }
    }
}
