// Leaves everything to a service worker, and the outcome where the page's test looks for it.
navigator.serviceWorker.addEventListener("message", ({ data }) => {
  globalThis.outcome = data;
});
navigator.serviceWorker.startMessages();

try {
  await navigator.serviceWorker.register(`/service-worker.mjs${location.search}`, { type: "module" });
  (await navigator.serviceWorker.ready).active.postMessage("go");
} catch (error) {
  globalThis.outcome = { failed: String(error) };
}
