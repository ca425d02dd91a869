//! What stands between a request and its operation: which operation it means, who calls, whether that caller may,
//! whether there were too many calls, and whether something is to go wrong.

mod access;
mod authenticate;
mod fault;
mod fault_rules;
mod page;
mod rate_limit;
mod route;
mod suspension;
mod table;

pub(crate) use access::{Access, check_access, check_reach};
pub(crate) use authenticate::{Caller, Credentials, Rules, authenticate};
pub(crate) use fault::Fault;
pub(crate) use fault_rules::{Arrival, Faults, Rule, Standing};
pub(crate) use page::{host_of, is_from_page_elsewhere, is_this_machine};
pub(crate) use rate_limit::{platform_of, write_allowance};
pub(crate) use route::{Route, operation_names, resolve};
pub(crate) use suspension::check_not_suspended;
pub use table::{Operation, operations};
