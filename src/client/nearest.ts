// Finds the name that a misspelt one (`baseUrl`, `usr`) was meant to be.

/** Options of other clients, and how to achieve the same here. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  agent: "; pass a `fetch` that uses it as the option `fetch`",
  dispatcher: "; pass a `fetch` that uses it as the option `fetch`",
  secret: "; it is the second argument of `new StreamClient`",
};

/** The end of the message about an unknown option: the name that was probably meant, or how to do it here. */
export function didYouMean(name: string, known: readonly string[]): string {
  const way = Object.hasOwn(ELSEWHERE, name) ? ELSEWHERE[name] : undefined;
  if (way !== undefined) return way;
  const meant = slipOf(name, known) ?? known.find((other) => sharedBeginning(name, other) >= 4);
  return meant === undefined ? `; the options are ${known.join(", ")}` : `; did you mean ${meant}?`;
}

/** The first field of an object whose name is unknown. */
export function unknownName(given: object, known: readonly string[]): string | undefined {
  return Object.keys(given).find((name) => !known.includes(name));
}

/**
 * The known name that this one misspells, if any: it differs in case or word separators only, or by one edit for names of
 * four letters or more, two for eight or more.
 */
export function slipOf(name: string, known: readonly string[]): string | undefined {
  const plain = (text: string) => text.replace(/[_-]/g, "").toLowerCase();
  const same = known.find((other) => plain(other) === plain(name));
  return same ?? known.find((other) => other.length >= 4 && isWithin(name, other, other.length >= 8 ? 2 : 1));
}

function sharedBeginning(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length]?.toLowerCase() === other[length]?.toLowerCase()) length++;
  return length;
}

/** Whether one name becomes the other with at most `edits` edits: a letter added, removed, changed, or two swapped. */
function isWithin(one: string, other: string, edits: number): boolean {
  if (Math.abs(one.length - other.length) > edits) return false;
  if (one === other) return true;
  if (edits === 0) return false;
  const at = [...one].findIndex((letter, index) => letter !== other[index]);
  const start = at === -1 ? one.length : at;
  const [a, b] = [one.slice(start), other.slice(start)];
  const isSwapped = a.length > 1 && a[0] === b[1] && a[1] === b[0] && isWithin(a.slice(2), b.slice(2), edits - 1);
  return (
    isSwapped ||
    isWithin(a.slice(1), b, edits - 1) ||
    isWithin(a, b.slice(1), edits - 1) ||
    isWithin(a.slice(1), b.slice(1), edits - 1)
  );
}
