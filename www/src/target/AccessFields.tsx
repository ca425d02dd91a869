import type { Access } from "../client/target.ts";
import { TextField } from "../ui/TextField.tsx";
import type { Choice } from "./choice.ts";

interface AccessFieldsProps {
  choice: Choice;
  onChange: (more: Partial<Choice>) => void;
}

const CALLERS: readonly { kind: Access["kind"]; title: string }[] = [
  { kind: "server", title: "Server" },
  { kind: "token", title: "User" },
  { kind: "guest", title: "Guest" },
  { kind: "anonymous", title: "Anonymous" },
];

export function AccessFields({ choice, onChange }: AccessFieldsProps) {
  const { where, kind } = choice;
  return (
    <>
      {where === "url" && (
        <TextField id="target-url" label="Address" value={choice.url} onText={(url) => onChange({ url })} />
      )}
      {where !== "page" && (
        <TextField
          id="target-key"
          label="API key"
          placeholder={where === "url" ? "devkey" : ""}
          value={choice.apiKey}
          onText={(apiKey) => onChange({ apiKey })}
        />
      )}
      <fieldset class="segments">
        <legend>Who calls</legend>
        {CALLERS.map(({ kind: value, title }) => (
          <label key={value}>
            <input
              type="radio"
              name="caller"
              value={value}
              checked={kind === value}
              onChange={() => onChange({ kind: value })}
            />
            <span>{title}</span>
          </label>
        ))}
      </fieldset>
      {kind === "token" && <UserFields choice={choice} onChange={onChange} />}
      {kind === "guest" && (
        <TextField
          id="target-guest"
          label="Id of the guest"
          value={choice.userId}
          onText={(userId) => onChange({ userId })}
        />
      )}
      {kind === "server" && where !== "page" && <SecretFields choice={choice} onChange={onChange} />}
    </>
  );
}

function UserFields({ choice, onChange }: AccessFieldsProps) {
  if (choice.where === "page") {
    return (
      <TextField
        id="target-user"
        label="Id of the user"
        value={choice.userId}
        onText={(userId) => onChange({ userId })}
      />
    );
  }
  return (
    <TextField
      id="target-token"
      label="Token that your server minted"
      type="secret"
      value={choice.token}
      onText={(token) => onChange({ token })}
    />
  );
}

/** A secret lets whoever has it do everything with the app, so it takes more than a field to give one. */
function SecretFields({ choice, onChange }: AccessFieldsProps) {
  const { where, accepted, secret } = choice;
  return (
    <div class="notice warning">
      <p>
        <strong>A secret does not belong into a browser.</strong> Whoever has it can do everything with your app. This
        page keeps it in memory only, never stores it and never puts it into a link; extensions of your browser may
        still see it. A user’s token is the better choice.
      </p>
      <label class="check">
        <input
          type="checkbox"
          checked={accepted}
          onChange={({ currentTarget }) => onChange({ accepted: currentTarget.checked, secret: "" })}
        />
        I know, and this app may be lost
      </label>
      {accepted && (
        <TextField
          id="target-secret"
          label="Secret"
          type="secret"
          placeholder={where === "url" ? "devsecret" : ""}
          value={secret}
          onText={(secret) => onChange({ secret })}
        />
      )}
    </div>
  );
}
