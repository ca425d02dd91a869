// Makes Stream's users equal to the table of accounts, each night.
import { isStreamError, StreamClient } from "getstream-users";
import { type SyncResult, syncUsers } from "getstream-users/bulk";
import { usersOf } from "./accounts";
import type { Env } from "./env";

/** The maximum number of failures to log; the total is always recorded. */
const MOST_LOGGED = 20;

const NOTHING: Omit<SyncResult, "checkpoint"> = {
  done: 0,
  created: 0,
  changed: 0,
  unchanged: 0,
  reactivated: 0,
  removed: 0,
  failed: [],
};

export default {
  async scheduled({ scheduledTime }, env) {
    const client = StreamClient.fromEnv(env);
    const started = new Date(scheduledTime).toISOString();
    try {
      // Users without an account are deactivated and keep their messages. More than a tenth of all users at once is an error, so
      // that a table that was emptied by mistake does not sign everybody out.
      const result = await syncUsers(client, usersOf(env.DB), { missing: "deactivate" });
      for (const { id, action, error } of result.failed.slice(0, MOST_LOGGED)) {
        console.error(JSON.stringify({ id, action, kind: error.kind, message: error.message }));
      }
      await note(env.DB, started, result, null);
    } catch (error) {
      await note(env.DB, started, NOTHING, isStreamError(error) ? error.message : String(error));
      // Cloudflare reports the run as failed.
      throw error;
    }
  },
} satisfies ExportedHandler<Env>;

async function note(
  db: D1Database,
  started: string,
  { created, changed, reactivated, removed, failed }: Omit<SyncResult, "checkpoint">,
  problem: string | null,
): Promise<void> {
  await db
    .prepare("INSERT OR REPLACE INTO mirror_runs VALUES (?, ?, ?, ?, ?, ?, ?)")
    .bind(started, created, changed, reactivated, removed, failed.length, problem)
    .run();
}
