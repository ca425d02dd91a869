// A host of QuickJS: runs a bundle, lends it timers and a way to send, and prints what it comes to.
import { readFile } from "node:fs/promises";
import { getQuickJS } from "quickjs-emscripten";
import { settings } from "./shared/settings.mjs";

const engine = (await getQuickJS()).newContext();
const value = (result) => engine.unwrapResult(result);
const work = () => value(engine.runtime.executePendingJobs());
const lend = (name, run) => engine.newFunction(name, run).consume((own) => engine.setProp(engine.global, name, own));

const timers = new Map();
lend("setTimeout", (callback, milliseconds, ...given) => {
  const [run, args] = [callback.dup(), given.map((one) => one.dup())];
  const timer = setTimeout(() => {
    value(engine.callFunction(run, engine.undefined, ...args)).dispose();
    work();
  }, engine.getNumber(milliseconds));
  const id = timers.size + 1;
  timers.set(id, timer);
  return engine.newNumber(id);
});
lend("clearTimeout", (id) => clearTimeout(timers.get(engine.getNumber(id))));
lend("send", (request) => {
  const answer = engine.newPromise();
  const { url, ...init } = JSON.parse(engine.getString(request));
  fetch(url, init).then(async (response) => {
    const received = Object.fromEntries(response.headers);
    const text = JSON.stringify({ status: response.status, text: await response.text(), received });
    engine.newString(text).consume(answer.resolve);
    work();
  });
  return answer.handle;
});

value(engine.evalCode(await readFile("dist/quickjs.js", "utf8"))).dispose();
const main = engine.getProp(engine.global, "main");
const call = engine
  .newString(JSON.stringify(settings))
  .consume((given) => value(engine.callFunction(main, engine.undefined, given)));
const settled = engine.resolvePromise(call);
work();
const outcome = engine.getString(value(await settled));
if (JSON.parse(outcome).failed !== undefined) throw new Error(JSON.parse(outcome).failed);
console.log(outcome);
process.exit();
