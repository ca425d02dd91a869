//! Checks that a module cannot panic: which of Rust's functions for panics are left in it, and who calls them.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Result, ensure};
use wasmparser::{KnownCustom, Name, Operator, Parser, Payload};

use super::survey::Survey;

/// Parts of the names of functions that panic. The linker keeps only those with a caller, and merges equal ones:
/// without a message, all of them only end the call and are equal.
const PANICS: [&str; 4] = ["::panicking::", "panicked", "_failed", "_fail"];
/// wasm-bindgen's functions, which throw a JavaScript error instead, if an export is called with something that is not
/// a client.
const THROWS: &str = "wasm_bindgen::";
/// The standard library's functions for memory that has run out, where nothing else is possible.
const MEMORY: [&str; 2] = ["::raw_vec::", "::boxed::"];
/// Other functions that may end a call, with the reason.
const REASONS: [(&str, &str); 2] = [
    ("core_userId", "the text that it hands over is moved to where it fits, for which memory may have run out"),
    ("js_sys::futures::jspi::task_waker::raw_clone", "four billion copies of one waker"),
];

/// Fails if anything except memory that has run out can panic in a module, as the linker left it.
pub(super) fn check(wasm: &[u8]) -> Result<()> {
    let found = found(wasm)?;
    ensure!(
        found.is_empty(),
        "these functions of the module can panic, which is not allowed (see ARCHITECTURE.md):\n{}",
        found.into_iter().collect::<Vec<_>>().join("\n")
    );
    Ok(())
}

/// The functions that can panic, by name, with the panic.
fn found(wasm: &[u8]) -> Result<BTreeSet<String>> {
    let names = names(wasm)?;
    let name = |index: u32| names.get(&index).map_or("a function without a name", String::as_str);
    ensure!(!names.is_empty(), "the module has no names, so nobody can say whether it panics");
    let mut function = Survey::of(wasm)?.imported;
    let mut found = BTreeSet::new();
    for payload in Parser::new(0).parse_all(wasm) {
        let Payload::CodeSectionEntry(body) = payload? else { continue };
        let caller = name(function);
        function += 1;
        if panics(caller) || is_meant(caller) {
            continue;
        }
        let mut before = None;
        for operator in body.get_operators_reader()? {
            let operator = operator?;
            match (&operator, before) {
                (Operator::Call { function_index }, _) if panics(name(*function_index)) => {
                    found.insert(format!("{caller} by {}", name(*function_index)));
                }
                // `unreachable` follows every call that does not return; elsewhere, it is an inlined panic.
                (Operator::Unreachable, Some(false)) => {
                    found.insert(format!("{caller} by itself"));
                }
                _ => {}
            }
            before = Some(matches!(operator, Operator::Call { .. } | Operator::End));
        }
    }
    Ok(found)
}

fn panics(name: &str) -> bool {
    !name.starts_with(THROWS) && PANICS.iter().any(|part| name.contains(part))
}

fn is_meant(name: &str) -> bool {
    MEMORY.iter().any(|part| name.contains(part)) || REASONS.iter().any(|(known, _)| name.starts_with(known))
}

/// The names of the functions, which the linker writes and wasm-opt removes.
fn names(wasm: &[u8]) -> Result<BTreeMap<u32, String>> {
    let mut names = BTreeMap::new();
    for payload in Parser::new(0).parse_all(wasm) {
        let Payload::CustomSection(section) = payload? else { continue };
        let KnownCustom::Name(subsections) = section.as_known() else { continue };
        for subsection in subsections {
            if let Name::Function(functions) = subsection? {
                for naming in functions {
                    let naming = naming?;
                    names.insert(naming.index, naming.name.to_owned());
                }
            }
        }
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{
        CodeSection, Function, FunctionSection, Instruction, Module, NameMap, NameSection, TypeSection,
    };

    const FORMAT: &str = "core[0]::panicking::panic_fmt";

    /// A module of functions without parameters, by name.
    fn module(functions: &[(&str, &[Instruction<'_>])]) -> Vec<u8> {
        let (mut types, mut kinds, mut code) = (TypeSection::new(), FunctionSection::new(), CodeSection::new());
        let (mut names, mut section) = (NameMap::new(), NameSection::new());
        types.ty().function([], []);
        for (index, (name, instructions)) in (0..).zip(functions) {
            kinds.function(0);
            names.append(index, name);
            let mut function = Function::new([]);
            instructions.iter().chain([&Instruction::End]).for_each(|one| {
                function.instruction(one);
            });
            code.function(&function);
        }
        section.functions(&names);
        let mut module = Module::new();
        module.section(&types).section(&kinds).section(&code).section(&section);
        module.finish()
    }

    #[test]
    fn finds_a_function_that_calls_one_that_panics() {
        let caller = "getstream_users::policy::next";
        let with = |name| {
            module(&[(FORMAT, &[Instruction::Unreachable]), (name, &[Instruction::Call(0), Instruction::Unreachable])])
        };
        let said = check(&with(caller)).map_err(|error| error.to_string());
        assert!(
            said.is_err_and(|said| said.ends_with("getstream_users::policy::next by core[0]::panicking::panic_fmt"))
        );
        for fine in ["alloc[0]::raw_vec::capacity_overflow", "core_userId", "core[0]::option::unwrap_failed"] {
            assert!(check(&with(fine)).is_ok(), "{fine}");
        }
    }

    #[test]
    fn finds_a_panic_that_was_put_in_place_of_its_call() {
        let (call, stop) = (Instruction::Call(0), Instruction::Unreachable);
        let other = ("wasm_bindgen::throw_str", &[stop.clone()][..]);
        assert!(check(&module(&[other, ("a", &[Instruction::Nop, stop.clone()])])).is_err());
        // `unreachable` after a call that does not return is no panic.
        assert!(check(&module(&[other, ("a", &[call, stop])])).is_ok());
    }

    #[test]
    fn refuses_a_module_whose_functions_have_no_names() {
        assert!(check(&Module::new().finish()).is_err());
    }
}
