import { Compare } from "../dock/Compare.tsx";
import { Dock } from "../dock/Dock.tsx";
import { UserDialog } from "../dock/UserDialog.tsx";
import { RequestPane } from "../operations/RequestPane.tsx";
import { Sidebar } from "../operations/Sidebar.tsx";
import { ResponsePane } from "../response/ResponsePane.tsx";
import { announcement } from "../state/announce.ts";
import { layout } from "../state/layout.ts";
import { place } from "../state/place.ts";
import { TargetDialog } from "../target/TargetDialog.tsx";
import { ToolPane } from "../tools/ToolPane.tsx";
import { Footer } from "./Footer.tsx";
import { Header } from "./Header.tsx";
import { KeyMap } from "./KeyMap.tsx";

export function App() {
  const { value } = place;
  return (
    <>
      <button type="button" class="skip" onClick={skip}>
        Skip to the operation
      </button>
      <div class={appClass()}>
        <Header />
        <Sidebar />
        <main id="main" class={value.view === "tool" ? "stage tool" : "stage"} tabIndex={-1}>
          {value.view === "tool" ? (
            <ToolPane tool={value.tool} />
          ) : (
            <>
              <RequestPane />
              <ResponsePane />
            </>
          )}
        </main>
        <Dock />
        <Footer />
      </div>
      <TargetDialog />
      <KeyMap />
      <Compare />
      <UserDialog />
      <div class="unseen" role="status" aria-live="polite">
        {announcement}
      </div>
    </>
  );
}

function appClass(): string {
  const { isDockFolded, isSidebarFolded } = layout.value;
  return ["app", isDockFolded ? "no-dock" : "", isSidebarFolded ? "no-sidebar" : ""].filter(Boolean).join(" ");
}

function skip(): void {
  document.getElementById("main")?.focus();
}
