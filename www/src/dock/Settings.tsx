// The emulator's clock, rate limits, faults and state.

import { effect, signal, useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import type { ClockAnswer, ClockChange, Control, RateLimits } from "../client/control.ts";
import { announce } from "../state/announce.ts";
import { control, reset, seed } from "../state/emulator.ts";
import { rules } from "../state/faults.ts";
import { readAll } from "../state/follow.ts";
import { forgetTasks } from "../state/tasks.ts";
import { dockTab } from "../state/view.ts";
import { world } from "../state/world.ts";
import { Icon } from "../ui/Icon.tsx";
import { reasonOf } from "../ui/reason.ts";
import { Elsewhere } from "./Elsewhere.tsx";
import { describeRule, FaultForm } from "./FaultForm.tsx";

/** The emulator's time, and when the page read it, in `performance.now()` time. */
const clock = signal<{ now: number; frozen: boolean; learned: number } | undefined>(undefined);
const limits = signal<{ default: number; operations: Record<string, number> } | undefined>(undefined);
const problem = signal("");

/** The value of a limit that is off. */
const UNLIMITED = 1_000_000;

// Read again whenever they may have changed, while the pane is visible.
effect(() => {
  const source = control.value;
  if (source === undefined || world.value.status !== "known" || dockTab.value !== "settings") return;
  source.clock().then(showClock, () => (clock.value = undefined));
  source.rateLimits().then(
    (now) => (limits.value = now),
    () => (limits.value = undefined),
  );
});

export function Settings() {
  if (control.value === undefined) return <Elsewhere what="its clock, its faults and its state" />;
  return (
    <div class="settings">
      {problem.value !== "" && <p class="notice">{problem}</p>}
      <Clock />
      <Limits />
      <State />
      <Faults />
    </div>
  );
}

function Part({ title, children }: { title: string; children: ComponentChildren }) {
  const id = `settings-${title.toLowerCase().replaceAll(" ", "-")}`;
  return (
    <section class="setting" aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      {children}
    </section>
  );
}

const MINUTE = 60_000;
const STEPS = [
  { label: "+ 1 min", advance_ms: MINUTE },
  { label: "+ 1 h", advance_ms: 60 * MINUTE },
  { label: "+ 1 day", advance_ms: 24 * 60 * MINUTE },
];

function showClock({ now, frozen }: ClockAnswer): void {
  clock.value = { now: Date.parse(now), frozen, learned: performance.now() };
}

const SECOND = 1000;

function Clock() {
  const { value } = clock;
  const ticks = useSignal(0);
  useEffect(() => {
    const timer = setInterval(() => (ticks.value += 1), SECOND);
    return () => clearInterval(timer);
  }, [ticks]);
  void ticks.value;
  return (
    <Part title="Clock">
      <p class="setting-value" id="clock">
        {value === undefined ? "–" : textOf(value)}
        {value?.frozen && <span class="badge">stopped</span>}
      </p>
      <div class="setting-actions">
        {STEPS.map(({ label, advance_ms }) => (
          <button key={label} type="button" class="button" onClick={() => setClock({ advance_ms })}>
            {label}
          </button>
        ))}
        <button type="button" class="button" id="freeze" onClick={() => setClock({ freeze: value?.frozen !== true })}>
          {value?.frozen ? "Let it go" : "Stop it"}
        </button>
      </div>
      <p class="about">Tokens, bans and tasks use this clock.</p>
    </Part>
  );
}

/** The emulator's current time, to the second. */
function textOf({ now, frozen, learned }: NonNullable<typeof clock.value>): string {
  const shown = now + (frozen ? 0 : performance.now() - learned);
  return new Date(shown).toISOString().replace("T", " ").replace(/\..*/, " UTC");
}

function setClock(change: ClockChange): void {
  work(async (emulator) => showClock(await emulator.setClock(change)));
}

function Limits() {
  const { value } = limits;
  const chosen = value === undefined ? "" : limitsName(value);
  return (
    <Part title="Rate limits">
      <label class="field-line">
        <span class="unseen">Rate limits</span>
        <select id="limits" value={chosen} onChange={({ currentTarget }) => setLimits(currentTarget.value)}>
          <option value="none">Higher than you can reach</option>
          <option value="stream">Those that Stream documents</option>
          <option value="60">60 of each operation a minute</option>
          <option value="5">5 of each operation a minute</option>
          {!["none", "stream", "60", "5", ""].includes(chosen) && <option value={chosen}>{chosen}</option>}
        </select>
      </label>
      <p class="about">Counted for each platform, by the emulator’s clock. Changing the limits resets the counts.</p>
    </Part>
  );
}

function limitsName({ default: most, operations }: { default: number; operations: Record<string, number> }): string {
  if (Object.keys(operations).length > 0) return "stream";
  return most >= UNLIMITED ? "none" : String(most);
}

function setLimits(name: string): void {
  const wanted: RateLimits = name === "none" || name === "stream" ? name : Number(name);
  work(async (emulator) => {
    limits.value = await emulator.setRateLimits(wanted);
  });
}

function State() {
  return (
    <Part title="State">
      <div class="setting-actions">
        <button type="button" class="button" id="export-state" onClick={exportState}>
          Export
        </button>
        <FileButton id="import-state" label="Import" take={importState} />
        <FileButton id="import-seed" label="Seed a file" take={seedFile} />
        <button type="button" class="button" id="seed" onClick={() => work(seed)}>
          Seed examples
        </button>
        <button type="button" class="button danger" id="reset-all" onClick={() => work(forgetAll)}>
          Reset
        </button>
      </div>
      <p class="about">
        An export is the whole state, in the format of <code>--data</code>. A seed adds users and more.
      </p>
    </Part>
  );
}

function FileButton({ id, label, take }: { id: string; label: string; take: (text: string) => void }) {
  return (
    <label class="button file-button">
      {label}
      <input
        type="file"
        id={id}
        class="unseen"
        accept=".json,application/json"
        aria-label={`${label}: a JSON file`}
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0];
          // Choosing the same file again must fire a change event, too.
          if (file !== undefined) file.text().then(take, () => take(""));
          currentTarget.value = "";
        }}
      />
    </label>
  );
}

