// Finds operations and tools by name and synonyms, the best first.

import { TOOLS, type Tool } from "../app/link.ts";
import type { Operation, Resource } from "../schema.d.ts";
import { schema } from "./catalog.ts";

export type Hit = { kind: "operation"; operation: Operation } | { kind: "tool"; tool: Tool };

/** The titles of the tools. */
export const TOOL_TITLES: Record<Tool, string> = { bulk: "Bulk import", tokens: "Tokens", webhooks: "Webhooks" };

const TOOL_WORDS: Record<Tool, string> = {
  bulk: "bulk import csv many users upsertMany migrate upload batch",
  tokens: "token jwt login sign in authentication expire mint inspect verify",
  webhooks: "webhook hook event signature verify callback",
};

/** Short titles of the groups. */
const GROUPS: Record<string, string> = {
  users: "Users",
  guest: "Guests",
  activation: "Activation",
  deletion: "Deletion",
  export: "Export",
  task: "Tasks",
  block: "Blocks",
  group: "User groups",
  role: "Roles",
  device: "Push devices",
  location: "Live locations",
  app: "App",
  moderation: "Moderation",
};

export function groupName({ name, title }: Resource): string {
  return GROUPS[name] ?? title;
}

/**
 * Synonyms by operation, besides Stream's name. The first synonym counts as much as the name.
 */
const WORDS: readonly [operations: RegExp, words: string][] = [
  [/^(upsertUsers|updateUsers)$/, "create add insert register signup sign up save upsert profile"],
  [/^updateUsersPartial$/, "edit change rename set unset patch field custom data"],
  [/^queryUsers$/, "find search list get read filter sort pagination paginate page next cursor presence online"],
  [/^createGuest$/, "guest visitor anonymous temporary login"],
  [/^deleteUsers$/, "remove erase gdpr forget right to be forgotten hard soft purge"],
  [/^restoreUsers$/, "undelete undo recover bring back"],
  [/^exportUsers?$/, "gdpr download data portability takeout backup"],
  [/^deactivateUsers?$/, "disable suspend freeze lock close account"],
  [/^reactivateUsers?$/, "enable unsuspend unlock bring back activate"],
  [/^getTask$/, "status job progress async poll wait"],
  [/^revokeUserTokens?$/, "logout log out sign out invalidate session jwt expire"],
  [/^(un)?blockUsers$|^getBlockedUsers$/, "hide block ignore"],
  [/[bB]an/, "suspend timeout shadow kick ban"],
  [/[mM]ute/, "silence ignore mute"],
  [/flag/, "report abuse spam flag"],
  [/Role|Permission/, "role permission grant access admin moderator"],
  [/UserGroup/, "group team mention members"],
  [/Device|Push/, "push notification token apn firebase device preference"],
  [/Location/, "location gps map"],
  [/^(get|update)App$/, "settings configuration webhook hook permission grants"],
  [/^getRateLimits$/, "quota limit throttle 429"],
  [/sendUserCustomEvent/, "custom event notify send"],
];

/** The rank of a hit, lower is better; undefined when a word does not occur. */
type Rank = number | undefined;

/** The operations and tools that have every word of a search, the best first. An empty search finds nothing. */
export function find(search: string): Hit[] {
  const words = wordsOf(search);
  if (words.length === 0) return [];
  const ranked: { hit: Hit; rank: number | undefined }[] = [
    ...schema.operations.map((operation) => ({
      hit: { kind: "operation" as const, operation },
      rank: rankOf(words, operation.name, synonymsOf(operation), `${operation.summary} ${operation.path}`),
    })),
    ...TOOLS.map((tool) => ({
      hit: { kind: "tool" as const, tool },
      rank: rankOf(words, TOOL_TITLES[tool], TOOL_WORDS[tool], ""),
    })),
  ];
  return ranked
    .flatMap(({ hit, rank }) => (rank === undefined ? [] : [{ hit, rank }]))
    .sort((one, other) => one.rank - other.rank)
    .map(({ hit }) => hit);
}

function wordsOf(search: string): string[] {
  return search.toLowerCase().split(/\s+/).filter(Boolean);
}

function synonymsOf({ name }: Operation): string {
  return WORDS.filter(([operations]) => operations.test(name))
    .map(([, words]) => words)
    .join(" ");
}

function rankOf(words: readonly string[], name: string, synonyms: string, text: string): Rank {
  const ranks = words.map((word) => rankOfWord(word, name, synonyms.toLowerCase(), text.toLowerCase()));
  return ranks.some((rank) => rank === undefined)
    ? undefined
    : ranks.reduce<number>((sum, rank) => sum + (rank ?? 0), 0);
}

/** The name counts most, then synonyms, then the description. */
function rankOfWord(word: string, name: string, synonyms: string, text: string): Rank {
  const parts = name.split(/(?=[A-Z])|[\s.]/).map((part) => part.toLowerCase());
  if (name.toLowerCase() === word || parts.includes(word) || synonyms.split(" ")[0] === word) return 0;
  if (parts.some((part) => part.startsWith(word))) return 1;
  if (synonyms.split(" ").some((synonym) => synonym.startsWith(word))) return 2;
  if (name.toLowerCase().includes(word)) return 3;
  return text.split(/[^a-z0-9]+/).some((part) => part.startsWith(word)) ? 4 : undefined;
}
