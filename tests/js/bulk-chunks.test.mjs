// Splits the input of bulk work into chunks: no user is in two open chunks, a user's changes keep their order, users are
// returned or set apart, and the checkpoint advances.

import assert from "node:assert/strict";
import test from "node:test";
import { importSource } from "../support/source.mjs";

const { Chunks } = await importSource("bulk/chunks.ts");

/** Chunks of items: strings are ids, objects are users, promises are awaited. */
function chunksOf(items, { size = 3, skip = 0 } = {}) {
  const state = { taken: 0, turns: 0 };
  const source = {
    next: async () => {
      const item = await items[state.taken];
      if (item === undefined) return undefined;
      if (item instanceof Error) throw item;
      state.taken++;
      return { item };
    },
  };
  const idOf = (item) => (typeof item === "string" ? item : item.id);
  const chunks = new Chunks(source, { size, skip, idOf }, { step: () => void state.turns++ });
  return { chunks, state };
}

/** The ids in a chunk; the position of an item without one. */
const idsOf = (chunk) => chunk?.map(({ id, index }) => id ?? index).join();

const positionsOf = (chunk) => chunk.map(({ index }) => index);

/** All chunks of an input, each finished before the next is taken. */
async function all(chunks) {
  const found = [];
  for (let chunk = await chunks.take(); chunk !== undefined; chunk = await chunks.take()) {
    found.push(idsOf(chunk));
    chunks.finish(chunk, []);
  }
  return found;
}

/** Whether a promise settles before the next turn of the event loop. */
async function settlesNow(taken) {
  let isSettled = false;
  taken.then(() => {
    isSettled = true;
  });
  await new Promise(setImmediate);
  return isSettled;
}

const numbered = (count, more = {}) => Array.from({ length: count }, (_, index) => ({ id: `u${index}`, ...more }));

test("an input is split into chunks of the given size, in order", async () => {
  const { chunks, state } = chunksOf(["a", "b", "c", "d", "e", "f", "g"]);
  const first = await chunks.take();
  assert.deepEqual(
    first.map(({ index, id, item }) => [index, id, item]),
    [
      [0, "a", "a"],
      [1, "b", "b"],
      [2, "c", "c"],
    ],
  );
  // The rest is read only when the next chunk is taken.
  assert.equal(state.taken, 3);
  chunks.finish(first, []);
  assert.deepEqual(await all(chunks), ["d,e,f", "g"]);
  assert.equal(await chunks.take(), undefined);
  assert.deepEqual(await all(chunksOf([]).chunks), []);
});

test("concurrent calls get their chunks one after the other", async () => {
  const { chunks } = chunksOf(["a", "b", "c", "d"], { size: 2 });
  const taken = await Promise.all([chunks.take(), chunks.take()]);
  assert.deepEqual(taken.map(idsOf), ["a,b", "c,d"]);
});

test("items that are already done are skipped and counted", async () => {
  const { chunks, state } = chunksOf(["a", "b", "c", "d", "e"], { size: 2, skip: 3 });
  assert.equal(chunks.done, 3);
  const first = await chunks.take();
  assert.deepEqual(positionsOf(first), [3, 4]);
  assert.equal(state.turns, 3);
  assert.equal(chunks.done, 3);
  chunks.finish(first, []);
  assert.equal(chunks.done, 5);
});

test("a second change to a user waits for the first, and other users overtake it", async () => {
  const { chunks, state } = chunksOf(["a", "b", "a", "c", "a", "d"], { size: 2 });
  const [first, second] = [await chunks.take(), await chunks.take()];
  // At most one chunk of items waits, so the last one is not read yet.
  assert.deepEqual([idsOf(first), idsOf(second), state.taken], ["a,b", "c", 5]);
  const third = chunks.take();
  assert.equal(await settlesNow(third), false);
  chunks.finish(second, []);
  assert.equal(await settlesNow(third), false);
  assert.equal(chunks.done, 0);
  chunks.finish(first, []);
  assert.deepEqual(positionsOf(await third), [2, 5]);
  assert.equal(chunks.done, 2);
  chunks.finish(await third, []);
  assert.equal(chunks.done, 4);
  const last = await chunks.take();
  assert.deepEqual(positionsOf(last), [4]);
  chunks.finish(last, []);
  assert.equal(chunks.done, 6);
  assert.equal(await chunks.take(), undefined);
});

