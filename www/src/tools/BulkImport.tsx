// Imports many users through `getstream-users/bulk`: generated ones, or from a file.

import { signal } from "@preact/signals";
import type { UserRequest } from "getstream-users";
import { JsonView } from "../json/Lines.tsx";
import { milliseconds } from "../response/time.ts";
import { bulk, type Calls, cancelImport, type Import, importUsers } from "../state/bulk.ts";
import { Icon } from "../ui/Icon.tsx";
import { type Table, usersOf } from "./csv.ts";
import { people } from "./people.ts";
import { ToolCode } from "./ToolCode.tsx";

interface Batch {
  title: string;
  users: UserRequest[];
  problems: string[];
}

const GENERATED: Batch = { title: "1,000 generated users", users: people(1000), problems: [] };

const source = signal<Batch>(GENERATED);
const over = signal(false);

const CODE = `import { StreamClient } from "getstream-users";
import { upsertMany } from "getstream-users/bulk";

const { STREAM_API_KEY = "", STREAM_API_SECRET = "" } = process.env;
const client = new StreamClient(STREAM_API_KEY, STREAM_API_SECRET);

const users = [{ id: "ada", name: "Ada" }, { id: "bob" }];
const { succeeded, failed } = await upsertMany(client, users, {
  onProgress: ({ sent, succeeded }) => console.log(sent, succeeded),
});
console.log(succeeded, failed.map(({ id, error }) => \`\${id}: \${error.message}\`));
`;

export function BulkImport() {
  const { title, users, problems } = source.value;
  return (
    <section class="pane tool-pane" aria-labelledby="bulk-title">
      <header class="pane-head">
        <h2 id="bulk-title">Bulk import</h2>
        <p class="summary">
          Any number of users, in requests of the size that the API accepts. A refused user does not stop the others,
          and transient failures are retried. Switch on a 429 below and watch.
        </p>
      </header>
      <div class="tool-columns">
        <div class="tool-column">
          <Drop />
          <p class="batch">
            <strong>{title}</strong>
            {source.value !== GENERATED && (
              <button type="button" class="text-button" onClick={() => (source.value = GENERATED)}>
                Use generated users instead
              </button>
            )}
          </p>
          {problems.length > 0 && (
            <ul class="problems">
              {problems.slice(0, 5).map((problem) => (
                <li key={problem}>{problem}</li>
              ))}
              {problems.length > 5 && <li>and {problems.length - 5} more</li>}
            </ul>
          )}
          {users[0] !== undefined && <JsonView value={users[0]} label="The first user" />}
        </div>
        <div class="tool-column">
          <Progress work={bulk.value} total={users.length} />
          <ToolCode source={CODE} />
        </div>
      </div>
    </section>
  );
}

/** The result for an input that cannot be read, such as a folder. */
const UNREADABLE: Table = { users: [], problems: ["the file cannot be read"] };

function Drop() {
  const take = async (files: FileList | null | undefined) => {
    const file = files?.[0];
    if (file === undefined) return;
    const { users, problems } = await file.text().then(usersOf, () => UNREADABLE);
    source.value = { title: `${users.length.toLocaleString("en")} users of ${file.name}`, users, problems };
  };
  return (
    <label
      class={over.value ? "drop over" : "drop"}
      onDragOver={(event) => {
        event.preventDefault();
        over.value = true;
      }}
      onDragLeave={() => (over.value = false)}
      onDrop={(event) => {
        event.preventDefault();
        over.value = false;
        void take(event.dataTransfer?.files);
      }}
    >
      <Icon name="upload" />
      <span>
        Drop a CSV here, or <u>choose one</u>
      </span>
      <span class="about">The first line names the columns: id, name, role, teams; others become custom fields.</span>
      <input
        type="file"
        class="unseen"
        accept=".csv,text/csv"
        aria-label="CSV file"
        onChange={({ currentTarget }) => void take(currentTarget.files)}
      />
    </label>
  );
}

function Progress({ work, total }: { work: Import; total: number }) {
  const isRunning = work.status === "running";
  const done = work.status === "idle" ? 0 : work.progress.succeeded + work.progress.failed;
  const most = work.status === "idle" ? total : work.total;
  return (
    <div class="bulk-progress" data-status={work.status}>
      <div class="bulk-numbers">
        <span class="bulk-count">{done.toLocaleString("en")}</span>
        <span class="about">of {most.toLocaleString("en")} users</span>
      </div>
      <progress max={Math.max(most, 1)} value={done} aria-label="Progress of the import" />
      {work.status !== "idle" && <CallStrip calls={work.calls} isRunning={isRunning} />}
      <div class="run-bar">
        {isRunning ? (
          <button type="button" class="button danger" id="cancel-import" onClick={cancelImport}>
            <Icon name="stop" />
            Cancel
          </button>
        ) : (
          <button
            type="button"
            class="button primary"
            id="import"
            disabled={total === 0}
            onClick={() => void importUsers(source.value.users)}
          >
            <Icon name="run" />
            Import
          </button>
        )}
        <p class="hint">{wordsOf(work)}</p>
      </div>
      {work.status === "ended" && work.failed.length > 0 && (
        <ul class="problems">
          {work.failed.slice(0, 5).map(({ id, error }) => (
            <li key={id}>
              <code>{id}</code> {error.message}
            </li>
          ))}
          {work.failed.length > 5 && <li>and {work.failed.length - 5} more</li>}
        </ul>
      )}
    </div>
  );
}

/** The latest requests while they happen: succeeded, refused, waiting. */
function CallStrip({ calls: { strip, sent, retries, waiting }, isRunning }: { calls: Calls; isRunning: boolean }) {
  return (
    <div class="call-strip">
      <ol aria-label="The latest calls and waits">
        {strip.map(({ id, kind, label }) => (
          <li key={id} class={kind} title={label}>
            <span class="unseen">{label}</span>
          </li>
        ))}
      </ol>
      <p class="about">
        {sent === 1 ? "1 call" : `${sent.toLocaleString("en")} calls`}
        {retries > 0 && `, ${retries === 1 ? "1 retry" : `${retries} retries`}`}
        {isRunning && waiting !== undefined && <strong>, waits {waiting}</strong>}
      </p>
    </div>
  );
}

function wordsOf(work: Import): string {
  if (work.status === "idle") return "";
  if (work.status === "running") {
    const seconds = (performance.now() - work.start) / 1000;
    const rate = Math.round(work.progress.succeeded / Math.max(seconds, 0.001));
    return `${work.progress.sent.toLocaleString("en")} sent, ${rate.toLocaleString("en")} users a second`;
  }
  const { progress, took, problem } = work;
  const counts = `${progress.succeeded.toLocaleString("en")} went through, ${progress.failed.toLocaleString("en")} failed`;
  return `${problem === undefined ? "" : `${problem}: `}${counts}, in ${milliseconds(took)}`;
}
