// A user of the emulator: its data, a form to change it, and actions.

import { signal } from "@preact/signals";
import { JsonEditor } from "../json/JsonEditor.tsx";
import { JsonView } from "../json/Lines.tsx";
import { announce } from "../state/announce.ts";
import { actAs, type Change, changeUser, deleteUser, openUser, setActive, userOf } from "../state/users.ts";
import { CopyButton } from "../ui/CopyButton.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { reasonOf } from "../ui/reason.ts";
import { TextField } from "../ui/TextField.tsx";
import type { Person } from "./world.ts";

interface Draft extends Change {
  custom: string;
}

const draft = signal<Draft | undefined>(undefined);
const problem = signal("");
const asksDeletion = signal(false);

export function UserDialog() {
  const id = openUser.value;
  const person = id === undefined ? undefined : userOf(id);
  return (
    <Dialog title={id ?? "Opened user"} open={person !== undefined} onClose={close}>
      {person !== undefined && <Opened person={person} />}
    </Dialog>
  );
}

function close(): void {
  openUser.value = undefined;
  draft.value = undefined;
  problem.value = "";
  asksDeletion.value = false;
}

const FIELDS = [
  ["name", "Name"],
  ["role", "Role"],
  ["language", "Language"],
  ["image", "Image"],
] as const;

function Opened({ person }: { person: Person }) {
  const isThere = person.standing !== "deleted";
  return (
    <div class="user-dialog" data-user-open={person.id}>
      <div class="user-actions">
        <span class={`standing ${person.standing}`}>{person.standing}</span>
        <CopyButton label="Copy id" text={() => person.id} />
        {isThere && (
          <button type="button" class="button" id="act-as" onClick={() => leave(() => actAs(person.id))}>
            Act as
          </button>
        )}
      </div>
      {isThere ? <Form person={person} /> : <JsonView value={person.custom} label={`Custom data of ${person.id}`} />}
      {problem.value !== "" && <p class="problem">{problem}</p>}
      <Ending person={person} />
    </div>
  );
}

function Form({ person }: { person: Person }) {
  const value = draft.value ?? draftOf(person);
  const change = (more: Partial<Draft>) => {
    draft.value = { ...value, ...more };
  };
  const submit = (event: Event) => {
    event.preventDefault();
    const custom = objectIn(value.custom);
    if (custom === undefined) {
      problem.value = "The custom data must be a JSON object.";
      return;
    }
    work(() => changeUser(person, { ...value, custom }), `${person.id} is changed`);
  };
  return (
    <form class="user-form" onSubmit={submit}>
      {FIELDS.map(([name, label]) => (
        <TextField
          key={name}
          id={`user-${name}`}
          label={label}
          value={value[name]}
          onText={(text) => change({ [name]: text })}
        />
      ))}
      <div class="field">
        <label class="field-name" for="user-custom">
          <span class="name">Custom data</span>
        </label>
        <JsonEditor
          id="user-custom"
          label="Custom data as JSON"
          text={value.custom}
          onText={(custom) => change({ custom })}
          problem={objectIn(value.custom) === undefined ? "This is not a JSON object." : undefined}
          rows={5}
        />
      </div>
      <div class="user-actions">
        <button type="submit" class="button primary" id="save-user" disabled={draft.value === undefined}>
          Save
        </button>
        <p class="hint">Saved with updateUsersPartial: only changed fields are sent.</p>
      </div>
    </form>
  );
}

function Ending({ person }: { person: Person }) {
  const { id, standing } = person;
  if (standing === "deleted") return null;
  if (asksDeletion.value) {
    return (
      <div class="user-actions ending">
        <p>Delete {id}?</p>
        <button
          type="button"
          class="button danger"
          id="delete-soft"
          onClick={() => work(() => deleteUser(id, "soft"), `${id} is being deleted`)}
        >
          So that it can be restored
        </button>
        <button
          type="button"
          class="button danger"
          id="delete-hard"
          onClick={() => work(() => deleteUser(id, "hard"), `${id} is being deleted`)}
        >
          For good
        </button>
        <button type="button" class="button quiet" onClick={() => (asksDeletion.value = false)}>
          Keep
        </button>
      </div>
    );
  }
  const isActive = standing !== "deactivated";
  return (
    <div class="user-actions ending">
      <button
        type="button"
        class="button"
        id="toggle-active"
        onClick={() => work(() => setActive(id, !isActive), `${id} is ${isActive ? "deactivated" : "active again"}`)}
      >
        {isActive ? "Deactivate" : "Reactivate"}
      </button>
      <button type="button" class="button danger" id="delete-user" onClick={() => (asksDeletion.value = true)}>
        Delete
      </button>
    </div>
  );
}

function draftOf({ name, role, language, image, custom }: Person): Draft {
  return { name, role, language, image, custom: JSON.stringify(custom, null, 2) };
}

function objectIn(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

function leave(what: () => void): void {
  what();
  close();
}

function work(what: () => Promise<unknown>, done: string): void {
  problem.value = "";
  what().then(
    () => {
      announce(done);
      close();
    },
    (error: unknown) => {
      problem.value = reasonOf(error);
      announce(problem.peek());
    },
  );
}
