// The emulator's request log, with a filter and a button to send a request again.

import { signal } from "@preact/signals";
import type { EmulatorRequest } from "getstream-users/emulator";
import { JsonView } from "../json/Lines.tsx";
import { readActivity, requests } from "../state/activity.ts";
import { announce } from "../state/announce.ts";
import { control } from "../state/emulator.ts";
import { obstacle, replay } from "../state/replay.ts";
import { Icon } from "../ui/Icon.tsx";
import { reasonOf } from "../ui/reason.ts";
import { timeOf } from "../ui/time.ts";
import { Elsewhere } from "./Elsewhere.tsx";
import { Expandable } from "./Expandable.tsx";

const search = signal("");
const refusedOnly = signal(false);
/** The number of requests shown: usually the latest matches are wanted. */
const MOST = 200;

export function Requests() {
  if (control.value === undefined) return <Elsewhere what="its requests" />;
  const found = requests.value.filter(isWanted);
  return (
    <div class="log">
      <div class="dock-head">
        <label class="check-line">
          <input
            type="checkbox"
            id="refused-only"
            checked={refusedOnly}
            onChange={({ currentTarget }) => (refusedOnly.value = currentTarget.checked)}
          />
          Refused only
        </label>
        <button type="button" class="button quiet" onClick={forget} disabled={requests.value.length === 0}>
          Forget
        </button>
        <input
          type="search"
          class="filter"
          placeholder="Path, operation, caller, status"
          aria-label="Filter requests"
          value={search}
          onInput={({ currentTarget }) => (search.value = currentTarget.value)}
        />
      </div>
      {found.length === 0 ? (
        <p class="empty">{requests.value.length === 0 ? "No requests yet." : "No request matches."}</p>
      ) : (
        <ul class="entries">
          {found.slice(0, MOST).map((request) => (
            <Entry key={request.id} request={request} />
          ))}
        </ul>
      )}
    </div>
  );
}

function Entry({ request }: { request: EmulatorRequest }) {
  const { id, at, method, path, operation, caller, user_id, status, message } = request;
  const problem = obstacle(request);
  const isRefused = status === null || status >= 400;
  return (
    <li data-request={id}>
      <Expandable
        head={
          <>
            <time>{timeOf(new Date(at))}</time>
            <span class={`status ${isRefused ? "bad" : "good"}`}>{status ?? "broken off"}</span>
            <span class={`method method-${method.toLowerCase()}`}>{method}</span>
            <code class="grow">{path}</code>
            <span class="about caller">{user_id ?? caller}</span>
            <span class="about wide-only operation">{message ?? operation ?? "no operation"}</span>
          </>
        }
        actions={
          <button
            type="button"
            class="button quiet"
            aria-label={`Replay request ${id}`}
            disabled={problem !== undefined}
            title={problem}
            onClick={() => again(request)}
          >
            <Icon name="replay" />
            Replay
          </button>
        }
      >
        <JsonView value={detailsOf(request)} label={`Request ${id}`} />
      </Expandable>
    </li>
  );
}

function isWanted({ method, path, operation, caller, user_id, status, message }: EmulatorRequest): boolean {
  if (refusedOnly.value && status !== null && status < 400) return false;
  const text = [method, path, operation, caller, user_id, status, message].join(" ").toLowerCase();
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  return words.every((word) => text.includes(word));
}

function detailsOf({ id: _, query = "", ...rest }: EmulatorRequest): Record<string, unknown> {
  return query === "" ? rest : { ...rest, query: Object.fromEntries(new URLSearchParams(query)) };
}

function forget(): void {
  void control.peek()?.forgetRequests().then(readActivity);
}

function again(request: EmulatorRequest): void {
  replay(request).then(
    (status) => announce(`Request ${request.id} was sent again: ${status}`),
    (error: unknown) => announce(reasonOf(error)),
  );
}
