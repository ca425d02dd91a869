// Generated users for imports: the same number gives the same users.

import type { UserRequest } from "getstream-users";

const GIVEN = ["Ada", "Björn", "Chiara", "Dmitri", "Esra", "Fatou", "Grace", "Hiro", "Inês", "Jonas", "Kavya", "Linus"];
const FAMILY = ["Abara", "Brandt", "Costa", "Dubois", "Eriksen", "Fontana", "Gupta", "Hansen", "Ito", "Jansen", "Kaya"];
const LANGUAGES = ["en", "sv", "it", "pt", "fr", "de", "ja"];
const COLORS = ["green", "blue", "amber", "rose"];

export function people(count: number): UserRequest[] {
  return Array.from({ length: count }, (_, place) => ({
    id: `import-${String(place + 1).padStart(5, "0")}`,
    name: `${turn(GIVEN, place)} ${turn(FAMILY, Math.floor(place / GIVEN.length))}`,
    language: turn(LANGUAGES, place),
    custom: { color: turn(COLORS, place) },
  }));
}

function turn(words: readonly string[], place: number): string {
  return words[place % words.length] ?? "";
}
