// The emulator that `cargo xtask test` has started, and what its controls do.

export const { STREAM_BASE_URL: baseURL, STREAM_API_KEY: apiKey, STREAM_API_SECRET: apiSecret } = process.env;

/** Uses the emulator's controls. */
async function control(method, path) {
  const response = await fetch(`${baseURL}/__emulator${path}`, { method });
  if (!response.ok) throw new Error(await response.text());
  return response.json();
}

/** Makes an app of it in which nothing has happened yet. */
export const reset = () => control("POST", "/reset");
