// The line between two panes, which can be dragged or moved with the arrow keys. A double click restores the default size.

import { useSignal } from "@preact/signals";
import { BOUNDS, layout, resize } from "../state/layout.ts";

interface SplitterProps {
  pane: keyof typeof BOUNDS;
  label: string;
  /** Whether the pane is next to its neighbour or above it. */
  between: "columns" | "rows";
  /** The default size of the pane, in percent. */
  usual: number;
  /** The size for a pointer position, in percent. */
  sizeAt: (event: PointerEvent) => number;
  /** Which arrow key makes the pane larger. */
  grow: "ArrowUp" | "ArrowRight";
  /** Whether it lies at the pane's right edge rather than its left. */
  atEnd?: boolean;
}

const STEP = 2;

export function Splitter({ pane, label, between, usual, sizeAt, grow, atEnd = false }: SplitterProps) {
  const dragged = useSignal(false);
  const size = layout.value[pane] ?? usual;
  const [least, most] = BOUNDS[pane];
  const shrink = grow === "ArrowUp" ? "ArrowDown" : "ArrowLeft";
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Record<string, number> = { [grow]: STEP, [shrink]: -STEP, Home: least - size, End: most - size };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    resize(pane, size + step);
  };
  const classes = ["splitter", `between-${between}`, atEnd ? "at-end" : "", dragged.value ? "dragged" : ""];
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule cannot be focused and moved
    <div
      role="separator"
      aria-orientation={between === "columns" ? "vertical" : "horizontal"}
      aria-label={label}
      aria-valuemin={least}
      aria-valuemax={most}
      aria-valuenow={Math.round(size)}
      tabIndex={0}
      class={classes.filter(Boolean).join(" ")}
      data-splitter={pane}
      onKeyDown={onKeyDown}
      onDblClick={() => resize(pane, undefined)}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        dragged.value = true;
      }}
      onPointerMove={(event) => {
        if (dragged.value) resize(pane, sizeAt(event));
      }}
      onPointerUp={() => (dragged.value = false)}
      onPointerCancel={() => (dragged.value = false)}
    />
  );
}
