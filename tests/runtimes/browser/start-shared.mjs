// Leaves everything to a SharedWorker, and the outcome where the page's test looks for it.
const worker = new SharedWorker(`/shared-worker.mjs${location.search}`, { type: "module" });

worker.port.onmessage = ({ data }) => {
  globalThis.outcome = data;
};
worker.onerror = ({ message }) => {
  globalThis.outcome = { failed: message ?? "the SharedWorker does not start" };
};
