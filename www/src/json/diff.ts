// The difference between two lists of lines: the longest common subsequence, without the common prefix and suffix.

export interface Difference {
  kind: "same" | "removed" | "added";
  text: string;
}

/** A run of equal lines that is collapsed. */
export interface Fold {
  kind: "fold";
  count: number;
}

/** Beyond this many comparisons the middle counts as replaced: nobody reads a difference of thousands of users. */
const MOST_COMPARISONS = 4_000_000;

export function differences(before: readonly string[], after: readonly string[]): Difference[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < Math.min(before.length, after.length) - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;

  const middle = [before.slice(start, before.length - end), after.slice(start, after.length - end)] as const;
  return [
    ...all("same", before.slice(0, start)),
    ...(middle[0].length * middle[1].length > MOST_COMPARISONS ? replaced(...middle) : compared(...middle)),
    ...all("same", before.slice(before.length - end)),
  ];
}

function all(kind: Difference["kind"], lines: readonly string[]): Difference[] {
  return lines.map((text) => ({ kind, text }));
}

function replaced(before: readonly string[], after: readonly string[]): Difference[] {
  return [...all("removed", before), ...all("added", after)];
}

function compared(before: readonly string[], after: readonly string[]): Difference[] {
  const width = after.length + 1;
  const lengths = commonLengths(before, after, width);
  const found: Difference[] = [];
  let [left, right] = [0, 0];
  while (left < before.length && right < after.length) {
    const [old, fresh] = [before[left] ?? "", after[right] ?? ""];
    if (old === fresh) {
      found.push({ kind: "same", text: old });
      left += 1;
      right += 1;
    } else if ((lengths[(left + 1) * width + right] ?? 0) >= (lengths[left * width + right + 1] ?? 0)) {
      found.push({ kind: "removed", text: old });
      left += 1;
    } else {
      found.push({ kind: "added", text: fresh });
      right += 1;
    }
  }
  return [...found, ...replaced(before.slice(left), after.slice(right))];
}

/** The number of common lines for every pair of suffixes. */
function commonLengths(before: readonly string[], after: readonly string[], width: number): Uint32Array {
  const lengths = new Uint32Array((before.length + 1) * width);
  for (let left = before.length - 1; left >= 0; left -= 1) {
    for (let right = after.length - 1; right >= 0; right -= 1) {
      const [below, beside] = [lengths[(left + 1) * width + right] ?? 0, lengths[left * width + right + 1] ?? 0];
      const both = (lengths[(left + 1) * width + right + 1] ?? 0) + 1;
      lengths[left * width + right] = before[left] === after[right] ? both : Math.max(below, beside);
    }
  }
  return lengths;
}

/** The differences with a few lines of context; the lines between are only counted. */
export function folded(lines: readonly Difference[], context: number): (Difference | Fold)[] {
  const isNear = nearChanges(lines, context);
  const shown: (Difference | Fold)[] = [];
  for (const [place, line] of lines.entries()) {
    const last = shown.at(-1);
    if (isNear[place]) shown.push(line);
    else if (last?.kind === "fold") last.count += 1;
    else shown.push({ kind: "fold", count: 1 });
  }
  return shown;
}

function nearChanges(lines: readonly Difference[], context: number): boolean[] {
  const near = lines.map(() => false);
  for (const [place, { kind }] of lines.entries()) {
    if (kind !== "same") near.fill(true, Math.max(0, place - context), place + context + 1);
  }
  return near;
}
