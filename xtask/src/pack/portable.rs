//! Rewrites a module for `wasm2js`: without references in tables, and without functions that return several values.
//!
//! In every module of the package, wasm-bindgen uses both to talk to JavaScript. Here, the table is replaced by calls
//! of imports, and a function passes its values to an import before it returns nothing. `pkg-template/js/module.js`
//! implements these imports.

use anyhow::{Context, Result, ensure};
use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{
    CodeSection, EntityType, ExportSection, ImportSection, Instruction, Module, RefType, TableSection, TypeSection,
    ValType,
};
use wasmparser::{
    BlockType, ExternalKind, FuncType, FunctionBody, ImportSectionReader, Operator, Parser, TableSectionReader,
    TypeSectionReader,
};

use super::survey::{Export, Survey};

/// The module of the added imports.
const REFERENCES: &str = "references";
const RESULTS: &str = "results";

/// A module that `wasm2js` accepts.
pub(super) struct Portable {
    pub(super) wasm: Vec<u8>,
    /// The initial size of the table.
    pub(super) references: u64,
    /// The name of the exported table.
    pub(super) table: String,
    /// The exports whose values are passed to imports, and the number of values.
    pub(super) several: Vec<String>,
    pub(super) results: usize,
}

/// Rewrites a module.
pub(super) fn module(wasm: &[u8]) -> Result<Portable> {
    let before = Before::of(wasm)?;
    let (references, table, results) = (before.references(), before.table_name()?, before.several().count());
    let several =
        before.module.functions_exported().filter(|(_, function)| before.returns_several(*function).is_some());
    let several = several.map(|(name, _)| name.to_owned()).collect();
    let mut output = Module::new();
    let mut rewriter = Rewriter { before, next_body: 0 };
    rewriter
        .parse_core_module(&mut output, Parser::new(0), wasm)
        .map_err(|error| anyhow::anyhow!("the module cannot be rewritten: {error}"))?;
    Ok(Portable { wasm: output.finish(), references, table, several, results })
}

/// The module before it is rewritten.
struct Before {
    module: Survey,
    /// The index of its table of references.
    table: u32,
}

impl Before {
    fn of(wasm: &[u8]) -> Result<Self> {
        let module = Survey::of(wasm)?;
        let mut references = (0_u32..).zip(&module.tables).filter(|(_, table)| table.element_type.is_extern_ref());
        let (table, _) = references.next().context("a module has a table of references")?;
        ensure!(references.next().is_none(), "a module has one table of references");
        Ok(Self { table, module })
    }

    /// The initial size of the table.
    fn references(&self) -> u64 {
        self.module.tables.get(self.table as usize).map_or(0, |table| table.initial)
    }

    /// The name of the exported table.
    fn table_name(&self) -> Result<String> {
        let is_table = |export: &&Export| export.kind == ExternalKind::Table && export.index == self.table;
        let export = self.module.exports.iter().find(is_table).context("a module exports its table of references")?;
        Ok(export.name.clone())
    }

    /// The types of functions that return several values.
    fn several(&self) -> impl Iterator<Item = u32> {
        (0_u32..).zip(&self.module.types).filter(|(_, kind)| has_several(kind.as_ref())).map(|(place, _)| place)
    }

    /// The import that takes the values of a function, counted among those imports, if it returns several values.
    fn returns_several(&self, function: u32) -> Option<u32> {
        let kind = self.module.functions.get(function as usize)?;
        self.several().position(|several| several == *kind).and_then(|place| u32::try_from(place).ok())
    }

    /// The number of added imports.
    fn added(&self) -> u32 {
        TABLE_IMPORTS + u32::try_from(self.several().count()).unwrap_or(u32::MAX)
    }
}

fn has_several(kind: Option<&FuncType>) -> bool {
    kind.is_some_and(|kind| kind.results().len() > 1)
}

/// The imports for the table, in this order after the module's own; those for values follow.
const GET: u32 = 0;
const SET: u32 = 1;
const GROW: u32 = 2;
const FILL: u32 = 3;
const TABLE_IMPORTS: u32 = 4;

const EXTERNREF: ValType = ValType::Ref(RefType::EXTERNREF);
/// Name, parameters, results.
const TABLE_TYPES: [(&str, &[ValType], &[ValType]); TABLE_IMPORTS as usize] = [
    ("get", &[ValType::I32], &[EXTERNREF]),
    ("set", &[ValType::I32, EXTERNREF], &[]),
    ("grow", &[EXTERNREF, ValType::I32], &[ValType::I32]),
    ("fill", &[ValType::I32, EXTERNREF, ValType::I32], &[]),
];

