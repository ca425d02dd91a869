// Splits JSON into tokens, for colours. No text is lost: the joined tokens of a line are that line.

/** A `space` has no colour. */
export type TokenKind = "key" | "string" | "number" | "boolean" | "null" | "date" | "mark" | "space" | "other";

export interface Token {
  kind: TokenKind;
  text: string;
}

const PATTERN =
  /(?<string>"(?:[^"\\\n]|\\.)*"?)|(?<number>-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?<word>[A-Za-z_$][\w$]*)|(?<space>\s+)|(?<mark>[{}[\],:])|(?<other>.)/gsu;

/** Longer texts have no colours, because a browser would need seconds while somebody types. */
export const MOST_COLOURED = 50_000;

/** The tokens of a text that is JSON, possibly incomplete. */
export function tokensOf(text: string): Token[] {
  if (text.length > MOST_COLOURED) return [{ kind: "space", text }];
  const tokens = [...text.matchAll(PATTERN)].map((match) => ({ kind: kindOf(match.groups ?? {}), text: match[0] }));
  return tokens.map((token, place) =>
    token.kind === "string" && isKey(tokens, place) ? { ...token, kind: "key" } : token,
  );
}

function kindOf(groups: Record<string, string | undefined>): TokenKind {
  if (groups.string !== undefined) return "string";
  if (groups.number !== undefined) return "number";
  if (groups.word !== undefined) {
    if (groups.word === "null") return "null";
    return groups.word === "true" || groups.word === "false" ? "boolean" : "other";
  }
  if (groups.space !== undefined) return "space";
  return groups.mark === undefined ? "other" : "mark";
}

/** Whether the next token that is no space is a colon. */
function isKey(tokens: Token[], place: number): boolean {
  const next = tokens[place + 1]?.kind === "space" ? tokens[place + 2] : tokens[place + 1];
  return next?.text === ":";
}
