// The tasks that calls of this page have started, polled to their end.

import { signal } from "@preact/signals";
import type { GetTaskResponse, StreamClient } from "getstream-users";
import { reasonOf } from "../ui/reason.ts";
import { announce } from "./announce.ts";
import { refresh } from "./world.ts";

export interface FollowedTask {
  id: string;
  /** The operation that started it. */
  operation: string;
  at: Date;
  status: string;
  result?: unknown;
  /** Why it failed, or why it is no longer polled. */
  problem?: string;
}

const LOOK_EVERY = 300;

let following = new AbortController();

export const tasks = signal<readonly FollowedTask[]>([]);

export function follow(client: StreamClient, operation: string, answer: Record<string, unknown>): void {
  const { task_id: id } = answer;
  if (typeof id !== "string") return;
  tasks.value = [
    { id, operation, at: new Date(), status: "pending" },
    ...tasks.peek().filter((task) => task.id !== id),
  ];
  const looked = (task: GetTaskResponse) => {
    learn(id, { status: task.status, result: task.result });
    void refresh();
  };
  const { signal } = following;
  client.waitForTask(id, { pollInterval: LOOK_EVERY, onProgress: looked, signal }).then(
    () => announce(`The task of ${operation} is completed`),
    (error: unknown) => {
      if (signal.aborted) return;
      const problem = reasonOf(error);
      learn(id, { problem });
      announce(`The task of ${operation}: ${problem}`);
    },
  );
}

export function forgetTasks(): void {
  following.abort();
  following = new AbortController();
  tasks.value = [];
}

function learn(id: string, more: Partial<FollowedTask>): void {
  tasks.value = tasks.peek().map((task) => (task.id === id ? { ...task, ...more } : task));
}
