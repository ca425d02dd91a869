// The result of the call: outcome, timeline, response, headers and raw exchange.

import { useEffect, useRef } from "preact/hooks";
import { Keys } from "../app/KeyMap.tsx";
import { RUN_KEYS } from "../app/shortcuts.ts";
import { JsonView } from "../json/Lines.tsx";
import { operation } from "../state/place.ts";
import { type Run, run } from "../state/run.ts";
import { type AnswerTab, answerTab } from "../state/view.ts";
import { CopyButton } from "../ui/CopyButton.tsx";
import { Splitter } from "../ui/Splitter.tsx";
import { Tabs } from "../ui/Tabs.tsx";
import { ErrorCard } from "./ErrorCard.tsx";
import { Exchanges } from "./Exchanges.tsx";
import { HeaderTable } from "./HeaderTable.tsx";
import { RateLimitGauge } from "./RateLimitGauge.tsx";
import { StatusLine } from "./StatusLine.tsx";
import { Timeline } from "./Timeline.tsx";

export function ResponsePane() {
  const { value } = run;
  const element = useRef<HTMLElement>(null);
  const begun = value?.id;
  useEffect(() => {
    // On a narrow screen the response is below the request.
    if (begun !== undefined) element.current?.scrollIntoView({ block: "nearest" });
  }, [begun]);
  return (
    <section
      ref={element}
      class="pane response"
      aria-label="Answer"
      aria-busy={value !== undefined && value.outcome === undefined}
    >
      <Splitter
        pane="request"
        label="Resize the request pane"
        between="columns"
        usual={50}
        grow="ArrowRight"
        sizeAt={shareAt}
      />
      {value === undefined ? <Nothing /> : <Answered run={value} />}
    </section>
  );
}

/** The pointer's horizontal position in the stage, in percent. */
function shareAt({ clientX }: PointerEvent): number {
  const { left = 0, width = 1 } = document.getElementById("main")?.getBoundingClientRect() ?? {};
  return ((clientX - left) / width) * 100;
}

function Nothing() {
  return (
    <div class="nothing">
      <p class="nothing-title">Nothing has run yet</p>
      <p>
        The example is ready: press{" "}
        <span class="by-key">
          <Keys keys={RUN_KEYS} />
        </span>
        <span class="by-touch">Run</span>.{" "}
        {AT_EMULATOR ? "This emulator responds" : "The emulator in this page responds"}, and the package that{" "}
        <code>npm install getstream-users</code> gives you makes the call.
      </p>
    </div>
  );
}

function Answered({ run }: { run: Run }) {
  const isStale = run.operation !== operation.value?.name;
  return (
    <div class={isStale ? "answered stale" : "answered"}>
      {isStale && (
        <p class="stale-note" data-stale>
          This is the answer of <strong>{run.operation}</strong>, which ran before.
        </p>
      )}
      <header class="response-head">
        <StatusLine run={run} />
        <Timeline run={run} />
        <RateLimitGauge headers={run.exchanges.at(-1)?.responseHeaders} />
      </header>
      <Tabs
        id="answer"
        label="Answer"
        tabs={[
          { name: "answer", label: run.outcome?.kind === "error" ? "Error" : "Answer" },
          { name: "headers", label: "Headers" },
          { name: "exchange", label: "Exchange", count: run.exchanges.length },
        ]}
        selected={answerTab.value}
        onSelect={(name) => (answerTab.value = name as AnswerTab)}
        extra={<Extra run={run} />}
      >
        <View run={run} />
      </Tabs>
    </div>
  );
}

/** Next to the tabs, so that it covers no text. */
function Extra({ run: { outcome } }: { run: Run }) {
  const text =
    outcome?.kind === "answer" ? bodyOf(outcome.answer) : outcome?.kind === "error" ? outcome.error : undefined;
  if (text === undefined || answerTab.value !== "answer") return null;
  return (
    <div class="tab-extra">
      <CopyButton label="Copy" text={() => JSON.stringify(text, null, 2)} />
    </div>
  );
}

function View({ run }: { run: Run }) {
  if (answerTab.value === "exchange") return <Exchanges exchanges={run.exchanges} where={run.where} />;
  if (answerTab.value === "headers") return <HeaderTable headers={run.exchanges.at(-1)?.responseHeaders ?? []} />;
  return <Result run={run} />;
}

function Result({ run: { outcome } }: { run: Run }) {
  switch (outcome?.kind) {
    case "answer":
      return <JsonView value={bodyOf(outcome.answer)} label="Response as JSON" />;
    case "error":
      return <ErrorCard error={outcome.error} />;
    case "failure":
      return <p class="problem">{outcome.message}</p>;
    case "cancelled":
      return <p class="empty">Cancelled. The promise rejects with the signal’s reason.</p>;
    default:
      return <Waiting />;
  }
}

/** The response without its metadata, which is shown elsewhere. */
function bodyOf({ metadata: _, ...body }: Record<string, unknown>): Record<string, unknown> {
  return body;
}

function Waiting() {
  return (
    <div class="waiting" aria-hidden="true">
      {[62, 84, 48, 73, 55].map((width) => (
        <span key={width} style={{ width: `${width}%` }} />
      ))}
    </div>
  );
}
