//! "Did you mean ..": the known name that is closest to an unknown one.

/// How similar two names have to be, from 0 to 1: `nmae` and `name` are 0.92, `plan` and `name` 0.50.
const ALIKE: f64 = 0.8;

/// The name most similar to `written`, if one is similar enough.
pub(crate) fn closest<'a>(written: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let plain = |name: &str| name.to_lowercase().replace(['_', '-'], "");
    let written = plain(written);
    let likeness = |name: &str| {
        strsim::normalized_damerau_levenshtein(&written, &plain(name)).max(if written.len() > 3 {
            strsim::jaro_winkler(&written, &plain(name)) - 0.1
        } else {
            0.0
        })
    };
    let rated = names.map(|name| (likeness(name), name)).filter(|(likeness, _)| *likeness >= ALIKE);
    rated.max_by(|(one, _), (other, _)| one.total_cmp(other)).map(|(_, name)| name)
}

/// The suggestion, to be appended to an error message; empty if no name is similar.
pub(crate) fn did_you_mean<'a>(written: &str, names: impl Iterator<Item = &'a str>) -> String {
    closest(written, names).map(|name| format!(", did you mean \"{name}\"?")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typing_error_is_matched_and_a_different_word_is_not() {
        let names = ["name", "image", "invisible", "privacy_settings", "QueryUsers", "teams", "teams_role"];
        for (written, expected) in [
            ("nmae", Some("name")),
            ("Name", Some("name")),
            ("privacySettings", Some("privacy_settings")),
            ("queryUsers", Some("QueryUsers")),
            ("team", Some("teams")),
            ("imgae", Some("image")),
            ("plan", None),
            ("id", None),
            ("", None),
        ] {
            assert_eq!(closest(written, names.into_iter()), expected, "{written}");
        }
    }
}
