// `export`: writes the users that match a filter to a file, or downloads all data of single users, which a task exports.

import { createWriteStream, mkdirSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import type { Writable } from "node:stream";
import { finished } from "node:stream/promises";
import type { StreamClient } from "getstream-users";
import { exportMany } from "getstream-users/bulk";
import { type CredentialOptions, clientOf } from "../credentials.js";
import { EXIT, Failure } from "../exit.js";
import { interruption } from "../interrupt.js";
import { Progress } from "../progress.js";
import { cell, csvLine } from "../table.js";
import { counted, plain, printJson, tell } from "../terminal.js";
import { filterOf } from "./query.js";

interface ExportOptions extends CredentialOptions {
  filter: string;
  output?: string;
  format?: string;
  includeDeactivated?: boolean;
  json?: boolean;
}

export async function exportUsers(ids: readonly string[], options: ExportOptions): Promise<void> {
  if (ids.length > 0) await exportData(ids, options);
  else await exportList(options);
}

/** The fields that a CSV has as columns of their own; custom data is JSON, so that an import reads it back. */
const COLUMNS = ["id", "name", "image", "role", "language", "teams", "created_at", "updated_at", "last_active"];

async function exportList(options: ExportOptions): Promise<void> {
  const { output } = options;
  const format = options.format ?? (output?.toLowerCase().endsWith(".csv") ? "csv" : "ndjson");
  if (format !== "csv" && format !== "ndjson") throw new Failure(`--format: ${format} is neither csv nor ndjson`);
  const filter = filterOf(options.filter);
  const client = await clientOf(options);
  const signal = interruption();
  const progress = new Progress("exported");
  const list = client.users(filter, {
    signal,
    ...(options.includeDeactivated && { include_deactivated_users: true }),
  });
  const target = openTarget(output);
  let written = 0;
  try {
    if (format === "csv") await write(target.stream, csvLine([...COLUMNS, "custom"]));
    for await (const user of list) {
      const row = user as unknown as Record<string, unknown>;
      const cells = () => csvLine([...COLUMNS.map((name) => cell(row[name])), cell(row.custom)]);
      await write(target.stream, format === "csv" ? cells() : JSON.stringify(user));
      written += 1;
      progress.update({ part: undefined, done: written, refused: 0 });
    }
    await target.commit();
  } catch (error) {
    target.discard();
    throw error;
  } finally {
    progress.end();
  }
  if (options.json && output !== undefined) printJson({ exported: written, output });
  else tell(`${counted(written, "user")} exported${output === undefined ? "" : ` to ${output}`}`);
}

/** A file that appears when it is complete, or stdout. */
function openTarget(output: string | undefined): {
  stream: Writable;
  commit(): Promise<void>;
  discard(): void;
} {
  if (output === undefined) return { stream: process.stdout, commit: async () => {}, discard: () => {} };
  const fresh = `${output}.tmp`;
  const stream = createWriteStream(fresh);
  return {
    stream,
    async commit() {
      stream.end();
      await finished(stream);
      renameSync(fresh, output);
    },
    discard() {
      stream.destroy();
      rmSync(fresh, { force: true });
    },
  };
}

async function write(stream: Writable, line: string): Promise<void> {
  if (!stream.write(`${line}\n`)) await new Promise((resolve) => stream.once("drain", resolve));
}

/** Exports all data of these users. The API creates files of up to 25 users, which are stored unchanged. */
async function exportData(ids: readonly string[], options: ExportOptions): Promise<void> {
  const client: StreamClient = await clientOf(options);
  const folder = options.output ?? ".";
  const { succeeded, failed, urls = [] } = await exportMany(client, ids, { signal: interruption() });
  mkdirSync(folder, { recursive: true });
  const files: string[] = [];
  for (const [index, url] of urls.entries()) {
    const file = path.join(folder, `export-${index + 1}${endingOf(url)}`);
    await download(url, file);
    files.push(file);
  }
  if (options.json) {
    const refusals = failed.map(({ id, error }) => ({ id, reason: error.message }));
    printJson({ exported: succeeded, refused: failed.length, files, refusals });
  } else {
    for (const { id, error } of failed) tell(`refused ${plain(id ?? "")}: ${plain(error.message)}`);
    for (const file of files) tell(`wrote ${file}`);
  }
  if (failed.length > 0) process.exitCode = EXIT.incomplete;
}

function endingOf(url: string): string {
  const ending = /(\.[a-z]+(?:\.gz)?)$/i.exec(new URL(url).pathname)?.[1];
  return ending ?? ".json";
}

async function download(url: string, file: string): Promise<void> {
  // Anybody with the URL can read the data, so no message contains it.
  const response = await fetch(url).catch((cause) => {
    throw new Failure("the exported file could not be downloaded", EXIT.api, cause);
  });
  if (!response.ok || response.body === null) {
    throw new Failure(`the exported file could not be downloaded: status ${response.status}`, EXIT.api);
  }
  const target = openTarget(file);
  try {
    for await (const chunk of response.body) {
      if (!target.stream.write(chunk)) await new Promise((resolve) => target.stream.once("drain", resolve));
    }
    await target.commit();
  } catch (error) {
    target.discard();
    throw error;
  }
}
