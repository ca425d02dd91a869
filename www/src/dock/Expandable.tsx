// A line that expands. Its content is rendered only when it is open.

import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { Icon } from "../ui/Icon.tsx";

interface ExpandableProps {
  head: ComponentChildren;
  /** Buttons at the end of the line. */
  actions?: ComponentChildren;
  children: ComponentChildren;
}

export function Expandable({ head, actions, children }: ExpandableProps) {
  const open = useSignal(false);
  return (
    <>
      <div class="entry">
        <button type="button" class="entry-head" aria-expanded={open.value} onClick={() => (open.value = !open.value)}>
          <Icon name={open.value ? "chevron" : "chevronRight"} />
          {head}
        </button>
        {actions}
      </div>
      {open.value && <div class="entry-more">{children}</div>}
    </>
  );
}
