// What the emulator inside the process has to do in a test environment, whatever that has put in the place of timers and of
// the platform's classes. The package's client is not part of it: some of these environments lack what it needs.

import { counting } from "../../support/assert.mjs";

/**
 * @param {() => object | Promise<object>} load gives the emulator's entry
 * @param {(milliseconds: number) => unknown} advance lets time pass, where it is faked; waiting does elsewhere
 * @returns {Promise<{ assertions: number, coldStart: number }>} how much was shown, and the milliseconds that loading took
 */
export async function inProcess(load, advance = () => {}) {
  const { assert, ...counter } = counted();
  const started = performance.now();
  const { createEmulator } = await load();
  const coldStart = performance.now() - started;

  // More than one, since what hangs or is freed too early shows with the later ones.
  for (const round of [1, 2]) {
    const emulator = createEmulator({ strict: true });
    const ask = (path, init) =>
      emulator.fetch(`https://chat.stream-io-api.com/api/v2${path}?api_key=${emulator.apiKey}`, {
        ...init,
        headers: { "stream-auth-type": "anonymous" },
      });
    const guest = (name) => ask("/guest", { method: "POST", body: JSON.stringify({ user: { id: "gus", name } }) });

    const names = Array.from({ length: 12 }, (_, index) => `gus-${index}-${"x".repeat(index * 100)}`);
    const answers = [];
    for (const name of names) answers.push(await guest(name));
    for (const [index, answer] of answers.entries()) {
      const { user } = await answer.json();
      assert.equal(user.name, names[index], `answer ${index} of round ${round} is its own when it is read later`);
    }

    emulator.faults.add({ times: 1, fault: { body: "truncate" } });
    const cut = await ask("/app");
    const failed = await cut.text().then(
      () => "no",
      () => "yes",
    );
    assert.equal(failed, "yes", "a body that is cut off fails");

    emulator.faults.add({ times: 1, fault: { latency_ms: 50 } });
    const late = ask("/app");
    await advance(50);
    assert.equal((await late).status, 200, "an answer that is held back comes when its time has come");

    const before = emulator.now();
    emulator.advance(60_000);
    assert.ok(emulator.now() >= before + 60_000, "its own clock is moved by hand");
  }
  return { assertions: counter.count(), coldStart };
}

function counted() {
  const counter = counting();
  return { assert: counter.assert, count: () => counter.count };
}
