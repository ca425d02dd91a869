// The little that is used of it. Its own types want those of Node, which are at odds with a Worker's.
declare module "papaparse" {
  /** Reads a CSV; never throws. */
  export function parse(
    text: string,
    options: { delimiter: string },
  ): { data: string[][]; errors: { row: number; message: string }[] };
}
