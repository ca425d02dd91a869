// Leaves everything to a Worker, and the outcome where the page's test looks for it.
const worker = new Worker(`/worker.mjs${location.search}`, { type: "module" });

worker.onmessage = ({ data }) => {
  globalThis.outcome = data;
};
worker.onerror = ({ message }) => {
  globalThis.outcome = { failed: message };
};
