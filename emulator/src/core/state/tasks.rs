//! Tasks: work that is done after the response to its request.
//!
//! A task takes a fixed time by the clock. It is pending for the first half. Then it runs, and its effects are visible;
//! after the second half it is completed.
//!
//! A choice, because no source says how long a task can be read: the latest ten thousand are kept, and all that have
//! not run.

use std::collections::VecDeque;
use std::time::Duration;

use getstream_users::model::{CustomData, ErrorResult, GetTaskResponse, TaskStatus, Timestamp};
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

/// How many finished tasks are kept.
const KEPT: usize = 10_000;

/// The work of a task.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) enum Job {
    Deactivate {
        user_ids: Vec<String>,
        created_by_id: Option<String>,
    },
    Reactivate {
        user_ids: Vec<String>,
        created_by_id: Option<String>,
    },
    /// `unknown` are the ids that the task reports as unknown.
    Delete {
        user_ids: Vec<String>,
        unknown: Vec<String>,
    },
    Export {
        user_ids: Vec<String>,
        origin: String,
    },
}

/// How a task ended.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) enum End {
    Completed(CustomData),
    Failed(ErrorResult),
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Task {
    created_at: Timestamp,
    runs_at: Timestamp,
    ends_at: Timestamp,
    /// How it ends; set when the task runs.
    end: Option<End>,
}

/// A task that is due.
#[derive(Debug)]
pub(crate) struct Due {
    pub(crate) id: String,
    pub(crate) job: Job,
    /// When it runs.
    pub(crate) at: Timestamp,
    pub(crate) ends_at: Timestamp,
}

/// All tasks.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Tasks {
    by_id: IndexMap<String, Task>,
    /// Tasks that have not run, the next one first.
    waiting: VecDeque<(String, Timestamp, Job)>,
    /// The duration of new tasks. It belongs to the emulator, not to the app.
    #[serde(skip)]
    duration: Duration,
}

impl Tasks {
    pub(crate) fn new(duration: Duration) -> Self {
        Self { by_id: IndexMap::new(), waiting: VecDeque::new(), duration }
    }

    /// How long new tasks take.
    pub(crate) fn duration(&self) -> Duration {
        self.duration
    }

    /// Changes how long new tasks take.
    pub(crate) fn set_duration(&mut self, duration: Duration) {
        self.duration = duration;
    }

    pub(super) fn add(&mut self, id: String, job: Job, now: Timestamp, created_at: Timestamp) {
        let duration_ns = i64::try_from(self.duration.as_nanos()).unwrap_or(i64::MAX);
        let after = |nanoseconds: i64| Timestamp(now.0.saturating_add(nanoseconds));
        let runs_at = after(duration_ns / 2);
        self.by_id.insert(id.clone(), Task { created_at, runs_at, ends_at: after(duration_ns), end: None });
        // Usually the end of the queue, unless tasks have become shorter or the clock was set back.
        let place = self.waiting.partition_point(|(.., at, _)| *at <= runs_at);
        self.waiting.insert(place, (id, runs_at, job));
    }

    /// How many tasks have not run.
    pub(crate) fn waiting(&self) -> usize {
        self.waiting.len()
    }

    /// When the next task runs.
    pub(crate) fn next_run(&self) -> Option<Timestamp> {
        self.waiting.front().map(|(_, at, _)| *at)
    }

    /// Takes the next task that is due.
    pub(crate) fn next_due(&mut self, now: Timestamp) -> Option<Due> {
        let (.., at, _) = self.waiting.front()?;
        if *at > now {
            return None;
        }
        let (id, at, job) = self.waiting.pop_front()?;
        let ends_at = self.by_id.get(&id).map_or(at, |task| task.ends_at);
        Some(Due { id, job, at, ends_at })
    }

    /// Records how a task ends.
    pub(crate) fn end(&mut self, id: &str, end: End) {
        if let Some(task) = self.by_id.get_mut(id) {
            task.end = Some(end);
        }
        while self.by_id.len() > KEPT && self.by_id.first().is_some_and(|(_, oldest)| oldest.end.is_some()) {
            self.by_id.shift_remove_index(0);
        }
    }

