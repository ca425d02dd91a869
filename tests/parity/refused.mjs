// What the API says no with.

import assert from "node:assert/strict";

/**
 * Makes sure that a call was refused. Takes a call of the SDK and a raw request alike; of the latter it checks every
 * field of the envelope.
 *
 * @param {Promise<unknown>} call
 * @param {string | RegExp} kind status and code, as in `"404/16"`
 * @param {string} operation the operation that the message begins with; nothing when it is `""`
 * @param {string | RegExp} [reason] what the message says between the quotes, if it matters
 * @returns what was thrown or answered
 */
export async function refused(call, kind, operation, reason = /./) {
  const { outcome, status, code, message } = await call.then(answered, thrown);
  says(`${status}/${code}`, kind, message);
  says(operation === "" ? message : between(message, `${operation} failed with error: "`, '"'), reason);
  return outcome;
}

function says(text, expected, message) {
  if (typeof expected === "string") assert.equal(text, expected, message);
  else assert.match(text, expected, message);
}

function between(text, start, end) {
  assert.ok(text.startsWith(start) && text.endsWith(end), `${start}…${end} expected: ${text}`);
  return text.slice(start.length, -end.length);
}

/** The SDK does not export the class of what it throws. */
function thrown(error) {
  assert.equal(error.constructor.name, "StreamError", error.stack);
  const { code, metadata } = error;
  return {
    outcome: error,
    status: metadata.responseCode,
    code,
    message: error.message.replace(/^.*? code -?\d+: /, ""),
  };
}

function answered(answer) {
  assert.ok(answer?.status >= 400, `not refused: ${JSON.stringify(answer?.body ?? answer)}`);
  const { status, body } = answer;
  assert.equal(typeof body.message, "string", answer.text);
  assert.ok(Number.isInteger(body.code), answer.text);
  assert.equal(body.StatusCode, status, answer.text);
  assert.match(body.duration, /^\d/, answer.text);
  assert.equal(body.more_info, "https://getstream.io/chat/docs/api_errors_response");
  assert.deepEqual(body.details, []);
  return { outcome: answer, status, code: body.code, message: body.message };
}
