// Two responses, as one list of removed and added lines.

import { useMemo } from "preact/hooks";
import { differences, folded } from "../json/diff.ts";
import { linesOf, textOf } from "../json/print.ts";
import { chosen, past } from "../state/history.ts";
import type { Run } from "../state/run.ts";
import { compareOpen } from "../state/view.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { timeOf } from "../ui/time.ts";
import { outcomeOf } from "./History.tsx";

export function Compare() {
  const runs = past.value.filter(({ id }) => chosen.value.includes(id));
  // The latest comes first in the history.
  const [after, before] = runs;
  return (
    <Dialog title="Compare two responses" wide open={compareOpen.value} onClose={() => (compareOpen.value = false)}>
      {before !== undefined && after !== undefined && <Difference before={before} after={after} />}
    </Dialog>
  );
}

/** The number of lines shown around a difference. */
const CONTEXT = 4;
const SIGNS = { same: " ", removed: "−", added: "+" };

function Difference({ before, after }: { before: Run; after: Run }) {
  const lines = useMemo(() => differences(textLines(before), textLines(after)), [before, after]);
  const count = lines.filter(({ kind }) => kind !== "same").length;
  return (
    <>
      <p class="about">
        <span class="removed">− {titleOf(before)}</span> <span class="added">+ {titleOf(after)}</span>{" "}
        {count === 0 ? "They are the same." : `${count} lines differ.`}
      </p>
      <pre class="code diff">
        {folded(lines, CONTEXT).map((line, place) => (
          <span key={place} class={`line ${line.kind}`}>
            {line.kind === "fold" ? sameLines(line.count) : `${SIGNS[line.kind]} ${line.text}`}
            {"\n"}
          </span>
        ))}
      </pre>
    </>
  );
}

function sameLines(count: number): string {
  return count === 1 ? "  1 line is the same" : `  ${count} lines are the same`;
}

function titleOf(run: Run): string {
  return `${run.operation} (${outcomeOf(run)}) at ${timeOf(run.at)}`;
}

function textLines({ outcome }: Run): string[] {
  return linesOf(dataOf(outcome)).map(textOf);
}

function dataOf(outcome: Run["outcome"]): unknown {
  if (outcome?.kind === "error") return outcome.error.toJSON();
  if (outcome?.kind !== "answer") return outcome;
  const { metadata: _, ...body } = outcome.answer;
  return body;
}
