import { JsonView } from "../json/Lines.tsx";
import { type FollowedTask, tasks } from "../state/tasks.ts";
import { timeOf } from "../ui/time.ts";

export function Tasks() {
  if (tasks.value.length === 0) {
    return (
      <p class="empty">No tasks yet. deactivateUsers, deleteUsers and exportUsers start tasks, which appear here.</p>
    );
  }
  return (
    <ul class="tasks">
      {tasks.value.map((task) => (
        <li key={task.id}>
          <Task task={task} />
        </li>
      ))}
    </ul>
  );
}

/** The API returns a task's status, not its progress. */
const PROGRESS: Record<string, number> = { pending: 0.15, waiting: 0.15, running: 0.6, completed: 1, failed: 1 };

function Task({ task }: { task: FollowedTask }) {
  const ended = task.status === "completed" || task.status === "failed";
  return (
    <article class="task" data-task={task.id} data-status={task.status}>
      <header>
        <span class="task-name">{task.operation}</span>
        <span class={`status ${toneOf(task)}`}>{task.status}</span>
        <code>{task.id}</code>
        <time>{timeOf(task.at)}</time>
      </header>
      <progress max={1} value={PROGRESS[task.status] ?? 0} aria-label={`Progress of ${task.operation}`} />
      {task.problem !== undefined && <p class="problem">{task.problem}</p>}
      {ended && task.result !== undefined && (
        <details>
          <summary>Result</summary>
          <JsonView value={task.result} label={`Result of ${task.operation}`} />
        </details>
      )}
    </article>
  );
}

function toneOf({ status, problem }: FollowedTask): string {
  if (status === "failed" || problem !== undefined) return "bad";
  return status === "completed" ? "good" : "busy";
}
