// The target: where calls go, and as which caller. Choices apply once they are confirmed; secrets stay in memory.

import { effect, signal } from "@preact/signals";
import { placeName, type Where } from "../client/target.ts";
import { announce } from "../state/announce.ts";
import { target } from "../state/target.ts";
import { targetOpen } from "../state/view.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { AccessFields } from "./AccessFields.tsx";
import { beginning, type Choice, changed, choiceOf, missing, targetOf } from "./choice.ts";

const choice = signal<Choice>(beginning);

// The target also changes elsewhere: when the visitor acts as a user, and when an emulator reports its key.
effect(() => {
  choice.value = choiceOf(target.value, choice.peek());
});

const PLACES: readonly { where: Where; title: string; about: string }[] = [
  {
    where: "page",
    title: "Emulator in this page",
    about: "Needs no network and no account. Its state is lost when you close the page.",
  },
  { where: "url", title: "Your own emulator", about: "npx getstream-users emulator starts one." },
  { where: "stream", title: "Stream itself", about: "Calls go to your app, and their changes are real." },
];

export function TargetDialog() {
  const close = () => {
    choice.value = choiceOf(target.peek(), choice.peek());
    targetOpen.value = false;
  };
  return (
    <Dialog title={AT_EMULATOR ? "Who calls" : "Where calls go"} open={targetOpen.value} onClose={close}>
      <Form />
    </Dialog>
  );
}

function change(more: Partial<Choice>): void {
  choice.value = changed(choice.peek(), more);
}

function Form() {
  const { value } = choice;
  const lack = missing(value);
  const take = (event: Event) => {
    event.preventDefault();
    if (lack !== undefined) return;
    target.value = targetOf(value);
    targetOpen.value = false;
    announce(`Calls go to: ${placeName(target.value)}`);
  };
  return (
    <form class="target-form" onSubmit={take}>
      {!AT_EMULATOR && <Places value={value} />}
      <AccessFields choice={value} onChange={change} />
      <div class="dialog-actions">
        <p class="hint">{lack ?? ""}</p>
        <button type="submit" class="button primary" disabled={lack !== undefined}>
          Use it
        </button>
      </div>
    </form>
  );
}

function Places({ value }: { value: Choice }) {
  return (
    <fieldset class="cards">
      <legend class="unseen">Place</legend>
      {PLACES.map(({ where, title, about }) => (
        <label key={where} class="card">
          <input
            type="radio"
            name="where"
            value={where}
            checked={value.where === where}
            onChange={() =>
              change({ where, ...(where === "stream" && value.kind === "server" ? { kind: "token" } : {}) })
            }
          />
          <span class="card-title">{title}</span>
          <span class="about">{about}</span>
        </label>
      ))}
    </fieldset>
  );
}
