// The file that an import reads.

/** The format of the file. */
export type Format = "csv" | "ndjson";

/** A file of users. */
export interface Source {
  object: string;
  /** Its version, which changes when the file is replaced. */
  etag: string;
  format: Format;
  /** The first record of a CSV. */
  columns?: string[];
}

/** Reads a part of the file from R2. */
export async function read(files: R2Bucket, source: Source, start: number, end: number): Promise<Uint8Array> {
  const options = { range: { offset: start, length: end - start }, onlyIf: { etagMatches: source.etag } };
  const part = await files.get(source.object, options);
  if (part === null) throw new Error("the file is gone");
  if (!("body" in part)) throw new Error("the file has been replaced");
  return part.bytes();
}
