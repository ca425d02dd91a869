// The content of a queue message: a part of a file. The users themselves stay in the file, so messages stay far below the
// queue's limit of 128 kB, and the queue contains no personal data.
import type { Source } from "./source";

/** Up to a hundred users, the maximum of a call. */
export interface Chunk {
  /** The import's id. */
  import: string;
  /** The number of the chunk. The same number always means the same users. */
  number: number;
  source: Source;
  /** Where it begins and ends in the file. */
  start: number;
  end: number;
  /** The position of its first user in the file, from 1. */
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

/** The result of a chunk. */
export interface Outcome {
  succeeded: number;
  failures: Failure[];
}
