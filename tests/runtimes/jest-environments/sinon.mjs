import { createRequire } from "node:module";
import sinon from "sinon";
import { inProcess } from "./shared/in-process.mjs";

const { performance } = globalThis;
const started = performance.now();
// Without `queueMicrotask`, which Node's own `Request` and `Response` cannot be read without.
const toFake = ["Date", "setTimeout", "clearTimeout", "setInterval", "clearInterval", "setImmediate", "nextTick"];
const clock = sinon.useFakeTimers({ toFake });
const load = () => createRequire(import.meta.url)("getstream-users/emulator");
const { assertions } = await inProcess(load, (milliseconds) => clock.tickAsync(milliseconds));
clock.restore();
console.log(JSON.stringify({ assertions, coldStart: Math.round(performance.now() - started) }));
