// The routes. What a handler throws becomes a response in one place.
import { accountDeleted, signIn, signUp } from "./accounts";
import { Refusal, refusal } from "./answer";
import type { Env } from "./env";
import { fromStream } from "./events";
import { createGuest, mayAskForGuest, shareWithPage } from "./guests";

type Handler = (request: Request, env: Env, context: ExecutionContext) => Promise<Response>;

const ROUTES: Record<string, Record<string, Handler>> = {
  // Called by your backend.
  "/hooks/sign-up": { POST: signUp },
  "/hooks/sign-in": { POST: signIn },
  "/hooks/account-deleted": { POST: accountDeleted },
  // Called by Stream.
  "/hooks/stream": { POST: fromStream },
  // Called by browsers.
  "/guests": { POST: createGuest, OPTIONS: mayAskForGuest },
};

function handlerOf(method: string, path: string): Handler {
  const methods = Object.hasOwn(ROUTES, path) ? ROUTES[path] : undefined;
  if (!methods) throw new Refusal(404, "not_found", "there is nothing here");
  const handler = Object.hasOwn(methods, method) ? methods[method] : undefined;
  if (handler) return handler;
  throw new Refusal(405, "method_not_allowed", "not with this method", { allow: Object.keys(methods).join(", ") });
}

async function answer(request: Request, path: string, env: Env, context: ExecutionContext): Promise<Response> {
  try {
    return await handlerOf(request.method, path)(request, env, context);
  } catch (error) {
    return refusal(error);
  }
}

export default {
  async fetch(request, env, context) {
    const { pathname } = new URL(request.url);
    const response = await answer(request, pathname, env, context);
    return pathname === "/guests" ? shareWithPage(response, request, env) : response;
  },
} satisfies ExportedHandler<Env>;
