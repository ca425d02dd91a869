import { signal } from "@preact/signals";
import { EMULATOR_IN_PAGE, type Target } from "../client/target.ts";

export const target = signal<Target>(EMULATOR_IN_PAGE);