test("items without an id never wait", async () => {
  const { chunks } = chunksOf([{}, {}, {}, { id: "a" }], { size: 2 });
  const taken = [await chunks.take(), await chunks.take()];
  assert.deepEqual(taken.map(idsOf), ["0,1", "2,a"]);
  for (const chunk of taken) chunks.finish(chunk, []);
  assert.equal(chunks.done, 4);
});

test("returned users go first, in input order, and hold back the checkpoint", async () => {
  const { chunks } = chunksOf(["a", "b", "c", "d", "e", "f", "b"]);
  const [first, second] = [await chunks.take(), await chunks.take()];
  chunks.finish(second, second.slice(1));
  chunks.finish(first, [first[2], first[1]]);
  assert.equal(chunks.done, 1);
  const third = await chunks.take();
  assert.equal(idsOf(third), "b,c,e");
  chunks.finish(third, [third[2]]);
  assert.equal(chunks.done, 4);
  const fourth = await chunks.take();
  assert.deepEqual(positionsOf(fourth), [4, 5, 6]);
  chunks.finish(fourth, []);
  assert.equal(chunks.done, 7);
  assert.equal(await chunks.take(), undefined);
});

test("waiting users stay behind returned users that fill the chunk", async () => {
  const { chunks } = chunksOf(["a", "b", "a", "c", "d"], { size: 2 });
  const [first, second] = [await chunks.take(), await chunks.take()];
  assert.deepEqual([first, second].map(idsOf), ["a,b", "c,d"]);
  chunks.finish(first, []);
  chunks.finish(second, second);
  assert.deepEqual([await chunks.take(), await chunks.take()].map(idsOf), ["c,d", "a"]);
});

/** An item that arrives when `come` is called. */
function late() {
  let come;
  const item = new Promise((resolve) => {
    come = resolve;
  });
  return { item, come };
}

test("users returned while the input is slow are sent again", async () => {
  const { item, come } = late();
  const { chunks } = chunksOf(["a", item], { size: 1 });
  const first = await chunks.take();
  const last = chunks.take();
  assert.equal(await settlesNow(last), false);
  chunks.finish(first, first);
  come(undefined);
  assert.equal(idsOf(await last), "a");
});

test("a user's third change does not overtake the second once the first is done", async () => {
  const { item, come } = late();
  const { chunks } = chunksOf(["a", "b", "a", item, "c"], { size: 2 });
  const first = await chunks.take();
  const next = chunks.take();
  assert.equal(await settlesNow(next), false);
  chunks.finish(first, []);
  come("a");
  assert.deepEqual(positionsOf(await next), [2, 4]);
});

test("a waiting user is sent when the input ends while the previous chunk finishes", async () => {
  const { item, come } = late();
  const { chunks } = chunksOf(["a", "b", "a", item], { size: 2 });
  const first = await chunks.take();
  const next = chunks.take();
  assert.equal(await settlesNow(next), false);
  chunks.finish(first, []);
  come(undefined);
  assert.deepEqual(positionsOf(await next), [2]);
});

test("the end waits for open chunks, because they may return users", async () => {
  const { chunks } = chunksOf(["a", "b"]);
  const first = await chunks.take();
  const last = chunks.take();
  assert.equal(await settlesNow(last), false);
  chunks.finish(first, [first[1]]);
  assert.equal(idsOf(await last), "b");
  chunks.finish(await last, []);
  assert.equal(await chunks.take(), undefined);
});

