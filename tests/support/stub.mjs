// Stand-ins for `fetch`, for tests that look at what is sent and decide what comes back.

/** A `fetch` that must not be called. */
export function noFetch(url) {
  throw new Error(`something was sent to ${url}`);
}

/** A `fetch` that keeps what it was called with and gives every call an answer of its own. */
export function recorder(answer = () => json({})) {
  const requests = [];
  async function fetch(url, init) {
    const request = {
      url,
      init,
      method: init.method,
      headers: init.headers,
      body: init.body,
      get json() {
        return JSON.parse(init.body);
      },
    };
    requests.push(request);
    return answer(request, requests.length - 1);
  }
  return { fetch, requests };
}

/** An answer of the API. */
export function json(body, { status = 200, statusText = "", headers = {} } = {}) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return new Response(text, { status, statusText, headers: { "content-type": "application/json", ...headers } });
}

/** An answer of the API that says no. */
export function refusal(code, message, status, more = {}) {
  return json(
    { code, message, StatusCode: status, duration: "0.00ms", more_info: "", details: [] },
    { status, ...more },
  );
}

/** What a promise is rejected with; a value that is not an error stands in a box, so that it can be told apart. */
export async function rejection(promise) {
  const outcome = await promise.then(
    (value) => ({ value }),
    (reason) => ({ reason }),
  );
  if ("reason" in outcome) return outcome.reason;
  throw new Error(`not rejected, but resolved to ${JSON.stringify(outcome.value)}`);
}
