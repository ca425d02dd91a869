// The activity pane: users, tasks, history, and the emulator's controls.

import { connections, deliveries, requests } from "../state/activity.ts";
import { past } from "../state/history.ts";
import { fold, layout } from "../state/layout.ts";
import { tasks } from "../state/tasks.ts";
import { type DockTab, dockTab } from "../state/view.ts";
import { world } from "../state/world.ts";
import { Icon } from "../ui/Icon.tsx";
import { Splitter } from "../ui/Splitter.tsx";
import { Tabs } from "../ui/Tabs.tsx";
import { Deliveries } from "./Deliveries.tsx";
import { EmulatorControls } from "./EmulatorControls.tsx";
import { History } from "./History.tsx";
import { Online } from "./Online.tsx";
import { Requests } from "./Requests.tsx";
import { Settings } from "./Settings.tsx";
import { Tasks } from "./Tasks.tsx";
import { Users } from "./Users.tsx";

export function Dock() {
  const { value } = world;
  return (
    <section class="dock" aria-label="Activity">
      <Splitter
        pane="dock"
        label="Resize the activity pane"
        between="rows"
        usual={33}
        grow="ArrowUp"
        sizeAt={({ clientY }) => (1 - clientY / innerHeight) * 100}
      />
      <Tabs
        id="dock"
        label="Activity"
        tabs={[
          { name: "users", label: "Users", count: value.status === "known" ? value.people.length : "–" },
          { name: "requests", label: "Requests", count: requests.value.length },
          { name: "webhooks", label: "Webhooks", count: deliveries.value.length },
          { name: "online", label: "Online", count: connections.value.length },
          { name: "tasks", label: "Tasks", count: tasks.value.length },
          { name: "history", label: "History", count: past.value.length },
          { name: "settings", label: "Settings" },
        ]}
        selected={dockTab.value}
        onSelect={(name) => {
          dockTab.value = name as DockTab;
          if (layout.peek().isDockFolded) fold("isDockFolded", false);
        }}
        extra={
          <>
            <EmulatorControls />
            <Fold />
          </>
        }
      >
        <DockView />
      </Tabs>
    </section>
  );
}

function Fold() {
  const isFolded = layout.value.isDockFolded === true;
  return (
    <button
      type="button"
      class="icon-button fold-dock"
      id="fold-dock"
      aria-label="Show the activity"
      aria-pressed={!isFolded}
      title={isFolded ? "Unfold" : "Fold"}
      onClick={() => fold("isDockFolded", !isFolded)}
    >
      <Icon name={isFolded ? "chevronUp" : "chevron"} />
    </button>
  );
}

function DockView() {
  switch (dockTab.value) {
    case "users":
      return <Users />;
    case "requests":
      return <Requests />;
    case "webhooks":
      return <Deliveries />;
    case "online":
      return <Online />;
    case "settings":
      return <Settings />;
    case "tasks":
      return <Tasks />;
    case "history":
      return <History />;
  }
}
