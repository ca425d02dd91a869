import { signal } from "@preact/signals";
import { HOME, type Target } from "../client/target.ts";

export const target = signal<Target>(HOME);
