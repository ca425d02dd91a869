// Reads the input of bulk work: which inputs are accepted, their number of items, and when they are closed.

import assert from "node:assert/strict";
import test from "node:test";
import { importSource } from "../support/source.mjs";

const { Source } = await importSource("bulk/source.ts");

const named = { name: "upsertMany", input: "users" };
const sourceOf = (input) => new Source(named, input);

async function itemsOf(source) {
  const items = [];
  for (let step = await source.next(); step !== undefined; step = await source.next()) items.push(step.item);
  return items;
}

/** An iterator that records the calls of its methods in `asked`. */
function recorded(next, more = {}) {
  const asked = [];
  const steps = {
    next: () => {
      asked.push("next");
      return next();
    },
    return: () => {
      asked.push("return");
    },
    ...more,
  };
  return { asked, steps, input: { [Symbol.iterator]: () => steps } };
}

test("every kind of iterable is read, and the total comes from its length or size", async () => {
  async function* generated() {
    yield* [1, 2];
  }
  const { getReader } = ReadableStream.prototype;
  const safari = () => ({ getReader: getReader.bind(ReadableStream.from([1, 2])) });
  for (const [input, total] of [
    [[1, 2], 2],
    [new Set([1, 2]), 2],
    [new Set([1, 2]).keys(), undefined],
    [[1, 2].values(), undefined],
    [generated(), undefined],
    [ReadableStream.from([1, 2]), undefined],
    // A stream that is not iterable, as in Safari.
    [safari(), undefined],
    // A size that is not a number is ignored.
    [Object.assign([1, 2].values(), { size: "2" }), undefined],
    // `length` counts only for an array.
    [Object.assign([1, 2].values(), { length: 2 }), undefined],
    // The async iterator comes first.
    [{ [Symbol.asyncIterator]: generated, [Symbol.iterator]: () => assert.fail("the wrong way") }, undefined],
  ]) {
    const source = sourceOf(input);
    assert.equal(source.total, total);
    assert.deepEqual(await itemsOf(source), [1, 2]);
    assert.equal(await source.next(), undefined);
  }
  assert.deepEqual(await itemsOf(sourceOf([undefined, null])), [undefined, null]);
});

test("an input that is not iterable is refused, with its type in the message", () => {
  for (const [input, was] of [
    [undefined, "missing"],
    [null, "missing"],
    ["text", "a string"],
    [7, "7"],
    [{}, "an object"],
    [{ [Symbol.iterator]: 7 }, "an object"],
    [() => [], "a function"],
  ]) {
    const message = `upsertMany: users must be an array, an iterable, an async iterable or a ReadableStream, but was ${was}`;
    assert.throws(() => sourceOf(input), { kind: "invalid_argument", field: "users", message });
  }
});

test("an input that throws when it is read is refused, with the exception as `cause`", () => {
  const cause = new Error("mine");
  const input = new Proxy(
    {},
    {
      get: () => {
        throw cause;
      },
    },
  );
  const message = "upsertMany: users throws when it is read; `cause` has the reason";
  assert.throws(() => sourceOf(input), { kind: "invalid_argument", field: "users", message, cause });
});

test("an iterator result that is not an object, or throws when it is read, is refused", async () => {
  const cause = new Error("mine");
  const hostile = Object.defineProperty({}, "done", {
    get: () => {
      throw cause;
    },
  });
  for (const [step, problem] of [
    [undefined, "has an iterator whose next() returns no object"],
    [null, "has an iterator whose next() returns no object"],
    [7, "has an iterator whose next() returns no object"],
    [hostile, "throws when it is read; `cause` has the reason"],
  ]) {
    const { input, asked } = recorded(() => step);
    const source = sourceOf(input);
    const expected = { kind: "invalid_argument", field: "users", message: `upsertMany: users ${problem}` };
    await assert.rejects(source.next(), expected);
    // The iterator is neither read again nor closed.
    assert.equal(await source.next(), undefined);
    await source.close();
    assert.deepEqual(asked, ["next"]);
  }
});

test("an input that was not read to its end is closed once", async () => {
  const { input, asked } = recorded(() => ({ done: false, value: 1 }));
  const source = sourceOf(input);
  await source.next();
  await source.close();
  await source.close();
  assert.equal(await source.next(), undefined);
  assert.deepEqual(asked, ["next", "return"]);

  const ended = recorded(() => ({ done: true, value: 1 }));
  const short = sourceOf(ended.input);
  assert.equal(await short.next(), undefined);
  await short.close();
  assert.deepEqual(ended.asked, ["next"]);
});

test("a stream that was not read to its end is cancelled", async () => {
  let isCancelled = false;
  const stream = new ReadableStream({
    pull: (to) => to.enqueue(1),
    cancel: () => {
      isCancelled = true;
    },
  });
  const { getReader } = ReadableStream.prototype;
  const source = sourceOf({ getReader: getReader.bind(stream) });
  await source.next();
  await source.close();
  assert.ok(isCancelled);
});

test("closing waits for the iterator's `return()`, unless a `next()` is pending", async () => {
  let isClosed = false;
  const closing = async () => {
    await new Promise(setImmediate);
    isClosed = true;
  };
  const answering = sourceOf(recorded(() => ({ value: 1 }), { return: closing }).input);
  await answering.next();
  await answering.close();
  assert.ok(isClosed);

  isClosed = false;
  await sourceOf(recorded(() => ({ value: 1 }), { return: closing }).input).close();
  assert.ok(isClosed);

  isClosed = false;
  const silent = sourceOf(recorded(() => new Promise(() => {}), { return: closing }).input);
  silent.next();
  await silent.close();
  assert.equal(isClosed, false);
});

test("an input without `return()`, or whose `return()` fails, is closed without an error", async () => {
  const fail = () => {
    throw new Error("ignored");
  };
  for (const close of [undefined, fail, async () => fail()]) {
    const source = sourceOf(recorded(() => ({ value: 1 }), { return: close }).input);
    await source.next();
    assert.equal(await source.close(), undefined);
  }
});
