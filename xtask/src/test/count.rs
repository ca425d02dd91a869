//! Reads the numbers of tests from the output of test runners.

use std::fmt;
use std::iter::Sum;

use crate::step::Transcript;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Counts {
    pub(crate) passed: usize,
    pub(crate) failed: usize,
    pub(crate) skipped: usize,
}

impl Counts {
    /// A stage that could not run.
    pub(super) const fn one_failure() -> Self {
        Self { passed: 0, failed: 1, skipped: 0 }
    }

    /// A stage without a test proves nothing, so it counts as failed.
    pub(crate) fn or_failure_if_none(self) -> Self {
        if self == Self::default() {
            eprintln!("this stage ran no test");
            return Self::one_failure();
        }
        self
    }

    /// A run that failed without a failed test did not compile, or was interrupted.
    fn of_run(self, transcript: &Transcript) -> Self {
        if !transcript.success && self.failed == 0 { Self { failed: 1, ..self } } else { self }
    }

    /// From `cargo test`: a line `test result: ok. 7 passed; 0 failed; 1 ignored; …` for every binary.
    pub(super) fn of_cargo(transcript: &Transcript) -> Self {
        let results = transcript.stdout.lines().filter_map(|line| line.trim().strip_prefix("test result: "));
        let counts: Self = results
            .map(|result| Self {
                passed: number_before(result, " passed"),
                failed: number_before(result, " failed"),
                skipped: number_before(result, " ignored"),
            })
            .sum();
        counts.of_run(transcript)
    }

    /// From `node --test`: lines `ℹ pass 7` at the end, or `# pass 7` in TAP.
    pub(crate) fn of_node(transcript: &Transcript) -> Self {
        let count = |name: &str| -> usize {
            let lines = transcript.stdout.lines().filter_map(|line| line.split_once(' '));
            let values = lines.filter(|(mark, _)| matches!(*mark, "ℹ" | "#")).map(|(_, rest)| rest);
            values.filter_map(|rest| rest.strip_prefix(name)?.trim().parse::<usize>().ok()).next_back().unwrap_or(0)
        };
        let counts = Self {
            passed: count("pass "),
            failed: count("fail ") + count("cancelled "),
            skipped: count("skipped ") + count("todo "),
        };
        counts.of_run(transcript)
    }

    /// From Python's unittest: a line `Ran 7 tests in 0.1s`, and at the end `OK`, `OK (skipped=1)` or
    /// `FAILED (failures=1, errors=1)`.
    pub(crate) fn of_unittest(transcript: &Transcript) -> Self {
        let lines = || transcript.stdout.lines();
        let ran = lines().filter_map(|line| line.strip_prefix("Ran ")).map(|ran| number_after(ran, "")).next_back();
        let end = lines().rfind(|line| line.starts_with("OK") || line.starts_with("FAILED")).unwrap_or_default();
        // "expected failures=1" is no failure, and never comes first if there are failures.
        let failed =
            number_after(end, "(failures=") + number_after(end, "errors=") + number_after(end, "unexpected successes=");
        let skipped = number_after(end, "skipped=");
        let passed = ran.unwrap_or(0).saturating_sub(failed + skipped);
        Self { passed, failed, skipped }.of_run(transcript)
    }
}

fn number_after(text: &str, word: &str) -> usize {
    let after = text.split_once(word).map(|(_, after)| after).unwrap_or_default();
    after.split(|letter: char| !letter.is_ascii_digit()).next().and_then(|number| number.parse().ok()).unwrap_or(0)
}

fn number_before(text: &str, word: &str) -> usize {
    let before = text.find(word).and_then(|at| text.get(..at)).unwrap_or_default();
    before.rsplit(' ').next().and_then(|number| number.parse().ok()).unwrap_or(0)
}

impl Sum for Counts {
    fn sum<I: Iterator<Item = Self>>(iterator: I) -> Self {
        iterator.fold(Self::default(), |sum, next| Self {
            passed: sum.passed + next.passed,
            failed: sum.failed + next.failed,
            skipped: sum.skipped + next.skipped,
        })
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)?;
        if self.skipped > 0 { write!(f, ", {} skipped", self.skipped) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn transcript(stdout: &str, success: bool) -> Transcript {
        Transcript { stdout: stdout.to_owned(), success }
    }

    #[test]
    fn adds_up_what_cargo_says_of_each_binary() {
        let said = "running 3 tests\ntest result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out\n\n\
                    test result: FAILED. 10 passed; 2 failed; 0 ignored; 0 measured\n";
        let counts = Counts::of_cargo(&transcript(said, false));
        assert_eq!(counts, Counts { passed: 13, failed: 2, skipped: 1 });
        assert_eq!(counts.to_string(), "13 passed, 2 failed, 1 skipped");
    }

    #[test]
    fn reads_either_report_of_node() {
        let expected = Counts { passed: 5, failed: 2, skipped: 1 };
        for said in [
            "✔ pass 9\nℹ tests 8\nℹ pass 5\nℹ fail 1\nℹ cancelled 1\nℹ skipped 1\nℹ todo 0\n",
            "ok 1 - a\n# tests 8\n# pass 5\n# fail 1\n# cancelled 1\n# skipped 1\n# todo 0\n",
        ] {
            assert_eq!(Counts::of_node(&transcript(said, false)), expected);
        }
    }

    #[test]
    fn reads_the_end_of_a_run_of_unittest() {
        for (said, success, expected) in [
            ("Ran 7 tests in 0.1s\n\nOK\n", true, Counts { passed: 7, failed: 0, skipped: 0 }),
            ("Ran 7 tests in 0.1s\n\nOK (skipped=2)\n", true, Counts { passed: 5, failed: 0, skipped: 2 }),
            (
                "Ran 17 tests in 0.1s\n\nFAILED (failures=2, errors=3, skipped=1)\n",
                false,
                Counts { passed: 11, failed: 5, skipped: 1 },
            ),
            ("Ran 7 tests in 0.1s\n\nFAILED (errors=1)\n", false, Counts { passed: 6, failed: 1, skipped: 0 }),
        ] {
            assert_eq!(Counts::of_unittest(&transcript(said, success)), expected, "{said}");
        }
    }

    #[test]
    fn a_run_that_broke_off_has_failed() {
        assert_eq!(Counts::of_unittest(&transcript("", false)).failed, 1);
        assert_eq!(Counts::of_cargo(&transcript("", false)).failed, 1);
        assert_eq!(Counts::of_node(&transcript("", true)).or_failure_if_none(), Counts::one_failure());
    }
}
