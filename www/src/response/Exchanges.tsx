// The request and response of every attempt. Tokens and secrets were hidden when they were recorded.

import type { Exchange } from "../client/exchange.ts";
import type { Where } from "../client/target.ts";
import { JsonView } from "../json/Lines.tsx";
import { HeaderTable } from "./HeaderTable.tsx";
import { milliseconds } from "./time.ts";

export function Exchanges({ exchanges, where }: { exchanges: readonly Exchange[]; where: Where }) {
  if (exchanges.length === 0) return <p class="empty">Nothing was sent.</p>;
  return (
    <div class="exchanges">
      {where === "page" && <p class="about">The emulator in this page responded: nothing was sent to this address.</p>}
      {exchanges.map((exchange, place) => (
        <details key={exchange.start} open={place === exchanges.length - 1}>
          <summary>
            Attempt {place + 1}
            <span>{wordOf(exchange)}</span>
          </summary>
          <OneExchange exchange={exchange} place={place} />
        </details>
      ))}
    </div>
  );
}

function OneExchange({ exchange, place }: { exchange: Exchange; place: number }) {
  return (
    <>
      <h3>Request</h3>
      <p class="request-line">
        {exchange.method} {exchange.url}
      </p>
      <HeaderTable headers={exchange.requestHeaders} />
      {exchange.requestBody !== undefined && (
        <JsonView value={exchange.requestBody} label={`Body of request ${place + 1}`} />
      )}
      <h3>Answer</h3>
      {exchange.status === undefined && <p class="empty">{exchange.failure ?? "not there yet"}</p>}
      {exchange.responseHeaders !== undefined && <HeaderTable headers={exchange.responseHeaders} />}
      {exchange.responseBody !== undefined && (
        <JsonView value={exchange.responseBody} label={`Body of answer ${place + 1}`} />
      )}
    </>
  );
}

function wordOf({ status, failure, start, end }: Exchange): string {
  const time = end === undefined ? "" : ` in ${milliseconds(end - start)}`;
  return `${status ?? failure ?? "under way"}${time}`;
}
