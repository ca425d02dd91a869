// A server's client for the app in the environment; all scripts here use it.
import { StreamClient } from "getstream-users";

export const ENVIRONMENT = `Environment:
  STREAM_API_KEY, STREAM_API_SECRET   those of your app
  STREAM_BASE_URL                     another API than Stream's own, such as the emulator`;

export function clientFromEnvironment() {
  const { STREAM_API_KEY: apiKey, STREAM_API_SECRET: secret, STREAM_BASE_URL: basePath } = process.env;
  if (!apiKey || !secret) throw new Error("set STREAM_API_KEY and STREAM_API_SECRET to those of your app");
  return new StreamClient(apiKey, secret, basePath ? { basePath } : {});
}

/** Ends the script with the error's message instead of its stack. */
export async function run(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
