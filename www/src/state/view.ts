// The open panels and dialogs of the page.

import { signal } from "@preact/signals";
import type { Runtime } from "../code/snippet.ts";

export const keyMapOpen = signal(false);
export const targetOpen = signal(false);
export const compareOpen = signal(false);
/** The list of operations, on a narrow screen. */
export const drawerOpen = signal(false);

export const DRAWER_BUTTON_ID = "drawer-button";

/** Closes the drawer without going anywhere: the focus returns to the button that opened it. */
export function closeDrawer(): void {
  drawerOpen.value = false;
  document.getElementById(DRAWER_BUTTON_ID)?.focus();
}

export type InputTab = "form" | "json" | "code";
export const inputTab = signal<InputTab>("form");

/** The runtime whose code is shown. */
export const runtime = signal<Runtime>("worker");

export type AnswerTab = "answer" | "headers" | "exchange";
export const answerTab = signal<AnswerTab>("answer");

export type DockTab = "users" | "requests" | "webhooks" | "online" | "tasks" | "history" | "settings";
export const dockTab = signal<DockTab>("users");
