// Mints tokens, and shows the claims of a token and whether it is valid. Nothing is sent.

import { signal } from "@preact/signals";
import { EMULATOR_SECRET } from "../client/target.ts";
import { quoted } from "../code/literal.ts";
import { JsonView } from "../json/Lines.tsx";
import { CopyButton } from "../ui/CopyButton.tsx";
import { TextField } from "../ui/TextField.tsx";
import { inspect } from "./jwt.ts";
import { attempt, serverWith } from "./server.ts";
import { ToolCode } from "./ToolCode.tsx";

const secret = signal(EMULATOR_SECRET);
const userId = signal("ada");
const validity = signal("3600");
const neverExpires = signal(false);
const token = signal("");

export function Tokens() {
  return (
    <section class="pane tool-pane" aria-labelledby="tokens-heading">
      <header class="pane-head">
        <h2 id="tokens-heading">Tokens</h2>
        <p class="summary">
          Your server mints them and your pages call with them. All of it happens here, in the page; nothing is sent.
        </p>
      </header>
      <div class="tool-columns">
        <div class="tool-column">
          <h3>Mint</h3>
          <TextField id="token-user" label="user_id" value={userId.value} onText={(text) => (userId.value = text)} />
          <TextField
            id="token-validity"
            label="validity_in_seconds"
            value={validity.value}
            onText={(text) => (validity.value = text)}
            disabled={neverExpires.value}
            about="In seconds. By default an hour."
          />
          <label class="check">
            <input
              type="checkbox"
              role="switch"
              aria-checked={neverExpires.value}
              id="token-permanent"
              checked={neverExpires}
              onChange={({ currentTarget }) => (neverExpires.value = currentTarget.checked)}
            />
            Never expires
          </label>
          <TextField
            id="token-secret"
            label="Secret"
            type="secret"
            value={secret.value}
            onText={(text) => (secret.value = text)}
            about="The emulator’s, devsecret, unless you type another. Your app’s secret does not belong in a browser."
          />
          <Minted />
        </div>
        <div class="tool-column">
          <h3>Inspect and verify</h3>
          <TextField
            id="token-text"
            label="Token"
            rows={4}
            value={token.value}
            onText={(text) => (token.value = text)}
            about="Paste one, or mint one."
          />
          <Inspection />
          <ToolCode source={codeOf()} />
        </div>
      </div>
    </section>
  );
}

function Minted() {
  const mint = () => {
    const minted = attempt(mintToken);
    problem.value = "problem" in minted ? minted.problem : "";
    if ("value" in minted) token.value = minted.value;
  };
  return (
    <>
      <div class="run-bar">
        <button type="button" class="button primary" id="mint" onClick={mint}>
          Mint
        </button>
        {token.value !== "" && <CopyButton label="Copy token" text={() => token.peek()} />}
      </div>
      {problem.value !== "" && <p class="problem">{problem}</p>}
    </>
  );
}

const problem = signal("");

function mintToken(): string {
  const server = serverWith(secret.peek());
  const user_id = userId.peek();
  if (neverExpires.peek()) return server.generatePermanentUserToken({ user_id });
  const seconds = validity.peek().trim();
  return server.generateUserToken(seconds === "" ? { user_id } : { user_id, validity_in_seconds: Number(seconds) });
}

/** The code that mints the same token. */
function codeOf(): string {
  const user_id = `user_id: ${quoted(userId.value)}`;
  const seconds = validity.value.trim();
  const call = neverExpires.value
    ? `generatePermanentUserToken({ ${user_id} })`
    : `generateUserToken({ ${user_id}${seconds === "" ? "" : `, validity_in_seconds: ${Number(seconds)}`} })`;
  return `import { StreamClient } from "getstream-users";

const { STREAM_API_KEY = "", STREAM_API_SECRET = "" } = process.env;
const client = new StreamClient(STREAM_API_KEY, STREAM_API_SECRET);

const token = client.${call};
const { user_id } = client.verifyToken(token);
console.log(token, user_id);
`;
}

function Inspection() {
  const text = token.value.trim();
  if (text === "") return null;
  const inspected = inspect(text);
  const verified = attempt(() => serverWith(secret.value).verifyToken(text));
  return (
    <>
      <p class="verdict" data-valid={"value" in verified}>
        <span class={`status ${"value" in verified ? "good" : "bad"}`}>
          {"value" in verified ? "valid" : "not valid"}
        </span>{" "}
        {"problem" in verified && verified.problem}
      </p>
      {inspected !== undefined && (
        <JsonView value={{ ...inspected, times: timesOf(inspected.claims) }} label="Claims of the token" />
      )}
    </>
  );
}

/** The claims that are times, in readable form. */
function timesOf(claims: Record<string, unknown>): Record<string, Date> {
  const times = ["iat", "nbf", "exp"].flatMap((name) => {
    const { [name]: seconds } = claims;
    return typeof seconds === "number" ? [[name, new Date(seconds * 1000)] as const] : [];
  });
  return Object.fromEntries(times);
}
