// Assertions that run in every runtime, and count. Node's own are not to be had in browsers and Workers.

class Failed extends Error {
  name = "AssertionError";
}

/** Makes a set of assertions with a count of its own. */
export function counting() {
  let count = 0;

  function ok(value, message) {
    count += 1;
    if (!value) throw new Failed(`${message}: expected something true, got ${show(value)}`);
  }

  function equal(actual, expected, message) {
    count += 1;
    if (!Object.is(actual, expected)) {
      throw new Failed(`${message}: expected ${show(expected)}, got ${show(actual)}`);
    }
  }

  /** Compares values as JSON would write them, whatever the order of their keys. */
  function same(actual, expected, message) {
    count += 1;
    if (show(actual) !== show(expected)) {
      throw new Failed(`${message}: expected ${show(expected)}, got ${show(actual)}`);
    }
  }

  /** Waits for a rejection, compares the properties that are given, and returns what was thrown. */
  async function rejects(promise, expected, message) {
    count += 1;
    const outcome = await promise.then(
      (value) => ({ value }),
      (error) => ({ error }),
    );
    if (!("error" in outcome)) throw new Failed(`${message}: expected a rejection, got ${show(outcome.value)}`);
    for (const [name, value] of Object.entries(expected)) {
      if (!matches(outcome.error?.[name], value)) {
        const was = `${show(outcome.error?.[name])} (${outcome.error})`;
        throw new Failed(`${message}: expected ${name} ${show(value)}, got ${was}`);
      }
    }
    return outcome.error;
  }

  return {
    assert: { ok, equal, same, rejects },
    get count() {
      return count;
    },
  };
}

function matches(actual, expected) {
  return expected instanceof RegExp ? expected.test(actual) : Object.is(actual, expected);
}

function show(value) {
  if (value instanceof RegExp || value instanceof Error) return String(value);
  if (typeof value === "bigint") return `${value}n`;
  return JSON.stringify(value, sorted) ?? String(value);
}

function sorted(_, value) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}
