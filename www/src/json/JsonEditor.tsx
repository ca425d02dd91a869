// A text field for JSON. The coloured text lies under the field's own, which is transparent; both have the same metrics.

import { useMemo } from "preact/hooks";
import { Tokens } from "./Lines.tsx";
import { tokensOf } from "./tokens.ts";

interface JsonEditorProps {
  id: string;
  label: string;
  text: string;
  onText: (text: string) => void;
  /** The problem with the text, if any. */
  problem?: string | undefined;
  /** The id of the element that describes the field. */
  about?: string;
  rows?: number;
}

export function JsonEditor({ id, label, text, onText, problem, about, rows = 3 }: JsonEditorProps) {
  const tokens = useMemo(() => tokensOf(text), [text]);
  return (
    <div class="json-editor">
      <div class="json-editor-layers">
        <pre class="code" aria-hidden="true">
          <Tokens tokens={tokens} />
          {"\n"}
        </pre>
        <textarea
          id={id}
          class="code"
          aria-label={label}
          aria-invalid={problem !== undefined}
          aria-describedby={problem === undefined ? about : `${id}-problem`}
          spellcheck={false}
          autocapitalize="off"
          autocomplete="off"
          rows={rows}
          value={text}
          onInput={(event) => onText(event.currentTarget.value)}
        />
      </div>
      {problem !== undefined && (
        <p class="problem" id={`${id}-problem`}>
          {problem}
        </p>
      )}
    </div>
  );
}
