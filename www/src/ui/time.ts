/** The time of day, to the second. */
export function timeOf(at: Date): string {
  return at.toLocaleTimeString("en-GB");
}
