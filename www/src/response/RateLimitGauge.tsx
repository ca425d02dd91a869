// The remaining rate limit, from the response's headers.

import { timeOf } from "../ui/time.ts";

/** More calls in a minute than anybody makes. */
const BEYOND_REACH = 10_000_000;

interface RateLimitGaugeProps {
  headers: readonly [string, string][] | undefined;
}

export function RateLimitGauge({ headers = [] }: RateLimitGaugeProps) {
  const {
    "x-ratelimit-limit": limit,
    "x-ratelimit-remaining": left,
    "x-ratelimit-reset": reset,
  } = Object.fromEntries(headers);
  const [most, rest] = [Number(limit), Number(left)];
  if (limit === undefined || left === undefined || !Number.isFinite(most) || !Number.isFinite(rest)) {
    // Keeps its space, so that nothing moves when the response comes.
    return <p class="gauge" />;
  }
  // An emulator's default limit is more than a machine can send, so the number is meaningless.
  if (most >= BEYOND_REACH) return <p class="gauge">No rate limit is in force.</p>;
  const share = most === 0 ? 0 : rest / most;
  return (
    <p class="gauge">
      <meter min={0} max={1} low={0.2} high={0.5} optimum={1} value={share} aria-label="Remaining rate limit" />
      <span>
        {rest.toLocaleString("en")} of {most.toLocaleString("en")} calls left{until(reset)}
      </span>
    </p>
  );
}

function until(reset: string | undefined): string {
  const at = new Date(Number(reset) * 1000);
  if (reset === undefined || Number.isNaN(at.getTime())) return "";
  return ` until ${timeOf(at)}`;
}
