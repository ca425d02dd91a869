import { useSignal } from "@preact/signals";
import { announce } from "../state/announce.ts";
import { Icon, type IconName } from "./Icon.tsx";

interface CopyButtonProps {
  /** Returns the text to copy. */
  text: () => string;
  label: string;
  icon?: IconName;
}

/** How long the button shows "Copied", in milliseconds. */
const FEEDBACK = 1600;

export function CopyButton({ text, label, icon = "copy" }: CopyButtonProps) {
  const said = useSignal("");
  const copy = async () => {
    said.value = await write(text()).then(
      () => "Copied",
      () => "Not allowed",
    );
    announce(said.value);
    setTimeout(() => {
      said.value = "";
    }, FEEDBACK);
  };
  return (
    <button type="button" class="button quiet copy" onClick={copy}>
      <Icon name={said.value === "Copied" ? "check" : icon} />
      <span class="copy-label">
        {/* Both texts take their room, so that nothing moves. */}
        <span class={said.value === "" ? "" : "gone"}>{label}</span>
        <span class={said.value === "" ? "gone" : ""} aria-hidden={said.value === ""}>
          {said.value || "Copied"}
        </span>
      </span>
    </button>
  );
}

/** Rejects in pages without TLS, which have no clipboard. */
async function write(text: string): Promise<void> {
  await navigator.clipboard.writeText(text);
}
