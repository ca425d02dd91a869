// The code for what a tool does.

import { Source } from "../code/CodePane.tsx";
import { CopyButton } from "../ui/CopyButton.tsx";

export function ToolCode({ source }: { source: string }) {
  return (
    <section class="tool-code" aria-label="As code">
      <header>
        <h3>As code</h3>
        <CopyButton label="Copy" text={() => source} />
      </header>
      <figure aria-label="As code">
        <Source source={source} language="ts" />
      </figure>
    </section>
  );
}
