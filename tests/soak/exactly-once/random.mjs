// A seeded sequence of random numbers, so that a run can be repeated.

/** @returns {{ below: (count: number) => number, of: <T>(list: T[]) => T, chance: (part: number) => boolean, branch: () => object }} */
export function randomOf(seed) {
  let state = seed >>> 0;
  const next = () => {
    // Mulberry32.
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value ^= value + Math.imul(value ^ (value >>> 7), 61 | value);
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (count) => Math.floor(next() * count);
  return {
    below,
    of: (list) => list[below(list.length)],
    chance: (part) => next() < part,
    branch: () => randomOf(below(2 ** 32)),
  };
}
