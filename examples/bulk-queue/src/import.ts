// An import: reads its file, sends chunks to the queue, counts their results. Each import is one Durable Object, so its calls
// run one after the other, and the writes between two awaits are saved together or not at all.
import { DurableObject } from "cloudflare:workers";
import type { Chunk, Failure, Outcome } from "./chunk";
import type { Env } from "./env";
import { cut, firstEnd } from "./records";
import { read, type Source } from "./source";
import { columnsIn } from "./users";

/** The size of the parts in which the file is read. A record must fit. */
const PART = 1_000_000;
/** Reading continues when fewer chunks than this are under way. So the queue stays short, and no message waits long. */
const ENOUGH = 100;
/** The maximum number of messages in a batch. */
const MOST_MESSAGES = 100;
const RETRY_MS = 10_000;

interface State {
  id: string;
  source: Source;
  size: number;
  /** The position up to which the file is split. */
  offset: number;
  users: number;
  chunks: number;
  succeeded: number;
  failed: number;
  started_at: string;
  ended_at?: string;
  /** The last problem, if it still blocks the import. */
  trouble?: string;
}

/** The progress of an import. */
export interface Progress {
  state: "running" | "done";
  file: { object: string; bytes: number; read: number };
  users: { read: number; succeeded: number; failed: number; waiting: number };
  chunks: { read: number; waiting: number };
  started_at: string;
  ended_at?: string;
  trouble?: string;
}

export class Import extends DurableObject<Env> {
  constructor(context: DurableObjectState, env: Env) {
    super(context, env);
    this.createTables();
  }

  /** Starts the import, unless it has already started. Returns whether it did. */
  async start(id: string, source: Source, size: number): Promise<boolean> {
    if (this.state !== undefined) return false;
    const started_at = new Date().toISOString();
    this.state = { id, source, size, offset: 0, users: 0, chunks: 0, succeeded: 0, failed: 0, started_at };
    await this.ctx.storage.setAlarm(Date.now());
    return true;
  }

  progress(): Progress | undefined {
    const { state } = this;
    if (state === undefined) return undefined;
    const { source, size, offset, users, chunks, succeeded, failed, started_at, ended_at, trouble } = state;
    return {
      state: ended_at ? "done" : "running",
      file: { object: source.object, bytes: size, read: offset },
      users: { read: users, succeeded, failed, waiting: users - succeeded - failed },
      chunks: { read: chunks, waiting: this.underWay },
      started_at,
      ...(ended_at && { ended_at }),
      ...(trouble && { trouble }),
    };
  }

  /** The users who were not imported, from a row on. */
  failures(after: number, most: number): Failure[] {
    const rows = this.ctx.storage.sql.exec<{ row: number; id: string | null; reason: string; user: string | null }>(
      "SELECT * FROM failure WHERE row > ? ORDER BY row LIMIT ?",
      after,
      most,
    );
    return [...rows].map(({ row, id, reason, user }) => ({
      row,
      id: id ?? undefined,
      reason,
      user: user ?? undefined,
    }));
  }

  /**
   * Sends all chunks under way again, for messages that were lost when a queue was purged or deleted. Returns whether the
   * import exists.
   */
  async resume(): Promise<boolean> {
    if (this.state === undefined) return false;
    this.ctx.storage.sql.exec("UPDATE chunk SET is_sent = 0");
    await this.ctx.storage.setAlarm(Date.now());
    return true;
  }

  /** Ends the import and deletes its state. Calls that are under way complete. Returns the name of its file. */
  async forget(): Promise<string | undefined> {
    const { state } = this;
    await this.ctx.storage.deleteAlarm();
    await this.ctx.storage.deleteAll();
    this.createTables();
    return state?.source.object;
  }

  /** Counts the result of a chunk, unless it was already counted. */
  async report(chunk: Chunk, { succeeded, failures }: Outcome): Promise<void> {
    const state = this.stateFor(chunk);
    if (state === undefined) return;
    const { number } = chunk;
    const counted = this.ctx.storage.sql.exec("DELETE FROM chunk WHERE number = ? RETURNING number", number).toArray();
    if (counted.length === 0) return;
    for (const { row, id, reason, user } of failures) {
      const values = [row, typeof id === "string" ? id : null, reason, user ?? null];
      this.ctx.storage.sql.exec("INSERT OR REPLACE INTO failure VALUES (?, ?, ?, ?)", ...values);
    }
    this.state = this.ended({
      ...state,
      succeeded: state.succeeded + succeeded,
      failed: state.failed + failures.length,
      trouble: undefined,
    });
    if (this.wantsMore(state)) await this.ctx.storage.setAlarm(Date.now());
  }

  /** Records why a chunk has to be retried. */
  noteTrouble(chunk: Chunk, trouble: string): void {
    const state = this.stateFor(chunk);
    if (state === undefined) return;
    const sql = "UPDATE chunk SET trouble = ? WHERE number = ? RETURNING number";
    const isOpen = this.ctx.storage.sql.exec(sql, trouble, chunk.number).toArray().length > 0;
    if (isOpen) this.state = { ...state, trouble };
  }

