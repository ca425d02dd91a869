//! What a module's exports return.

use std::collections::BTreeMap;

use anyhow::{Result, ensure};
use wasmparser::{CompositeInnerType, ExternalKind, Parser, Payload, TypeRef, ValType};

/// Refuses a module that exports a function which returns a reference and nothing else: Node 20 inlines calls of it, and ends
/// the process when the caller is deoptimized during one.
pub(super) fn check(wasm: &[u8]) -> Result<()> {
    let found = single_references(wasm)?;
    ensure!(
        found.is_empty(),
        "these exports return a reference and nothing else, which ends processes of Node 20 (see ARCHITECTURE.md); let \
         them return a `Result`: {}",
        found.join(", ")
    );
    Ok(())
}

/// The exported functions whose one result is a reference.
fn single_references(wasm: &[u8]) -> Result<Vec<String>> {
    let mut returns_reference = Vec::new();
    let mut functions: Vec<u32> = Vec::new();
    let mut exports = BTreeMap::new();
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::TypeSection(types) => {
                for group in types {
                    returns_reference.extend(group?.types().map(|kind| match &kind.composite_type.inner {
                        CompositeInnerType::Func(function) => matches!(function.results(), [ValType::Ref(_)]),
                        _ => false,
                    }));
                }
            }
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    if let TypeRef::Func(kind) = import?.ty {
                        functions.push(kind);
                    }
                }
            }
            Payload::FunctionSection(kinds) => {
                for kind in kinds {
                    functions.push(kind?);
                }
            }
            Payload::ExportSection(section) => {
                for export in section {
                    let export = export?;
                    if export.kind == ExternalKind::Func {
                        exports.insert(export.name.to_owned(), export.index);
                    }
                }
            }
            _ => {}
        }
    }
    let is_single = |index: &u32| {
        let kind = functions.get(*index as usize).copied().unwrap_or_default();
        returns_reference.get(kind as usize).copied().unwrap_or_default()
    };
    Ok(exports.into_iter().filter(|(_, index)| is_single(index)).map(|(name, _)| name).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{
        CodeSection, ExportKind, ExportSection, Function, FunctionSection, Module, RefType, TypeSection,
    };

    /// A module with one export, which returns these.
    fn returning(results: &[wasm_encoder::ValType]) -> Vec<u8> {
        let (mut types, mut functions, mut exports, mut code) =
            (TypeSection::new(), FunctionSection::new(), ExportSection::new(), CodeSection::new());
        types.ty().function([], results.iter().copied());
        functions.function(0);
        exports.export("it", ExportKind::Func, 0);
        code.function(&Function::new([]));
        let mut module = Module::new();
        module.section(&types).section(&functions).section(&exports).section(&code);
        module.finish()
    }

    #[test]
    fn finds_exports_that_return_a_reference_alone() {
        use wasm_encoder::ValType::{I32, Ref};
        let reference = Ref(RefType::EXTERNREF);
        assert!(check(&returning(&[reference])).is_err());
        for fine in [&[][..], &[I32], &[reference, I32]] {
            assert!(check(&returning(fine)).is_ok());
        }
    }
}
