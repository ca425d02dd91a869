/** The time of a day, to the second. */
export function timeOf(at: Date): string {
  return at.toLocaleTimeString("en-GB");
}
