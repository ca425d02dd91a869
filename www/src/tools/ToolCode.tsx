// The same as a tool does, as a program does it.

import { Source } from "../code/CodePane.tsx";
import { CopyButton } from "../ui/CopyButton.tsx";

export function ToolCode({ source }: { source: string }) {
  return (
    <section class="tool-code" aria-label="The same as code">
      <header>
        <h3>As code</h3>
        <CopyButton label="Copy" text={() => source} />
      </header>
      <figure aria-label="The same as code">
        <Source source={source} language="ts" />
      </figure>
    </section>
  );
}
