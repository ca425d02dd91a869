// The types of events about users.

import type { UserCustomData, UserGroup, UserResponsePrivacyFields } from "../generated/models.js";
import type { DeliveredEvent } from "./headers.js";

/** An event about users. Dates are `Date`s, in whichever form Stream wrote them. */
export type UserEvent<Custom extends object = UserCustomData> =
  | UserUpdatedEvent<Custom>
  | UserDeletedEvent<Custom>
  | UserDeactivatedEvent<Custom>
  | UserReactivatedEvent<Custom>
  | UserBannedEvent<Custom>
  | UserUnbannedEvent<Custom>
  | UserMutedEvent<Custom>
  | UserUnmutedEvent<Custom>
  | UserFlaggedEvent<Custom>
  | UserMessagesDeletedEvent<Custom>
  | UserUnreadMessageReminderEvent<Custom>
  | UserGroupEvent<Custom>
  | ExportUsersSuccessEvent
  | ExportUsersErrorEvent;

/** What all events have. */
export interface EventFields extends DeliveredEvent {
  /** When it happened. */
  created_at: Date;
  /** When Stream received what it tells of. */
  received_at?: Date;
  /** Data of the event's own. */
  custom?: Record<string, unknown>;
  /** The request that caused it; missing when a task did. */
  request_info?: EventRequestInfo;
}

/** The request that caused an event. */
export interface EventRequestInfo {
  /** Who sent it: `server` or `client`. */
  type?: string;
  /** The address it came from. */
  ip?: string;
  /** Its `User-Agent`. */
  user_agent?: string;
  /** The SDK that sent it. */
  sdk?: string;
  /** What the SDK says besides. */
  ext?: string;
}

/** A user, as events hold it. `custom` may be missing: real deliveries leave it out where it is empty. */
export type EventUser<Custom extends object = UserCustomData> = Omit<UserResponsePrivacyFields<Custom>, "custom"> & {
  /** Your own fields. */
  custom?: Custom;
};

/** The channel that an event is limited to; all of it is missing where it is about the whole app. */
export interface EventChannelFields {
  /** The channel, as `type:id`. */
  cid?: string;
  /** The channel's id. */
  channel_id?: string;
  /** The channel's type. */
  channel_type?: string;
  /** The channel's own data. */
  channel_custom?: Record<string, unknown>;
  /** How many members the channel has. */
  channel_member_count?: number;
  /** How many messages the channel has. */
  channel_message_count?: number;
  /** The channel's team. */
  team?: string;
}

/** A user was created or changed. */
export interface UserUpdatedEvent<Custom extends object = UserCustomData> extends EventFields {
  /** The event's name. */
  type: "user.updated";
  /** The user, as it is now. */
  user: EventUser<Custom>;
}

/** A user was deleted. */
export interface UserDeletedEvent<Custom extends object = UserCustomData> extends EventFields {
  /** The event's name. */
  type: "user.deleted";
  /** The user, as it was. */
  user: EventUser<Custom>;
  /** How the user was deleted. */
  delete_user?: Deletion;
  /** How its messages were deleted; empty when they were not. */
  delete_messages?: Deletion;
  /** How its conversations were deleted; empty when they were not. */
  delete_conversation?: Deletion;
  /** Whether its conversations were deleted. */
  delete_conversation_channels?: boolean;
  /** Whether nothing is left of it. */
  hard_delete?: boolean;
  /** Whether its messages were marked as deleted. */
  mark_messages_deleted?: boolean;
}

/** A way of deleting; empty for not at all. */
export type Deletion = "soft" | "pruning" | "hard" | "" | (string & {});

/** A user was deactivated. */
export interface UserDeactivatedEvent<Custom extends object = UserCustomData> extends EventFields {
  /** The event's name. */
  type: "user.deactivated";
  /** The user, as it is now. */
  user: EventUser<Custom>;
  /** Who did it, if the call said so. */
  created_by?: EventUser<Custom>;
}

/** A user was brought back. */
export interface UserReactivatedEvent<Custom extends object = UserCustomData> extends EventFields {
  /** The event's name. */
  type: "user.reactivated";
  /** The user, as it is now. */
  user: EventUser<Custom>;
  /** Who did it, if the call said so. */
  created_by?: EventUser<Custom>;
}

