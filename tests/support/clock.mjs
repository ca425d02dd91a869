// Time that a test moves, so that waiting takes none.

/** Lets everything happen that needs no time. */
export async function settle(turns = 20) {
  for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/**
 * Replaces timers and the date. What is returned lets time pass, in steps, until a promise has settled.
 *
 * @param {import("node:test").TestContext} t
 */
export function fakeTime(t, now = 1_767_225_600_000) {
  t.mock.timers.enable({ apis: ["setTimeout", "Date"], now });
  return async (promise, step = 500) => {
    let isSettled = false;
    const settled = () => {
      isSettled = true;
    };
    promise.then(settled, settled);
    for (let turn = 0; turn < 20_000; turn++) {
      await settle();
      if (isSettled) return promise;
      t.mock.timers.tick(step);
    }
    throw new Error("it never settles");
  };
}
