// Lines of coloured tokens. Everything is text, so no content of a response can become markup.

import { useSignal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { type Line, linesOf } from "./print.ts";
import type { Token } from "./tokens.ts";

/** The number of lines shown at first, because a browser needs a second for tens of thousands. */
const MOST_LINES = 800;

export function Tokens({ tokens }: { tokens: readonly Token[] }) {
  return tokens.map((token, place) =>
    token.kind === "space" ? (
      token.text
    ) : (
      <span key={place} class={`token-${token.kind}`} title={token.kind === "date" ? "a Date" : undefined}>
        {token.text}
      </span>
    ),
  );
}

export function JsonView({ value, label }: { value: unknown; label: string }) {
  const lines = useMemo(() => linesOf(value), [value]);
  const all = useSignal(false);
  const shown = all.value ? lines : lines.slice(0, MOST_LINES);
  return (
    <>
      <figure aria-label={label}>
        <pre class="code">
          <Lines lines={shown} />
        </pre>
      </figure>
      {shown.length < lines.length && (
        <button type="button" class="button" onClick={() => (all.value = true)}>
          Show all {lines.length.toLocaleString("en")} lines
        </button>
      )}
    </>
  );
}

function Lines({ lines }: { lines: readonly Line[] }) {
  return lines.map((line, place) => (
    <span key={place} class="line">
      <Tokens tokens={line} />
      {"\n"}
    </span>
  ));
}