struct Rewriter {
    before: Before,
    /// The function whose body comes next.
    next_body: u32,
}

type Rewritten<T> = Result<T, Error<String>>;

fn refuse<T>(what: &str) -> Rewritten<T> {
    Err(Error::UserError(format!("the package's JavaScript without WebAssembly cannot have {what}")))
}

impl Rewriter {
    fn import(&self, place: u32) -> u32 {
        self.before.module.imported + place
    }

    /// One instruction of a function whose values go to the import `results`, if it returns several.
    fn rewritten<'a>(&mut self, operator: Operator<'a>) -> Rewritten<Instruction<'a>> {
        let is_ours = |table: u32, before: &Before| table == before.table;
        Ok(match operator {
            Operator::TableGet { table } if is_ours(table, &self.before) => Instruction::Call(self.import(GET)),
            Operator::TableSet { table } if is_ours(table, &self.before) => Instruction::Call(self.import(SET)),
            Operator::TableGrow { table } if is_ours(table, &self.before) => Instruction::Call(self.import(GROW)),
            Operator::TableFill { table } if is_ours(table, &self.before) => Instruction::Call(self.import(FILL)),
            Operator::TableSize { table } if is_ours(table, &self.before) => return refuse("the size of the table"),
            Operator::Call { function_index } if self.before.returns_several(function_index).is_some() => {
                return refuse("calls of functions that return several values");
            }
            operator => self.instruction(operator)?,
        })
    }
}

impl Reencode for Rewriter {
    type Error = String;

    fn function_index(&mut self, function: u32) -> Rewritten<u32> {
        Ok(if function < self.before.module.imported { function } else { function + self.before.added() })
    }

    fn table_index(&mut self, table: u32) -> Rewritten<u32> {
        Ok(if table > self.before.table { table - 1 } else { table })
    }

    fn func_type(&mut self, kind: FuncType) -> Rewritten<wasm_encoder::FuncType> {
        if !has_several(Some(&kind)) {
            return utils::func_type(self, kind);
        }
        let parameters = kind.params().iter().map(|parameter| self.val_type(*parameter));
        Ok(wasm_encoder::FuncType::new(parameters.collect::<Rewritten<Vec<_>>>()?, []))
    }

    fn block_type(&mut self, kind: BlockType) -> Rewritten<wasm_encoder::BlockType> {
        if matches!(kind, BlockType::FuncType(kind) if has_several(self.before.module.kind(kind))) {
            return refuse("blocks with several values");
        }
        utils::block_type(self, kind)
    }

    fn parse_type_section(&mut self, types: &mut TypeSection, section: TypeSectionReader<'_>) -> Rewritten<()> {
        utils::parse_type_section(self, types, section)?;
        for (_, parameters, results) in TABLE_TYPES {
            types.ty().function(parameters.iter().copied(), results.iter().copied());
        }
        let several: Vec<FuncType> =
            self.before.module.types.iter().flatten().filter(|kind| has_several(Some(kind))).cloned().collect();
        for kind in several {
            let values = kind.results().iter().map(|value| self.val_type(*value)).collect::<Rewritten<Vec<_>>>()?;
            types.ty().function(values, []);
        }
        Ok(())
    }

    fn parse_import_section(&mut self, imports: &mut ImportSection, section: ImportSectionReader<'_>) -> Rewritten<()> {
        utils::parse_import_section(self, imports, section)?;
        let names = TABLE_TYPES.iter().map(|(name, ..)| (REFERENCES, (*name).to_owned()));
        let names = names.chain((0..self.before.several().count()).map(|place| (RESULTS, place.to_string())));
        // Their types come after the module's own.
        let own = u32::try_from(self.before.module.types.len()).unwrap_or(u32::MAX);
        for (kind, (module, name)) in (own..).zip(names) {
            imports.import(module, &name, EntityType::Function(kind));
        }
        Ok(())
    }

    fn parse_table_section(&mut self, tables: &mut TableSection, section: TableSectionReader<'_>) -> Rewritten<()> {
        for (place, table) in (0_u32..).zip(section) {
            if place != self.before.table {
                self.parse_table(tables, table?)?;
            }
        }
        Ok(())
    }

    fn parse_export(&mut self, exports: &mut ExportSection, export: wasmparser::Export<'_>) -> Rewritten<()> {
        let is_table = export.kind == ExternalKind::Table && export.index == self.before.table;
        if is_table { Ok(()) } else { utils::parse_export(self, exports, export) }
    }

