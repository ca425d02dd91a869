//! One line per request, on stderr.
//!
//! The lines are written by a separate thread, because stderr may block when nobody reads it, and a request must not
//! wait for that. Lines that arrive faster than they can be written are dropped and counted.

use std::io::{self, Write};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, SyncSender, TrySendError};
use std::sync::{Arc, atomic};
use std::thread;
use std::time::Duration;

use getstream_users::model::APIError;
use serde::Serialize;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::{Response, Summary};

/// How many lines can be queued: a second with more requests than a machine can send.
const MAX_WAITING: usize = 20_000;

/// How long writing the last lines may take when the server stops.
const GRACE: Duration = Duration::from_millis(500);

/// The format of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// For programs: a JSON object.
    Json,
}

/// The queue of lines; `None` for no log.
#[derive(Debug, Clone, Default)]
pub(super) struct RequestLog(Option<Lines>);

#[derive(Debug, Clone)]
struct Lines {
    format: LogFormat,
    sender: SyncSender<String>,
    /// How many lines were dropped since the last one in the queue.
    left_out: Arc<atomic::AtomicU64>,
}

/// The thread that writes, as a channel that ends with it.
#[derive(Debug)]
pub(super) struct LogWriter(Option<Receiver<()>>);

impl RequestLog {
    /// Starts a log on stderr, if there is to be one.
    pub(super) fn start(format: Option<LogFormat>) -> (Self, LogWriter) {
        let Some(format) = format else { return (Self(None), LogWriter(None)) };
        let (sender, lines) = mpsc::sync_channel(MAX_WAITING);
        let (ending, ended) = mpsc::channel();
        thread::spawn(move || {
            write_lines(&lines);
            drop(ending);
        });
        (Self(Some(Lines { format, sender, left_out: Arc::default() })), LogWriter(Some(ended)))
    }

    /// Adds the line of a request.
    pub(super) fn add(&self, method: &str, path: &str, response: &Response, took: Duration) {
        let Some(lines) = self.0.as_ref().filter(|_| !response.is_unlogged) else { return };
        let at = OffsetDateTime::now_utc();
        let line = Line {
            time: at.format(&Rfc3339).unwrap_or_default(),
            duration_ms: (took.as_secs_f64() * 10_000.0).round() / 10.0,
            what: What::of(method, path, response),
        };
        lines.add(match lines.format {
            LogFormat::Text => line.text(at),
            LogFormat::Json => serde_json::to_string(&line).unwrap_or_default(),
        });
    }
}

impl Lines {
    fn add(&self, line: String) {
        let left_out = self.left_out.swap(0, atomic::Ordering::Relaxed);
        let line = if left_out == 0 { line } else { format!("{line}\n{}", self.gap(left_out)) };
        if let Err(TrySendError::Full(_)) = self.sender.try_send(line) {
            self.left_out.fetch_add(left_out + 1, atomic::Ordering::Relaxed);
        }
    }

    fn gap(&self, left_out: u64) -> String {
        match self.format {
            LogFormat::Text => format!("{left_out} lines before this one were left out"),
            LogFormat::Json => format!(r#"{{"left_out":{left_out}}}"#),
        }
    }
}

impl LogWriter {
    /// Waits briefly until the last lines are written. Every [`RequestLog`] must have been dropped.
    pub(super) fn finish(self) {
        if let Some(ended) = self.0 {
            let _: Result<(), RecvTimeoutError> = ended.recv_timeout(GRACE);
        }
    }
}

/// Writes lines until all senders are dropped. Lines that arrived together are written together.
fn write_lines(lines: &Receiver<String>) {
    while let Ok(first) = lines.recv() {
        let mut text = first;
        text.push('\n');
        for line in lines.try_iter().take(1_000) {
            text.push_str(&line);
            text.push('\n');
        }
        // If stderr is closed, there is nobody to tell.
        let _: io::Result<()> = io::stderr().write_all(text.as_bytes());
    }
}

#[derive(Debug, Serialize)]
struct Line<'a> {
    /// When the response was sent.
    time: String,
    /// How long it took from the end of the request's head to the beginning of the response.
    duration_ms: f64,
    #[serde(flatten)]
    what: What<'a>,
}

