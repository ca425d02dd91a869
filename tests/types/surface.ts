// What a caller's editor knows: arguments, answers, literals, errors. Nothing here is run.

import {
  type ActivationResult,
  type APIError,
  type BlockUsersResponse,
  type ChatClient,
  type CompletedTask,
  type CreateGuestResponse,
  type DeactivateUserResponse,
  type DeactivateUsersResponse,
  type DeleteUsersRequest,
  type DeleteUsersResponse,
  type DeleteUsersResult,
  type DurationResponse,
  type ExportUserResponse,
  type ExportUsersResponse,
  type ExportUsersResult,
  type FullUserResponse,
  type GetTaskResponse,
  type ListRolesResponse,
  type ModerationClient,
  type MuteResponse,
  type QueryBannedUsersResponse,
  type QueryUsersPayload,
  type QueryUsersResponse,
  type ReactivateUserResponse,
  type ReactivateUsersResponse,
  type RequestMetadata,
  type RequestOptions,
  type RequestOutcome,
  type StartedTask,
  StreamClient,
  StreamError,
  type StreamErrorKind,
  type StreamResponse,
  type TaskStatus,
  type TokenClaims,
  type UpdateUserGroupResponse,
  type UpdateUsersResponse,
  type UserRequest,
  type UserResponse,
} from "getstream-users";
import { expect, type Same } from "./expect.js";

declare const client: StreamClient;
type Answer<Method extends keyof StreamClient> = StreamClient[Method] extends (...args: never) => Promise<infer Result>
  ? Result
  : never;

// Every operation answers with its body and the metadata.
expect<Same<Answer<"upsertUsers">, StreamResponse<UpdateUsersResponse>>>();
expect<Same<Answer<"updateUsers">, StreamResponse<UpdateUsersResponse>>>();
expect<Same<Answer<"updateUsersPartial">, StreamResponse<UpdateUsersResponse>>>();
expect<Same<Answer<"queryUsers">, StreamResponse<QueryUsersResponse>>>();
expect<Same<Answer<"createGuest">, StreamResponse<CreateGuestResponse>>>();
expect<Same<Answer<"deactivateUser">, StreamResponse<DeactivateUserResponse>>>();
expect<Same<Answer<"deactivateUsers">, StartedTask<DeactivateUsersResponse, ActivationResult>>>();
expect<Same<Answer<"reactivateUser">, StreamResponse<ReactivateUserResponse>>>();
expect<Same<Answer<"reactivateUsers">, StartedTask<ReactivateUsersResponse, ActivationResult>>>();
expect<Same<Answer<"deleteUsers">, StartedTask<DeleteUsersResponse, DeleteUsersResult>>>();
expect<Same<Answer<"restoreUsers">, StreamResponse<DurationResponse>>>();
expect<Same<Answer<"exportUser">, StreamResponse<ExportUserResponse>>>();
expect<Same<Answer<"exportUsers">, StartedTask<ExportUsersResponse, ExportUsersResult>>>();
expect<Same<Answer<"getTask">, StreamResponse<GetTaskResponse>>>();
expect<Same<Answer<"blockUsers">, StreamResponse<BlockUsersResponse>>>();
expect<Same<Answer<"listRoles">, StreamResponse<ListRolesResponse>>>();
expect<Same<Answer<"updateUserGroup">, StreamResponse<UpdateUserGroupResponse>>>();
expect<Same<Answer<"revokeUserTokens">, StreamResponse<UpdateUsersResponse>>>();
expect<Same<Awaited<ReturnType<StreamClient["moderation"]["mute"]>>, StreamResponse<MuteResponse>>>();
expect<Same<Awaited<ReturnType<ChatClient["queryBannedUsers"]>>, StreamResponse<QueryBannedUsersResponse>>>();
expect<Same<StreamClient["moderation"], ModerationClient>>();
expect<Same<ListRolesResponse["roles"][number]["created_at"], Date>>();
expect<
  Same<Awaited<ReturnType<typeof client.waitForTask<{ url: string }>>>, StreamResponse<CompletedTask<{ url: string }>>>
