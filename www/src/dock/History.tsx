import { milliseconds } from "../response/time.ts";
import { bringBack, choose, chosen, forget, past } from "../state/history.ts";
import { elapsed, type Run, start } from "../state/run.ts";
import { target } from "../state/target.ts";
import { compareOpen } from "../state/view.ts";
import { Icon } from "../ui/Icon.tsx";
import { timeOf } from "../ui/time.ts";

export function History() {
  if (past.value.length === 0) return <p class="empty">Your calls are listed here until you close the page.</p>;
  return (
    <div class="history">
      <div class="history-head">
        <button
          type="button"
          class="button"
          disabled={chosen.value.length !== 2}
          onClick={() => (compareOpen.value = true)}
        >
          Compare two answers
        </button>
        <button type="button" class="button quiet" onClick={forget}>
          Forget
        </button>
      </div>
      <table class="history-table">
        <thead>
          <tr>
            <th scope="col">
              <span class="unseen">Compare</span>
            </th>
            <th scope="col">Operation</th>
            <th scope="col">Outcome</th>
            <th scope="col">Time</th>
            <th scope="col">Target</th>
            <th scope="col">At</th>
            <th scope="col">
              <span class="unseen">Again</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {past.value.map((run) => (
            <Row key={run.id} run={run} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ run }: { run: Run }) {
  // A call that was tried on an emulator must not accidentally run on Stream.
  const isHere = run.where === target.value.where;
  return (
    <tr data-run={run.id}>
      <td>
        <input
          type="checkbox"
          aria-label={`Compare call ${run.id}, ${run.operation}`}
          checked={chosen.value.includes(run.id)}
          onChange={() => choose(run.id)}
        />
      </td>
      <th scope="row">
        <button type="button" class="text-button" title="Show this input again" onClick={() => bringBack(run)}>
          {run.operation}
        </button>
      </th>
      <td>
        <span
          class={`status ${run.outcome?.kind === "answer" ? "good" : run.outcome?.kind === "cancelled" ? "quiet" : "bad"}`}
        >
          {outcomeOf(run)}
        </span>
      </td>
      <td>{milliseconds(elapsed(run))}</td>
      <td>{run.target}</td>
      <td>{timeOf(run.at)}</td>
      <td>
        <button
          type="button"
          class="button quiet"
          aria-label={`Replay call ${run.id}, ${run.operation}`}
          disabled={!isHere}
          title={isHere ? undefined : "The target has changed. Click the name to restore the input."}
          onClick={() => replay(run)}
        >
          <Icon name="replay" />
          Replay
        </button>
      </td>
    </tr>
  );
}

function replay(run: Run): void {
  bringBack(run);
  void start();
}

export function outcomeOf({ outcome, exchanges }: Run): string {
  if (outcome?.kind === "answer") return String(exchanges.at(-1)?.status ?? "answered");
  return outcome?.kind === "error" ? outcome.error.kind : (outcome?.kind ?? "");
}
