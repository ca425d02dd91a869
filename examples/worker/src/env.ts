/** The bindings in wrangler.jsonc, and the secrets. */
export interface Env {
  STREAM_API_KEY: string;
  STREAM_API_SECRET: string;
  /** The address of another API, such as the emulator. */
  STREAM_BASE_URL?: string;
  /** The secret with which the backend signs its calls: `whsec_` and base64. */
  HOOK_SECRET: string;
  /** The origin of the page that requests guests; empty for none. */
  ALLOWED_ORIGIN: string;
  GUEST_LIMIT: RateLimit;
}
