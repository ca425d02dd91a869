//! Every task that people and CI run. `cargo xtask --help` lists them.

mod codegen;
mod repo;
mod step;

use anyhow::Result;
use clap::{Parser, Subcommand};

use repo::Repo;

#[derive(Parser)]
#[command(
    name = "cargo xtask",
    about = "Every task of this repository. What a task needs and does not find, it installs."
)]
struct CommandLine {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Write the generated sources anew
    Codegen {
        /// Only say whether they are up to date
        #[arg(long)]
        check: bool,
    },
}

fn main() -> Result<()> {
    let CommandLine { task } = CommandLine::parse();
    let repo = Repo::open()?;
    match task {
        Task::Codegen { check: true } => codegen::check(&repo),
        Task::Codegen { check: false } => codegen::write(&repo),
    }
}
