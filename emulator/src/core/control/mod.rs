//! What those who run the emulator can do with it, beside what the API offers.

mod seed;

pub(crate) use seed::seed;
pub use seed::{SeedError, Seeded};
