// The page's location as a URL fragment: an operation with its input, or a tool. It contains nothing of the target, so no
// key, secret or token can get into a link.

import { isTooDeep } from "../json/value.ts";

export const TOOLS = ["bulk", "tokens", "webhooks"] as const;
export type Tool = (typeof TOOLS)[number];

export type Place = { view: "operation"; operation: string; input?: unknown[] } | { view: "tool"; tool: Tool };

export function fragmentOf(place: Place): string {
  if (place.view === "tool") return `#tools/${place.tool}`;
  const input = place.input === undefined ? "" : `?input=${encodeURIComponent(JSON.stringify(place.input))}`;
  return `#${encodeURIComponent(place.operation)}${input}`;
}

/** The place in a fragment; `undefined` when there is none. Invalid input is left out. */
export function placeOf(fragment: string): Place | undefined {
  const [name = "", query = ""] = fragment.replace(/^#/, "").split("?", 2);
  const tool = TOOLS.find((tool) => name === `tools/${tool}`);
  if (tool !== undefined) return { view: "tool", tool };
  const operation = decoded(name);
  if (operation === undefined || operation === "") return undefined;
  const input = inputOf(query);
  return input === undefined ? { view: "operation", operation } : { view: "operation", operation, input };
}

function inputOf(query: string): unknown[] | undefined {
  const text = query.startsWith("input=") ? decoded(query.slice("input=".length)) : undefined;
  if (text === undefined) return undefined;
  try {
    const input: unknown = JSON.parse(text);
    return Array.isArray(input) && !isTooDeep(input) ? input : undefined;
  } catch {
    return undefined;
  }
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
