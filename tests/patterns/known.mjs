// Regular expressions that take longer than their text is, or of which the checker cannot tell, and why that does no harm.

const REASONS = [
  [
    /^(?:Stream error code -?\d+: |task \S+ failed: (?:[\w ]+: )?)?(?:[\w ]+ failed with error: )?["\\]*(.*?)["\\]*$/s,
    "what the API says, of which an error keeps 2,000 characters",
  ],
  [
    /^(?:the )?user \\?["']?([\w@-]+)\\?["']? (?:was (?:deleted|deactivated)|does not exist|is not (?:deleted|deactivated))/,
    "what the API says, of which an error keeps 2,000 characters",
  ],
  [/\/+$/, "the URL of the API, an option of the caller"],
  [/^export (?:declare )?(?:class|const|function|interface|type) (\w+)/gm, "the package's own declarations"],
  [/^export (?:type )?\{([^}]*)\}/gm, "the package's own declarations"],
  [/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`/, "code that the demo page has written"],
  [/\{ .* \}/, "code that the demo page has written"],
];

/** The reasons by the regular expression, as it is written. */
export const KNOWN = Object.fromEntries(REASONS.map(([pattern, reason]) => [String(pattern), reason]));
