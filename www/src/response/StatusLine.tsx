import { elapsed, type Run } from "../state/run.ts";
import { milliseconds } from "./time.ts";
import { useNow } from "./useNow.ts";

export function StatusLine({ run }: { run: Run }) {
  const isRunning = run.outcome === undefined;
  useNow(isRunning);
  const { exchanges } = run;
  return (
    <p class="status-line" data-run-shown={run.id}>
      <span class={`status ${toneOf(run)}`}>{wordOf(run)}</span>
      <span class="status-time">{milliseconds(elapsed(run))}</span>
      {exchanges.length > 1 && <span class="status-attempts">{exchanges.length} attempts</span>}
      <span class="status-target">{run.target}</span>
    </p>
  );
}

function toneOf({ outcome }: Run): string {
  if (outcome === undefined) return "busy";
  if (outcome.kind === "answer") return "good";
  return outcome.kind === "cancelled" ? "quiet" : "bad";
}

function wordOf({ outcome, exchanges }: Run): string {
  switch (outcome?.kind) {
    case "answer":
      return String(exchanges.at(-1)?.status ?? "OK");
    case "error":
      return [outcome.error.status, outcome.error.kind].filter((part) => part !== undefined).join(" ");
    case "failure":
      return "failed";
    case "cancelled":
      return "cancelled";
    default:
      return "running";
  }
}
