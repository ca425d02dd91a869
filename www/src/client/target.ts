// Whom calls go to, and as whom. It is kept in memory only: nothing of it is stored or gets into a link.

export type Where = "page" | "url" | "stream";

export type Access =
  | { kind: "server"; secret: string }
  | { kind: "token"; token: string }
  | { kind: "guest"; id: string }
  | { kind: "anonymous" };

export interface Target {
  where: Where;
  apiKey: string;
  /** Where the emulator at a URL is. */
  url: string;
  access: Access;
}

/** The key and the secret that emulators have unless told otherwise. Everybody knows them. */
export const EMULATOR_KEY = "devkey";
export const EMULATOR_SECRET = "devsecret";

export const EMULATOR_IN_PAGE: Target = {
  where: "page",
  apiKey: EMULATOR_KEY,
  url: "",
  access: { kind: "server", secret: EMULATOR_SECRET },
};

const PLACES: Record<Where, (target: Target) => string> = {
  page: () => "Emulator in this page",
  url: ({ url }) => hostOf(url),
  stream: () => "Stream",
};

const CALLERS: Record<Access["kind"], string> = {
  server: "server",
  token: "user",
  guest: "guest",
  anonymous: "anonymous",
};

export function placeName(target: Target): string {
  return PLACES[target.where](target);
}

export function callerName(target: Target): string {
  return CALLERS[target.access.kind];
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : "Emulator";
}
