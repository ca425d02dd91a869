// What a message of the queue says: which part of which file. The users themselves stay in the file, so no message comes
// near the queue's limit of 128 kB, and nobody's data waits in a queue.
import type { Source } from "./source";

/** Up to a hundred users, as many as a call takes. */
export interface Chunk {
  /** The import's id. */
  import: string;
  /** Which chunk of the import this is. The same number is always the same users. */
  number: number;
  source: Source;
  /** Where it begins and ends in the file. */
  start: number;
  end: number;
  /** Which user of the file its first one is, from 1. */
  row: number;
}

/** A user of a file who was not imported. */
export interface Failure {
  row: number;
  id?: string;
  reason: string;
  /** The user as JSON, if it could be read. */
  user?: string;
}

/** What came of a chunk. */
export interface Outcome {
  succeeded: number;
  failures: Failure[];
}
