// The rows of an import, which a seed decides: some ids come twice, and the later row wins.

import { randomOf } from "./random.mjs";

export function* rows(seed, count) {
  const random = randomOf(seed);
  for (let number = 1; number <= count; number++) {
    const index = number > 10 && random.chance(0.2) ? random.below(number) : number;
    yield { id: `import-${index}`, custom: { number } };
  }
}

/** What each id's number is in the end. */
export function finals(seed, count) {
  return new Map([...rows(seed, count)].map(({ id, custom }) => [id, custom.number]));
}
