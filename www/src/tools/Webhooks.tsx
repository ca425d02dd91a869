// Verifies the body and the signature of a webhook, and shows the event. Nothing is sent.

import { signal } from "@preact/signals";
import { EMULATOR_SECRET } from "../client/target.ts";
import { JsonView } from "../json/Lines.tsx";
import { TextField } from "../ui/TextField.tsx";
import { serverWith } from "./server.ts";
import { sign } from "./signature.ts";

type Verdict = { event: object } | { problem: string } | undefined;

const EXAMPLE = {
  type: "user.updated",
  created_at: "2026-01-31T12:00:00.123456789Z",
  user: {
    id: "ada",
    name: "Ada",
    role: "user",
    created_at: "2026-01-01T08:00:00Z",
    updated_at: "2026-01-31T12:00:00Z",
  },
};

const body = signal(JSON.stringify(EXAMPLE));
const signature = signal("");
const secret = signal(EMULATOR_SECRET);
const verdict = signal<Verdict>(undefined);

export function Webhooks() {
  return (
    <section class="pane tool-pane" aria-labelledby="webhooks-heading">
      <header class="pane-head">
        <h2 id="webhooks-heading">Webhooks</h2>
        <p class="summary">
          A call is Stream’s when its signature is that of its body, made with your secret. Change one character and
          see.
        </p>
      </header>
      <div class="tool-columns">
        <div class="tool-column">
          <TextField
            id="hook-body"
            label="Body"
            rows={7}
            value={body.value}
            onText={(text) => set(body, text)}
            about="As it came: not parsed and written again."
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
  return { problem: error instanceof Error ? error.message : String(error) };
}
