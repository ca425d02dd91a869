// What happens once the page is there: shortcuts, and the emulator, after the first paint.

import { effect } from "@preact/signals";
import { emulatorInPage, inPage } from "../state/emulator.ts";
import { look } from "../state/faults.ts";
import { target } from "../state/target.ts";
import { refresh, world } from "../state/world.ts";
import { onKeyDown } from "./shortcuts.ts";

export function begin(): void {
  addEventListener("keydown", onKeyDown);
  requestAnimationFrame(() => setTimeout(followTarget));
}

/** Shows what the target's emulator knows, each time there is another target. */
function followTarget(): void {
  effect(() => {
    const { where } = target.value;
    world.value = { status: "loading" };
    if (where === "page" && inPage.peek().status !== "ready") {
      emulatorInPage().then(readAll, ({ message }: Error) => {
        world.value = { status: "unknown", reason: message };
      });
    } else {
      readAll();
    }
  });
}

function readAll(): void {
  refresh();
  look();
}
