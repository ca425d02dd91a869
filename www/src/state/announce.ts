import { signal } from "@preact/signals";

/** The next announcement for screen readers. */
export const announcement = signal("");

export function announce(text: string): void {
  // A repeated message must be announced again: the space makes it a different text.
  announcement.value = announcement.peek() === text ? `${text} ` : text;
}
