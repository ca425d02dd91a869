// A file of JavaScript or TypeScript as tokens, so that comments and strings are not mistaken for code.

import jsTokens from "js-tokens";

export interface CodeToken {
  readonly type: string;
  readonly value: string;
  /** Where it begins in the file. */
  readonly at: number;
}

/** The tokens without white space and comments. */
export function tokensOf(text: string, jsx: boolean): CodeToken[] {
  const tokens: CodeToken[] = [];
  let at = 0;
  for (const { type, value } of jsTokens(text, { jsx: jsx as true })) {
    if (!IGNORED.has(type)) tokens.push({ type, value, at });
    at += value.length;
  }
  return tokens;
}

const IGNORED = new Set(["WhiteSpace", "LineTerminatorSequence", "MultiLineComment", "SingleLineComment"]);

/** The value of a string literal without escapes, such as a module's name. */
export function textOf(token: CodeToken | undefined): string | undefined {
  return token?.type === "StringLiteral" ? token.value.slice(1, -1) : undefined;
}

/** A module that a file refers to, and the names that it imports. */
export interface ModuleName {
  /** The token of its name. */
  readonly token: CodeToken;
  /** The names in braces; empty for `import *`, a default, and a module that is only loaded. */
  readonly names: readonly string[];
}

/** The places where a file refers to this module: `import`, `export .. from`, `require`, and mocks of test frameworks. */
export function namesOfModule(tokens: readonly CodeToken[], module: string): ModuleName[] {
  return tokens.flatMap((token, index) => {
    if (textOf(token) !== module) return [];
    const before = tokens[index - 1]?.value;
    if (before === "from") return [{ token, names: inBraces(tokens, index - 2, false) }];
    if (before === "import") return [{ token, names: [] }];
    if (before !== "(") return [];
    const called = tokens[index - 2]?.value ?? "";
    if (!["require", "import", "mock", "doMock", "unmock"].includes(called)) return [];
    // `const { StreamClient } = require("..")`, or with `await import("..")`.
    const start = index - (tokens[index - 3]?.value === "await" ? 4 : 3);
    return [{ token, names: tokens[start]?.value === "=" ? inBraces(tokens, start - 1, true) : [] }];
  });
}

/** The exported names in the braces that end at a token. */
function inBraces(tokens: readonly CodeToken[], end: number, isPattern: boolean): string[] {
  if (tokens[end]?.value !== "}") return [];
  const names: string[] = [];
  for (let at = end - 1; at >= 0 && tokens[at]?.value !== "{"; at -= 1) {
    const [value = "", before = ""] = [tokens[at]?.value, tokens[at - 1]?.value];
    const isRenamed = before === (isPattern ? ":" : "as");
    if (/^[\w$]+$/.test(value) && !isRenamed && !(value === "as" || value === "type")) names.push(value);
  }
  return names;
}

/** A call of a method: `client.chat.banUser(..)`. */
export interface MethodCall {
  /** The names before the method, from the left: `["client", "chat"]`. */
  readonly path: readonly string[];
  readonly method: string;
  readonly at: number;
  /** Whether its promise is awaited, returned or chained. */
  readonly isAwaited: boolean;
}

/** Every method call on a named object. */
export function callsOf(tokens: readonly CodeToken[]): MethodCall[] {
  const isName = (index: number) => tokens[index]?.type === "IdentifierName";
  const isDot = (index: number) => tokens[index]?.value === "." || tokens[index]?.value === "?.";
  return tokens.flatMap((token, index) => {
    const hasArguments = tokens[index + 1]?.value === "(" || tokens[index + 1]?.value === "<";
    if (!isName(index) || !hasArguments || !isDot(index - 1)) return [];
    const path: string[] = [];
    let at = index - 1;
    while (isDot(at) && isName(at - 1)) {
      path.unshift(tokens[at - 1]?.value ?? "");
      at -= 2;
    }
    if (path.length === 0) return [];
    const before = tokens[at]?.value ?? "";
    const isAwaited = ["await", "return", "=>"].includes(before) || isChained(tokens, index + 1);
    return [{ path, method: token.value, at: token.at, isAwaited }];
  });
}

/** Whether `.then`, `.catch` or `.finally` follows the arguments that begin at a token. */
function isChained(tokens: readonly CodeToken[], start: number): boolean {
  let depth = 0;
  for (let at = start; at < tokens.length; at += 1) {
    const { value = "" } = tokens[at] ?? {};
    if (value === "(") depth += 1;
    if (value === ")") depth -= 1;
    if (value === ")" && depth === 0) {
      return tokens[at + 1]?.value === "." && ["then", "catch", "finally"].includes(tokens[at + 2]?.value ?? "");
    }
  }
  return false;
}

/** The variables that are assigned a new instance of one of these classes: `const client = new StreamClient(..)`. */
export function instancesOf(tokens: readonly CodeToken[], classes: readonly string[]): Set<string> {
  const found = new Set<string>();
  tokens.forEach((token, index) => {
    if (!classes.includes(token.value)) return;
    const isNew = tokens[index - 1]?.value === "new";
    const isInstance = tokens[index + 1]?.value === "." && tokens[index + 2]?.value === "getInstance";
    const start = index - (isNew ? 2 : 1);
    const name = tokens[start - 1];
    const isAssigned = ["=", "??=", "||="].includes(tokens[start]?.value ?? "");
    if ((isNew || isInstance) && isAssigned && name?.type === "IdentifierName") found.add(name.value);
  });
  return found;
}
