// The request of a call, as a curl command.

import type { Operation } from "../schema.d.ts";
import type { Place } from "./call.ts";
import { isVisible, json } from "./literal.ts";

const STREAM = "https://chat.stream-io-api.com";

const TOKENS = {
  server: "# STREAM_TOKEN is a server's: a JWT of { \"server\": true }, signed with the app's secret (HS256).",
  any: "# STREAM_TOKEN is a user's, as client.generateUserToken({ user_id }) makes it, or a server's.",
  public: undefined,
};

export function curl(operation: Operation, input: readonly unknown[], place: Place): string {
  const { method, auth } = operation;
  const argument = argumentOf(operation, input);
  const body = bodyOf(operation, argument);
  const query = queryOf(operation, argument);
  // Without a body, curl can encode the query itself, which is easier to read.
  const isPlain = ([, text]: Pair) => body === undefined && isVisible(text);
  const plain = query.filter(isPlain);
  const url = urlOf(
    operation,
    argument,
    query.filter((pair) => !isPlain(pair)),
    place,
  );
  const command = plain.length > 0 ? "curl -G" : "curl";
  const usual = body === undefined ? "GET" : "POST";
  const parts = [
    `${command}${method === usual ? "" : ` -X ${method}`} ${url}`,
    ...(auth === "public" ? [] : ['-H "authorization: $STREAM_TOKEN"']),
    `-H "stream-auth-type: ${auth === "public" ? "anonymous" : "jwt"}"`,
    ...plain.map(([name, text]) => `--data-urlencode ${word(`${name}=${text}`)}`),
    ...(body === undefined ? [] : ['-H "content-type: application/json"', `--data ${body}`]),
  ];
  return [TOKENS[auth], `${parts.join(" \\\n  ")}\n`].filter((line) => line !== undefined).join("\n");
}

/** A query parameter and its value. */
type Pair = [string, string];
type Fields = Record<string, unknown>;

/** The arguments as the operation's single argument. */
function argumentOf({ arguments: signature, input: travels }: Operation, input: readonly unknown[]): Fields {
  if (travels === "users") return { users: input[0] };
  if (signature.length === 1) return (input[0] ?? {}) as Fields;
  return Object.fromEntries(signature.map(({ name }, index) => [name, input[index]]));
}

/** The URL, in double quotes: only the key is expanded by the shell. */
function urlOf({ path }: Operation, argument: Fields, query: Pair[], { basePath }: Place): string {
  const filled = path.replace(/\{(\w+)\}/, (_, name: string) => encoded(String(argument[name] ?? "")));
  const rest = query.map(([name, text]) => `&${encoded(name)}=${encoded(text)}`).join("");
  return `"${baseOf(basePath)}${filled}?api_key=$STREAM_API_KEY${rest}"`;
}

function baseOf(basePath: string = STREAM): string {
  return basePath.replace(/\/+$/, "").replace(/[^\w.~:/?&=%@[\]-]/gu, encoded);
}

/** The fields for the query, as strings. */
function queryOf({ query }: Operation, argument: Fields): Pair[] {
  return query.flatMap((name) => {
    const value = argument[name];
    return value === undefined || value === null ? [] : [[name, textOf(value)] as Pair];
  });
}

function textOf(value: unknown): string {
  if (typeof value !== "object") return String(value);
  const isPlainList = Array.isArray(value) && value.every((item) => typeof item !== "object");
  return isPlainList ? value.join() : JSON.stringify(value);
}

/** The body as a shell word. */
function bodyOf({ input, path, query }: Operation, argument: Fields): string | undefined {
  switch (input) {
    case "nothing":
    case "url":
      return undefined;
    case "users":
      return data({ users: byId(argument.users) });
    case "revocation":
      return revocation(argument);
    case "body": {
      const inUrl = [/\{(\w+)\}/.exec(path)?.[1], ...query];
      return data(Object.fromEntries(Object.entries(argument).filter(([name]) => !inUrl.includes(name))));
    }
  }
}

function byId(users: unknown): Fields {
  const list = Array.isArray(users) ? users : [];
  return Object.fromEntries(list.map((user) => [String(user?.id), user]));
}

const NOW = "$(date -u +%Y-%m-%dT%H:%M:%SZ)";

function revocation({ userId, userIds = [userId], before }: Fields): string {
  const ids = Array.isArray(userIds) ? userIds : [];
  const body = (time: unknown) =>
    data({ users: ids.map((id) => ({ id, set: { revoke_tokens_issued_before: time } })) });
  if (before !== undefined) return body(before);
  // The shell inserts the time. The placeholder cannot be a user's id, which is in a field of another name.
  return body(NOW).replaceAll(`_before": "${NOW}"`, `_before": "'"${NOW}"'"`);
}

/** A body. */
function data(value: unknown): string {
  return word(json(value, "  --data '".length));
}

/** Quotes a text for the shell. */
function word(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** Encodes a text for a URL, including characters that are special in a shell. */
function encoded(text: string): string {
  // A lone surrogate cannot be encoded: the client refuses it, and this must not throw.
  return encodeURIComponent(text.replace(/[\ud800-\udfff]/gu, "\ufffd")).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
