import type { StreamError } from "getstream-users";
import { JsonView } from "../json/Lines.tsx";
import { Icon } from "../ui/Icon.tsx";
import { adviceFor } from "./advice.ts";
import { milliseconds } from "./time.ts";

export function ErrorCard({ error }: { error: StreamError }) {
  return (
    <div class="error-card">
      <p class="error-title">
        <Icon name="warn" />
        {error.name}
      </p>
      <p class="error-message">{error.message}</p>
      <p class="error-advice">{adviceFor(error)}</p>
      <dl class="facts">
        {factsOf(error).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <h3>As in your code</h3>
      <JsonView value={error.toJSON()} label="The error as JSON" />
    </div>
  );
}

function factsOf({
  kind,
  code,
  status,
  field,
  attempts,
  retryAfter,
  exceptionFields,
}: StreamError): [string, string][] {
  const facts: [string, string | number | undefined][] = [
    ["kind", kind],
    ["code", code],
    ["status", status],
    ["field", field],
    ["attempts", attempts],
    ["retry after", retryAfter === undefined ? undefined : milliseconds(retryAfter)],
    ...Object.entries(exceptionFields ?? {}),
  ];
  return facts.flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
}
