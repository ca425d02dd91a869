// The types of webhook bodies and events.

import type { UserCustomData } from "../generated/models.js";
import type { DeliveredEvent } from "./headers.js";
import type { UserEvent } from "./user-events.js";

export type { DeliveredEvent, WebhookDelivery, WebhookHeaders, WebhookSignature } from "./headers.js";
export type * from "./user-events.js";

/** The raw body of a webhook, not parsed and serialized again. */
export type WebhookBody = string | ArrayBuffer | ArrayBufferView;

/**
 * An event: about users, of a type that you declare, or any other.
 *
 * {@link isUserEvent} selects the events about users, whose `type` then discriminates them. Declare types for events of other
 * products, whose values stay as JSON has them:
 *
 * ```ts
 * const event = await client.verifyAndParseWebhook<{ type: "message.new"; cid: string }>(request);
 * ```
 */
export type WebhookEvent<More extends { type: string } = never, Custom extends object = UserCustomData> =
  | UserEvent<Custom>
  | (More & DeliveredEvent)
  | OtherEvent;

/** The name of {@link WebhookEvent} in Stream's SDK. */
export type WHEvent<More extends { type: string } = never, Custom extends object = UserCustomData> = WebhookEvent<
  More,
  Custom
>;

/** An event of a type that is not declared here. It is complete, and nothing is converted. */
export interface OtherEvent extends DeliveredEvent {
  /** The type, such as `message.new`. */
  type: string;
  /** Everything else, as JSON has it. */
  readonly [field: string]: unknown;
}
