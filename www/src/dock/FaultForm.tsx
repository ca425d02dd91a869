// A fault rule: which requests it hits, how often, and what happens to them.

import { signal } from "@preact/signals";
import type { EmulatorFault, EmulatorFaultRule, EmulatorFaultStanding } from "getstream-users/emulator";
import { schema } from "../operations/catalog.ts";

const KINDS: readonly { name: string; label: string; fault: EmulatorFault }[] = [
  { name: "429", label: "429, wait a second", fault: { status: 429, retry_after: 1 } },
  { name: "500", label: "500", fault: { status: 500 } },
  { name: "503", label: "503", fault: { status: 503 } },
  { name: "slow", label: "two seconds late", fault: { latency_ms: 2000 } },
  { name: "before", label: "connection breaks before", fault: { drop: "before" } },
  { name: "after", label: "connection breaks after", fault: { drop: "after" } },
  { name: "truncate", label: "half of the body", fault: { body: "truncate" } },
];

const operation = signal("");
const kind = signal("429");
const times = signal("1");

export function FaultForm({ onAdd }: { onAdd: (rule: EmulatorFaultRule) => void }) {
  const submit = (event: Event) => {
    event.preventDefault();
    onAdd(rule());
  };
  return (
    <form class="line-form" onSubmit={submit}>
      <select aria-label="Which operation" value={operation} onChange={(event) => take(operation, event)}>
        <option value="">any operation</option>
        {schema.operations.map(({ name }) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
      <select aria-label="What happens" value={kind} onChange={(event) => take(kind, event)}>
        {KINDS.map(({ name, label }) => (
          <option key={name} value={name}>
            {label}
          </option>
        ))}
      </select>
      <select aria-label="How often" value={times} onChange={(event) => take(times, event)}>
        <option value="1">once</option>
        <option value="3">3 times</option>
        <option value="">always</option>
      </select>
      <button type="submit" class="button" id="add-fault">
        Add
      </button>
    </form>
  );
}

function take(field: typeof operation, event: { currentTarget: { value: string } }): void {
  field.value = event.currentTarget.value;
}

function rule(): EmulatorFaultRule {
  const { fault = {} } = KINDS.find(({ name }) => name === kind.peek()) ?? {};
  const chosen = schema.operations.find(({ name }) => name === operation.peek());
  return {
    // The placeholder of an id, and all that follows it, matches anything.
    ...(chosen === undefined ? {} : { method: chosen.method, path: chosen.path.replace(/\{.*/, "*") }),
    ...(times.peek() === "" ? {} : { times: Number(times.peek()) }),
    fault,
  };
}

/** The description of a rule. */
export function describeRule({ operation, method, path, user_id, remaining, fault }: EmulatorFaultStanding): string {
  const which = [operation, method, path, user_id === undefined ? undefined : `of ${user_id}`];
  const where = which.filter((part) => part !== undefined && part !== null).join(" ") || "any request";
  const left = remaining === undefined || remaining === null ? "always" : `${remaining} left`;
  return `${where}: ${describe(fault)} (${left})`;
}

function describe(fault: EmulatorFault): string {
  return Object.entries(fault)
    .map(([name, value]) => (name === "status" ? String(value) : `${name} ${JSON.stringify(value)}`))
    .join(", ");
}
