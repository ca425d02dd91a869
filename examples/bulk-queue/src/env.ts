import type { Chunk } from "./chunk";
import type { Import } from "./import";

/** What wrangler.jsonc and the secrets bind. */
export interface Env {
  STREAM_API_KEY: string;
  STREAM_API_SECRET: string;
  /** Another API than Stream's own, such as the emulator. */
  STREAM_BASE_URL?: string;
  /** What callers of the routes must have. */
  IMPORT_TOKEN: string;
  /** How long a chunk waits before it is tried again, the first time. */
  RETRY_SECONDS: number;
  /** Where the users come from. */
  FILES: R2Bucket;
  CHUNKS: Queue<Chunk>;
  IMPORTS: DurableObjectNamespace<Import>;
}