/** A user was banned: from a channel if the channel's fields are there, else from the app. */
export interface UserBannedEvent<Custom extends object = UserCustomData> extends EventFields, EventChannelFields {
  /** The event's name. */
  type: "user.banned";
  /** The user. Its own `banned` may not say so yet. */
  user: EventUser<Custom>;
  /** Who did it. */
  created_by?: EventUser<Custom>;
  /** Why. */
  reason?: string;
  /** When the ban ends; never when it is missing. */
  expiration?: Date;
  /** Whether only the user itself still sees its messages. */
  shadow?: boolean;
  /** How many bans the user has now. */
  total_bans?: number;
  /** The item of the review queue that led to it. */
  review_queue_item_id?: string;
}

/** A ban was lifted. */
export interface UserUnbannedEvent<Custom extends object = UserCustomData> extends EventFields, EventChannelFields {
  /** The event's name. */
  type: "user.unbanned";
  /** The user. */
  user: EventUser<Custom>;
  /** Who did it. */
  created_by?: EventUser<Custom>;
  /** Whether it was a shadow ban. */
  shadow?: boolean;
}

/** A user muted one or more others. */
export interface UserMutedEvent<Custom extends object = UserCustomData> extends EventFields {
  /** The event's name. */
  type: "user.muted";
  /** Who muted. */
  user: EventUser<Custom>;
  /** Who was muted, if it is one. */
  target_user?: EventUser<Custom>;
  /** Who was muted, if they are several. */
  target_users?: EventUser<Custom>[];
}

/** A user lifted the mute of one or more others. */
export interface UserUnmutedEvent<Custom extends object = UserCustomData> extends EventFields {
  /** The event's name. */
  type: "user.unmuted";
  /** Who had muted. */
  user: EventUser<Custom>;
  /** Who is heard again, if it is one. */
  target_user?: EventUser<Custom>;
  /** Who is heard again, if they are several. */
  target_users?: EventUser<Custom>[];
}

/** A user was reported. */
export interface UserFlaggedEvent<Custom extends object = UserCustomData> extends EventFields {
  /** The event's name. */
  type: "user.flagged";
  /** Who reported. */
  user: EventUser<Custom>;
  /** Who was reported. */
  target_user?: EventUser<Custom>;
  /** Why. */
  reason?: string;
  /** How many reports of the user are open. */
  total_flags?: number;
}

/** A user's messages were deleted: in a channel if the channel's fields are there, else everywhere. */
export interface UserMessagesDeletedEvent<Custom extends object = UserCustomData>
  extends EventFields,
    EventChannelFields {
  /** The event's name. */
  type: "user.messages.deleted";
  /** The user. */
  user: EventUser<Custom>;
  /** Whether nothing is left of them. */
  hard_delete?: boolean;
}

/** A user has messages that it did not read. */
export interface UserUnreadMessageReminderEvent<Custom extends object = UserCustomData> extends EventFields {
  /** The event's name. */
  type: "user.unread_message_reminder";
  /** The user. */
  user?: EventUser<Custom>;
  /** The channels and messages, by `type:id`. */
  channels?: Record<string, unknown>;
}

/** A group was created, changed or deleted, or its members were. */
export interface UserGroupEvent<Custom extends object = UserCustomData> extends EventFields {
  /** The event's name. */
  type:
    | "user_group.created"
    | "user_group.updated"
    | "user_group.deleted"
    | "user_group.member_added"
    | "user_group.member_removed";
  /** Who did it; missing when the server did. */
  user?: EventUser<Custom>;
  /** The group. */
  user_group?: UserGroup | undefined;
}

/** An export of users is ready. */
export interface ExportUsersSuccessEvent extends EventFields {
  /** The event's name. */
  type: "export.users.success";
  /** The task that made it. */
  task_id: string;
  /** Where the file is. */
  url: string;
  /** When the task began. */
  started_at: Date;
  /** When the task ended. */
  finished_at: Date;
}

/** An export of users failed. */
export interface ExportUsersErrorEvent extends EventFields {
  /** The event's name. */
  type: "export.users.error";
  /** The task that failed. */
  task_id: string;
  /** Why. */
  error: string;
  /** When the task began. */
  started_at: Date;
  /** When the task ended. */
  finished_at: Date;
}
