/** What wrangler.jsonc and the secrets bind. */
export interface Env {
  DB: D1Database;
  STREAM_API_KEY: string;
  STREAM_API_SECRET: string;
  /** Another API than Stream's own, such as the emulator. */
  STREAM_BASE_URL?: string;
}
