// The size of each pane, as the visitor has dragged or folded it. It is stored across visits.

import { effect, signal } from "@preact/signals";

export interface Layout {
  /** The dock, in percent of the window's height. */
  dock?: number;
  /** The request's pane, in percent of the space that it shares with the response. */
  request?: number;
  /** The list of operations, in percent of the window's width. */
  sidebar?: number;
  isDockFolded?: boolean;
  isSidebarFolded?: boolean;
}

/** The minimum and maximum size of a pane, in percent. */
export const BOUNDS = { dock: [12, 80], request: [20, 80], sidebar: [10, 40] } as const;

const KEY = "layout";

export const layout = signal<Layout>(stored());

function stored(): Layout {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    // Nothing was stored, or it is invalid.
    return {};
  }
}

export function resize(pane: keyof typeof BOUNDS, percent: number | undefined): void {
  const { [pane]: _, ...others } = layout.peek();
  const [least, most] = BOUNDS[pane];
  layout.value = percent === undefined ? others : { ...others, [pane]: Math.min(most, Math.max(least, percent)) };
}

export function fold(pane: "isDockFolded" | "isSidebarFolded", isFolded: boolean): void {
  layout.value = { ...layout.peek(), [pane]: isFolded };
}

effect(() => {
  const { dock, request, sidebar } = layout.value;
  set("--dock-height", dock, "vh");
  set("--sidebar-width", sidebar, "vw");
  set("--request-share", request, "fr");
  set("--answer-share", request === undefined ? undefined : 100 - request, "fr");
  try {
    localStorage.setItem(KEY, JSON.stringify(layout.value));
  } catch {
    // The browser does not store anything for this page: the sizes are lost when it is closed.
  }
});

function set(name: string, value: number | undefined, unit: string): void {
  const { style } = document.documentElement;
  if (typeof value === "number") style.setProperty(name, `${value}${unit}`);
  else style.removeProperty(name);
}
