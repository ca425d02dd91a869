// The part of papaparse that is used. Its own types need Node's, which conflict with a Worker's.
declare module "papaparse" {
  /** Reads a CSV; never throws. */
  export function parse(
    text: string,
    options: { delimiter: string },
  ): { data: string[][]; errors: { row: number; message: string }[] };
}