test("chunks shrink after refusals that name no user, and never exceed the maximum size", async () => {
  const { chunks } = chunksOf(numbered(40), { size: 10 });
  chunks.noteSize(false);
  const small = await chunks.take();
  assert.equal(small.length, 8);
  chunks.finish(small, []);
  chunks.noteSize(true);
  chunks.noteSize(true);
  const large = await chunks.take();
  assert.equal(large.length, 10);
  // Returned users do not exceed the size either.
  for (let times = 0; times < 4; times++) chunks.noteSize(false);
  chunks.finish(large, large);
  assert.equal(idsOf(await chunks.take()), "u8,u9,u10,u11");
  assert.equal(idsOf(await chunks.take()), "u12,u13,u14,u15");
});

test("users with an undefined role are set apart in full chunks, and at the end in smaller ones", async () => {
  const users = numbered(9).map((user, index) => ({ ...user, role: ["user", "king", "queen"][index % 3] }));
  const { chunks } = chunksOf(users, { size: 2 });
  chunks.setApart("king");
  chunks.setApart("queen");
  chunks.setApart("king");
  // `u0`, `u3` and `u6` have a defined role.
  assert.deepEqual(await all(chunks), ["u0,u3", "u1,u4", "u2,u5", "u6", "u7", "u8"]);
});

test("reading stops when users set apart fill a chunk", async () => {
  const { chunks, state } = chunksOf(numbered(9, { role: "king" }), { size: 2 });
  chunks.setApart("king");
  assert.equal(idsOf(await chunks.take()), "u0,u1");
  assert.equal(state.taken, 2);
});

test("users set apart hold back the checkpoint and their own later changes", async () => {
  const { chunks } = chunksOf([{ id: "a", role: "king" }, { id: "b" }, { id: "a" }, { id: "c" }], { size: 2 });
  chunks.setApart("king");
  const first = await chunks.take();
  assert.equal(idsOf(first), "b,c");
  chunks.finish(first, []);
  assert.equal(chunks.done, 0);
  const second = await chunks.take();
  assert.deepEqual(positionsOf(second), [0]);
  chunks.finish(second, []);
  assert.equal(chunks.done, 2);
});

test("users whose role succeeds are no longer set apart", async () => {
  const { chunks } = chunksOf([...numbered(2, { role: "king" }), { id: "a" }, { id: "b" }, { id: "c", role: "king" }], {
    size: 3,
  });
  chunks.noteSuccess([{ item: { role: "king" } }]);
  chunks.setApart("king");
  const first = await chunks.take();
  assert.equal(idsOf(first), "u0,u1,c");
  chunks.noteSuccess(first);
  chunks.finish(first, []);
  const second = await chunks.take();
  assert.equal(idsOf(second), "a,b");
  chunks.finish(second, []);
  assert.equal(await chunks.take(), undefined);
});

test("users set apart join the other chunks once their role is defined", async () => {
  const { chunks } = chunksOf([{ id: "a", role: "king" }, ...numbered(4)], { size: 2 });
  chunks.setApart("king");
  const first = await chunks.take();
  assert.equal(idsOf(first), "u0,u1");
  chunks.noteSuccess([{ item: { role: "king" } }]);
  chunks.finish(first, []);
  assert.deepEqual(await all(chunks), ["a,u2", "u3"]);
});

test("at most 5,000 items overtake the users set apart", async () => {
  const { chunks } = chunksOf([{ id: "first" }, { id: "a", role: "king" }, ...numbered(5200)], { size: 100 });
  chunks.setApart("king");
  const found = await all(chunks);
  assert.equal(found.indexOf("a"), 50);
  assert.equal(found.length, 54);
});

test("at most 50 undefined roles are set apart", async () => {
  const users = Array.from({ length: 51 }, (_, index) => ({ id: `u${index}`, role: `r${index}` }));
  const { chunks } = chunksOf(users, { size: 100 });
  for (const { role } of users) chunks.setApart(role);
  const found = await all(chunks);
  assert.equal(found[0], "u50");
  assert.equal(found.length, 51);
});

test("an error of the input rejects the next chunk", async () => {
  const reason = new Error("mine");
  const { chunks } = chunksOf(["a", "b", "c", reason], { size: 2 });
  assert.equal(idsOf(await chunks.take()), "a,b");
  await assert.rejects(chunks.take(), reason);
  // The chunk after it too, if the input fails again.
  await assert.rejects(chunks.take(), reason);
});
