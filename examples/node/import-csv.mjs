// Imports users from a CSV file of any length, with a progress bar. Rows that Stream refuses are listed at the end.
import { createReadStream, existsSync, readFileSync, writeFileSync } from "node:fs";
import { stat } from "node:fs/promises";
import { parseArgs } from "node:util";
import { parse } from "csv-parse";
import { upsertMany } from "getstream-users/bulk";
import { clientFromEnvironment, ENVIRONMENT, run } from "./client.mjs";

const HELP = `Usage: node import-csv.mjs FILE [--checkpoint FILE]

The first row names the columns. id is required; name, image, role and language are fields of the user, every other
column becomes a custom field. Empty cells are left out. Existing users are replaced.

  --checkpoint FILE   records the progress; run again with it, the import continues from there
  --help

${ENVIRONMENT}`;
const FIELDS = new Set(["id", "name", "image", "role", "language"]);
const WIDTH = 40;

function userOf(row) {
  const cells = Object.entries(row).filter(([, cell]) => cell !== "");
  const own = cells.filter(([column]) => FIELDS.has(column));
  const custom = cells.filter(([column]) => !FIELDS.has(column));
  return { ...Object.fromEntries(own), custom: Object.fromEntries(custom) };
}

async function* usersOf(rows) {
  for await (const row of rows) yield userOf(row);
}

function draw(part, { succeeded, failed }) {
  const done = Math.round(part * WIDTH);
  const bar = "#".repeat(done).padEnd(WIDTH, ".");
  const start = process.stderr.isTTY ? "\r" : "";
  const end = process.stderr.isTTY ? "" : "\n";
  process.stderr.write(`${start}[${bar}] ${Math.round(part * 100)} %, ${succeeded} imported, ${failed} refused${end}`);
}

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { checkpoint: { type: "string" }, help: { type: "boolean" } },
  });
  const [file] = positionals;
  if (values.help || !file) {
    console.log(HELP);
    return values.help ? 0 : 2;
  }
  const { checkpoint } = values;
  const { size } = await stat(file);
  const source = createReadStream(file);
  const rows = source.pipe(parse({ columns: true, bom: true, skip_empty_lines: true }));
  source.once("error", (error) => rows.destroy(error));

  const { succeeded, failed } = await upsertMany(clientFromEnvironment(), usersOf(rows), {
    resume: checkpoint && existsSync(checkpoint) ? readFileSync(checkpoint, "utf8") : undefined,
    onCheckpoint: (token) => checkpoint && writeFileSync(checkpoint, token),
    onProgress: (progress) => draw(source.bytesRead / size, progress),
  });
  if (process.stderr.isTTY) process.stderr.write("\n");
  for (const { id, error } of failed) console.log(`${id ?? "(no id)"}: ${error.message}`);
  console.error(`${succeeded} imported, ${failed.length} refused`);
  return failed.length > 0 ? 1 : 0;
}

await run(main);
