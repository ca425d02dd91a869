// The consumer of the queue. A message may arrive twice, or after its chunk is done: upserts may be repeated, and the import
// counts every chunk once.
import { isRateLimitError } from "getstream-users";
import type { Chunk } from "./chunk";
import type { Env } from "./env";
import { giveUp, upsert } from "./upsert";

/** As many connections as a Worker may have open. */
const LANES = 6;
const LONGEST_DELAY_S = 300;

export async function consume({ messages }: MessageBatch<Chunk>, env: Env): Promise<void> {
  const waiting = [...messages];
  const lane = async () => {
    for (let message = waiting.shift(); message; message = waiting.shift()) await attempt(message, env);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

async function attempt(message: Message<Chunk>, env: Env): Promise<void> {
  const { body: chunk, attempts } = message;
  const progress = env.IMPORTS.getByName(chunk.import);
  try {
    const outcome = await upsert(chunk, env);
    await progress.report(chunk, outcome);
    message.ack();
  } catch (error) {
    message.retry({ delaySeconds: delayAfter(error, attempts, env.RETRY_SECONDS) });
    // The chunk is retried whether this is recorded or not.
    await progress.noteTrouble(chunk, reasonOf(error)).catch(() => {});
  }
}

/** The delay before a chunk is retried. */
function delayAfter(error: unknown, attempts: number, first: number): number {
  if (isRateLimitError(error) && error.retryAfter !== undefined) return Math.ceil(error.retryAfter / 1000);
  return Math.min(LONGEST_DELAY_S, first * 2 ** Math.min(attempts - 1, 16));
}

/** Handles chunks that failed too often: lists their users as failed, with the last reason. */
export async function bury({ messages }: MessageBatch<Chunk>, env: Env): Promise<void> {
  for (const message of messages) {
    const { body: chunk } = message;
    const progress = env.IMPORTS.getByName(chunk.import);
    const reason = await progress.troubleOf(chunk.number);
    await progress.report(chunk, await giveUp(chunk, env, `given up: ${reason}`));
    message.ack();
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
