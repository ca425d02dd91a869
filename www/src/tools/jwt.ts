// A token's claims, without verifying it.

export interface Inspected {
  header: Record<string, unknown>;
  claims: Record<string, unknown>;
}

export function inspect(token: string): Inspected | undefined {
  const [header, claims, , more] = token.trim().split(".").map(decoded);
  return header === undefined || claims === undefined || more !== undefined ? undefined : { header, claims };
}

/** Decodes a part of a token: a JSON object in base64url. */
function decoded(part: string): Record<string, unknown> | undefined {
  try {
    const bytes = Uint8Array.from(atob(part.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
