// Every fact, in the order of the parity table.

import * as authentication from "./authentication.mjs";
import * as blocks from "./blocks.mjs";
import * as connecting from "./connecting.mjs";
import * as control from "./control.mjs";
import * as devices from "./devices.mjs";
import * as errors from "./errors.mjs";
import * as exports from "./export.mjs";
import * as groups from "./groups.mjs";
import * as guest from "./guest.mjs";
import * as lifeCycle from "./life-cycle.mjs";
import * as moderation from "./moderation.mjs";
import * as partial from "./partial.mjs";
import * as push from "./push.mjs";
import * as query from "./query.mjs";
import * as rateLimits from "./rate-limits.mjs";
import * as roles from "./roles.mjs";
import * as settings from "./settings.mjs";
import * as upsert from "./upsert.mjs";
import * as v1 from "./v1.mjs";
import * as webhooks from "./webhooks.mjs";

export const resources = [
  { resource: "Users", facts: [...upsert.facts, ...partial.facts, ...query.facts, ...settings.searches] },
  { resource: "Unique names", facts: settings.names },
  { resource: "Life cycle of users", facts: lifeCycle.facts },
  { resource: "Exports and tasks", facts: exports.facts },
  { resource: "Guests", facts: [...guest.facts, ...settings.guests] },
  { resource: "Blocks", facts: blocks.facts },
  { resource: "Moderation", facts: moderation.facts },
  { resource: "Groups of users", facts: groups.facts },
  { resource: "Devices, locations and events", facts: devices.facts },
  { resource: "Push services and block lists", facts: push.facts },
  { resource: "Roles and permissions", facts: roles.facts },
  { resource: "Connecting", facts: connecting.facts },
  { resource: "App settings", facts: settings.facts },
  { resource: "Rate limits", facts: rateLimits.facts },
  { resource: "SDKs for chat", facts: v1.facts },
  { resource: "Webhooks", facts: webhooks.facts },
  { resource: "Every request", facts: [...authentication.facts, ...settings.tokens, ...errors.facts] },
  { resource: "The emulator itself", facts: control.facts },
];
