//! What stands between a request and its operation: which operation it means, who calls, whether that caller may, and
//! whether there were too many calls.

mod access;
mod authenticate;
mod rate_limit;
mod route;

pub(crate) use access::{Access, check_access, check_reach};
pub(crate) use authenticate::{Caller, Credentials, Rules, authenticate};
pub(crate) use rate_limit::{platform_of, write_allowance};
pub(crate) use route::{Route, operations, resolve};