    fn parse_function_body(&mut self, code: &mut CodeSection, body: FunctionBody<'_>) -> Rewritten<()> {
        let results = self.before.returns_several(self.before.module.imported + self.next_body);
        let results = results.map(|place| Instruction::Call(self.import(TABLE_IMPORTS + place)));
        self.next_body += 1;

        let mut function = self.new_function_with_parsed_locals(&body)?;
        let mut operators = body.get_operators_reader()?;
        let mut depth = 0;
        while !operators.eof() {
            let operator = operators.read()?;
            match (&operator, &results) {
                (Operator::Block { .. } | Operator::Loop { .. } | Operator::If { .. }, _) => depth += 1,
                (Operator::End, _) if depth > 0 => depth -= 1,
                // The end of the function.
                (Operator::End | Operator::Return, Some(results)) => {
                    function.instruction(results);
                }
                (operator, Some(_)) if furthest(operator).is_some_and(|target| target >= depth) => {
                    return refuse("branches out of a function that returns several values");
                }
                _ => {}
            }
            function.instruction(&self.rewritten(operator)?);
        }
        code.function(&function);
        Ok(())
    }
}

/// The most blocks that a branch leaves.
fn furthest(operator: &Operator<'_>) -> Option<u32> {
    match operator {
        Operator::Br { relative_depth } | Operator::BrIf { relative_depth } => Some(*relative_depth),
        Operator::BrTable { targets } => targets.targets().flatten().chain([targets.default()]).max(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{ExportKind, Function, FunctionSection, TableType};
    use wasmparser::Payload;

    /// A module with a table of references and one exported function, with this type and these instructions.
    fn with(results: &[ValType], instructions: &[Instruction<'_>]) -> Vec<u8> {
        let (mut types, mut functions, mut tables) = (TypeSection::new(), FunctionSection::new(), TableSection::new());
        let (mut exports, mut code) = (ExportSection::new(), CodeSection::new());
        types.ty().function([], results.iter().copied());
        functions.function(0);
        let element_type = RefType::EXTERNREF;
        tables.table(TableType { element_type, table64: false, minimum: 8, maximum: None, shared: false });
        exports.export("it", ExportKind::Func, 0);
        exports.export("table", ExportKind::Table, 0);
        let mut function = Function::new([]);
        for instruction in instructions {
            function.instruction(instruction);
        }
        code.function(&function);
        let mut module = Module::new();
        module.section(&types).section(&functions).section(&tables).section(&exports).section(&code);
        module.finish()
    }

    /// The instructions of a module's last function.
    fn body(wasm: &[u8]) -> Vec<String> {
        let bodies = Parser::new(0).parse_all(wasm).filter_map(|payload| match payload.unwrap() {
            Payload::CodeSectionEntry(body) => Some(body),
            _ => None,
        });
        let operators = bodies.last().unwrap().get_operators_reader().unwrap();
        operators.into_iter().map(|operator| format!("{:?}", operator.unwrap())).collect()
    }

    #[test]
    fn several_values_go_to_an_import() {
        use Instruction::{Block, Br, Drop, End, I32Const, Return};
        let two = [ValType::I32, ValType::F64];
        let number = Instruction::F64Const(0.5_f64.into());
        let inside = [Block(wasm_encoder::BlockType::Empty), Br(0), End];
        let early = [I32Const(1), number.clone(), Return];
        let late = [I32Const(2), number, End];
        let portable = module(&with(&two, &[&inside[..], &early, &late].concat())).unwrap();
        assert_eq!((portable.results, portable.references), (1, 8));
        assert_eq!((portable.several, portable.table.as_str()), (vec!["it".to_owned()], "table"));
        let calls = body(&portable.wasm).iter().filter(|operator| operator.contains("function_index: 4")).count();
        assert_eq!(calls, 2, "before the return and before the end");

        for out in [[Br(0), Drop, End], [Br(1), Drop, End]] {
            assert!(module(&with(&two, &out)).is_err(), "a branch that leaves the function would lose its values");
        }
    }

    #[test]
    fn the_table_becomes_calls() {
        use Instruction::{Drop, End, I32Const, TableGet, TableSize};
        let portable = module(&with(&[], &[I32Const(3), TableGet(0), Drop, End])).unwrap();
        assert!(body(&portable.wasm).iter().any(|operator| operator.contains("Call { function_index: 0 }")));
        let has_table = |payload: Payload<'_>| matches!(payload, Payload::TableSection(tables) if tables.count() > 0);
        assert!(!Parser::new(0).parse_all(&portable.wasm).any(|payload| has_table(payload.unwrap())));
        assert!(module(&with(&[], &[TableSize(0), Drop, End])).is_err());
    }
}