>();
expect<Same<Answer<"getTask">["metadata"], RequestMetadata>>();
expect<Same<RequestMetadata["responseHeaders"], Headers>>();
expect<Same<RequestMetadata["responseCode"], number>>();
expect<Same<RequestMetadata["rateLimit"]["rateLimitReset"], Date | undefined>>();
expect<Same<ReturnType<StreamClient["generateUserToken"]>, string>>();
expect<Same<ReturnType<StreamClient["createToken"]>, string>>();
expect<Same<ReturnType<StreamClient["generatePermanentUserToken"]>, string>>();
expect<Same<ReturnType<StreamClient["generateCallToken"]>, string>>();
expect<Same<ReturnType<StreamClient["createCallToken"]>, string>>();
expect<Same<ReturnType<StreamClient["verifyToken"]>, TokenClaims>>();
expect<Same<ReturnType<StreamClient["verifyWebhook"]>, boolean>>();
expect<Same<TokenClaims["user_id"], string | undefined>>();
expect<Same<TokenClaims["anything"], unknown>>();
expect<Same<ReturnType<typeof StreamClient.guest>, Promise<StreamClient>>>();
expect<Same<ReturnType<typeof StreamClient.anonymous>, StreamClient>>();
expect<Same<ReturnType<typeof StreamClient.withToken>, StreamClient>>();
expect<Same<StreamClient["userId"], string | undefined>>();

// Dates are dates.
expect<Same<FullUserResponse["created_at"], Date>>();
expect<Same<UserResponse["updated_at"], Date>>();
expect<Same<NonNullable<FullUserResponse["deactivated_at"]>, Date>>();
expect<Same<NonNullable<FullUserResponse["revoke_tokens_issued_before"]>, Date>>();
expect<Same<GetTaskResponse["created_at"], Date>>();

// Words are literals.
expect<Same<NonNullable<DeleteUsersRequest["user"]>, "soft" | "pruning" | "hard">>();
expect<Same<NonNullable<DeleteUsersRequest["messages"]>, "soft" | "pruning" | "hard">>();
expect<Same<NonNullable<DeleteUsersRequest["conversations"]>, "soft" | "hard">>();
expect<Same<NonNullable<DeleteUsersRequest["calls"]>, "soft" | "hard">>();
expect<Same<TaskStatus, "pending" | "running" | "completed" | "failed">>();
// What the API returns may be a word that is newer than this version.
declare const task: GetTaskResponse;
export const isPaused: boolean = task.status === "paused" || task.status === "running";
client.deleteUsers({ user_ids: ["a"], user: "hard", messages: "pruning", conversations: "soft", calls: "soft" });
// @ts-expect-error calls cannot be pruned
client.deleteUsers({ user_ids: ["a"], calls: "pruning" });
// @ts-expect-error conversations cannot be pruned
client.deleteUsers({ user_ids: ["a"], conversations: "pruning" });
// @ts-expect-error no such mode
client.deleteUsers({ user_ids: ["a"], user: "gone" });
// @ts-expect-error the ids are missing
client.deleteUsers({ user: "hard" });

