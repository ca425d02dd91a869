// What a browser's own network code makes of an API that answers badly, and its streams of bodies that are compressed.

import { StreamClient } from "/node_modules/getstream-users/dist/index.js";
import { counting, failure, hmac } from "/shared/scenario.mjs";

const { apiKey, apiSecret } = Object.fromEntries(new URLSearchParams(location.search));

async function outcome() {
  const counter = counting();
  const started = performance.now();
  // A secret that everybody knows may be in a browser.
  const options = { basePath: `${location.origin}/faults`, retry: false, dangerouslyAllowBrowser: true };
  const client = new StreamClient(apiKey, apiSecret, options);
  await network(client, counter.assert);
  const coldStart = performance.now() - started;
  await webhooks(client, counter.assert);
  return { assertions: counter.count, coldStart };
}

async function network(client, assert) {
  const task = (id, options) => client.getTask({ id }, options);
  // WebKit takes a body without its last chunk for a whole one; the JSON is broken all the same.
  for (const id of ["short", "cut"]) {
    await assert.rejects(task(id), { kind: "response", outcome: "unknown" }, `a body that breaks off (${id})`);
  }
  await assert.rejects(task("reset"), { kind: "connection", outcome: "unknown" }, "a connection that breaks off");
  // Browsers do not tell the status.
  const message = "the server redirects, which the API never does; check `basePath`";
  await assert.rejects(task("redirect"), { kind: "response", status: undefined, message }, "a redirect");
  await assert.rejects(task("slow", { timeout: 200 }), { kind: "timeout" }, "an answer that takes too long");

  for (const id of ["slow", "unanswered"]) {
    const controller = new AbortController();
    const reason = { left: id };
    const call = task(id, { signal: controller.signal });
    setTimeout(() => controller.abort(reason), 200);
    assert.equal(await call.catch((error) => error), reason, `what an aborted call rejects with (${id})`);
  }
}

async function webhooks(client, assert) {
  for (const bio of ["", "é".repeat(100_000)]) {
    const body = JSON.stringify({ type: "user.updated", created_at: 0, user: { id: "ann", custom: { bio } } });
    const signature = await hmac(apiSecret, body);
    const gzip = await compressed(body);
    const receive = (body) => {
      const headers = { "x-signature": signature, "content-encoding": "gzip" };
      return client.verifyAndParseWebhook(new Request("https://app.test/", { method: "POST", headers, body }));
    };
    assert.equal((await receive(gzip)).user.custom.bio, bio, "a compressed webhook");
    const twice = new Uint8Array([...gzip, ...gzip]);
    const broken = { "cut off": gzip.subarray(0, -1), "with bytes behind the end": twice };
    for (const [how, bytes] of Object.entries(broken)) {
      await assert.rejects(receive(bytes), { kind: "response" }, `a compressed webhook, ${how}`);
    }
  }
}

async function compressed(text) {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

globalThis.outcome = await outcome().catch(failure);
