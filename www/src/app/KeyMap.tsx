import { keyMapOpen } from "../state/view.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { SHORTCUTS } from "./shortcuts.ts";

export function KeyMap() {
  return (
    <Dialog title="Keyboard" open={keyMapOpen.value} onClose={() => (keyMapOpen.value = false)}>
      <dl class="key-map">
        {SHORTCUTS.map(({ keys, about }) => (
          <div key={about}>
            <dt>
              <Keys keys={keys} />
            </dt>
            <dd>{about}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}

export function Keys({ keys }: { keys: readonly string[] }) {
  return keys.map((key) => <kbd key={key}>{key}</kbd>);
}
