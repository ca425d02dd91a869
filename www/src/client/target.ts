// The target of calls, and their caller. It is kept in memory only, and neither stored nor put into a link.

export type Where = "page" | "url" | "stream";

export type Access =
  | { kind: "server"; secret: string }
  | { kind: "token"; token: string; userId?: string }
  | { kind: "guest"; id: string }
  | { kind: "anonymous" };

export interface Target {
  where: Where;
  apiKey: string;
  /** The URL of the emulator. */
  url: string;
  access: Access;
  /** The secret of an emulator, if the page knows it. Controls and lists act as the server, whoever the caller is. */
  secret?: string;
}

/** The default key and secret of emulators, which are public. */
export const EMULATOR_KEY = "devkey";
export const EMULATOR_SECRET = "devsecret";

export const EMULATOR_IN_PAGE: Target = {
  where: "page",
  apiKey: EMULATOR_KEY,
  url: "",
  access: { kind: "server", secret: EMULATOR_SECRET },
  secret: EMULATOR_SECRET,
};

/** The emulator that serves this page, at the page's origin. */
function servingEmulator(): Target {
  const url = new URL("../..", location.href).href.replace(/\/$/, "");
  return { ...EMULATOR_IN_PAGE, where: "url", url };
}

/** The initial target. */
export const HOME: Target = AT_EMULATOR ? servingEmulator() : EMULATOR_IN_PAGE;

const PLACES: Record<Where, (target: Target) => string> = {
  page: () => "Emulator in this page",
  url: ({ url }) => hostOf(url),
  stream: () => "Stream",
};

export function placeName(target: Target): string {
  return PLACES[target.where](target);
}

export function callerName({ access }: Target): string {
  switch (access.kind) {
    case "server":
      return "server";
    case "token":
      return access.userId ?? "user";
    case "guest":
      return "guest";
    case "anonymous":
      return "anonymous";
  }
}

/** The same target with the server as the caller, for what only a server may do. */
export function asServer(target: Target): Target {
  const { access, secret = EMULATOR_SECRET } = target;
  return access.kind === "server" ? target : { ...target, access: { kind: "server", secret } };
}

/** Whether an emulator runs on this machine, so that its secret protects nothing. */
export function isOnThisMachine(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { hostname } = new URL(url);
  return /^(?:localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : "Emulator";
}
