// How the input of bulk work is cut: no user in two chunks at once, the order of a user's changes, who comes back, who stands
// apart, and how far the work is done.

import assert from "node:assert/strict";
import test from "node:test";
import { importSource } from "../support/source.mjs";

const { Chunks } = await importSource("bulk/chunks.ts");

/** Cuts items: texts are ids, objects are users. Those that are promises are waited for. */
function cut(items, { size = 3, skip = 0 } = {}) {
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

/** A chunk's items: ids, or positions for what has none. */
const idsOf = (chunk) => chunk?.map(({ id, index }) => id ?? index).join();

const positionsOf = (chunk) => chunk.map(({ index }) => index);

/** All chunks of an input, each done before the next is asked for. */
async function all(chunks) {
  const found = [];
  for (let chunk = await chunks.take(); chunk !== undefined; chunk = await chunks.take()) {
    found.push(idsOf(chunk));
    chunks.finish(chunk, []);
  }
  return found;
}

/** Whether a chunk is there without waiting for another. */
async function isThere(taken) {
  let isSettled = false;
  taken.then(() => {
    isSettled = true;
  });
  await new Promise(setImmediate);
  return isSettled;
}

const crowd = (count, more = {}) => Array.from({ length: count }, (_, index) => ({ id: `u${index}`, ...more }));

test("an input becomes chunks of a size, in its order, and ends", async () => {
  const { chunks, state } = cut(["a", "b", "c", "d", "e", "f", "g"]);
  const first = await chunks.take();
  assert.deepEqual(
    first.map(({ index, id, item }) => [index, id, item]),
    [
      [0, "a", "a"],
      [1, "b", "b"],
      [2, "c", "c"],
    ],
  );
  // The rest is not read before it is asked for.
  assert.equal(state.taken, 3);
  chunks.finish(first, []);
  assert.deepEqual(await all(chunks), ["d,e,f", "g"]);
  assert.equal(await chunks.take(), undefined);
  assert.deepEqual(await all(cut([]).chunks), []);
});

test("chunks that are asked for at once are made one after the other", async () => {
  const { chunks } = cut(["a", "b", "c", "d"], { size: 2 });
  const taken = await Promise.all([chunks.take(), chunks.take()]);
  assert.deepEqual(taken.map(idsOf), ["a,b", "c,d"]);
});

test("items that are done already are passed over, and counted", async () => {
  const { chunks, state } = cut(["a", "b", "c", "d", "e"], { size: 2, skip: 3 });
  assert.equal(chunks.done, 3);
  const first = await chunks.take();
  assert.deepEqual(positionsOf(first), [3, 4]);
  assert.equal(state.turns, 3);
  assert.equal(chunks.done, 3);
  chunks.finish(first, []);
  assert.equal(chunks.done, 5);
});

test("a change to a user waits for the earlier one, others pass it, and the order stays", async () => {
  const { chunks, state } = cut(["a", "b", "a", "c", "a", "d"], { size: 2 });
  const [first, second] = [await chunks.take(), await chunks.take()];
  // No more items wait than a chunk has, so the last is not read yet.
  assert.deepEqual([idsOf(first), idsOf(second), state.taken], ["a,b", "c", 5]);
  const third = chunks.take();
  assert.equal(await isThere(third), false);
  chunks.finish(second, []);
  assert.equal(await isThere(third), false);
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

test("items without an id wait for nobody", async () => {
  const { chunks } = cut([{}, {}, {}, { id: "a" }], { size: 2 });
  const taken = [await chunks.take(), await chunks.take()];
  assert.deepEqual(taken.map(idsOf), ["0,1", "2,a"]);
  for (const chunk of taken) chunks.finish(chunk, []);
  assert.equal(chunks.done, 4);
});

test("users who come back go first, in their order, and hold the checkpoint", async () => {
  const { chunks } = cut(["a", "b", "c", "d", "e", "f", "b"]);
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

test("those who wait go on waiting when those who come back fill the chunk", async () => {
  const { chunks } = cut(["a", "b", "a", "c", "d"], { size: 2 });
  const [first, second] = [await chunks.take(), await chunks.take()];
  assert.deepEqual([first, second].map(idsOf), ["a,b", "c,d"]);
  chunks.finish(first, []);
  chunks.finish(second, second);
  assert.deepEqual([await chunks.take(), await chunks.take()].map(idsOf), ["c,d", "a"]);
});

/** An item that comes when it is told to. */
function late() {
  let come;
  const item = new Promise((resolve) => {
    come = resolve;
  });
  return { item, come };
}

test("users who come back while the input is slow are sent again all the same", async () => {
  const { item, come } = late();
  const { chunks } = cut(["a", item], { size: 1 });
  const first = await chunks.take();
  const last = chunks.take();
  assert.equal(await isThere(last), false);
  chunks.finish(first, first);
  come(undefined);
  assert.equal(idsOf(await last), "a");
});

test("no change to a user passes one that waits, though the first is done meanwhile", async () => {
  const { item, come } = late();
  const { chunks } = cut(["a", "b", "a", item, "c"], { size: 2 });
  const first = await chunks.take();
  const next = chunks.take();
  assert.equal(await isThere(next), false);
  chunks.finish(first, []);
  come("a");
  assert.deepEqual(positionsOf(await next), [2, 4]);
});

test("who waits is not left out when the input ends while the chunk before is done", async () => {
  const { item, come } = late();
  const { chunks } = cut(["a", "b", "a", item], { size: 2 });
  const first = await chunks.take();
  const next = chunks.take();
  assert.equal(await isThere(next), false);
  chunks.finish(first, []);
  come(undefined);
  assert.deepEqual(positionsOf(await next), [2]);
});

test("the end waits for chunks under way, whose users may come back", async () => {
  const { chunks } = cut(["a", "b"]);
  const first = await chunks.take();
  const last = chunks.take();
  assert.equal(await isThere(last), false);
  chunks.finish(first, [first[1]]);
  assert.equal(idsOf(await last), "b");
  chunks.finish(await last, []);
  assert.equal(await chunks.take(), undefined);
});

test("calls that are refused without a word about whom get smaller, and never larger than allowed", async () => {
  const { chunks } = cut(crowd(40), { size: 10 });
  chunks.noteSize(false);
  const small = await chunks.take();
  assert.equal(small.length, 8);
  chunks.finish(small, []);
  chunks.noteSize(true);
  chunks.noteSize(true);
  const large = await chunks.take();
  assert.equal(large.length, 10);
  // Those who come back do not make a chunk larger either.
  for (let times = 0; times < 4; times++) chunks.noteSize(false);
  chunks.finish(large, large);
  assert.equal(idsOf(await chunks.take()), "u8,u9,u10,u11");
  assert.equal(idsOf(await chunks.take()), "u12,u13,u14,u15");
});

test("users with a role that is not defined stand apart, in full chunks of their own or in the last", async () => {
  const users = crowd(9).map((user, index) => ({ ...user, role: ["user", "king", "queen"][index % 3] }));
  const { chunks } = cut(users, { size: 2 });
  chunks.setApart("king");
  chunks.setApart("queen");
  chunks.setApart("king");
  // Who is in the way is set apart with the chunk that comes before.
  assert.deepEqual(await all(chunks), ["u0,u3", "u1,u4", "u2,u5", "u6", "u7", "u8"]);
});

test("no more is read than what fills a chunk of those who stand apart", async () => {
  const { chunks, state } = cut(crowd(9, { role: "king" }), { size: 2 });
  chunks.setApart("king");
  assert.equal(idsOf(await chunks.take()), "u0,u1");
  assert.equal(state.taken, 2);
});

test("those who stand apart hold the checkpoint, and no change to them passes them", async () => {
  const { chunks } = cut([{ id: "a", role: "king" }, { id: "b" }, { id: "a" }, { id: "c" }], { size: 2 });
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

test("a role that went through stands apart no longer", async () => {
  const { chunks } = cut([...crowd(2, { role: "king" }), { id: "a" }, { id: "b" }, { id: "c", role: "king" }], {
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

test("those who stood apart for a role that is defined by now are sent with the others", async () => {
  const { chunks } = cut([{ id: "a", role: "king" }, ...crowd(4)], { size: 2 });
  chunks.setApart("king");
  const first = await chunks.take();
  assert.equal(idsOf(first), "u0,u1");
  chunks.noteSuccess([{ item: { role: "king" } }]);
  chunks.finish(first, []);
  assert.deepEqual(await all(chunks), ["a,u2", "u3"]);
});

test("those who stand apart are passed by 5,000 others at most", async () => {
  const { chunks } = cut([{ id: "first" }, { id: "a", role: "king" }, ...crowd(5200)], { size: 100 });
  chunks.setApart("king");
  const found = await all(chunks);
  assert.equal(found.indexOf("a"), 50);
  assert.equal(found.length, 54);
});

test("50 roles stand apart, and users with others go with everybody", async () => {
  const users = Array.from({ length: 51 }, (_, index) => ({ id: `u${index}`, role: `r${index}` }));
  const { chunks } = cut(users, { size: 100 });
  for (const { role } of users) chunks.setApart(role);
  const found = await all(chunks);
  assert.equal(found[0], "u50");
  assert.equal(found.length, 51);
});

test("an input that fails fails the chunk that was asked for", async () => {
  const reason = new Error("mine");
  const { chunks } = cut(["a", "b", "c", reason], { size: 2 });
  assert.equal(idsOf(await chunks.take()), "a,b");
  await assert.rejects(chunks.take(), reason);
  // And the next one, if it fails again.
  await assert.rejects(chunks.take(), reason);
});
