// Where records end in a file. Knowing that much takes no parser, so a file of any size is cut up quickly; whoever gets
// a piece parses it.
import type { Format } from "./source";

/** As many users as a call takes. */
export const CHUNK = 100;

const NEWLINE = 0x0a;
const SPACE = 0x20;
const QUOTE = 0x22;

interface Cut {
  /** Where it ends, counted from the beginning of the bytes. */
  end: number;
  /** How many users are in it. */
  users: number;
}

/**
 * The records in a part of a file that begins with one. A record ends with its line; in a CSV, not within quotes, which
 * are doubled inside of quotes. The last one counts only if the file ends with it, or it has a line's end.
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

/** Cuts a part of a file into chunks. What follows the last of them is for the next part. */
export function cut(bytes: Uint8Array, format: Format, isLast: boolean): Cut[] {
  const chunks: Cut[] = [];
  let open: Cut = { end: 0, users: 0 };
  for (const { end, users } of records(bytes, format, isLast)) {
    open = { end, users: open.users + users };
    if (open.users < CHUNK) continue;
    chunks.push(open);
    open = { end, users: 0 };
  }
  // Users so large that a hundred do not fit into the part go in smaller chunks.
  const isAllThereIs = isLast || chunks.length === 0;
  return isAllThereIs && open.users > 0 ? [...chunks, open] : chunks;
}

/** Where the first record ends, which has a CSV's columns. */
export function firstEnd(bytes: Uint8Array, format: Format, isLast: boolean): number | undefined {
  return records(bytes, format, isLast).next().value?.end;
}
