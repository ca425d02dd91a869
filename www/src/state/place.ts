// The page's location, synchronized with the URL fragment.

import { computed, effect, signal } from "@preact/signals";
import { fragmentOf, type Place, placeOf } from "../app/link.ts";
import { operationOf, schema } from "../operations/catalog.ts";

const FIRST: Place = { view: "operation", operation: schema.operations[0]?.name ?? "" };

function fromAddress(): Place {
  const place = placeOf(location.hash);
  if (place?.view === "operation" && operationOf(place.operation) === undefined) return FIRST;
  return place ?? FIRST;
}

export const place = signal<Place>(fromAddress());

/** The selected operation; undefined for a tool. */
export const operation = computed(() =>
  place.value.view === "operation" ? operationOf(place.value.operation) : undefined,
);

/** Goes to a place, with an entry in the browser's history. */
export function go(next: Place): void {
  place.value = next;
  const fragment = fragmentOf(next);
  if (fragment !== location.hash) history.pushState(null, "", fragment);
}

// Back and forward, and a fragment that is typed or clicked.
addEventListener("popstate", () => {
  place.value = fromAddress();
});

effect(() => {
  const { value } = place;
  document.title = `${value.view === "tool" ? value.tool : value.operation} · getstream-users`;
});
