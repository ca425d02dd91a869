// The operations by resource, with a search, and the tools below them.

import { signal } from "@preact/signals";
import { type Place, TOOLS, type Tool } from "../app/link.ts";
import { SEARCH_ID } from "../app/shortcuts.ts";
import type { Operation } from "../schema.d.ts";
import { go, place } from "../state/place.ts";
import { closeDrawer, drawerOpen } from "../state/view.ts";
import { Icon, type IconName } from "../ui/Icon.tsx";
import { MethodTag } from "../ui/MethodTag.tsx";
import { Splitter } from "../ui/Splitter.tsx";
import { sections } from "./catalog.ts";
import { find, groupName, type Hit, TOOL_TITLES } from "./search.ts";

const search = signal("");

const TOOL_ICONS: Record<Tool, IconName> = { bulk: "upload", tokens: "key", webhooks: "hook" };

export function Sidebar() {
  const isSearching = search.value.trim() !== "";
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
            placeholder="Search"
            aria-label="Search operations"
            autocomplete="off"
            spellcheck={false}
            value={search.value}
            onInput={({ currentTarget }) => (search.value = currentTarget.value)}
          />
          <kbd>/</kbd>
        </div>
        <Splitter
          pane="sidebar"
          label="Resize the list of operations"
          between="columns"
          usual={18}
          grow="ArrowRight"
          sizeAt={({ clientX }) => (clientX / innerWidth) * 100}
          atEnd
        />
        {isSearching ? <Hits /> : <Everything />}
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

function Everything() {
  return (
    <>
      <div class="sections">
        {sections.map(({ resource, operations }) => (
          <section key={resource.name} aria-labelledby={`resource-${resource.name}`}>
            <h2 id={`resource-${resource.name}`} title={resource.title}>
              {groupName(resource)}
            </h2>
            <ul>
              {operations.map((operation) => (
                <li key={operation.name}>
                  <OperationLink operation={operation} />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
      <section class="tool-links" aria-labelledby="tools-title">
        <h2 id="tools-title">Tools</h2>
        <ul>
          {TOOLS.map((tool) => (
            <li key={tool}>
              <ToolLink tool={tool} />
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

/** The results of a search, the best first, which Enter opens. */
function Hits() {
  const hits = find(search.value);
  return (
    <div class="sections">
      {hits.length === 0 ? (
        <p class="empty">Nothing is called “{search}”, or does that.</p>
      ) : (
        <ul class="hits" aria-label="Found">
          {hits.map((hit) => (
            <li key={nameOf(hit)}>
              {hit.kind === "tool" ? <ToolLink tool={hit.tool} /> : <OperationLink operation={hit.operation} />}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function nameOf(hit: Hit): string {
  return hit.kind === "tool" ? `tools/${hit.tool}` : hit.operation.name;
}

function placeOfHit(hit: Hit): Place {
  return hit.kind === "tool" ? { view: "tool", tool: hit.tool } : { view: "operation", operation: hit.operation.name };
}

function ToolLink({ tool }: { tool: Tool }) {
  return (
    <button
      type="button"
      class="nav-link"
      data-tool={tool}
      aria-current={current(isTool(tool))}
      onClick={() => leaveFor({ view: "tool", tool })}
    >
      <Icon name={TOOL_ICONS[tool]} />
      {TOOL_TITLES[tool]}
    </button>
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

/** Opens a page. A drawer closes, and the focus moves to the page. */
function leaveFor(next: Place): void {
  go(next);
  if (!drawerOpen.peek()) return;
  drawerOpen.value = false;
  document.getElementById("main")?.focus();
}

/** Enter opens the best hit; up and down move through search field and links; Esc clears the search, then closes the drawer. */
function onKeyDown(event: KeyboardEvent): void {
  if (event.key === "Escape") {
    if (search.peek() === "" && !drawerOpen.peek()) return;
    event.preventDefault();
    if (search.peek() === "") closeDrawer();
    search.value = "";
    return;
  }
  if (event.key === "Enter" && event.target instanceof HTMLInputElement) {
    const [best] = find(search.peek());
    // With Ctrl or Command, Enter runs the selected operation.
    if (best === undefined || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    leaveFor(placeOfHit(best));
    return;
  }
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (step === 0) return;
  event.preventDefault();
  const stops = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>("input, .nav-link")];
  const next = stops.indexOf(document.activeElement as HTMLElement) + step;
  stops[Math.max(0, Math.min(next, stops.length - 1))]?.focus();
}
