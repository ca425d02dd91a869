// Verifies the body and the signature of a webhook, and shows the event. Nothing is sent.

import { signal } from "@preact/signals";
import { EMULATOR_SECRET } from "../client/target.ts";
import { JsonView } from "../json/Lines.tsx";
import { reasonOf } from "../ui/reason.ts";
import { TextField } from "../ui/TextField.tsx";
import { serverWith } from "./server.ts";
import { sign } from "./signature.ts";
import { ToolCode } from "./ToolCode.tsx";

type Verdict = { event: object } | { problem: string } | undefined;

const ADA = {
  id: "ada",
  name: "Ada",
  role: "user",
  created_at: "2026-01-01T08:00:00Z",
  updated_at: "2026-01-31T12:00:00Z",
};
const AT = "2026-01-31T12:00:00.123456789Z";

/** Examples of common events. */
const EXAMPLES: readonly { type: string; [field: string]: unknown }[] = [
  { type: "user.updated", created_at: AT, user: ADA },
  { type: "user.deactivated", created_at: AT, user: { ...ADA, deactivated_at: "2026-01-31T12:00:00Z" } },
  { type: "user.deleted", created_at: AT, user: ADA, delete_user: true, hard_delete: false },
  {
    type: "user.banned",
    created_at: AT,
    user: ADA,
    created_by: { ...ADA, id: "grace" },
    reason: "spam",
    shadow: false,
  },
  { type: "user.muted", created_at: AT, user: { ...ADA, id: "grace" }, target_user: ADA },
];

const body = signal(JSON.stringify(EXAMPLES[0]));
const signature = signal("");
const secret = signal(EMULATOR_SECRET);
const verdict = signal<Verdict>(undefined);

export function Webhooks() {
  return (
    <section class="pane tool-pane" aria-labelledby="webhooks-heading">
      <header class="pane-head">
        <h2 id="webhooks-heading">Webhooks</h2>
        <p class="summary">
          A webhook comes from Stream if its signature is that of its body, made with your secret. Change one character
          and see.
        </p>
      </header>
      <div class="tool-columns">
        <div class="tool-column">
          <div class="field">
            <label class="field-name" for="hook-example">
              <span class="name">Example</span>
            </label>
            <select id="hook-example" onChange={({ currentTarget }) => useExample(currentTarget.value)}>
              {EXAMPLES.map(({ type }) => (
                <option key={type}>{type}</option>
              ))}
            </select>
          </div>
          <TextField
            id="hook-body"
            label="Body"
            rows={7}
            value={body.value}
            onText={(text) => set(body, text)}
            about="The raw body, not parsed and serialized again."
          />
          <TextField
            id="hook-signature"
            label="X-Signature"
            value={signature.value}
            onText={(text) => set(signature, text)}
          />
          <TextField
            id="hook-secret"
            label="Secret"
            type="secret"
            value={secret.value}
            onText={(text) => set(secret, text)}
            about="The emulator’s, devsecret, unless you type another."
          />
          <div class="run-bar">
            <button type="button" class="button primary" id="verify" onClick={() => void verify()}>
              Verify
            </button>
            <button type="button" class="button" id="sign" onClick={() => void signBody()}>
              Sign as Stream would
            </button>
          </div>
        </div>
        <div class="tool-column">
          <h3>Verdict</h3>
          <VerdictView />
          <p class="about">
            This emulator’s deliveries are listed under <em>Webhooks</em> below.
          </p>
          <ToolCode source={CODE} />
        </div>
      </div>
    </section>
  );
}

function VerdictView() {
  const { value } = verdict;
  if (value === undefined) return <p class="empty">Sign the example, then verify it.</p>;
  if ("problem" in value) {
    return (
      <p class="verdict" data-valid="false">
        <span class="status bad">refused</span> {value.problem}
      </p>
    );
  }
  return (
    <>
      <p class="verdict" data-valid="true">
        <span class="status good">verified</span> The event, with its times as Dates:
      </p>
      <JsonView value={value.event} label="The event" />
    </>
  );
}

function useExample(type: string): void {
  set(body, JSON.stringify(EXAMPLES.find((example) => example.type === type)));
}

/** A handler in a Worker; servers with the same `Request` can use it, too. */
const CODE = `import { StreamClient } from "getstream-users";

const { STREAM_API_KEY = "", STREAM_API_SECRET = "" } = process.env;
const client = new StreamClient(STREAM_API_KEY, STREAM_API_SECRET);

export async function handleWebhook(request: Request): Promise<Response> {
  const signature = request.headers.get("x-signature") ?? "";
  const body = new Uint8Array(await request.arrayBuffer());
  const event = await client.verifyAndParseWebhook(body, signature);
  if (event.type === "user.deleted") console.log("gone:", event.user.id);
  return new Response();
}
`;

function set(field: typeof body, text: string): void {
  field.value = text;
  verdict.value = undefined;
}

async function signBody(): Promise<void> {
  try {
    set(signature, await sign(body.peek(), secret.peek()));
  } catch (error) {
    verdict.value = refused(error);
  }
}

async function verify(): Promise<void> {
  try {
    verdict.value = { event: await serverWith(secret.peek()).verifyAndParseWebhook(body.peek(), signature.peek()) };
  } catch (error) {
    verdict.value = refused(error);
  }
}

function refused(error: unknown): Verdict {
  return { problem: reasonOf(error) };
}
