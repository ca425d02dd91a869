/** What wrangler.jsonc and the secrets bind. */
export interface Env {
  STREAM_API_KEY: string;
  STREAM_API_SECRET: string;
  /** Another API than Stream's own, such as the emulator. */
  STREAM_BASE_URL?: string;
  /** What the backend signs its calls with: `whsec_` and base64. */
  HOOK_SECRET: string;
  /** The origin of the page that asks for guests; empty for none. */
  ALLOWED_ORIGIN: string;
  GUEST_LIMIT: RateLimit;
}
