// Finds where records end in a file. That needs no parser, so files of any size are split quickly; the consumer parses its
// chunk.
import type { Format } from "./source";

/** The maximum number of users in a call. */
export const CHUNK = 100;

const NEWLINE = 0x0a;
const SPACE = 0x20;
const QUOTE = 0x22;

interface Cut {
  /** The offset of its end in the bytes. */
  end: number;
  /** The number of users in it. */
  users: number;
}

/**
 * The records in a part of a file. The part begins with a record. A record ends at a line break; in a CSV, not inside quotes,
 * where quotes are doubled. The last record counts only if it has a line break or the file ends there.
 */
function* records(bytes: Uint8Array, format: Format, isLast: boolean): Generator<Cut> {
  let isQuoted = false;
  let isBlank = true;
  let end = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] as number;
    if (byte === QUOTE && format === "csv") isQuoted = !isQuoted;
    if (byte > SPACE) isBlank = false;
    if (byte !== NEWLINE || isQuoted) continue;
    end = at + 1;
    yield { end, users: isBlank ? 0 : 1 };
    isBlank = true;
  }
  if (isLast && end < bytes.length) yield { end: bytes.length, users: isBlank ? 0 : 1 };
}

/** Splits a part of a file into chunks. The bytes after the last chunk belong to the next part. */
export function cut(bytes: Uint8Array, format: Format, isLast: boolean): Cut[] {
  const chunks: Cut[] = [];
  let open: Cut = { end: 0, users: 0 };
  for (const { end, users } of records(bytes, format, isLast)) {
    open = { end, users: open.users + users };
    if (open.users < CHUNK) continue;
    chunks.push(open);
    open = { end, users: 0 };
  }
  // If a hundred users do not fit into the part, the chunk is smaller.
  const isAllThereIs = isLast || chunks.length === 0;
  return isAllThereIs && open.users > 0 ? [...chunks, open] : chunks;
}

/** The end of the first record, which has a CSV's columns. */
export function firstEnd(bytes: Uint8Array, format: Format, isLast: boolean): number | undefined {
  return records(bytes, format, isLast).next().value?.end;
}
