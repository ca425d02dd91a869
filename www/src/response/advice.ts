// What to do about a failure, by its kind.

import type { StreamError, StreamErrorKind } from "getstream-users";

const ADVICE: Record<StreamErrorKind, string> = {
  invalid_argument: "Nothing was sent. Correct the field that is named and run it again.",
  config: "The client lacks something that the call needs: look at the target, and at who calls.",
  invalid_request: "The API says what it does not accept. Correct the input; trying again as it is changes nothing.",
  authentication:
    "The key, the secret or the token is not right, has expired or was revoked. Get a fresh token from your server.",
  permission: "The caller may not do this. Call it from a server, or grant the role what it needs with updateApp.",
  not_found: "It does not exist, or no longer. Look it up with a query first.",
  rate_limit:
    "The client has waited and tried again, and the window was still used up. Wait for the reset, or spread the calls.",
  server: "Stream failed. Reads may simply be tried again; look at what happened before you repeat a write.",
  connection: "No answer came. Whether the call ran is not known: repeat it if it may run twice.",
  timeout: "No answer came in time. Give the call a longer `timeout`, or repeat it if it may run twice.",
  response: "Something between here and Stream answered in its place: a proxy, or the wrong address.",
  token_provider: "The function that provides the user's token failed or returned none. Look at the error's `cause`.",
  aborted: "The call was aborted. Nothing is wrong; run it again if you want it.",
  task_failed: "The task has ended with a failure; its result says of which users.",
  internal: "This is a defect of the package. Please report it with the call that led to it.",
};

export function adviceFor(error: StreamError): string {
  return ADVICE[error.kind];
}
