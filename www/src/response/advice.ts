// What to do about a failure, by its kind.

import type { StreamError, StreamErrorKind } from "getstream-users";

const ADVICE: Record<StreamErrorKind, string> = {
  invalid_argument: "Nothing was sent. Correct the named field and run it again.",
  config: "The client lacks something that the call needs: check the target and the caller.",
  invalid_request: "The API does not accept the input. Correct it; a retry without changes fails again.",
  authentication:
    "The key, the secret or the token is wrong, has expired or was revoked. Get a fresh token from your server.",
  permission: "The caller may not do this. Call it from a server, or grant the role the permission with updateApp.",
  not_found: "It does not exist, or no longer exists. Look it up with a query first.",
  rate_limit:
    "The client has waited and retried, and the limit was still exhausted. Wait for the reset, or spread the calls.",
  server: "Stream failed. Retry a read; before you repeat a write, check whether it happened.",
  connection: "There was no response. It is unknown whether the call ran: repeat it if it may run twice.",
  timeout: "There was no response in time. Use a longer `timeout`, or repeat the call if it may run twice.",
  response: "The response is not from Stream: check for a proxy, or a wrong address.",
  token_provider: "The function that provides the user's token failed or returned none. See the error's `cause`.",
  aborted: "The call was aborted. Nothing is wrong; you can run it again.",
  task_failed: "The task has failed; its result lists the users.",
  internal: "This is a bug in the package. Please report it with the call.",
};

export function adviceFor(error: StreamError): string {
  return ADVICE[error.kind];
}
