//! Custom events that the app sends to a user.

use getstream_users::model::{DurationResponse, SendUserCustomEventRequest, UserCustomEventRequest};
use serde_json::Value;

use crate::core::event;
use crate::core::failure::Failure;
use crate::core::state::World;
use crate::core::wire::read::{self, Fields};
use crate::core::wire::{Call, DURATION, Dialect, Outcome};

/// `SendUserCustomEvent`.
pub(crate) fn send(world: &mut World, call: &Call<'_>) -> Outcome {
    let request = SendUserCustomEventRequest {
        event: call.body()?.required("event", |event, path| read_event(event, path, call.dialect))?,
    };
    let user = world.users.active(call.subject)?.clone();
    let UserCustomEventRequest { r#type, custom } = request.event;
    world.announce(&r#type, call.cause(), |world| {
        let custom = Value::Object(custom.unwrap_or_default());
        vec![("custom", custom.into()), ("user", event::user(world, &user))]
    });
    call.reply(&DurationResponse { duration: DURATION.to_owned() })
}

/// Types with a dot are reserved for Stream's own events, as a comment in an SDK test says. The error message is a
/// choice.
fn read_event(event: Value, path: &str, dialect: Dialect) -> Result<UserCustomEventRequest, Failure> {
    let mut event = Fields::of(event, path)?;
    let r#type = event.required("type", read::filled)?;
    if r#type.contains('.') {
        return Err(Failure::field(event.path_of("type"), "cannot contain dots, they are for built-in events"));
    }
    let mut custom = event.optional("custom", read::object)?;
    if dialect == Dialect::V1 {
        // The data of an event is beside its type in this form; some SDKs put it into `custom` all the same.
        custom.get_or_insert_default().extend(event.rest());
    }
    Ok(UserCustomEventRequest { r#type, custom })
}
