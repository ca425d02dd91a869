// Imports users and stores checkpoints in a file, from which the next run continues. Prints each checkpoint, and finally the
// result.
//
//   node resumable.mjs USERS FILE RUN

import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { StreamClient } from "getstream-users";
import { upsertMany } from "getstream-users/bulk";

const [count, file, run] = process.argv.slice(2);
const { STREAM_BASE_URL: basePath, STREAM_API_KEY: apiKey, STREAM_API_SECRET: secret } = process.env;
const client = new StreamClient(apiKey, secret, { basePath, timeout: 60_000 });

function* everybody() {
  for (let index = 0; index < Number(count); index++) yield { id: `user-${index}`, custom: { index, run } };
}

const { succeeded, failed, skipped } = await upsertMany(client, everybody(), {
  chunkSize: 10,
  resume: existsSync(file) ? readFileSync(file, "utf8") : undefined,
  onCheckpoint(token) {
    // Never half written: it takes its place as a whole.
    writeFileSync(`${file}.new`, token);
    renameSync(`${file}.new`, file);
    console.log(token);
  },
});
console.log(JSON.stringify({ succeeded, failed: failed.length, skipped }));
