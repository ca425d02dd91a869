import { signal } from "@preact/signals";

/** What a screen reader is told next. */
export const announcement = signal("");

export function announce(text: string): void {
  // The same words twice are two announcements: the space makes them another text.
  announcement.value = announcement.peek() === text ? `${text} ` : text;
}
