// Output: results on stdout, progress and errors on stderr.

import picocolors from "picocolors";

type Colors = ReturnType<typeof picocolors.createColors>;

/** Colours of a stream: none in pipes and files, none where https://no-color.org asks for none. */
function colorsOf(stream: NodeJS.WriteStream): Colors {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  const isForced = FORCE_COLOR !== undefined && FORCE_COLOR !== "" && FORCE_COLOR !== "0";
  const isWanted = isForced || (stream.isTTY === true && TERM !== "dumb");
  return picocolors.createColors(isWanted && (NO_COLOR === undefined || NO_COLOR === ""));
}

export const out = colorsOf(process.stdout);
export const err = colorsOf(process.stderr);

/** How many columns a stream has. */
export function widthOf(stream: NodeJS.WriteStream): number {
  return stream.columns || 80;
}

/** A result: a line on stdout. */
export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** A result for programs. */
export function printJson(value: unknown): void {
  print(JSON.stringify(value));
}

/** Something about the work: a line on stderr. */
export function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Whether somebody is there who can be asked. */
export function canAsk(): boolean {
  return process.stdin.isTTY === true && process.stderr.isTTY === true;
}

/** A text without control characters, so that data cannot steer the terminal. */
export function plain(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not get through
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, " ");
}

/** A number with separators: `12,345`. */
export function count(number: number): string {
  return number.toLocaleString("en-US");
}

/** A number of things: `1 user`, `2 users`. */
export function counted(number: number, noun: string): string {
  return `${count(number)} ${noun}${number === 1 ? "" : "s"}`;
}
