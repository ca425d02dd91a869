//! Polling a task until it ends, or until the timeout.
//!
//! The first poll is immediate, and the last one not before the timeout, so a task that ends in time is never missed.

use alloc::string::String;

use crate::error::{Error, Kind};
use crate::model::ErrorResult;
use crate::wording::{describe_number, say};

const STILL: &str =
    "task $ did not end within $ ms and is still $; it goes on, wait for it again or with a longer timeout";

/// Interval and timeout of polling.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Polling {
    /// Milliseconds between two polls.
    pub interval_ms: f64,
    /// Milliseconds after which waiting ends.
    pub timeout_ms: f64,
}

/// The fields of a task that decide. An unknown status counts as not ended.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TaskView {
    /// The status of the task.
    pub status: String,
    /// Why it failed.
    pub error: Option<ErrorResult>,
}

/// What to do after a poll.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// It is completed.
    Done,
    /// It failed, or took too long.
    Fail(Error),
    /// Poll again after so many milliseconds.
    Wait(f64),
}

/// Decides what to do after a poll of the task `id`, `elapsed_ms` milliseconds after the first.
#[must_use]
pub fn next_step(id: &str, task: &TaskView, elapsed_ms: f64, polling: Polling) -> Step {
    match task.status.as_str() {
        "completed" => Step::Done,
        "failed" => Step::Fail(failure(id, task.error.as_ref())),
        _ if elapsed_ms >= polling.timeout_ms => {
            let limit = describe_number(polling.timeout_ms);
            let status = if task.status.is_empty() { "in an unknown state" } else { &task.status };
            Step::Fail(Error::new(Kind::Timeout, say(STILL, &[id, &limit, status], &[])))
        }
        _ => Step::Wait(polling.interval_ms.min(polling.timeout_ms - elapsed_ms)),
    }
}

fn failure(id: &str, error: Option<&ErrorResult>) -> Error {
    let words = match error {
        Some(error) => say("task $ failed: $: $", &[id, &error.r#type, &error.description], &[]),
        None => say("task $ failed", &[id], &[]),
    };
    Error::new(Kind::TaskFailed, words)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(status: &str, elapsed_ms: f64) -> Step {
        let task = TaskView { status: status.into(), error: None };
        next_step("t1", &task, elapsed_ms, Polling { interval_ms: 100.0, timeout_ms: 250.0 })
    }

    #[test]
    fn waits_until_the_task_ends() {
        assert_eq!(step("pending", 0.0), Step::Wait(100.0));
        assert_eq!(step("running", 100.0), Step::Wait(100.0));
        assert_eq!(step("some new status", 100.0), Step::Wait(100.0));
        assert_eq!(step("completed", 0.0), Step::Done);
        assert_eq!(step("completed", 9999.0), Step::Done);
    }

    #[test]
    fn looks_a_last_time_when_the_time_is_up() {
        assert_eq!(step("running", 200.0), Step::Wait(50.0));
        let Step::Fail(error) = step("running", 250.0) else { panic!("waits on") };
        assert_eq!(error.kind(), Kind::Timeout);
        assert!(error.message().starts_with("task t1 did not end within 250 ms and is still running"));
    }

    #[test]
    fn says_why_a_task_failed() {
        let error = ErrorResult { r#type: "Oops".into(), description: "no disk".into(), ..ErrorResult::default() };
        let task = TaskView { status: "failed".into(), error: Some(error) };
        let Step::Fail(error) = next_step("t1", &task, 0.0, Polling { interval_ms: 1000.0, timeout_ms: 60_000.0 })
        else {
            panic!("waits on")
        };
        assert_eq!((error.kind(), error.message()), (Kind::TaskFailed, "task t1 failed: Oops: no disk"));
        let Step::Fail(error) = step("failed", 0.0) else { panic!("waits on") };
        assert_eq!(error.message(), "task t1 failed");
    }
}
