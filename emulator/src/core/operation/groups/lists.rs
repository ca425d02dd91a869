//! Listing and searching groups, in pages. A page starts after the last group of the previous page.
//!
//! Where sources are silent: the sort orders; and that the two parameters which name the last group continue the list
//! if both are given, while one alone only filters.

use getstream_users::model::{
    ListUserGroupsRequest, ListUserGroupsResponse, SearchUserGroupsRequest, SearchUserGroupsResponse, Timestamp,
    UserGroupResponse,
};

use super::{MAX_NAME, team, view};
use crate::core::failure::{Failure, Violations};
use crate::core::operation::validate::{check_length, limit};
use crate::core::state::{Group, World};
use crate::core::wire::read::{self, Fields};
use crate::core::wire::{Call, DURATION, Outcome, parameter};

const MAX_LISTED: i64 = 100;
const DEFAULT_LISTED: u32 = 30;
const MAX_FOUND: i64 = 25;
const DEFAULT_FOUND: u32 = 10;

/// `ListUserGroups`, oldest first.
pub(crate) fn list(world: &mut World, call: &Call<'_>) -> Outcome {
    let mut parameters = call.parameters();
    let request = ListUserGroupsRequest {
        limit: limit(&mut parameters, MAX_LISTED)?,
        id_gt: parameters.optional("id_gt", read::text)?,
        created_at_gt: parameters.optional("created_at_gt", parameter::time)?,
        team_id: parameters.optional("team_id", read::text)?,
    };
    let mut groups = of_team(world, request.team_id.as_deref());
    groups.retain(|group| is_listed(group, &request));
    groups.sort_by(|one, other| age(one.created_at, &one.id).cmp(&age(other.created_at, &other.id)));
    let user_groups = first(groups, request.limit.unwrap_or(DEFAULT_LISTED));
    call.reply(&ListUserGroupsResponse { user_groups, duration: DURATION.to_owned() })
}

fn is_listed(group: &Group, request: &ListUserGroupsRequest) -> bool {
    match (request.created_at_gt, &request.id_gt) {
        (None, None) => true,
        (None, Some(id)) => group.id > *id,
        (Some(at), None) => group.created_at > at,
        (Some(at), Some(id)) => age(group.created_at, &group.id) > age(at, id),
    }
}

/// The sort key of the list. Groups of the same millisecond are sorted by id, because JavaScript's dates, which clients
/// send back, have no finer resolution.
fn age(created_at: Timestamp, id: &str) -> (i64, &str) {
    (created_at.0.div_euclid(1_000_000), id)
}

/// `SearchUserGroups`, sorted by name, then by id.
pub(crate) fn search(world: &mut World, call: &Call<'_>) -> Outcome {
    let request = read_search(world, call.parameters())?;
    let mut groups = of_team(world, request.team_id.as_deref());
    groups.retain(|group| is_found(group, &request));
    groups.sort_by(|one, other| (&one.name, &one.id).cmp(&(&other.name, &other.id)));
    let user_groups = first(groups, request.limit.unwrap_or(DEFAULT_FOUND));
    call.reply(&SearchUserGroupsResponse { user_groups, duration: DURATION.to_owned() })
}

fn read_search(world: &World, mut parameters: Fields) -> Result<SearchUserGroupsRequest, Failure> {
    let request = SearchUserGroupsRequest {
        query: parameters.required("query", read::filled)?,
        limit: limit(&mut parameters, MAX_FOUND)?,
        name_gt: parameters.optional("name_gt", read::text)?,
        id_gt: parameters.optional("id_gt", read::text)?,
        team_id: team(world, &mut parameters)?,
    };
    let mut violations = Violations::default();
    check_length(&request.query, MAX_NAME, "query", &mut violations);
    violations.check()?;
    Ok(request)
}

fn is_found(group: &Group, request: &SearchUserGroupsRequest) -> bool {
    let comes_after = match (&request.name_gt, &request.id_gt) {
        (None, None) => true,
        (None, Some(id)) => group.id > *id,
        (Some(name), None) => group.name > *name,
        (Some(name), Some(id)) => (&group.name, &group.id) > (name, id),
    };
    comes_after && group.name.to_lowercase().starts_with(&request.query.to_lowercase())
}

fn of_team<'a>(world: &'a World, team: Option<&str>) -> Vec<&'a Group> {
    world.groups.all().filter(|group| team.is_none() || group.team_id.as_deref() == team).collect()
}

fn first(groups: Vec<&Group>, limit: u32) -> Vec<UserGroupResponse> {
    groups.into_iter().take(limit.try_into().unwrap_or(usize::MAX)).map(view::answered).collect()
}
