/** The bindings in wrangler.jsonc, and the secrets. */
export interface Env {
  DB: D1Database;
  STREAM_API_KEY: string;
  STREAM_API_SECRET: string;
  /** The address of another API, such as the emulator. */
  STREAM_BASE_URL?: string;
}
