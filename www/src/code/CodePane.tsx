// The call in the form as code to copy. It contains placeholders for keys, secrets and tokens.

import { useMemo } from "preact/hooks";
import type { Operation } from "../schema.d.ts";
import { input } from "../state/input.ts";
import { target } from "../state/target.ts";
import { runtime } from "../state/view.ts";
import { CopyButton } from "../ui/CopyButton.tsx";
import { Tabs } from "../ui/Tabs.tsx";
import { highlight } from "./highlight.ts";
import { RUNTIMES, type Runtime, snippet } from "./snippet.ts";

/** Where `npx getstream-users emulator` listens. Other programs cannot reach the emulator in the page. */
const LOCAL = "http://127.0.0.1:8737";

const TABS = RUNTIMES.map(({ runtime, title }) => ({ name: runtime, label: title }));

export function CodePane({ shown }: { shown: Operation }) {
  const { where, url } = target.value;
  // Code that is copied for an emulator must not call a real app.
  const place = where === "url" ? { basePath: url } : where === "page" ? { basePath: LOCAL } : {};
  const source = snippet(runtime.value, shown, input.value, place);
  return (
    <div class="code-pane">
      <Tabs
        id="code"
        label="Runtime"
        tabs={TABS}
        selected={runtime.value}
        onSelect={(name) => {
          runtime.value = name as Runtime;
        }}
        extra={
          <div class="tab-extra">
            <CopyButton label="Copy" text={() => source} />
          </div>
        }
      >
        {where !== "stream" && runtime.value !== "test" && (
          <p class="about code-note">
            {where === "url" ? "For this emulator" : "For the emulator that npx getstream-users emulator starts"}:
            without <code>{runtime.value === "curl" ? "its address" : "basePath"}</code>, calls go to Stream.
          </p>
        )}
        <Source source={source} language={RUNTIMES.find((one) => one.runtime === runtime.value)?.language ?? "js"} />
      </Tabs>
    </div>
  );
}

export function Source({ source, language }: { source: string; language: "ts" | "js" | "sh" }) {
  const tokens = useMemo(() => highlight(source, language), [source, language]);
  return (
    <pre class="code source">
      {tokens.map(({ kind, text }, place) =>
        kind === "plain" ? (
          text
        ) : (
          <span key={place} class={`source-${kind}`}>
            {text}
          </span>
        ),
      )}
    </pre>
  );
}
