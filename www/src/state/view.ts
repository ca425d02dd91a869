// What is open on the page.

import { signal } from "@preact/signals";
import type { Runtime } from "../code/snippet.ts";

export const keyMapOpen = signal(false);
export const targetOpen = signal(false);
export const compareOpen = signal(false);
/** The list of operations, on a narrow screen. */
export const drawerOpen = signal(false);

export type InputTab = "form" | "json" | "code";
export const inputTab = signal<InputTab>("form");

/** Whose code is shown. */
export const runtime = signal<Runtime>("worker");

export type AnswerTab = "answer" | "headers" | "exchange";
export const answerTab = signal<AnswerTab>("answer");

export type DockTab = "users" | "tasks" | "history";
export const dockTab = signal<DockTab>("users");