function exportState(): void {
  work(async (emulator) => {
    const url = URL.createObjectURL(new Blob([await emulator.state()], { type: "application/json" }));
    const link = document.createElement("a");
    link.href = url;
    link.download = "emulator-state.json";
    link.click();
    URL.revokeObjectURL(url);
  });
}

function importState(text: string): void {
  work(async (emulator) => {
    await emulator.restore(text);
    announce("The state was restored from the file");
  });
}

function seedFile(text: string): void {
  work(async (emulator) => {
    const seeded = await emulator.seed(JSON.parse(text));
    announce(
      `Seeded: ${Object.entries(seeded)
        .map(([kind, count]) => `${count} ${kind}`)
        .join(", ")}`,
    );
  });
}

async function forgetAll(): Promise<void> {
  forgetTasks();
  await reset();
}

function Faults() {
  return (
    <Part title="Faults">
      {rules.value.length === 0 ? (
        <p class="about">None. A rule applies to matching requests from all clients.</p>
      ) : (
        <ul class="rules">
          {rules.value.map((rule) => (
            <li key={rule.id}>
              <span>{describeRule(rule)}</span>
              <button
                type="button"
                class="icon-button"
                aria-label={`Remove rule ${rule.id}`}
                onClick={() => work((emulator) => emulator.removeFault(rule.id))}
              >
                <Icon name="close" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <FaultForm onAdd={(rule) => work((emulator) => emulator.addFault(rule))} />
    </Part>
  );
}

/** Runs a change to the emulator, and shows the result or the error. */
function work(what: (emulator: Control) => Promise<unknown>): void {
  const emulator = control.peek();
  if (emulator === undefined) return;
  problem.value = "";
  what(emulator)
    .catch((error: unknown) => {
      problem.value = reasonOf(error);
      announce(problem.peek());
    })
    .finally(readAll);
}
