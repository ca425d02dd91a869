//! The fields of bans in filters. Fields and operators are those of Stream's OpenAPI description; there are no others.

use std::borrow::Cow;
use std::cmp::Ordering;

use super::Subject;
use super::field::Operator::{Autocomplete, Exists, In};
use super::field::{EQ, Field, GT, GTE, LT, LTE};
use crate::core::state::Ban;

impl Subject for Ban {
    const COLLECTION: &'static str = "bans";
    const MAX_SORT_TERMS: usize = 1;

    fn field(name: &str) -> Option<Field<Self>> {
        Some(match name {
            "user_id" => {
                Field::key("user_id", |ban| Some(Cow::from(&ban.target_id)), &[EQ, Exists, GT, GTE, In, LT, LTE])
            }
            "banned_by_id" => Field::text(
                "banned_by_id",
                |ban| Some(Cow::from(&ban.banned_by_id)),
                &[EQ, Exists, GT, GTE, In, LT, LTE],
            ),
            "created_at" => Field::date(|ban| Some(ban.created_at), &[EQ, Exists, GT, GTE, In, LT, LTE]),
            "reason" => Field::text(
                "reason",
                |ban| ban.reason.as_deref().map(Cow::from),
                &[Autocomplete, EQ, Exists, GT, GTE, In, LT, LTE],
            ),
            "channel_cid" => Field::text("channel_cid", |ban| ban.channel_cid().map(Cow::from), &[EQ, In]),
            _ => return None,
        })
    }

    /// A choice: the latest ban comes first, as with users.
    fn default_order(&self, other: &Self) -> Ordering {
        other.created_at.cmp(&self.created_at).then_with(|| other.target_id.cmp(&self.target_id))
    }
}
