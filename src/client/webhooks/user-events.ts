// The types of events about users.

import type { UserCustomData, UserGroup, UserResponsePrivacyFields } from "../generated/models.js";
import type { DeliveredEvent } from "./headers.js";

/** An event about users. Dates are `Date`s, whatever format Stream used. */
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

/** The fields of all events. */
export interface EventFields extends DeliveredEvent {
  /** When it happened. */
  created_at: Date;
  /** When Stream received what the event reports. */
  received_at?: Date;
  /** The custom data of the event. */
  custom?: Record<string, unknown>;
  /** The request that caused the event; missing when a task caused it. */
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
  /** Further details from the SDK. */
  ext?: string;
}

/** A user in an event. `custom` may be missing: real deliveries leave it out when it is empty. */
export type EventUser<Custom extends object = UserCustomData> = Omit<UserResponsePrivacyFields<Custom>, "custom"> & {
  /** Your custom fields. */
  custom?: Custom;
};

/** The channel that an event is limited to. All fields are missing when the event is about the whole app. */
export interface EventChannelFields {
  /** The channel, as `type:id`. */
  cid?: string;
  /** The channel's id. */
  channel_id?: string;
  /** The channel's type. */
  channel_type?: string;
  /** The channel's custom data. */
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
  /** The user after the change. */
  user: EventUser<Custom>;
}

/** A user was deleted. */
export interface UserDeletedEvent<Custom extends object = UserCustomData> extends EventFields {
  /** The event's name. */
  type: "user.deleted";
  /** The user before the deletion. */
  user: EventUser<Custom>;
  /** How the user was deleted. */
  delete_user?: Deletion;
  /** How the user's messages were deleted; empty when they were not. */
  delete_messages?: Deletion;
  /** How the user's conversations were deleted; empty when they were not. */
  delete_conversation?: Deletion;
  /** Whether the user's conversations were deleted. */
  delete_conversation_channels?: boolean;
  /** Whether the user was deleted completely. */
  hard_delete?: boolean;
  /** Whether the user's messages were marked as deleted. */
  mark_messages_deleted?: boolean;
}

/** How something was deleted; empty when it was not. */
export type Deletion = "soft" | "pruning" | "hard" | "" | (string & {});

/** A user was deactivated. */
export interface UserDeactivatedEvent<Custom extends object = UserCustomData> extends EventFields {
  /** The event's name. */
  type: "user.deactivated";
  /** The user after the change. */
  user: EventUser<Custom>;
  /** Who did it, if the request named somebody. */
  created_by?: EventUser<Custom>;
}

/** A user was reactivated. */
export interface UserReactivatedEvent<Custom extends object = UserCustomData> extends EventFields {
  /** The event's name. */
  type: "user.reactivated";
  /** The user after the change. */
  user: EventUser<Custom>;
  /** Who did it, if the request named somebody. */
  created_by?: EventUser<Custom>;
}

/** A user was banned: from a channel if the channel fields are present, otherwise from the app. */
export interface UserBannedEvent<Custom extends object = UserCustomData> extends EventFields, EventChannelFields {
  /** The event's name. */
  type: "user.banned";
  /** The user. Its `banned` may not be updated yet. */
  user: EventUser<Custom>;
  /** Who did it. */
  created_by?: EventUser<Custom>;
  /** Why. */
  reason?: string;
  /** When the ban ends; missing for a permanent ban. */
  expiration?: Date;
  /** Whether it is a shadow ban: only the user still sees their messages. */
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
  /** Who was muted, if it is one user. */
  target_user?: EventUser<Custom>;
  /** Who was muted, if there are several. */
  target_users?: EventUser<Custom>[];
}

/** A user lifted the mute of one or more others. */
export interface UserUnmutedEvent<Custom extends object = UserCustomData> extends EventFields {
  /** The event's name. */
  type: "user.unmuted";
  /** Who had muted. */
  user: EventUser<Custom>;
  /** Who was unmuted, if it is one user. */
  target_user?: EventUser<Custom>;
  /** Who was unmuted, if there are several. */
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

/** A user's messages were deleted: in a channel if the channel fields are present, otherwise everywhere. */
export interface UserMessagesDeletedEvent<Custom extends object = UserCustomData>
  extends EventFields,
    EventChannelFields {
  /** The event's name. */
  type: "user.messages.deleted";
  /** The user. */
  user: EventUser<Custom>;
  /** Whether the messages were deleted completely. */
  hard_delete?: boolean;
}

/** A user has unread messages. */
export interface UserUnreadMessageReminderEvent<Custom extends object = UserCustomData> extends EventFields {
  /** The event's name. */
  type: "user.unread_message_reminder";
  /** The user. */
  user?: EventUser<Custom>;
  /** The channels and messages, by `type:id` of the channel. */
  channels?: Record<string, unknown>;
}

/** A group was created, updated or deleted, or its members changed. */
export interface UserGroupEvent<Custom extends object = UserCustomData> extends EventFields {
  /** The event's name. */
  type:
    | "user_group.created"
    | "user_group.updated"
    | "user_group.deleted"
    | "user_group.member_added"
    | "user_group.member_removed";
  /** Who did it; missing when a server did. */
  user?: EventUser<Custom>;
  /** The group. */
  user_group?: UserGroup | undefined;
}

/** An export of users is ready. */
export interface ExportUsersSuccessEvent extends EventFields {
  /** The event's name. */
  type: "export.users.success";
  /** The task that created it. */
  task_id: string;
  /** The URL of the file. */
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
