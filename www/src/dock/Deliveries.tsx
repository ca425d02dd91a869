// Webhook deliveries, attempt by attempt, and replaying them.

import type { EmulatorWebhook } from "getstream-users/emulator";
import { JsonView } from "../json/Lines.tsx";
import { deliveries, readActivity } from "../state/activity.ts";
import { announce } from "../state/announce.ts";
import { control } from "../state/emulator.ts";
import { go } from "../state/place.ts";
import { Icon } from "../ui/Icon.tsx";
import { reasonOf } from "../ui/reason.ts";
import { timeOf } from "../ui/time.ts";
import { Elsewhere } from "./Elsewhere.tsx";
import { Expandable } from "./Expandable.tsx";

export function Deliveries() {
  if (control.value === undefined) return <Elsewhere what="webhook deliveries" />;
  if (deliveries.value.length === 0) return <None />;
  return (
    <div class="log">
      <div class="dock-head">
        <span class="about">{counts()}</span>
        <button type="button" class="button quiet" id="replay-all" onClick={() => tell()}>
          <Icon name="replay" />
          Tell all again
        </button>
      </div>
      <ul class="entries">
        {deliveries.value.map((delivery) => (
          <Entry key={`${delivery.id} ${delivery.url}`} delivery={delivery} />
        ))}
      </ul>
    </div>
  );
}

function None() {
  return (
    <div class="loading">
      <p>No deliveries yet: the app has no hook, or no event has happened since it was added.</p>
      <button type="button" class="button" onClick={() => go({ view: "operation", operation: "updateApp" })}>
        Set one with updateApp
      </button>
    </div>
  );
}

const TONES = { waiting: "busy", delivered: "good", failed: "bad" } as const;

function Entry({ delivery }: { delivery: EmulatorWebhook }) {
  const { id, type, url, created_at, progress, attempts, status, error } = delivery;
  return (
    <li data-delivery={type} data-progress={progress}>
      <Expandable
        head={
          <>
            <time>{timeOf(new Date(created_at))}</time>
            <span class={`status ${TONES[progress]}`}>{progress}</span>
            <code>{type}</code>
            <span class="about grow">{url}</span>
            <span class="about wide-only">
              {attempts === 1 ? "1 attempt" : `${attempts} attempts`}
              {(status ?? error) !== undefined && `, ${status ?? error}`}
            </span>
          </>
        }
        actions={
          <button
            type="button"
            class="button quiet"
            aria-label={`Replay ${type}`}
            disabled={progress === "waiting"}
            onClick={() => tell(id)}
          >
            <Icon name="replay" />
            Replay
          </button>
        }
      >
        <JsonView value={contentOf(delivery)} label={`Webhook ${id}`} />
      </Expandable>
    </li>
  );
}

function contentOf({ body, ...rest }: EmulatorWebhook): Record<string, unknown> {
  try {
    return { ...rest, body: JSON.parse(body) };
  } catch {
    return { ...rest, body };
  }
}

function counts(): string {
  const of = (progress: EmulatorWebhook["progress"]) =>
    deliveries.value.filter((delivery) => delivery.progress === progress).length;
  return `${of("delivered")} delivered, ${of("waiting")} waiting, ${of("failed")} failed`;
}

function tell(id?: string): void {
  control
    .peek()
    ?.replay(id)
    .then(
      (count) => announce(count === 1 ? "1 delivery is replayed" : `${count} deliveries are replayed`),
      (error: unknown) => announce(reasonOf(error)),
    )
    .finally(readActivity);
}
