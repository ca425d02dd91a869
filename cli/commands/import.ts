// `import` and `update`: users from a file.

import type { UpdateUserPartialRequest, UserRequest } from "getstream-users";
import { updatePartialMany, upsertMany } from "getstream-users/bulk";
import { type CredentialOptions, clientOf } from "../credentials.js";
import { Failure } from "../exit.js";
import { type Entry, type JobOptions, runJob } from "../job.js";
import { type Mapped, mappingOf } from "../mapping.js";
import { type RowOptions, rowSource } from "../rows.js";

export interface FileOptions extends JobOptions, CredentialOptions, RowOptions {
  map?: string[];
  unset?: string[];
}

/** The formats with fields. */
const FORMATS = ["csv", "json", "ndjson"] as const;

export async function importUsers(file: string, options: FileOptions): Promise<void> {
  const source = rowSource(file, options, FORMATS);
  const mapping = mappingOf(options.map);
  const client = options.dryRun ? undefined : await clientOf(options);
  await runJob<UserRequest>(
    {
      command: "import",
      done: "imported",
      file,
      part: source.part,
      async *entries() {
        for await (const row of source.rows()) yield entryOf(mapping(row), (user) => user);
      },
      run: (items, bulk) => upsertMany(needed(client), items, bulk),
    },
    options,
  );
}

export async function updateUsers(file: string, options: FileOptions): Promise<void> {
  const source = rowSource(file, options, FORMATS);
  const mapping = mappingOf(options.map);
  const { unset } = options;
  const client = options.dryRun ? undefined : await clientOf(options);
  await runJob<UpdateUserPartialRequest>(
    {
      command: "update",
      done: "updated",
      file,
      part: source.part,
      async *entries() {
        for await (const row of source.rows()) {
          yield entryOf(mapping(row), ({ id, custom, ...own }) => ({
            id,
            set: { ...custom, ...own },
            ...(unset !== undefined && { unset }),
          }));
        }
      },
      run: (items, bulk) => updatePartialMany(needed(client), items, bulk),
    },
    options,
  );
}

function entryOf<Item>(mapped: Mapped, make: (user: NonNullable<Mapped["user"]>) => Item): Entry<Item> {
  const { number: row, id } = mapped;
  return mapped.user === undefined ? { row, id, reason: mapped.reason } : { row, id, item: make(mapped.user) };
}

/** The client; a dry run has none. */
export function needed<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Failure("nothing can be sent in a dry run");
  return value;
}
