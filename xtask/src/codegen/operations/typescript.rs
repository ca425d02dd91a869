//! TypeScript's types, as far as the client's signatures and models use them.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use serde::Deserialize;
use xshell::cmd;

use crate::repo::Repo;

/// A type.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(super) enum Expression {
    /// A name with its arguments: `Record<string, number>`.
    Name(String, Vec<Expression>),
    /// `"soft"`
    Text(String),
    /// `-1`
    Number(i64),
    /// `string[]`
    List(Box<Expression>),
    /// `{ id: string; team_id?: string }`
    Object(Vec<Member>),
    /// `Date | string`
    Union(Vec<Expression>),
    /// `BanRequest & { id: string }`
    Intersection(Vec<Expression>),
}

/// A field of an object, or an argument of a method.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(super) struct Member {
    pub(super) name: String,
    /// The comment before it; most often empty.
    pub(super) description: String,
    pub(super) optional: bool,
    pub(super) value: Expression,
}

/// Parsed types, by their text.
#[derive(Debug)]
pub(super) struct Types(pub(super) BTreeMap<String, Expression>);

impl Types {
    /// Parses types with TypeScript's own parser, all in one run.
    pub(super) fn read(repo: &Repo, texts: BTreeSet<String>) -> Result<Self> {
        let given = serde_json::to_string(&texts)?;
        let trees = cmd!(repo.shell, "node xtask/assets/read-types.mjs").quiet().stdin(given).read()?;
        let trees: Vec<Expression> = serde_json::from_str(&trees).context("xtask/assets/read-types.mjs")?;
        Ok(Self(texts.into_iter().zip(trees).collect()))
    }

    pub(super) fn of(&self, text: &str) -> Result<&Expression> {
        self.0.get(text).with_context(|| format!("the type `{text}` was not read"))
    }
}
