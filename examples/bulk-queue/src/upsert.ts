// Sends the users of a chunk to Stream.
import { isRateLimitError, isStreamError, StreamClient, type UserRequest } from "getstream-users";
import { type BulkFailure, upsertMany } from "getstream-users/bulk";
import type { Chunk, Failure, Outcome } from "./chunk";
import type { Env } from "./env";
import { learn, opened, refused } from "./pace";
import { read } from "./source";
import { usersIn } from "./users";

let client: StreamClient | undefined;

function stream(env: Env): StreamClient {
  client ??= new StreamClient(env.STREAM_API_KEY, env.STREAM_API_SECRET, {
    basePath: env.STREAM_BASE_URL,
    timeout: 10_000,
    // `pace.ts` waits for all calls, so that no call waits by itself.
    onRateLimit: () => false,
  });
  return client;
}

/** Rejects with a failure of the whole chunk that may be transient; the outcome lists bad users. */
export async function upsert(chunk: Chunk, env: Env): Promise<Outcome> {
  const rows = usersIn(await read(env.FILES, chunk.source, chunk.start, chunk.end), chunk);
  const users = rows.flatMap((row) => ("user" in row ? [row.user] : []));
  const failed = users.length > 0 ? await send(stream(env), users) : [];

  const reasons = new Map(failed.map(({ user, error }) => [user, error.message]));
  const failures = rows.flatMap((row): Failure[] => {
    const reason = "user" in row ? reasons.get(row.user) : row.reason;
    return reason === undefined ? [] : [failure(row, reason)];
  });
  return { succeeded: rows.length - failures.length, failures };
}

/** The outcome of a chunk that is given up: all its users have failed. */
export async function giveUp(chunk: Chunk, env: Env, reason: string): Promise<Outcome> {
  const rows = usersIn(await read(env.FILES, chunk.source, chunk.start, chunk.end), chunk);
  return { succeeded: 0, failures: rows.map((row) => failure(row, "reason" in row ? row.reason : reason)) };
}

function failure(row: ReturnType<typeof usersIn>[number], reason: string): Failure {
  if (!("user" in row)) return { row: row.row, reason };
  return { row: row.row, id: row.user.id, reason, user: JSON.stringify(row.user) };
}

async function send(client: StreamClient, users: UserRequest[]): Promise<BulkFailure<UserRequest>[]> {
  await opened();
  try {
    const { metadata } = await client.upsertUsers(users);
    learn(metadata.rateLimit);
    return [];
  } catch (error) {
    if (!isStreamError(error)) throw error;
    learn(error.metadata?.rateLimit);
    if (isRateLimitError(error)) refused(error.retryAfter ?? 0);
    if (!isAbout(error.kind)) throw error;
    return isolate(client, users);
  }
}

/** Finds the bad users by sending ever smaller parts; the others succeed. */
async function isolate(client: StreamClient, users: UserRequest[]): Promise<BulkFailure<UserRequest>[]> {
  const { failed } = await upsertMany(client, users, { concurrency: 1, patience: 60_000 });
  const other = failed.find(({ error }) => !isAbout(error.kind));
  if (other) throw other.error;
  return failed;
}

/** Whether a failure is about the users that were sent, so that a retry is useless. */
function isAbout(kind: string): boolean {
  return kind === "invalid_argument" || kind === "invalid_request" || kind === "not_found";
}