/// The rest of a line.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum What<'a> {
    /// A request to the emulated app.
    App(&'a Summary),
    /// A request to a control, or one that did not arrive completely.
    Other {
        method: &'a str,
        path: &'a str,
        status: u16,
        #[serde(skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    },
}

impl<'a> What<'a> {
    fn of(method: &'a str, path: &'a str, response: &'a Response) -> Self {
        match &response.summary {
            Some(summary) => Self::App(summary),
            None => Self::Other {
                method,
                path,
                status: response.status,
                reason: serde_json::from_slice::<APIError>(&response.body).ok().map(|envelope| envelope.message),
            },
        }
    }
}

impl Line<'_> {
    fn text(&self, at: OffsetDateTime) -> String {
        let (hour, minute, second, ms) = (at.hour(), at.minute(), at.second(), at.millisecond());
        let what = match &self.what {
            What::App(summary) => summary.to_string(),
            What::Other { method, path, status, reason } => {
                let reason = reason.as_ref().map(|reason| format!(": {reason}")).unwrap_or_default();
                format!("{status} {method} {path}{reason}")
            }
        };
        format!("{hour:02}:{minute:02}:{second:02}.{ms:03} {:.1}ms {what}", self.duration_ms)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Method, Refusal};

    fn line(response: &Response) -> (String, serde_json::Value) {
        let at = OffsetDateTime::UNIX_EPOCH + time::Duration::milliseconds(3_723_004);
        let what = What::of("GET", "/api/v2/app", response);
        let line = Line { time: at.format(&Rfc3339).unwrap(), duration_ms: 0.4, what };
        (line.text(at), serde_json::to_value(&line).unwrap())
    }

    #[test]
    fn a_line_says_when_how_long_what_and_why() {
        let summary = Summary {
            method: Method::Get,
            path: "/api/v2/app".to_owned(),
            operation: Some("GetApp"),
            caller: "user",
            user_id: Some("ann".to_owned()),
            status: Some(403),
            code: Some(17),
            reason: Some("not allowed".to_owned()),
            ignored: Vec::new(),
            guesses: Vec::new(),
            fault: false,
        };
        let response = Response { summary: Some(Box::new(summary)), ..Refusal::Malformed.response() };
        let (text, json) = line(&response);
        assert_eq!(text, "01:02:03.004 0.4ms 403 GetApp by user ann: not allowed");
        assert_eq!(
            json,
            serde_json::json!({
                "time": "1970-01-01T01:02:03.004Z", "duration_ms": 0.4, "method": "GET", "path": "/api/v2/app",
                "operation": "GetApp", "caller": "user", "user_id": "ann", "status": 403, "code": 17,
                "reason": "not allowed", "fault": false,
            })
        );
    }

    #[test]
    fn a_request_that_never_arrived_whole_has_a_line_too() {
        let (text, json) = line(&Refusal::TooSlow.response());
        assert_eq!(text, "01:02:03.004 0.4ms 408 GET /api/v2/app: the request took too long to arrive");
        assert_eq!(json["status"], 408);
    }

    #[test]
    fn nobody_waits_for_a_reader_and_a_gap_is_told() {
        let (sender, waiting) = mpsc::sync_channel(1);
        let lines = Lines { format: LogFormat::Text, sender, left_out: Arc::default() };
        for line in ["a", "b", "c"] {
            lines.add(line.to_owned());
        }
        assert_eq!(waiting.try_recv().as_deref(), Ok("a"));
        lines.add("d".to_owned());
        assert_eq!(waiting.try_recv().as_deref(), Ok("d\n2 lines before this one were left out"));
    }
}
