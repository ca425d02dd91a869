//! Checks the results of a module's exports.

use anyhow::{Result, ensure};
use wasmparser::ValType;

use super::survey::Survey;

/// Fails if an exported function returns a reference and no other value: Node 20 inlines calls of it, and ends the
/// process if the caller is deoptimized during one.
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

/// The exported functions whose only result is a reference.
fn single_references(wasm: &[u8]) -> Result<Vec<String>> {
    let survey = Survey::of(wasm)?;
    let is_single = |function: u32| {
        let kind = survey.functions.get(function as usize).and_then(|kind| survey.kind(*kind));
        kind.is_some_and(|kind| matches!(kind.results(), [ValType::Ref(_)]))
    };
    let mut names: Vec<String> =
        survey.functions_exported().filter(|(_, index)| is_single(*index)).map(|(name, _)| name.to_owned()).collect();
    names.sort();
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{
        CodeSection, ExportKind, ExportSection, Function, FunctionSection, Module, RefType, TypeSection,
    };

    /// A module with one export, which has these results.
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