// Arguments have the API's own names.
client.upsertUsers([{ id: "a", role: "user", custom: { color: "red", nested: { any: ["thing"] } }, teams: ["t"] }]);
client.updateUsers({ users: { a: { id: "a", privacy_settings: { typing_indicators: { enabled: false } } } } });
client.updateUsersPartial({ users: [{ id: "a", set: { "new-field": 1 }, unset: ["name"] }] });
client.queryUsers({ payload: { filter_conditions: {}, sort: [{ field: "name", direction: -1, type: "number" }] } });
client.deactivateUser({ user_id: "a", created_by_id: "b", mark_messages_deleted: true });
client.reactivateUser({ user_id: "a", name: "A", restore_messages: true });
client.createToken("a", 2, 1);
client.generateUserToken({ user_id: "a", validity_in_seconds: 60, call_cids: ["default:1"] });
client.generatePermanentUserToken({ user_id: "a", iat: 1, mine: [1] });
client.generateCallToken({ user_id: "a", call_cids: ["default:1"], role: "host", validity_in_seconds: 60 });
client.createCallToken("a", ["default:1"], 2, 1);
client.createCallToken({ user_id: "a", role: "host" }, ["default:1"]);
client.verifyWebhook(new Uint8Array(1), new Headers().get("x-signature"));
// @ts-expect-error it never expires
client.generatePermanentUserToken({ user_id: "a", exp: 1 });
// @ts-expect-error the calls are missing
client.generateCallToken({ user_id: "a" });
// @ts-expect-error one call is a list of one, too
client.createCallToken("a", "default:1");
// @ts-expect-error the body as it came, not what it says
client.verifyWebhook({ type: "user.updated" }, "");
client.listRoles();
client.listRoles({ signal: AbortSignal.timeout(1) });
client.listDevices();
client.listUserGroups({ created_at_gt: new Date(), limit: 2 });
client.getRateLimits({ server_side: true, endpoints: ["QueryUsers"] });
client.revokeUserToken("a", null);
client.revokeUserTokens(["a"], new Date(), { timeout: 1 });
client.updateApp({ revoke_tokens_issued_before: null });
client.moderation.ban({ target_user_id: "a", banned_by_id: "b", timeout: 5 });
client.chat.sendUserCustomEvent({ user_id: "a", event: { type: "hello" } });
client.request<{ list: string[] }>("GET", "/api/v2/x", { query: { a: [1] } }).then(({ list, metadata }) => {
  expect<Same<typeof list, string[]>>();
  expect<Same<typeof metadata, RequestMetadata>>();
});
// @ts-expect-error not a method
client.request("get", "/api/v2/x");
// @ts-expect-error a device needs a push service
client.createDevice({ id: "a" });
// @ts-expect-error nobody is banned
client.moderation.ban({ banned_by_id: "b" });
// @ts-expect-error a user needs an id
client.upsertUsers([{ name: "A" }]);
// @ts-expect-error an id is a string
client.upsertUsers([{ id: 1 }]);
// @ts-expect-error a list, not one user
client.upsertUsers({ id: "a" });
// @ts-expect-error no such field
client.upsertUsers([{ id: "a", nickname: "A" }]);
// @ts-expect-error custom data is an object
client.upsertUsers([{ id: "a", custom: "red" }]);
// @ts-expect-error the payload has its own place
client.queryUsers({ filter_conditions: {} });
// @ts-expect-error ascending or descending
client.queryUsers({ payload: { filter_conditions: {}, sort: [{ field: "name", direction: 2 }] } });
// @ts-expect-error the user is missing
client.deactivateUser({});
// @ts-expect-error the user is missing
client.generateUserToken({ exp: 1 });
// @ts-expect-error a server's client needs its secret
new StreamClient("key");

// Without a declaration of one's own, custom data is unknown until looked at.
declare const user: FullUserResponse;
expect<Same<FullUserResponse["custom"], Record<string, unknown>>>();
expect<Same<typeof user.custom.color, unknown>>();
expect<Same<NonNullable<UserRequest["custom"]>, Record<string, unknown>>>();
// A type argument says otherwise for one value.
declare const painter: FullUserResponse<{ color: string }>;
expect<Same<typeof painter.custom.color, string>>();

// Options of a call come last.
const options: RequestOptions = { signal: AbortSignal.timeout(1), timeout: 1, headers: { a: "b" } };
const payload: QueryUsersPayload = { filter_conditions: { $or: [{ id: "a" }, { name: { $autocomplete: "b" } }] } };
client.queryUsers({ payload }, options);
client.waitForTask("id", {
  pollInterval: 1,
  timeout: 2,
  onProgress: (task) => {
    expect<Same<typeof task, StreamResponse<GetTaskResponse>>>();
  },
});
// @ts-expect-error milliseconds, not words
client.getTask({ id: "a" }, { timeout: "1s" });
// @ts-expect-error no such option
client.getTask({ id: "a" }, { retries: 1 });

// An error's kind is one of a few words, so that a switch can be complete.
export function describe(error: StreamError): string {
  switch (error.kind) {
    case "invalid_argument":
      return error.field ?? "";
    case "task_failed":
      return error.task?.status ?? "";
    case "config":
    case "invalid_request":
    case "authentication":
    case "permission":
    case "not_found":
    case "rate_limit":
    case "server":
    case "connection":
    case "timeout":
    case "response":
    case "token_provider":
    case "aborted":
    case "internal":
      return error.message;
  }
}
expect<Same<StreamError["kind"], StreamErrorKind>>();
expect<Same<StreamError["code"], number | undefined>>();
expect<Same<StreamError["status"], number | undefined>>();
expect<Same<StreamError["cause"], unknown>>();
expect<Same<NonNullable<StreamError["metadata"]>["clientRequestId"], string>>();
expect<Same<NonNullable<StreamError["metadata"]>["responseCode"], number | undefined>>();
expect<Same<StreamError["outcome"], RequestOutcome | undefined>>();
expect<Same<APIError["StatusCode"], number>>();
// @ts-expect-error not a kind
export const wrong: StreamErrorKind = "oops";
// @ts-expect-error only the package makes them
new StreamError();
