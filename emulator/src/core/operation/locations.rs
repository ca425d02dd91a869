//! Live locations: a user's position, shared in a message for a while.
//!
//! The emulator has no messages. A choice: an update with a position starts sharing it in the message that it names, so
//! that there is something to read; in strict mode, the message is unknown.

use getstream_users::model::{
    SharedLocationResponse, SharedLocationResponseData, SharedLocationsResponse, Timestamp, UpdateLiveLocationRequest,
};
use serde_json::Value;

use super::actor::{Actor, Names};
use crate::core::failure::{Code, Failure};
use crate::core::state::World;
use crate::core::wire::read::{self, Fields};
use crate::core::wire::{Call, DURATION, Outcome};

const MAX_LATITUDE: f64 = 90.0;
const MAX_LONGITUDE: f64 = 180.0;

/// `GetUserLiveLocations`.
pub(crate) fn list(world: &mut World, call: &Call<'_>) -> Outcome {
    let user_id = Actor::required(world, call, &mut call.parameters(), Names::USER)?.keep(world);
    let active_live_locations = world.locations.active(&user_id, call.now).cloned().collect();
    call.reply(&SharedLocationsResponse { active_live_locations, duration: DURATION.to_owned() })
}

/// `UpdateLiveLocation`. In Stream's description, the user is a query parameter and everything else is in the body.
pub(crate) fn update(world: &mut World, call: &Call<'_>) -> Outcome {
    let request = read_request(call.body()?)?;
    let user_id = Actor::required(world, call, &mut call.parameters(), Names::USER)?.keep(world);
    let location = updated(world, call, request, user_id)?;
    let body = call.reply(&answer(location.clone()))?;
    world.locations.put(location);
    Ok(body)
}

fn read_request(mut body: Fields) -> Result<UpdateLiveLocationRequest, Failure> {
    Ok(UpdateLiveLocationRequest {
        message_id: body.required("message_id", read::filled)?,
        latitude: body.optional("latitude", |value, path| degrees(&value, path, MAX_LATITUDE))?,
        longitude: body.optional("longitude", |value, path| degrees(&value, path, MAX_LONGITUDE))?,
        end_at: body.optional("end_at", read::time)?,
        user_id: None,
    })
}

fn degrees(value: &Value, path: &str, most: f64) -> Result<f64, Failure> {
    let degrees = value.as_f64().ok_or_else(|| read::mistyped(path, "number", value))?;
    if degrees < -most {
        Err(Failure::field(path, format!("must be -{most} or greater")))
    } else if degrees > most {
        Err(Failure::field(path, format!("must be {most} or less")))
    } else {
        Ok(degrees)
    }
}

fn updated(
    world: &mut World,
    call: &Call<'_>,
    request: UpdateLiveLocationRequest,
    user_id: String,
) -> Result<SharedLocationResponseData, Failure> {
    let now = world.clock.stamp(call.now);
    let before = match world.locations.get(&user_id, &request.message_id) {
        Some(location) => location.clone(),
        None if world.choices.strict => {
            let reason = format!("there is no live location in message \"{}\"", request.message_id);
            return Err(Failure::new(Code::DoesNotExist, reason));
        }
        None => {
            world.notes.guess("a live location begins with its first update (rejected in strict mode)");
            new_location(&request, user_id, now)?
        }
    };
    Ok(SharedLocationResponseData {
        latitude: request.latitude.unwrap_or(before.latitude),
        longitude: request.longitude.unwrap_or(before.longitude),
        end_at: request.end_at.or(before.end_at),
        updated_at: now,
        ..before
    })
}

/// A new location. It has no channel and no device.
fn new_location(
    request: &UpdateLiveLocationRequest,
    user_id: String,
    created_at: Timestamp,
) -> Result<SharedLocationResponseData, Failure> {
    let given = |field: &str, degrees: Option<f64>| degrees.ok_or_else(|| Failure::field(field, "is a required field"));
    Ok(SharedLocationResponseData {
        message_id: request.message_id.clone(),
        user_id,
        latitude: given("latitude", request.latitude)?,
        longitude: given("longitude", request.longitude)?,
        created_at,
        ..SharedLocationResponseData::default()
    })
}

fn answer(location: SharedLocationResponseData) -> SharedLocationResponse {
    SharedLocationResponse {
        message_id: location.message_id,
        channel_cid: location.channel_cid,
        user_id: location.user_id,
        created_by_device_id: location.created_by_device_id,
        latitude: location.latitude,
        longitude: location.longitude,
        created_at: location.created_at,
        updated_at: location.updated_at,
        end_at: location.end_at,
        duration: DURATION.to_owned(),
    }
}
