//! Querying bans.
//!
//! A query that names users reads only their bans; any other query reads all bans. Expired bans are found unless they
//! are excluded.
//!
//! Where sources are silent: bans of deleted users are not found; the newest ban comes first; a page has 30. The
//! emulator has no channels, so for a ban from a channel the response describes one that was created with the ban.

use getstream_users::model::{
    BanResponse, CustomData, FutureChannelBanResponse, QueryBannedUsersResponse, QueryFutureChannelBansResponse,
};

use super::actor::{Actor, Names};
use super::page::{Bounds, Page};
use crate::core::event::value;
use crate::core::failure::Failure;
use crate::core::filter::{Filter, Order, Sight};
use crate::core::state::{Ban, World};
use crate::core::view;
use crate::core::wire::read::{self, Fields};
use crate::core::wire::{Call, DURATION, Outcome};

const BOUNDS: Bounds = Bounds { limit: 300, offset: 10_000 };

/// The largest total in a response.
const MAX_TOTAL: usize = 100_000;

/// `QueryBannedUsers`.
pub(crate) fn query(world: &mut World, call: &Call<'_>) -> Outcome {
    let mut payload = call.payload()?;
    let query = Query::parse(&mut payload)?;
    if let Some(actor) = Actor::optional(world, call, &mut payload, Names::USER)? {
        actor.keep(world);
    }
    let sight = Sight { world, caller: call.caller };
    let bans = query.find(sight).into_iter().map(|ban| describe(sight, ban)).collect();
    call.reply(&QueryBannedUsersResponse { bans, duration: DURATION.to_owned() })
}

/// A validated query.
#[derive(Debug)]
struct Query {
    filter: Filter<Ban>,
    order: Order<Ban>,
    page: Page,
    exclude_expired: bool,
}

impl Query {
    fn parse(payload: &mut Fields) -> Result<Self, Failure> {
        let page = Page::parse(payload, BOUNDS)?;
        let conditions = payload.required("filter_conditions", read::object)?;
        Ok(Self {
            filter: Filter::parse(&conditions)?,
            order: payload.optional("sort", Order::parse)?.unwrap_or(Order::DEFAULT),
            page,
            exclude_expired: payload.optional("exclude_expired_bans", read::flag)?.unwrap_or_default(),
        })
    }

    fn find<'a>(&self, sight: Sight<'a>) -> Vec<&'a Ban> {
        let world = sight.world;
        match self.filter.keys() {
            Some(ids) => self.page_of(sight, ids.into_iter().flat_map(|id| world.bans.of(id))),
            None => self.page_of(sight, world.bans.all()),
        }
    }

    fn page_of<'a>(&self, sight: Sight<'_>, bans: impl Iterator<Item = &'a Ban>) -> Vec<&'a Ban> {
        let accepts = |ban: &Ban| is_listed(sight.world, ban, self.exclude_expired) && self.filter.accepts(sight, ban);
        let bans = bans.map(|ban| (None, ban));
        self.page.of(self.order.first(sight, bans, self.page.end(), accepts)).collect()
    }
}

fn is_listed(world: &World, ban: &Ban, exclude_expired: bool) -> bool {
    world.users.undeleted(&ban.target_id).is_ok() && (!exclude_expired || ban.is_active(world.now))
}

fn describe(Sight { world, caller }: Sight<'_>, ban: &Ban) -> BanResponse {
    BanResponse {
        user: view::undeleted(world, caller, &ban.target_id),
        banned_by: view::undeleted(world, caller, &ban.banned_by_id),
        channel: channel(ban),
        created_at: ban.created_at,
        expires: ban.expires,
        reason: ban.reason.clone(),
        shadow: Some(ban.shadow),
    }
}

/// Contains every field that Stream's OpenAPI description requires of a channel.
fn channel(ban: &Ban) -> Option<CustomData> {
    let cid = ban.channel_cid()?;
    let (kind, id) = cid.split_once(':')?;
    let created_at = value(&ban.created_at);
    let fields = [
        ("cid", cid.into()),
        ("type", kind.into()),
        ("id", id.into()),
        ("disabled", false.into()),
        ("frozen", false.into()),
        ("custom", CustomData::new().into()),
        ("created_at", created_at.clone()),
        ("updated_at", created_at),
    ];
    Some(fields.map(|(name, value)| (name.to_owned(), value)).into_iter().collect())
}

/// `QueryFutureChannelBans`. A user reads the bans that it created; a server reads all bans, or those of the user it
/// names.
pub(crate) fn query_future(world: &mut World, call: &Call<'_>) -> Outcome {
    let mut payload = match call.request.parameter("payload") {
        Some(_) => call.payload()?,
        // All parameters are optional.
        None => Fields::new("", CustomData::new()),
    };
    let page = Page::parse(&mut payload, BOUNDS)?;
    let target_id = payload.optional("target_user_id", read::text)?.filter(|id| !id.is_empty());
    let exclude_expired = payload.optional("exclude_expired_bans", read::flag)?.unwrap_or_default();
    let include_total = payload.optional("include_total", read::flag)?.unwrap_or_default();
    let banned_by_id = Actor::optional(world, call, &mut payload, Names::USER)?.map(|actor| actor.keep(world));

    let wanted = |ban: &&Ban| {
        is_listed(world, ban, exclude_expired)
            && target_id.as_ref().is_none_or(|id| *id == ban.target_id)
            && banned_by_id.as_ref().is_none_or(|id| *id == ban.banned_by_id)
    };
    let found: Vec<&Ban> = world.bans.in_future_channels().filter(wanted).collect();
    let total = found.len().min(MAX_TOTAL);
    let sight = Sight { world, caller: call.caller };
    let found = found.into_iter().map(|ban| (None, ban));
    let bans = page.of(Order::DEFAULT.first(sight, found, page.end(), |_| true));
    call.reply(&QueryFutureChannelBansResponse {
        bans: bans.map(|ban| describe_future(sight, ban)).collect(),
        total: include_total.then(|| u32::try_from(total).unwrap_or(u32::MAX)),
        duration: DURATION.to_owned(),
    })
}

fn describe_future(sight: Sight<'_>, ban: &Ban) -> FutureChannelBanResponse {
    let BanResponse { user, banned_by, channel: _, created_at, expires, reason, shadow } = describe(sight, ban);
    FutureChannelBanResponse { user, banned_by, created_at, expires, reason, shadow }
}
