//! Unique names, in apps that require them.
//!
//! A name is checked only when a user takes it: existing duplicates stay. An operation calls this last, with all users
//! it is about to store, so that one batch cannot give a name twice and may move a name from one user to another.
//! Restoring a deleted user counts as taking its name: sources are silent, but otherwise names would not stay unique.

use std::collections::{BTreeMap, BTreeSet};

use crate::core::failure::{Code, Failure};
use crate::core::state::{UniqueUsernames, User, World};

/// Where the name must be unique: in a team, or in the whole app.
type Place<'a> = Option<&'a str>;

/// A normalized name, and where it must be unique.
#[derive(Debug)]
struct Claim<'a> {
    name: String,
    places: BTreeSet<Place<'a>>,
}

/// How many users in each place have a name.
type Holders<'a> = BTreeMap<Place<'a>, usize>;

/// # Errors
/// If one of the users takes a name that another user has or takes too.
pub(crate) fn check(world: &mut World, changed: &[User]) -> Result<(), Failure> {
    let scope = world.app.unique_usernames;
    if scope == UniqueUsernames::No {
        return Ok(());
    }
    world.users.index_names();
    let changed: BTreeMap<&str, &User> = changed.iter().map(|user| (user.id.as_str(), user)).collect();
    let claims: Vec<(&User, Claim<'_>)> =
        changed.values().filter_map(|user| Some((*user, claim(user, scope)?))).collect();
    // Counts all users with one of the names, each user once: there may be a hundred users in hundreds of teams.
    let mut holders: BTreeMap<&str, Holders<'_>> = BTreeMap::new();
    for (_, claim) in &claims {
        count(holders.entry(&claim.name).or_default(), &claim.places);
    }
    for (name, holders) in &mut holders {
        let unchanged = world.users.namesakes(name).filter(|other| !changed.contains_key(other.id.as_str()));
        unchanged.filter_map(|other| claim(other, scope)).for_each(|claim| count(holders, &claim.places));
    }
    for (user, taken) in &claims {
        let before = world.users.get(&user.id).and_then(|before| claim(before, scope));
        let had = |place| before.as_ref().is_some_and(|had| had.name == taken.name && had.places.contains(place));
        let shared = |place| holders.get(taken.name.as_str()).and_then(|holders| holders.get(place)) > Some(&1);
        if let Some(place) = taken.places.iter().find(|place| !had(*place) && shared(*place)) {
            return Err(refusal(user, *place));
        }
    }
    Ok(())
}

fn claim(user: &User, scope: UniqueUsernames) -> Option<Claim<'_>> {
    let places = match scope {
        UniqueUsernames::No => return None,
        UniqueUsernames::App => [None].into(),
        UniqueUsernames::Team => user.teams.iter().map(|team| Some(team.as_str())).collect(),
    };
    Some(Claim { name: user.claimed_name()?, places })
}

fn count<'a>(holders: &mut Holders<'a>, places: &BTreeSet<Place<'a>>) {
    for place in places {
        *holders.entry(*place).or_default() += 1;
    }
}

/// The texts are from SDK tests.
fn refusal(user: &User, place: Place<'_>) -> Failure {
    let name = user.profile.name.as_deref().unwrap_or_default();
    let within = place.map(|team| format!(" in team '{team}'")).unwrap_or_default();
    Failure::new(Code::DuplicateUsername, format!("username '{name}' already exists{within}"))
}
