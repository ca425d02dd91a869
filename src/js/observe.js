// Telling the caller's hooks and logger what happens. None of them can change or end a call, but `onRateLimit`.

const LEVELS = ["debug", "info", "warn", "error"];

/**
 * Calls a hook. A hook that fails must not make a write look failed that has happened: its failure goes to the console.
 */
export function tell(hook, event) {
  try {
    // An async function fails later, when nobody is there to catch it: that would end a process of Node.
    hook?.(event)?.catch?.(console.error);
  } catch (error) {
    console.error(error);
  }
}

/** What a log line says of each event, and how important it is. */
const LINES = {
  onRequest: ["debug", () => ""],
  onResponse: ["debug", ({ status, duration }) => `: ${status} in ${duration} ms`],
  onRetry: ["warn", ({ delay, error }) => ` failed, again in ${delay} ms: ${error.message}`],
  onFailure: ["error", ({ error }) => ` failed: ${error.message}`],
};

/**
 * The hooks of a client, the logger among them. A hook that nobody listens to is undefined, so that nothing is made for it.
 *
 * @param {Record<string, any>} options the client's, checked
 */
export function hooksOf(options) {
  const { logger, logLevel = "warn", onRateLimit } = options ?? {};
  const hooks = { onRateLimit };
  for (const [name, [level, words]] of Object.entries(LINES)) {
    const own = options?.[name];
    const isLogged = logger !== undefined && LEVELS.indexOf(level) >= LEVELS.indexOf(logLevel);
    hooks[name] = isLogged ? (event) => both(own, logger, level, `${call(event)}${words(event)}`, event) : own;
  }
  return hooks;
}

function both(hook, logger, level, line, event) {
  tell(hook, event);
  tell(() => logger[level]?.(`getstream-users: ${line}`, event));
}

function call({ method, path, attempt }) {
  return `${method} ${path}${attempt > 1 ? `, attempt ${attempt}` : ""}`;
}
