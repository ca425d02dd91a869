//! Devices that receive push notifications.
//!
//! A device may name a push provider that the app has not configured, unless the emulator is strict: Stream rejects it,
//! but hardly any test configures one. Where sources are silent: registering a device again moves it to the user who
//! did so, as if it were new.

use getstream_users::model::{
    CreateDeviceRequest, DeviceResponse, DurationResponse, ListDevicesResponse, PushProvider,
};

use super::actor::{Actor, Names};
use super::push_providers;
use crate::core::failure::{Code, Failure, Violations};
use crate::core::state::World;
use crate::core::wire::read::{self, Fields};
use crate::core::wire::{Call, DURATION, Outcome};

const MAX_ID: usize = 255;

const PROVIDERS: [(&str, PushProvider); 4] = [
    ("firebase", PushProvider::Firebase),
    ("apn", PushProvider::Apn),
    ("huawei", PushProvider::Huawei),
    ("xiaomi", PushProvider::Xiaomi),
];

/// `CreateDevice`.
pub(crate) fn create(world: &mut World, call: &Call<'_>) -> Outcome {
    let mut body = call.body()?;
    let request = read_request(&mut body)?;
    let actor = Actor::required(world, call, &mut body, Names::OWNER)?;
    let (provider, name) = (request.push_provider.as_str(), request.push_provider_name.as_deref());
    let name = name.filter(|name| !name.is_empty());
    if !world.push_providers.serves(provider, name) {
        if world.choices.strict {
            return Err(push_providers::not_found(provider, name));
        }
        world
            .notes
            .guess("a device may name a push provider that the app has not configured (rejected in strict mode)");
    }
    let user_id = actor.keep(world);
    let device = DeviceResponse {
        id: request.id,
        push_provider: request.push_provider.as_str().to_owned(),
        push_provider_name: request.push_provider_name.filter(|name| !name.is_empty()),
        user_id,
        created_at: world.clock.stamp(call.now),
        voip: request.voip_token,
        hardware_id: request.hardware_id.filter(|id| !id.is_empty()),
        ..DeviceResponse::default()
    };
    world.devices.put(device);
    call.reply(&DurationResponse { duration: DURATION.to_owned() })
}

/// The acting user is read separately.
fn read_request(body: &mut Fields) -> Result<CreateDeviceRequest, Failure> {
    let id = body.required("id", read::filled)?;
    let push_provider = body.choice("push_provider", &PROVIDERS)?;
    let request = CreateDeviceRequest {
        id,
        push_provider: push_provider.ok_or_else(|| Failure::field("push_provider", "is a required field"))?,
        push_provider_name: body.optional("push_provider_name", read::text)?,
        voip_token: body.optional("voip_token", read::flag)?,
        hardware_id: body.optional("hardware_id", read::text)?,
        user_id: None,
        user: None,
    };
    let mut violations = Violations::default();
    for (field, id) in [("id", Some(&request.id)), ("hardware_id", request.hardware_id.as_ref())] {
        if id.is_some_and(|id| id.chars().count() > MAX_ID) {
            violations.add(field, format!("must be a maximum of {MAX_ID} characters in length"));
        }
    }
    violations.check().map(|()| request)
}

/// `ListDevices`.
pub(crate) fn list(world: &mut World, call: &Call<'_>) -> Outcome {
    let user_id = Actor::required(world, call, &mut call.parameters(), Names::OWNER)?.keep(world);
    let devices = world.devices.of(&user_id).cloned().collect();
    call.reply(&ListDevicesResponse { devices, duration: DURATION.to_owned() })
}

/// `DeleteDevice`. In SDK tests, deleting an unknown device fails.
pub(crate) fn delete(world: &mut World, call: &Call<'_>) -> Outcome {
    let mut parameters = call.parameters();
    let id = parameters.required("id", read::text)?;
    let user_id = Actor::required(world, call, &mut parameters, Names::OWNER)?.keep(world);
    if world.devices.remove(&user_id, &id) {
        return call.reply(&DurationResponse { duration: DURATION.to_owned() });
    }
    Err(Failure::new(Code::DoesNotExist, format!("the user {user_id} has no device \"{id}\"")))
}
