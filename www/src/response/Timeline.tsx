import type { Run } from "../state/run.ts";
import { milliseconds } from "./time.ts";
import { piecesOf } from "./timeline.ts";
import { useNow } from "./useNow.ts";

export function Timeline({ run }: { run: Run }) {
  const now = useNow(run.outcome === undefined);
  const pieces = piecesOf(run, now);
  return (
    <div class="timeline">
      <div class="timeline-track" aria-hidden="true">
        {pieces.map(({ kind, tone, from, share }, place) => (
          <span
            key={place}
            class={`piece ${kind} ${tone}`}
            style={{ left: `${from * 100}%`, width: `${share * 100}%` }}
          />
        ))}
      </div>
      <ol class="timeline-words" aria-label="Attempts and waits">
        {pieces.map(({ kind, tone, label, duration }, place) => (
          <li key={place} class={`${kind} ${tone}`}>
            {label} <span>{milliseconds(duration)}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}
