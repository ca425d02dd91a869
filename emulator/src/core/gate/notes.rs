//! The two response headers with the ignored fields and with the choices that affected the response.

use crate::core::wire::{Headers, Summary};

/// The longest header value: enough for the first mistakes, and short enough for every server and proxy.
const MOST: usize = 1_000;

/// Adds the headers, if there is anything to report.
pub(crate) fn write_notes(summary: &Summary, headers: &mut Headers) {
    if !summary.ignored.is_empty() {
        headers.append("x-emulator-ignored", printable(&summary.ignored.join(", ")));
    }
    if !summary.guesses.is_empty() {
        headers.append("x-emulator-guess", printable(&summary.guesses.join(", ")));
    }
}

/// The text with everything except printable ASCII escaped, so that it is a valid header value.
fn printable(text: &str) -> String {
    let escaped = text.chars().map(|letter| match letter {
        ' '..='~' => letter.to_string(),
        other => other.escape_unicode().to_string(),
    });
    let mut value = String::new();
    for letter in escaped {
        if value.len() + letter.len() > MOST {
            value.push_str("...");
            break;
        }
        value.push_str(&letter);
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::wire::Method;

    #[test]
    fn headers_are_added_only_if_there_is_something_to_report() {
        let noted = |ignored: &[&str], guesses: &[&'static str]| {
            let ignored = ignored.iter().map(|name| (*name).to_owned()).collect();
            let summary = Summary {
                method: Method::Get,
                path: String::new(),
                operation: None,
                caller: "none",
                user_id: None,
                status: None,
                code: None,
                reason: None,
                ignored,
                guesses: guesses.to_vec(),
                fault: false,
            };
            let mut headers = Headers::default();
            write_notes(&summary, &mut headers);
            ["x-emulator-ignored", "x-emulator-guess"].map(|name| headers.get(name).map(str::to_owned))
        };
        assert_eq!(noted(&[], &[]), [None, None]);
        assert_eq!(noted(&["nmae", "rol"], &[]), [Some("nmae, rol".to_owned()), None]);
        assert_eq!(noted(&[], &["a guess"]), [None, Some("a guess".to_owned())]);
    }

    #[test]
    fn header_values_are_printable_and_limited() {
        assert_eq!(printable("users[j\u{f6}rg].na\r\nme"), "users[j\\u{f6}rg].na\\u{d}\\u{a}me");
        let most = "a".repeat(MOST);
        assert_eq!(printable(&most), most);
        assert_eq!(printable(&format!("{most}a")), format!("{most}..."));
        let long = printable(&"\u{1f600}".repeat(500));
        assert!(long.len() <= MOST + 3 && long.ends_with("}..."), "{long}");
    }
}
