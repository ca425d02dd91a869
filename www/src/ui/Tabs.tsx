// Tabs: only the selected one is in the tab order; the arrow keys move between them.

import type { ComponentChildren } from "preact";

export interface Tab {
  name: string;
  label: string;
  /** A number next to the label. */
  count?: number | string;
}

interface TabsProps {
  /** The prefix of the ids of tabs and panel. */
  id: string;
  label: string;
  tabs: readonly Tab[];
  selected: string;
  onSelect: (name: string) => void;
  /** The content of the selected tab. */
  children: ComponentChildren;
  /** Content after the tabs, in the same line. */
  extra?: ComponentChildren;
}

const STEPS: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1 };

export function Tabs({ id, label, tabs, selected, onSelect, children, extra }: TabsProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const place = tabs.findIndex(({ name }) => name === selected);
    const next = tabs[(place + step + tabs.length) % tabs.length];
    if (next === undefined) return;
    onSelect(next.name);
    document.getElementById(`${id}-${next.name}`)?.focus();
  };
  return (
    <div class="tabs">
      <div class="tabs-line">
        <div class="tab-list" role="tablist" aria-label={label} onKeyDown={onKeyDown}>
          {tabs.map(({ name, label, count }) => (
            <button
              key={name}
              type="button"
              role="tab"
              id={`${id}-${name}`}
              class="tab"
              aria-selected={name === selected}
              aria-controls={`${id}-panel`}
              tabIndex={name === selected ? 0 : -1}
              onClick={() => onSelect(name)}
            >
              {label}
              {count !== undefined && <span class="count">{count}</span>}
            </button>
          ))}
        </div>
        {extra}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keys */}
      <div class="tab-panel" role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${selected}`} tabIndex={0}>
        {children}
      </div>
    </div>
  );
}
