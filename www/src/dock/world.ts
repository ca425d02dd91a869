// The users in an emulator's state, as the table shows them.

export type Standing = "active" | "guest" | "deactivated" | "deleted";

export interface Person {
  id: string;
  name: string;
  role: string;
  language: string;
  image: string;
  custom: Record<string, unknown>;
  standing: Standing;
  /** How the user was deleted: soft, pruning or hard. */
  deletion: string | null;
  banned: boolean;
  teams: string[];
  /** Names of the groups that the user is in. */
  groups: string[];
  /** Ids of those whom the user blocks. */
  blocks: string[];
  /** In milliseconds since 1970. */
  changed: number;
}

/** As much of the state as is shown. Times are nanoseconds, rounded when they are read; to the millisecond that is exact. */
interface State {
  app: {
    users: Record<string, User>;
    blocks?: Record<string, Record<string, number>>;
    bans?: Record<string, { app: object | null }>;
    groups?: Record<string, { name: string; members: Record<string, object> }>;
  };
}

interface User {
  id: string;
  profile: {
    name: string | null;
    image?: string | null;
    language?: string | null;
    custom?: Record<string, unknown>;
  };
  role: string;
  teams: string[];
  updated_at: number;
  deactivated_at: number | null;
  deleted: string | null;
}

/** Users by their last change, the latest first. */
export function peopleIn(state: string): Person[] {
  const { app } = JSON.parse(state) as State;
  const groups = groupsByMember(app.groups ?? {});
  return Object.values(app.users)
    .map((user) => ({
      id: user.id,
      name: user.profile.name ?? "",
      role: user.role,
      language: user.profile.language ?? "",
      image: user.profile.image ?? "",
      custom: user.profile.custom ?? {},
      standing: standingOf(user),
      deletion: user.deleted,
      banned: (app.bans?.[user.id]?.app ?? null) !== null,
      teams: user.teams,
      groups: groups.get(user.id) ?? [],
      blocks: Object.keys(app.blocks?.[user.id] ?? {}),
      changed: Math.floor(user.updated_at / 1_000_000),
    }))
    .sort((one, other) => other.changed - one.changed);
}

function standingOf(user: User): Standing {
  if (user.deleted !== null) return "deleted";
  if (user.deactivated_at !== null) return "deactivated";
  return user.role === "guest" ? "guest" : "active";
}

function groupsByMember(
  groups: Record<string, { name: string; members: Record<string, object> }>,
): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { name, members } of Object.values(groups)) {
    for (const id of Object.keys(members)) found.set(id, [...(found.get(id) ?? []), name]);
  }
  return found;
}

export function counted(people: readonly Person[]): Record<Standing, number> {
  const counts: Record<Standing, number> = { active: 0, guest: 0, deactivated: 0, deleted: 0 };
  for (const { standing } of people) counts[standing] += 1;
  return counts;
}
