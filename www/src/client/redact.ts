// Removes secrets and tokens from recorded requests.

const HIDDEN = "[hidden]";
const SECRET_HEADERS = ["authorization", "cookie"];
/** The body fields and query parameters that contain a token or a secret. */
const SECRET_FIELDS = ["access_token", "token", "api_secret", "secret", "sqs_secret", "sns_secret"];

export function redactedHeaders(headers: Headers): [string, string][] {
  return [...headers].map(([name, value]) => [name, SECRET_HEADERS.includes(name.toLowerCase()) ? HIDDEN : value]);
}

export function redactedUrl(url: string): string {
  const parsed = new URL(url);
  for (const name of [...parsed.searchParams.keys()]) {
    if (SECRET_FIELDS.includes(name)) parsed.searchParams.set(name, HIDDEN);
  }
  return parsed.href;
}

/** Hides the values of secret fields in a JSON body, at any depth; other text is unchanged. */
export function redactedBody(body: string): unknown {
  try {
    return JSON.parse(body, (name, value: unknown) =>
      SECRET_FIELDS.includes(name) && typeof value === "string" && value !== "" ? HIDDEN : value,
    );
  } catch {
    return body;
  }
}
