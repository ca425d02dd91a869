/** What `look` finds once it finds something; undefined when the time is over. */
export async function until(milliseconds, look) {
  for (const end = performance.now() + milliseconds; performance.now() < end; ) {
    const found = await look();
    if (found !== undefined && found !== null) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return undefined;
}
