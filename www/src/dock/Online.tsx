// Who is connected to the emulator, and the events on the sockets of this page.

import { signal } from "@preact/signals";
import { JsonView } from "../json/Lines.tsx";
import { connections } from "../state/activity.ts";
import { control } from "../state/emulator.ts";
import { connectAs, connectedAs, disconnect, forgetEvents, type SocketEvent, socketEvents } from "../state/sockets.ts";
import { world } from "../state/world.ts";
import { reasonOf } from "../ui/reason.ts";
import { timeOf } from "../ui/time.ts";
import { Elsewhere } from "./Elsewhere.tsx";
import { Expandable } from "./Expandable.tsx";

const userId = signal("");
const problem = signal("");

export function Online() {
  if (control.value === undefined) return <Elsewhere what="who is connected" />;
  return (
    <div class="online">
      <section class="online-who" aria-labelledby="online-who">
        <h3 id="online-who">Connected now</h3>
        <Form />
        {problem.value !== "" && <p class="problem">{problem}</p>}
        <List />
      </section>
      <section class="online-events" aria-labelledby="online-events">
        <header>
          <h3 id="online-events">Events over this page’s sockets</h3>
          <button type="button" class="button quiet" disabled={socketEvents.value.length === 0} onClick={forgetEvents}>
            Forget
          </button>
        </header>
        <Events />
      </section>
    </div>
  );
}

function Form() {
  const { value } = world;
  const people = value.status === "known" ? value.people.filter(({ standing }) => standing !== "deleted") : [];
  const submit = (event: Event) => {
    event.preventDefault();
    problem.value = "";
    connectAs(userId.peek().trim()).catch((error: unknown) => {
      problem.value = reasonOf(error);
    });
  };
  return (
    <form class="line-form" onSubmit={submit}>
      <input
        type="text"
        id="online-user"
        list="online-people"
        aria-label="Id of the user to connect as"
        placeholder="Id of a user"
        autocomplete="off"
        spellcheck={false}
        value={userId}
        onInput={({ currentTarget }) => (userId.value = currentTarget.value)}
      />
      <datalist id="online-people">
        {people.slice(0, 100).map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </datalist>
      <button type="submit" class="button" id="connect" disabled={userId.value.trim() === ""}>
        Connect as
      </button>
    </form>
  );
}

function List() {
  if (connections.value.length === 0) {
    return <p class="about">Nobody is connected. Connect with an SDK’s connectUser, or from this page as any user.</p>;
  }
  return (
    <ul class="connections">
      {connections.value.map(({ connection_id, user_id, path, watches }) => (
        <li key={connection_id} data-connection={user_id ?? ""}>
          <span class="standing">{user_id ?? "anonymous"}</span>
          <span class="about">
            {path}
            {watches > 0 && `, watches ${watches}`}
          </span>
          {user_id !== null && connectedAs.value.includes(user_id) && (
            <button type="button" class="text-button" onClick={() => disconnect(user_id)}>
              Disconnect
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

function Events() {
  if (socketEvents.value.length === 0) {
    return <p class="about">Connect as a user, then change, ban or mute somebody: the events arrive here.</p>;
  }
  return (
    <ul class="entries">
      {socketEvents.value.map((event) => (
        <Entry key={event.id} event={event} />
      ))}
    </ul>
  );
}

function Entry({ event: { id, at, userId, type, content } }: { event: SocketEvent }) {
  return (
    <li data-event={type}>
      <Expandable
        head={
          <>
            <time>{timeOf(at)}</time>
            <code class="grow">{type}</code>
            <span class="about">to {userId}</span>
          </>
        }
      >
        <JsonView value={content} label={`Content of event ${id}`} />
      </Expandable>
    </li>
  );
}
