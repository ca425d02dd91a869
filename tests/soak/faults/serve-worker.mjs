import { handle, onHandled, onUnhandled } from "./target.mjs";

globalThis.addEventListener("unhandledrejection", (event) => onUnhandled(event.reason, event.promise));
globalThis.addEventListener("rejectionhandled", (event) => onHandled(event.promise));

export default { fetch: handle };