  /** Why a chunk was last retried. */
  troubleOf(number: number): string {
    const found = this.ctx.storage.sql.exec<{ trouble: string | null }>(
      "SELECT trouble FROM chunk WHERE number = ?",
      number,
    );
    return found.toArray()[0]?.trouble ?? "it failed too often";
  }

  /** Sends unsent chunks, then continues reading. The alarm repeats it until it succeeds. */
  override async alarm(): Promise<void> {
    try {
      await this.send();
      const { state } = this;
      if (state !== undefined && this.wantsMore(state)) {
        await this.readOn(state);
        await this.ctx.storage.setAlarm(Date.now());
      }
    } catch (error) {
      const { state } = this;
      if (state !== undefined)
        this.state = { ...state, trouble: error instanceof Error ? error.message : String(error) };
      await this.ctx.storage.setAlarm(Date.now() + RETRY_MS);
    }
  }

  /** A chunk is stored here until it is counted. Removing it then makes sure that it is counted once. */
  private createTables(): void {
    this.ctx.storage.sql.exec(`
      CREATE TABLE IF NOT EXISTS chunk (
        number INTEGER PRIMARY KEY, start INTEGER, "end" INTEGER, row INTEGER, users INTEGER,
        is_sent INTEGER NOT NULL DEFAULT 0, trouble TEXT
      );
      CREATE TABLE IF NOT EXISTS failure (row INTEGER PRIMARY KEY, id TEXT, reason TEXT, user TEXT);
    `);
  }

  private get state(): State | undefined {
    return this.ctx.storage.kv.get<State>("state");
  }

  private set state(state: State) {
    this.ctx.storage.kv.put("state", state);
  }

  /** The state, if the chunk belongs to this import: another import may have the same id now. */
  private stateFor({ source }: Chunk): State | undefined {
    const { state } = this;
    return state?.source.etag === source.etag ? state : undefined;
  }

  private get underWay(): number {
    return this.ctx.storage.sql.exec<{ count: number }>("SELECT COUNT(*) AS count FROM chunk").one().count;
  }

  private wantsMore({ offset, size }: State): boolean {
    return offset < size && this.underWay < ENOUGH;
  }

  private ended(state: State): State {
    const isDone = state.offset >= state.size && this.underWay === 0;
    return isDone ? { ...state, ended_at: state.ended_at ?? new Date().toISOString() } : state;
  }

  /** Splits the next part of the file into chunks, and saves them together with the position. */
  private async readOn(before: State): Promise<void> {
    const { source, offset, size } = before;
    const end = Math.min(offset + PART, size);
    const bytes = await read(this.env.FILES, source, offset, end);
    const isLast = end === size;

    // While the file was read, chunks may have been counted, and the import deleted.
    const { state } = this;
    if (state?.offset !== offset) return;
    if (source.format === "csv" && source.columns === undefined) {
      const header = firstEnd(bytes, source.format, isLast) ?? bytes.length;
      const columns = columnsIn(bytes.subarray(0, header));
      this.state = this.ended({ ...state, source: { ...source, columns }, offset: header });
      return;
    }
    const chunks = cut(bytes, source.format, isLast);
    if (chunks.length === 0 && !isLast) throw new Error(`no end of user ${state.users + 1} in sight: is a quote open?`);

    let { users } = state;
    let start = 0;
    chunks.forEach((chunk, index) => {
      this.ctx.storage.sql.exec(
        `INSERT INTO chunk (number, start, "end", row, users) VALUES (?, ?, ?, ?, ?)`,
        state.chunks + index,
        offset + start,
        offset + chunk.end,
        users + 1,
        chunk.users,
      );
      users += chunk.users;
      start = chunk.end;
    });
    const cutTo = isLast ? size : offset + start;
    this.state = this.ended({ ...state, offset: cutTo, users, chunks: state.chunks + chunks.length });
  }

  /** Puts chunks on the queue. If recording that fails, they are sent again, which does no harm. */
  private async send(): Promise<void> {
    const { state } = this;
    if (state === undefined) return;
    const { id, source } = state;
    for (;;) {
      const rows = this.ctx.storage.sql
        .exec<{ number: number; start: number; end: number; row: number }>(
          `SELECT number, start, "end", row FROM chunk WHERE is_sent = 0 ORDER BY number LIMIT ?`,
          MOST_MESSAGES,
        )
        .toArray();
      if (rows.length === 0) return;
      const bodies = rows.map((row): Chunk => ({ import: id, source, ...row }));
      await this.env.CHUNKS.sendBatch(bodies.map((body) => ({ body, contentType: "json" })));
      for (const { number } of rows) this.ctx.storage.sql.exec("UPDATE chunk SET is_sent = 1 WHERE number = ?", number);
    }
  }
}
