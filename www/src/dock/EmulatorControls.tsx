// Switches for the emulator's faults, and its reset. Stream has neither.

import { announce } from "../state/announce.ts";
import { control, reset } from "../state/emulator.ts";
import { look, TROUBLES, toggle, troubles } from "../state/faults.ts";
import { forgetTasks } from "../state/tasks.ts";
import { refresh } from "../state/world.ts";
import { Icon } from "../ui/Icon.tsx";
import { reasonOf } from "../ui/reason.ts";

export function EmulatorControls() {
  if (control.value === undefined) return null;
  return (
    <div class="controls">
      <fieldset class="faults">
        <legend>Faults</legend>
        {TROUBLES.map((trouble) => {
          const left = troubles.value.get(trouble.name);
          return (
            <button
              key={trouble.name}
              type="button"
              class="fault"
              aria-pressed={left !== undefined}
              data-fault={trouble.name}
              title={trouble.about}
              onClick={() => toggle(trouble).catch(refused)}
            >
              {trouble.label}
              {left !== undefined && <span class="left">{left}</span>}
            </button>
          );
        })}
      </fieldset>
      <button
        type="button"
        class="button quiet"
        id="reset"
        title="Delete all state, and add the page's users again"
        onClick={() => beginAgain().catch(refused)}
      >
        <Icon name="replay" />
        Reset
      </button>
    </div>
  );
}

/** Resets the app to its state when the page was opened. */
async function beginAgain(): Promise<void> {
  forgetTasks();
  await reset();
  void refresh();
  await look();
  announce("The emulator was reset");
}

function refused(error: unknown): void {
  announce(reasonOf(error));
}
