//! Reads a module: its types, functions, tables and exports.

use anyhow::Result;
use wasmparser::{CompositeInnerType, ExternalKind, FuncType, Parser, Payload, TableType, TypeRef};

#[derive(Debug, Default)]
pub(super) struct Survey {
    /// By index; `None` for a type that is not a function's.
    pub(super) types: Vec<Option<FuncType>>,
    /// The type of each function, imported ones first.
    pub(super) functions: Vec<u32>,
    /// The number of imported functions.
    pub(super) imported: u32,
    pub(super) tables: Vec<TableType>,
    pub(super) exports: Vec<Export>,
}

#[derive(Debug)]
pub(super) struct Export {
    pub(super) name: String,
    pub(super) kind: ExternalKind,
    pub(super) index: u32,
}

impl Survey {
    pub(super) fn of(wasm: &[u8]) -> Result<Self> {
        let mut survey = Self::default();
        for payload in Parser::new(0).parse_all(wasm) {
            match payload? {
                Payload::TypeSection(types) => {
                    for group in types {
                        survey.types.extend(group?.types().map(|kind| match &kind.composite_type.inner {
                            CompositeInnerType::Func(function) => Some(function.clone()),
                            _ => None,
                        }));
                    }
                }
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        if let TypeRef::Func(kind) = import?.ty {
                            survey.functions.push(kind);
                            survey.imported += 1;
                        }
                    }
                }
                Payload::FunctionSection(kinds) => {
                    for kind in kinds {
                        survey.functions.push(kind?);
                    }
                }
                Payload::TableSection(section) => {
                    for table in section {
                        survey.tables.push(table?.ty);
                    }
                }
                Payload::ExportSection(section) => {
                    for export in section {
                        let wasmparser::Export { name, kind, index } = export?;
                        survey.exports.push(Export { name: name.to_owned(), kind, index });
                    }
                }
                _ => {}
            }
        }
        Ok(survey)
    }

    /// The type with this index.
    pub(super) fn kind(&self, place: u32) -> Option<&FuncType> {
        self.types.get(place as usize)?.as_ref()
    }

    /// The exported functions, by name.
    pub(super) fn functions_exported(&self) -> impl Iterator<Item = (&str, u32)> {
        let functions = self.exports.iter().filter(|export| export.kind == ExternalKind::Func);
        functions.map(|export| (export.name.as_str(), export.index))
    }
}