    /// The state of a task at `now`, without the fields that only a response has.
    pub(crate) fn describe(&self, id: &str, now: Timestamp) -> Option<GetTaskResponse> {
        let task = self.by_id.get(id)?;
        let base =
            GetTaskResponse { task_id: id.to_owned(), created_at: task.created_at, ..GetTaskResponse::default() };
        let moved_on = |at: Timestamp| at.max(task.created_at);
        Some(match &task.end {
            None => GetTaskResponse { status: TaskStatus::Pending, updated_at: task.created_at, ..base },
            Some(_) if now < task.ends_at => {
                GetTaskResponse { status: TaskStatus::Running, updated_at: moved_on(task.runs_at), ..base }
            }
            Some(End::Completed(result)) => GetTaskResponse {
                status: TaskStatus::Completed,
                updated_at: moved_on(task.ends_at),
                result: Some(result.clone()),
                ..base
            },
            Some(End::Failed(error)) => GetTaskResponse {
                status: TaskStatus::Failed,
                updated_at: moved_on(task.ends_at),
                error: Some(error.clone()),
                ..base
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_task_is_pending_then_running_then_over() {
        let mut tasks = Tasks::new(Duration::from_millis(50));
        tasks.add(
            "t".to_owned(),
            Job::Delete { user_ids: Vec::new(), unknown: Vec::new() },
            Timestamp(1000),
            Timestamp(1000),
        );
        let status = |tasks: &Tasks, now| {
            let task = tasks.describe("t", Timestamp(now)).unwrap();
            (task.status, task.updated_at.0, task.result.is_some())
        };
        let (runs, ends) = (25_001_000, 50_001_000);

        assert_eq!(status(&tasks, 1000), (TaskStatus::Pending, 1000, false));
        assert!(tasks.next_due(Timestamp(runs - 1)).is_none());
        let due = tasks.next_due(Timestamp(runs)).unwrap();
        assert_eq!((due.id.as_str(), due.at.0), ("t", runs));
        assert!(tasks.next_due(Timestamp(i64::MAX)).is_none());
        tasks.end("t", End::Completed(CustomData::new()));
        assert_eq!(status(&tasks, runs), (TaskStatus::Running, runs, false));
        assert_eq!(status(&tasks, ends - 1), (TaskStatus::Running, runs, false));
        assert_eq!(status(&tasks, ends), (TaskStatus::Completed, ends, true));
    }

    #[test]
    fn tasks_run_in_the_order_in_which_they_are_due() {
        let mut tasks = Tasks::new(Duration::from_nanos(100));
        let job = || Job::Delete { user_ids: Vec::new(), unknown: Vec::new() };
        tasks.add("long".to_owned(), job(), Timestamp(0), Timestamp(0));
        tasks.set_duration(Duration::from_nanos(10));
        tasks.add("short".to_owned(), job(), Timestamp(1), Timestamp(1));
        tasks.add("next".to_owned(), job(), Timestamp(1), Timestamp(1));
        let mut due = |now| tasks.next_due(Timestamp(now)).map(|due| due.id);
        assert_eq!([due(6), due(6), due(6)], [Some("short".to_owned()), Some("next".to_owned()), None]);
        assert_eq!(due(50).as_deref(), Some("long"));
    }

    #[test]
    fn a_task_that_takes_no_time_is_due_at_once() {
        let mut tasks = Tasks::new(Duration::ZERO);
        // The clock stands still, and the times of changes are ahead of it.
        tasks.add(
            "t".to_owned(),
            Job::Delete { user_ids: Vec::new(), unknown: Vec::new() },
            Timestamp(1000),
            Timestamp(5000),
        );
        assert!(tasks.next_due(Timestamp(1000)).is_some());
        tasks.end("t", End::Completed(CustomData::new()));
        let task = tasks.describe("t", Timestamp(1000)).unwrap();
        assert_eq!((task.status, task.updated_at.0), (TaskStatus::Completed, 5000));
    }

    #[test]
    fn the_oldest_tasks_are_forgotten_once_they_have_run() {
        let mut tasks = Tasks::new(Duration::ZERO);
        let job = || Job::Delete { user_ids: Vec::new(), unknown: Vec::new() };
        for number in 0..=KEPT {
            tasks.add(number.to_string(), job(), Timestamp(0), Timestamp(0));
        }
        let known = |tasks: &Tasks, id: &str| tasks.describe(id, Timestamp(1)).is_some();
        tasks.end("1", End::Completed(CustomData::new()));
        assert!(known(&tasks, "0") && known(&tasks, "1"), "the oldest has yet to run");
        tasks.end("0", End::Completed(CustomData::new()));
        assert!(!known(&tasks, "0") && known(&tasks, "1") && known(&tasks, &KEPT.to_string()));
    }
}
