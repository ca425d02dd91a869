// Reads the rows of a CSV, NDJSON or JSON file, one by one, so that memory does not grow with the file. Only a JSON array is
// read as a whole.

import { createReadStream, statSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { parse } from "csv-parse";
import { Failure } from "./exit.js";

export type Format = "csv" | "json" | "ndjson" | "text";

/** A row of the file. */
export interface Row {
  /** Its number, counted from 1: the line of NDJSON and text, the row of a spreadsheet, the position in a JSON array. */
  number: number;
  /** Its content: cells by column, an object, or an id. */
  value: unknown;
}

export interface RowSource {
  /** Its name in messages. */
  name: string;
  format: Format;
  /** How much was read, from 0 to 1, if known. */
  part(): number | undefined;
  rows(): AsyncGenerator<Row>;
}

const FORMATS: readonly Format[] = ["csv", "json", "ndjson", "text"];
const BY_ENDING: Readonly<Record<string, Format>> = {
  ".csv": "csv",
  ".tsv": "csv",
  ".json": "json",
  ".ndjson": "ndjson",
  ".jsonl": "ndjson",
  ".txt": "text",
};

export interface RowOptions {
  format?: string;
  delimiter?: string;
}

/** @throws Failure when the file does not exist, or its format is unknown */
export function rowSource(file: string, { format, delimiter }: RowOptions, formats = FORMATS): RowSource {
  const known = format ?? BY_ENDING[path.extname(file).toLowerCase()];
  if (known === undefined || !formats.includes(known as Format)) {
    const reason =
      format === undefined
        ? `${nameOf(file)}: the name does not show the format`
        : `--format: ${format} is not a format`;
    throw new Failure(`${reason}; pass --format ${formats.join(" or ")}`);
  }
  const size = file === "-" ? undefined : sizeOf(file);
  const separator = delimiter ?? (file.toLowerCase().endsWith(".tsv") ? "\t" : ",");
  let bytesRead = 0;
  return {
    name: nameOf(file),
    format: known as Format,
    part: () => (size === undefined ? undefined : size === 0 ? 1 : Math.min(1, bytesRead / size)),
    async *rows() {
      const input = file === "-" ? process.stdin : createReadStream(file);
      input.on("data", (chunk: Buffer) => {
        bytesRead += chunk.length;
      });
      // A `data` listener would start the stream before its reader.
      input.pause();
      try {
        yield* readers[known as Format](input, nameOf(file), separator);
      } catch (error) {
        if (error instanceof Failure) throw error;
        throw new Failure(`${nameOf(file)}: ${(error as Error).message}`, undefined, error);
      } finally {
        if (file !== "-") input.destroy();
      }
    },
  };
}

const readers: Readonly<Record<Format, (input: Readable, name: string, separator: string) => AsyncGenerator<Row>>> = {
  csv: readCsv,
  json: readJson,
  ndjson: readNdjson,
  text: readText,
};

async function* readCsv(input: Readable, _name: string, separator: string): AsyncGenerator<Row> {
  const parser = parse({ columns: true, bom: true, skip_empty_lines: true, delimiter: separator });
  input.once("error", (error) => parser.destroy(error));
  // The names of the columns are row 1.
  let number = 1;
  for await (const value of input.pipe(parser)) yield { number: ++number, value };
}

async function* readNdjson(input: Readable, name: string): AsyncGenerator<Row> {
  for await (const { number, value: line } of readLines(input)) {
    if (line === "") continue;
    try {
      yield { number, value: JSON.parse(line) };
    } catch (error) {
      throw new Failure(`${name}: line ${number} is not JSON: ${(error as Error).message}`);
    }
  }
}

async function* readText(input: Readable): AsyncGenerator<Row> {
  for await (const row of readLines(input)) if (row.value !== "") yield row;
}

async function* readLines(input: Readable): AsyncGenerator<{ number: number; value: string }> {
  // A line reader drops the error of what it reads from.
  let failure: unknown;
  input.once("error", (error) => {
    failure = error;
  });
  let number = 0;
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1;
    yield { number, value: (number === 1 ? line.replace(/^\uFEFF/, "") : line).trim() };
  }
  if (failure !== undefined) throw failure;
}

async function* readJson(input: Readable, name: string): AsyncGenerator<Row> {
  const text = Buffer.concat(await input.toArray()).toString("utf8");
  let list: unknown;
  try {
    list = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    throw new Failure(`${name} is not JSON: ${(error as Error).message}`);
  }
  if (!Array.isArray(list)) throw new Failure(`${name} must be an array; pass --format ndjson for one object per line`);
  for (const [index, value] of list.entries()) yield { number: index + 1, value };
}

function nameOf(file: string): string {
  return file === "-" ? "stdin" : file;
}

function sizeOf(file: string): number | undefined {
  try {
    const stats = statSync(file);
    if (stats.isDirectory()) throw new Error(`${file} is a folder`);
    return stats.isFile() ? stats.size : undefined;
  } catch (error) {
    throw new Failure((error as Error).message);
  }
}
