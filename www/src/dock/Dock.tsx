// What the calls have done: users, tasks and history, and what can go wrong on purpose.

import { past } from "../state/history.ts";
import { tasks } from "../state/tasks.ts";
import { type DockTab, dockTab } from "../state/view.ts";
import { world } from "../state/world.ts";
import { Tabs } from "../ui/Tabs.tsx";
import { EmulatorControls } from "./EmulatorControls.tsx";
import { History } from "./History.tsx";
import { Tasks } from "./Tasks.tsx";
import { Users } from "./Users.tsx";

export function Dock() {
  const { value } = world;
  return (
    <section class="dock" aria-label="What the calls have done">
      <Tabs
        id="dock"
        label="What the calls have done"
        tabs={[
          { name: "users", label: "Users", count: value.status === "known" ? value.people.length : "–" },
          { name: "tasks", label: "Tasks", count: tasks.value.length },
          { name: "history", label: "History", count: past.value.length },
        ]}
        selected={dockTab.value}
        onSelect={(name) => (dockTab.value = name as DockTab)}
        extra={<EmulatorControls />}
      >
        <DockView />
      </Tabs>
    </section>
  );
}

function DockView() {
  switch (dockTab.value) {
    case "users":
      return <Users />;
    case "tasks":
      return <Tasks />;
    case "history":
      return <History />;
  }
}
