import type { Chunk } from "./chunk";
import type { Import } from "./import";

/** The bindings in wrangler.jsonc, and the secrets. */
export interface Env {
  STREAM_API_KEY: string;
  STREAM_API_SECRET: string;
  /** The address of another API, such as the emulator. */
  STREAM_BASE_URL?: string;
  /** The token that callers of the routes must send. */
  IMPORT_TOKEN: string;
  /** The delay before a chunk's first retry. */
  RETRY_SECONDS: number;
  /** The bucket with the files of users. */
  FILES: R2Bucket;
  CHUNKS: Queue<Chunk>;
  IMPORTS: DurableObjectNamespace<Import>;
}
