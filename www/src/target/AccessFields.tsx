import { type Access, HOME } from "../client/target.ts";
import { TextField } from "../ui/TextField.tsx";
import { type Choice, isOwn } from "./choice.ts";

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

/** What each kind of caller may do with Stream's default roles. */
const HINTS: Record<Access["kind"], string> = {
  server: "May do everything: permissions are not checked. Its secret stays on your server.",
  token: "Reads users and changes itself; blocks, mutes and flags others. Its role may grant more.",
  guest: "A user that the page creates itself, with the role guest, which has fewer permissions.",
  anonymous: "A visitor without a user, with the role anonymous: reads what is public, and may become a guest.",
};

export function AccessFields({ choice, onChange }: AccessFieldsProps) {
  const { where, kind } = choice;
  return (
    <>
      {where === "url" && !AT_EMULATOR && (
        <TextField id="target-url" label="Address" value={choice.url} onText={(url) => onChange({ url })} />
      )}
      {where !== "page" && (
        <TextField
          id="target-key"
          label="API key"
          placeholder={where === "url" ? HOME.apiKey : ""}
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
      <p class="hint caller-hint">{HINTS[kind]}</p>
      {where === "url" && isOwn(choice) && (kind === "server" || kind === "token") && (
        <TextField
          id="target-secret"
          label="Secret"
          type="secret"
          placeholder="devsecret"
          value={choice.secret}
          onText={(secret) => onChange({ secret })}
        />
      )}
      {kind === "server" && !isOwn(choice) && <SecretFields choice={choice} onChange={onChange} />}
    </>
  );
}

function UserFields({ choice, onChange }: AccessFieldsProps) {
  if (isOwn(choice)) {
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

/** A secret gives full access to the app, so the visitor has to accept a warning first. */
function SecretFields({ choice, onChange }: AccessFieldsProps) {
  const { where, accepted, secret } = choice;
  return (
    <div class="notice warning">
      <p>
        <strong>A secret does not belong in a browser.</strong> Everybody who has it has full access to your app. This
        page keeps it in memory only, and neither stores it nor puts it into a link; browser extensions may still see
        it. A user’s token is the better choice.
      </p>
      <label class="check">
        <input
          type="checkbox"
          checked={accepted}
          onChange={({ currentTarget }) => onChange({ accepted: currentTarget.checked, secret: "" })}
        />
        I understand, and use an app that I can lose
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
