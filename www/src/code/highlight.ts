// Splits source code into tokens, for colours. The joined tokens are the text.

import { MOST_COLOURED } from "../json/tokens.ts";

export type SourceTokenKind = "comment" | "string" | "number" | "keyword" | "plain";

export interface SourceToken {
  kind: SourceTokenKind;
  text: string;
}

const STRINGS = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`/;
const KEYWORDS =
  /\b(?:as|async|await|catch|const|default|export|false|for|from|function|if|import|interface|let|new|null|of|return|throw|true|try|type|undefined)\b/;

const SCRIPT = new RegExp(
  `(?<comment>//[^\\n]*)|(?<string>${STRINGS.source})|(?<keyword>${KEYWORDS.source})|(?<number>\\b\\d[\\d.]*)|(?<plain>[\\w$]+|\\s+|.)`,
  "gsu",
);
const SHELL =
  /(?<comment>^# [^\n]*)|(?<string>'(?:[^'])*'|"(?:[^"\\]|\\.)*")|(?<keyword>(?<=\s)-{1,2}[\w-]+)|(?<plain>[\w$]+|\s+|.)/gmsu;

const KINDS = ["comment", "string", "keyword", "number", "plain"] as const;

export function highlight(source: string, language: "ts" | "js" | "sh"): SourceToken[] {
  if (source.length > MOST_COLOURED) return [{ kind: "plain", text: source }];
  const pattern = language === "sh" ? SHELL : SCRIPT;
  return [...source.matchAll(pattern)].map(({ 0: text, groups = {} }) => ({
    kind: KINDS.find((kind) => groups[kind] !== undefined) ?? "plain",
    text,
  }));
}
