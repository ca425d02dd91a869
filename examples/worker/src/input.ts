// Reads and checks input.
import { Refusal } from "./answer";

/** More than any route needs. */
const MOST_BYTES = 16_384;
const USER_ID = /^[\w@-]{1,255}$/;

type Input = Readonly<Record<string, unknown>>;

/** Reads a body as text, up to the limit. */
export async function textOf(request: Request): Promise<string> {
  const tooLarge = new Refusal(413, "too_large", `the body may have ${MOST_BYTES} bytes`);
  if (Number(request.headers.get("content-length")) > MOST_BYTES) throw tooLarge;
  const decoder = new TextDecoder();
  let text = "";
  let size = 0;
  // Leaving the loop cancels the body.
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > MOST_BYTES) throw tooLarge;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

export function objectOf(text: string): Input {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalid("the body must be JSON");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw invalid("the body must be an object");
  return value as Input;
}

export function userId(input: Input): string {
  const { id } = input;
  if (typeof id !== "string" || !USER_ID.test(id)) {
    throw invalid("id must be 1 to 255 letters, digits, @, _ and -");
  }
  return id;
}

/** An optional string. */
export function text(input: Input, field: string, most: number): string | undefined {
  const value = input[field];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "string" || value.length > most)
    throw invalid(`${field} must be a text of at most ${most} characters`);
  return value;
}

function invalid(message: string): Refusal {
  return new Refusal(400, "invalid_input", message);
}
