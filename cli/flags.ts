// Flags that several commands share.

import type { Command } from "commander";

/** Adds the flags that select the app. */
export function withCredentials(command: Command): Command {
  return command
    .option("--api-key <key>", "key of the app [STREAM_API_KEY]")
    .option("--secret-file <file>", "file that holds the app's secret [STREAM_API_SECRET]; - is stdin")
    .option("--base-url <url>", "address of the API, if not Stream's own [STREAM_BASE_URL]")
    .option("--env-file <file>", "file with these variables [.env, .dev.vars]");
}
