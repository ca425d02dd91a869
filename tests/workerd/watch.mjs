// Records the use of clock, random numbers, timers and I/O, which a Worker's module scope does not have, while the modules
// imported after this one are loaded, and later. It has to be imported first.

export const calls = [];

for (const [owner, names] of [
  [globalThis, ["fetch", "setTimeout", "setInterval"]],
  [Crypto.prototype, ["getRandomValues", "randomUUID"]],
  [SubtleCrypto.prototype, ["importKey", "sign", "digest"]],
  [Math, ["random"]],
  [Date, ["now"]],
  [performance, ["now"]],
]) {
  for (const name of names) watch(owner, name);
}

globalThis.Date = new Proxy(Date, {
  construct(target, args, newTarget) {
    if (args.length === 0) calls.push("new Date");
    return Reflect.construct(target, args, newTarget);
  },
});

function watch(owner, name) {
  const original = owner[name];
  const value = function (...args) {
    calls.push(name);
    return original.apply(this, args);
  };
  Object.defineProperty(owner, name, { value, configurable: true, writable: true });
}
