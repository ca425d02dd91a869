// Output: results on stdout, progress and errors on stderr.

import picocolors from "picocolors";

type Colors = ReturnType<typeof picocolors.createColors>;

/** The colours of a stream: none in pipes and files, or when `NO_COLOR` (https://no-color.org) is set. */
function colorsOf(stream: NodeJS.WriteStream): Colors {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  const isForced = FORCE_COLOR !== undefined && FORCE_COLOR !== "" && FORCE_COLOR !== "0";
  const isWanted = isForced || (stream.isTTY === true && TERM !== "dumb");
  return picocolors.createColors(isWanted && (NO_COLOR === undefined || NO_COLOR === ""));
}

export const out = colorsOf(process.stdout);
export const err = colorsOf(process.stderr);

/** The width of a stream in columns. */
export function widthOf(stream: NodeJS.WriteStream): number {
  return stream.columns || 80;
}

/** Prints a result to stdout. */
export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Prints a result as JSON. */
export function printJson(value: unknown): void {
  print(JSON.stringify(value));
}

/** Prints a message to stderr. */
export function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Whether there is a terminal for prompts. */
export function canAsk(): boolean {
  return process.stdin.isTTY === true && process.stderr.isTTY === true;
}

/** Removes control characters, so that data cannot control the terminal. */
export function plain(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not get through
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, " ");
}

/** Formats a number with separators: `12,345`. */
export function count(number: number): string {
  return number.toLocaleString("en-US");
}

/** A count with its noun: `1 user`, `2 users`. */
export function counted(number: number, noun: string): string {
  return `${count(number)} ${noun}${number === 1 ? "" : "s"}`;
}
