// A client that imports users and may be killed at any time: it goes on from the checkpoint that it wrote last.

import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { StreamClient } from "getstream-users";
import { upsertMany } from "getstream-users/bulk";
import { rows } from "./rows.mjs";

const { basePath, seed, count, checkpoint } = JSON.parse(process.argv[2]);
const client = new StreamClient("devkey", "devsecret", { basePath, timeout: 20_000 });

/** The whole file or none of it. */
function write(file, text) {
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
}

const resume = existsSync(checkpoint) ? readFileSync(checkpoint, "utf8") : undefined;
const { failed } = await upsertMany(client, rows(seed, count), {
  chunkSize: 10,
  ...(resume && { resume }),
  onCheckpoint: (token) => write(checkpoint, token),
});
if (failed.length > 0) throw failed[0].error;
