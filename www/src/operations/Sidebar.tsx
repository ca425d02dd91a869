// The operations by resource, with a search, and the tools below them.

import { signal } from "@preact/signals";
import type { Place, Tool } from "../app/link.ts";
import { SEARCH_ID } from "../app/shortcuts.ts";
import type { Operation } from "../schema.d.ts";
import { go, place } from "../state/place.ts";
import { closeDrawer, drawerOpen } from "../state/view.ts";
import { Icon, type IconName } from "../ui/Icon.tsx";
import { MethodTag } from "../ui/MethodTag.tsx";
import { sectionsFor } from "./catalog.ts";

const search = signal("");

const TOOLS: readonly { tool: Tool; title: string; icon: IconName }[] = [
  { tool: "bulk", title: "Bulk import", icon: "upload" },
  { tool: "tokens", title: "Tokens", icon: "key" },
  { tool: "webhooks", title: "Webhooks", icon: "hook" },
];

export function Sidebar() {
  const sections = sectionsFor(search.value);
  return (
    <>
      <nav
        id="sidebar"
        class={drawerOpen.value ? "sidebar open" : "sidebar"}
        aria-label="Operations"
        onKeyDown={onKeyDown}
      >
        <div class="search">
          <Icon name="search" />
          <input
            id={SEARCH_ID}
            type="search"
            placeholder="Search operations"
            aria-label="Search operations"
            autocomplete="off"
            spellcheck={false}
            value={search.value}
            onInput={({ currentTarget }) => (search.value = currentTarget.value)}
          />
          <kbd>/</kbd>
        </div>
        <div class="sections">
          {sections.map(({ resource, operations }) => (
            <section key={resource.name} aria-labelledby={`resource-${resource.name}`}>
              <h2 id={`resource-${resource.name}`}>{resource.title}</h2>
              <ul>
                {operations.map((operation) => (
                  <li key={operation.name}>
                    <OperationLink operation={operation} />
                  </li>
                ))}
              </ul>
            </section>
          ))}
          {sections.length === 0 && <p class="empty">No operation has “{search}” in its name, path or description.</p>}
        </div>
        <section class="tool-links" aria-labelledby="tools-title">
          <h2 id="tools-title">Tools</h2>
          <ul>
            {TOOLS.map(({ tool, title, icon }) => (
              <li key={tool}>
                <button
                  type="button"
                  class="nav-link"
                  data-tool={tool}
                  aria-current={current(isTool(tool))}
                  onClick={() => leaveFor({ view: "tool", tool })}
                >
                  <Icon name={icon} />
                  {title}
                </button>
              </li>
            ))}
          </ul>
        </section>
      </nav>
      <button
        type="button"
        class="scrim"
        aria-label="Close the list of operations"
        hidden={!drawerOpen.value}
        onClick={closeDrawer}
      />
    </>
  );
}

function OperationLink({ operation }: { operation: Operation }) {
  const { value } = place;
  const here = value.view === "operation" && value.operation === operation.name;
  const open = () => leaveFor({ view: "operation", operation: operation.name });
  return (
    <button
      type="button"
      class="nav-link"
      data-operation={operation.name}
      aria-current={current(here)}
      title={operation.summary}
      onClick={open}
    >
      <span class="nav-name">{operation.name}</span>
      <MethodTag method={operation.method} />
    </button>
  );
}

function current(here: boolean): "page" | undefined {
  return here ? "page" : undefined;
}

function isTool(tool: Tool): boolean {
  const { value } = place;
  return value.view === "tool" && value.tool === tool;
}

/** Goes to a place. A drawer closes, and the focus goes where the reader does. */
function leaveFor(next: Place): void {
  go(next);
  if (!drawerOpen.peek()) return;
  drawerOpen.value = false;
  document.getElementById("main")?.focus();
}

/** Up and down go through search field and links; Esc clears the search, then closes the drawer. */
function onKeyDown(event: KeyboardEvent): void {
  if (event.key === "Escape") {
    if (search.peek() === "" && !drawerOpen.peek()) return;
    event.preventDefault();
    if (search.peek() === "") closeDrawer();
    search.value = "";
    return;
  }
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (step === 0) return;
  event.preventDefault();
  const stops = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>("input, .nav-link")];
  const next = stops.indexOf(document.activeElement as HTMLElement) + step;
  stops[Math.max(0, Math.min(next, stops.length - 1))]?.focus();
}
