// What webhooks and queues bring: bodies, and the events in them.

import type { UserCustomData } from "../generated/models.js";
import type { DeliveredEvent } from "./headers.js";
import type { UserEvent } from "./user-events.js";

export type { DeliveredEvent, WebhookDelivery, WebhookHeaders, WebhookSignature } from "./headers.js";
export type * from "./user-events.js";

/** A webhook's body as it came: not parsed and written again. */
export type WebhookBody = string | ArrayBuffer | ArrayBufferView;

/**
 * An event: one about users, one of the types you name, or any other.
 *
 * {@link isUserEvent} tells the first from the others, and then `type` tells them apart. Types of your own are for the
 * events of other products. Their values are left as JSON has them:
 *
 * ```ts
 * const event = await client.verifyAndParseWebhook<{ type: "message.new"; cid: string }>(request);
 * ```
 */
export type WebhookEvent<More extends { type: string } = never, Custom extends object = UserCustomData> =
  | UserEvent<Custom>
  | (More & DeliveredEvent)
  | OtherEvent;

/** The name that Stream's own SDK has for {@link WebhookEvent}. */
export type WHEvent<More extends { type: string } = never, Custom extends object = UserCustomData> = WebhookEvent<
  More,
  Custom
>;

/** An event of a type that has no declaration here. Nothing of it is lost and nothing converted. */
export interface OtherEvent extends DeliveredEvent {
  /** The type, such as `message.new`. */
  type: string;
  /** Everything else, as JSON has it. */
  readonly [field: string]: unknown;
}
