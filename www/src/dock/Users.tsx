// The users of the emulator. The table updates with calls; changed rows light up once.

import { signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { placeName } from "../client/target.ts";
import { ago } from "../response/time.ts";
import { connections } from "../state/activity.ts";
import { inPage } from "../state/emulator.ts";
import { look } from "../state/faults.ts";
import { target } from "../state/target.ts";
import { openUser } from "../state/users.ts";
import { changed, refresh, world } from "../state/world.ts";
import { counted, type Person, type Standing } from "./world.ts";

/** The number of rows shown before "more" is clicked. */
const FEW = 60;
/** As many as come then: an import makes more than a browser can show at once. */
const MORE = 1000;

const search = signal("");
const rows = signal(FEW);

export function Users() {
  const { value } = world;
  if (value.status === "loading") return <Loading />;
  if (value.status === "unknown") return <Unknown reason={value.reason} />;
  return <Table people={value.people} />;
}

function Loading() {
  return (
    <div class="loading">
      <span class="spinner" aria-hidden="true" />
      <p>Starting the emulator, the largest part of this page; it is loaded once.</p>
    </div>
  );
}

function Unknown({ reason }: { reason: string }) {
  const { value } = target;
  if (value.where === "stream") return <NoUsers words={reason} />;
  if (inPage.value.status === "failed" && value.where === "page") {
    return (
      <NoUsers words={`The emulator did not start: ${reason}`}>
        {/* Browsers remember which modules they could not load, for as long as a page lives. */}
        <button type="button" class="button" onClick={() => location.reload()}>
          Load the page again
        </button>
      </NoUsers>
    );
  }
  return (
    <NoUsers words={`${placeName(value)} does not tell its users: ${reason}`}>
      <button type="button" class="button" onClick={lookAgain}>
        Try again
      </button>
    </NoUsers>
  );
}

function NoUsers({ words, children }: { words: string; children?: ComponentChildren }) {
  return (
    <div class="loading">
      <p>{words}</p>
      {children}
    </div>
  );
}

function lookAgain(): void {
  void refresh();
  void look();
}

function Table({ people }: { people: readonly Person[] }) {
  const words = search.value.trim().toLowerCase();
  const found = people.filter(({ id, name }) => `${id} ${name}`.toLowerCase().includes(words));
  const shown = found.slice(0, rows.value);
  const hidden = found.length - shown.length;
  const now = Date.now();
  return (
    <div class="users">
      <div class="users-head">
        <Counts people={people} />
        <input
          type="search"
          class="filter"
          placeholder="Find by id or name"
          aria-label="Find users by id or name"
          value={search}
          onInput={({ currentTarget }) => (search.value = currentTarget.value)}
        />
      </div>
      <table class="user-table">
        <colgroup>
          {COLUMNS.map((column) => (
            <col key={column} class={`column-${column}`} />
          ))}
        </colgroup>
        <thead>
          <tr>
            <th scope="col">Id</th>
            <th scope="col">Name</th>
            <th scope="col">Role</th>
            <th scope="col">State</th>
            <th scope="col">Groups</th>
            <th scope="col">Blocks</th>
            <th scope="col">Changed</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((person) => (
            <Row key={person.id} person={person} now={now} />
          ))}
        </tbody>
      </table>
      {found.length === 0 && (
        <p class="empty">{people.length === 0 ? "No users yet: create some with upsertUsers." : "No user matches."}</p>
      )}
      {hidden > 0 && (
        <button type="button" class="button quiet more" onClick={() => (rows.value += MORE)}>
          Show {Math.min(hidden, MORE).toLocaleString("en")} more of {found.length.toLocaleString("en")}
        </button>
      )}
    </div>
  );
}

const COLUMNS = ["id", "name", "role", "state", "groups", "blocks", "changed"];
const STANDINGS: readonly Standing[] = ["active", "guest", "deactivated", "deleted"];

function Counts({ people }: { people: readonly Person[] }) {
  const counts = counted(people);
  return (
    <ul class="counts">
      {STANDINGS.filter((standing) => counts[standing] > 0).map((standing) => (
        <li key={standing} class={`standing ${standing}`}>
          {counts[standing].toLocaleString("en")} {standing}
        </li>
      ))}
    </ul>
  );
}

function Row({ person, now }: { person: Person; now: number }) {
  const isOnline = connections.value.some(({ user_id }) => user_id === person.id);
  const light = changed.value.has(person.id) ? "lit" : "";
  return (
    <tr class={`${person.standing} ${light}`} data-user={person.id}>
      <th scope="row">
        <button type="button" class="text-button" title="Open" onClick={() => (openUser.value = person.id)}>
          <code>{person.id}</code>
        </button>
      </th>
      <td class="person-name">{person.name}</td>
      <td class="person-role">{person.role}</td>
      <td class="person-state">
        <span class={`standing ${person.standing}`}>
          {person.standing}
          {person.deletion !== null && ` (${person.deletion})`}
        </span>
        {person.banned && <span class="standing banned">banned</span>}
        {isOnline && <span class="standing online">online</span>}
      </td>
      <td class="person-list">{person.groups.join(", ")}</td>
      <td class="person-list">{person.blocks.join(", ")}</td>
      <td class="changed">{ago(person.changed, now)}</td>
    </tr>
  );
}
