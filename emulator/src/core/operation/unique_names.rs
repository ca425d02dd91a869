//! Names that no two users may have, in apps that want it so.
//!
//! Only a name that a user newly takes is checked: those who had the same name before keep it. Whoever changes users
//! asks here when everything else is right, with all the users it is about to keep, so that a batch cannot give a name
//! twice and may hand one over. Restoring a deleted user counts as taking its name: sources say nothing of it, but names
//! would repeat otherwise.

use std::collections::BTreeMap;

use crate::core::state::{UniqueUsernames, User, World, claimed_name};
use crate::core::wire::{Code, Failure};

/// A name that is kept from others: within a team, or in the whole app.
#[derive(Debug, PartialEq, Eq)]
struct Claim<'a> {
    team: Option<&'a str>,
    name: String,
}

/// # Errors
/// When one of the users takes a name that another has or takes too.
pub(crate) fn check(world: &mut World, changed: &[User]) -> Result<(), Failure> {
    let scope = world.app.unique_usernames;
    if scope == UniqueUsernames::No {
        return Ok(());
    }
    world.users.index_names();
    let changed: BTreeMap<&str, &User> = changed.iter().map(|user| (user.id.as_str(), user)).collect();
    for user in changed.values() {
        let before = world.users.get(&user.id).map(|before| claims(before, scope)).unwrap_or_default();
        for claim in claims(user, scope).iter().filter(|claim| !before.contains(claim)) {
            let unchanged = world.users.namesakes(&claim.name).filter(|other| !changed.contains_key(other.id.as_str()));
            let mut others = changed.values().copied().filter(|other| other.id != user.id).chain(unchanged);
            if others.any(|other| claims(other, scope).contains(claim)) {
                return Err(taken(user, claim));
            }
        }
    }
    Ok(())
}

fn claims(user: &User, scope: UniqueUsernames) -> Vec<Claim<'_>> {
    let Some(name) = claimed_name(user) else { return Vec::new() };
    match scope {
        UniqueUsernames::No => Vec::new(),
        UniqueUsernames::App => vec![Claim { team: None, name }],
        UniqueUsernames::Team => user.teams.iter().map(|team| Claim { team: Some(team), name: name.clone() }).collect(),
    }
}

/// Texts of SDK tests.
fn taken(user: &User, claim: &Claim<'_>) -> Failure {
    let name = user.profile.name.as_deref().unwrap_or_default();
    let within = claim.team.map(|team| format!(" in team '{team}'")).unwrap_or_default();
    Failure::new(Code::DuplicateUsername, format!("username '{name}' already exists{within}"))
}
