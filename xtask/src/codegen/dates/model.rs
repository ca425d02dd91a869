//! Reads from the model which fields are dates, and which contain some.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, bail};
use syn::{File, Item, ItemStruct, Type};

use crate::codegen::source::{inner_types, serde_value, wire_name};

/// The type of a field that is a date.
const DATE: &str = "Timestamp";

/// The structs that contain a date, by name.
pub(super) type Model = BTreeMap<String, Struct>;

pub(super) struct Struct {
    /// Whether the struct is a response, or only occurs inside one.
    pub(super) answer: bool,
    /// The fields with dates, by their JSON names.
    pub(super) fields: Vec<(String, Content)>,
}

/// The content of a field. `Option` makes no difference, because any field may be missing.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Content {
    Date,
    Struct(String),
    List(Box<Content>),
    Map(Box<Content>),
}

impl Content {
    fn leaf(&self) -> Option<&str> {
        match self {
            Self::Date => None,
            Self::Struct(name) => Some(name),
            Self::List(inner) | Self::Map(inner) => inner.leaf(),
        }
    }
}

/// The structs in these responses that contain a date, directly or indirectly.
pub(super) fn read(sources: &[File], answers: &BTreeSet<String>) -> Result<Model> {
    let structs: Vec<&ItemStruct> = sources.iter().flat_map(|file| &file.items).filter_map(named_struct).collect();
    let names: BTreeSet<String> = structs.iter().map(|item| item.ident.to_string()).collect();

    let mut model = Model::new();
    for item in structs {
        let name = item.ident.to_string();
        let read = read_struct(item, &names, answers).with_context(|| format!("in struct {name} of src/model"))?;
        model.insert(name, read);
    }
    drop_dateless(&mut model);
    keep_reachable(&mut model);
    Ok(model)
}

fn named_struct(item: &Item) -> Option<&ItemStruct> {
    match item {
        Item::Struct(item) if matches!(item.fields, syn::Fields::Named(_)) => Some(item),
        _ => None,
    }
}

fn read_struct(item: &ItemStruct, names: &BTreeSet<String>, answers: &BTreeSet<String>) -> Result<Struct> {
    let mut fields = Vec::new();
    for field in &item.fields {
        let name = wire_name(field)?;
        if let Some(content) = content(&field.ty, names).with_context(|| format!("in field {name}"))? {
            fields.push((name, content));
        }
    }
    if !fields.is_empty() && serde_value(&item.attrs, "rename_all")?.is_some() {
        bail!("codegen does not know `rename_all` on a struct: rename its fields one by one, or teach it");
    }
    Ok(Struct { answer: answers.contains(&item.ident.to_string()), fields })
}

fn content(of: &Type, names: &BTreeSet<String>) -> Result<Option<Content>> {
    let Type::Path(path) = of else { return Ok(None) };
    let Some(segment) = path.path.segments.last() else { return Ok(None) };
    let name = segment.ident.to_string();
    let inner = inner_types(&segment.arguments);

    Ok(match (name.as_str(), inner.as_slice()) {
        (DATE, []) => Some(Content::Date),
        (_, []) => names.contains(&name).then_some(Content::Struct(name)),
        ("Option", [inner]) => content(inner, names)?,
        ("Vec", [inner]) => content(inner, names)?.map(|inner| Content::List(Box::new(inner))),
        ("BTreeMap", [_, inner]) => content(inner, names)?.map(|inner| Content::Map(Box::new(inner))),
        (other, inner) => {
            for inner in inner {
                if content(inner, names)?.is_some() {
                    bail!("a model stands behind `{other}`; only Option, Vec and BTreeMap<String, _> are understood");
                }
            }
            None
        }
    })
}

/// Removes fields that contain no date, and structs without other fields, until nothing changes.
fn drop_dateless(model: &mut Model) {
    loop {
        let dated: BTreeSet<String> = model.keys().cloned().collect();
        for item in model.values_mut() {
            item.fields.retain(|(_, content)| content.leaf().is_none_or(|name| dated.contains(name)));
        }
        model.retain(|_, item| !item.fields.is_empty());
        if model.len() == dated.len() {
            return;
        }
    }
}

/// Removes structs that no response contains: requests are encoded, not decoded.
fn keep_reachable(model: &mut Model) {
    let mut open: Vec<String> = model.iter().filter(|(_, item)| item.answer).map(|(name, _)| name.clone()).collect();
    let mut reached = BTreeSet::new();
    while let Some(name) = open.pop() {
        if let Some(item) = model.get(&name).filter(|_| reached.insert(name)) {
            open.extend(item.fields.iter().filter_map(|(_, content)| content.leaf()).map(str::to_owned));
        }
    }
    model.retain(|name, _| reached.contains(name));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn model(source: &str) -> Result<Model> {
        let answers = ["QueryResponse", "AResponse"].map(str::to_owned);
        read(&[syn::parse_file(source)?], &answers.into())
    }

    #[test]
    fn follows_options_lists_and_maps_to_the_dates() {
        let model = model(
            "struct Inner { at: Option<Timestamp>, plain: String }
             struct QueryResponse { list: Option<Vec<Inner>>, map: BTreeMap<String, Inner>, duration: String }
             struct Request { at: Timestamp }
             struct PlainResponse { duration: String }",
        )
        .unwrap();

        assert_eq!(model.keys().collect::<Vec<_>>(), ["Inner", "QueryResponse"]);
        assert!(model["QueryResponse"].answer && !model["Inner"].answer);
        let inner = || Box::new(Content::Struct("Inner".into()));
        assert_eq!(
            model["QueryResponse"].fields,
            [("list".to_owned(), Content::List(inner())), ("map".to_owned(), Content::Map(inner()))]
        );
    }

    #[test]
    fn uses_the_names_on_the_wire() {
        let model = model(
            r#"struct AResponse {
                #[serde(default, rename = "CreatedAt", skip_serializing_if = "Option::is_none")] created: Option<Timestamp>,
                r#type: Timestamp,
                duration: String,
            }"#,
        )
        .unwrap();
        let names: Vec<_> = model["AResponse"].fields.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["CreatedAt", "type"]);
    }

    #[test]
    fn ends_on_structs_that_contain_themselves() {
        let model = model(
            "struct Reply { at: Timestamp, replies: Vec<Reply> }
             struct AResponse { reply: Reply, duration: String }
             struct Loop { next: Option<Loop> }",
        );
        assert_eq!(model.unwrap().len(), 2);
    }

    #[test]
    fn refuses_what_it_would_get_wrong() {
        let boxed = model("struct AResponse { at: Box<Timestamp>, duration: String }");
        assert!(format!("{:#}", boxed.err().unwrap()).contains("`Box`"));
        let flat = model("struct AResponse { #[serde(flatten)] rest: Rest, duration: String }");
        assert!(format!("{:#}", flat.err().unwrap()).contains("flatten"));
    }
}
