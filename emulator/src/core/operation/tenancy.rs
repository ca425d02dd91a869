//! Teams, in an app where users see only users of their own teams.
//!
//! A query without a team finds users of the caller's teams; a query with teams may name only those. A caller with the
//! permission to search across teams may name any team, and lift the restriction with an empty condition. This is
//! documented and seen in SDK tests.
//!
//! Where sources are silent: a caller without a team sees users without a team.

use getstream_users::model::CustomData;
use serde_json::Value;

use crate::core::access::role_of;
use crate::core::caller::Caller;
use crate::core::failure::Failure;
use crate::core::state::World;

const TEAMS: &str = "teams";
const BEYOND_TEAMS: &str = "search-user-any-team";

/// The conditions of a query, restricted to what the caller may see.
///
/// # Errors
/// If they name other teams than the caller's.
pub(super) fn within_teams(world: &World, caller: &Caller, mut conditions: CustomData) -> Result<CustomData, Failure> {
    if !world.app.multi_tenant_enabled || *caller == Caller::Server {
        return Ok(conditions);
    }
    let own = own_teams(world, caller);
    match conditions.get(TEAMS) {
        None => {
            conditions.insert(TEAMS.to_owned(), members_of(own));
            Ok(conditions)
        }
        Some(wanted) if sees_beyond_teams(world, caller) => {
            if wanted.as_object().is_some_and(CustomData::is_empty) {
                conditions.remove(TEAMS);
            }
            Ok(conditions)
        }
        Some(wanted) if is_within(wanted, own) => Ok(conditions),
        // The text is from an SDK test.
        Some(_) => Err(Failure::not_allowed("you must filter on teams that are from the same user")),
    }
}

fn own_teams<'a>(world: &'a World, caller: &Caller) -> &'a [String] {
    match caller {
        Caller::User(id) => world.users.get(id).map_or(&[], |user| user.teams.as_slice()),
        Caller::Server | Caller::Anonymous => &[],
    }
}

fn sees_beyond_teams(world: &World, caller: &Caller) -> bool {
    let granted = world.roles.grants().get(role_of(caller, &world.users));
    world.app.disable_permissions_checks
        || granted.is_some_and(|permissions| permissions.iter().any(|id| id == BEYOND_TEAMS))
}

/// The condition for members of any of these teams; without teams, for users without a team.
fn members_of(teams: &[String]) -> Value {
    if teams.is_empty() {
        return Value::Null;
    }
    CustomData::from_iter([("$in".to_owned(), teams.into())]).into()
}

/// Whether a condition finds only members of these teams.
fn is_within(condition: &Value, teams: &[String]) -> bool {
    match condition {
        Value::Null => teams.is_empty(),
        Value::String(team) => teams.contains(team),
        Value::Object(operators) => operators.iter().any(|(operator, value)| match (operator.as_str(), value) {
            ("$eq" | "$contains", Value::Null | Value::String(_)) => is_within(value, teams),
            ("$in", Value::Array(named)) => named.iter().all(|team| is_within(team, teams)),
            _ => false,
        }),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_condition_stays_within_teams_when_one_of_its_parts_does() {
        let teams = ["red".to_owned(), "blue".to_owned()];
        for within in [
            json!("red"),
            json!({ "$eq": "red" }),
            json!({ "$contains": "blue" }),
            json!({ "$in": ["red", "blue"] }),
            json!({ "$in": ["red"], "$exists": true }),
        ] {
            assert!(is_within(&within, &teams), "{within}");
            assert!(!is_within(&within, &[]), "{within}");
        }
        for beyond in [
            json!("green"),
            json!(null),
            json!({}),
            json!({ "$eq": null }),
            json!({ "$in": ["red", "green"] }),
            json!({ "$in": ["red", null] }),
            json!({ "$in": "red" }),
            json!({ "$exists": true }),
            json!(["red"]),
            json!(1),
        ] {
            assert!(!is_within(&beyond, &teams), "{beyond}");
        }
        assert!(is_within(&json!(null), &[]));
    }
}
