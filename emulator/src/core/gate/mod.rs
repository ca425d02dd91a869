//! The steps before an operation: authentication, rate limits, faults.

mod authenticate;
mod fault;
mod fault_rules;
mod notes;
mod origin;
mod rate_limit;

pub(crate) use authenticate::{Context, Credentials, authenticate};
pub(crate) use fault::Fault;
pub(crate) use fault_rules::{ActiveRule, Arrival, Faults, Rule};
pub(crate) use notes::write_notes;
pub(crate) use origin::{Via, host_of, is_from_foreign_page, may_be_site};
pub(crate) use rate_limit::{platform_of, write_allowance};
