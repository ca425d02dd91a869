#!/usr/bin/env node
// The command `getstream-users`: its subcommands, and how the program exits. Each subcommand is loaded when it runs, so that
// `--help` and the others start fast.

import { Command, CommanderError } from "commander";
import { EXIT } from "./exit.js";
import { withCredentials } from "./flags.js";
import { Interrupted } from "./interrupt.js";
import { err, printJson, tell } from "./terminal.js";

const program = new Command("getstream-users")
  .description("Stream's users from the command line: an emulator of the API, and bulk jobs.")
  .version(PACKAGE_VERSION)
  .configureHelp({ sortSubcommands: false, showGlobalOptions: false })
  .showHelpAfterError("(see --help)")
  .showSuggestionAfterError()
  // Flags after `exec` belong to the command.
  .enablePositionalOptions()
  .exitOverride()
  .addHelpText(
    "after",
    `
Credentials: STREAM_API_KEY, STREAM_API_SECRET and STREAM_BASE_URL, from the environment, .env or .dev.vars.
Exit codes: 0 done, 1 something was refused, 2 wrong arguments, 3 no or wrong credentials, 4 the API failed, 130 interrupted.`,
  );

/** Adds a subcommand; its help ends with `example`. */
function command(usage: string, description: string, example: string): Command {
  const made = program.command(usage).description(description).exitOverride();
  return made.showHelpAfterError("(see --help)").addHelpText("after", `\nExample:\n  ${example}`);
}

/** Adds the flags of bulk work. */
function withBulk(made: Command): Command {
  return withCredentials(made)
    .option("--dry-run", "read and check every row, and send nothing")
    .option("--report <file>", "write refused rows to this file, one line of JSON each")
    .option("--checkpoint <file>", "file that records the progress [FILE.checkpoint]")
    .option("--resume", "continue from the checkpoint")
    .option("--restart", "start again, and ignore the checkpoint")
    .option("--concurrency <number>", "concurrent requests, 1 to 6", Number)
    .option("--json", "print the result as JSON");
}

/** Adds the argument for a file of users and the flags of its job. `fields` has example targets of `--map`. */
function withUsers(made: Command, fields: string): Command {
  return withBulk(made.argument("<file>", "CSV, JSON or NDJSON; - is stdin"))
    .option("--format <format>", "csv, json or ndjson [by the file's name]")
    .option("--delimiter <character>", "separator of CSV cells", ",")
    .option("--map <column=field...>", `field for a column: ${fields}, or nothing to leave it out`);
}

/** Adds the flags of a job on ids. */
function withIds(made: Command): Command {
  return withBulk(made.argument("[ids...]", "ids of users"))
    .option("--file <file>", "file with ids: one per line, or CSV, JSON or NDJSON with a field id; - is stdin")
    .option("--format <format>", "csv, json, ndjson or text [by the file's name]");
}

const emulator = command(
  "emulator",
  "run the emulator of the API as an HTTP server, or a command with one",
  "getstream-users emulator --strict exec -- npm test",
)
  .option("--port <port>", "port to listen on; 0 picks a free one [8737; with exec a free one]")
  .option("--host <address>", "address to listen on; other than loopback needs --allow-remote", "127.0.0.1")
  .option("--allow-remote", "let other machines connect, which can then control it")
  .option("--allow-host <name...>", "host name by which clients reach it")
  .option("--api-key <key>", "key of the emulated app", "devkey")
  .option("--api-secret <secret>", "secret of the emulated app, which no real app has", "devsecret")
  .option("--task-duration <ms>", "how long a task takes, in milliseconds", "50")
  .option("--id-seed <number>", "seed of the ids that the emulator generates", "0")
  .option("--rate-limit <number|stream>", "requests per minute for each operation, or Stream's limits")
  .option("--strict", "refuse what the API may refuse, and unknown fields")
  .option("--webhook-times <form>", "how webhooks write times: nanoseconds or rfc3339", "nanoseconds")
  .option("--seed <file>", "JSON file with initial users and more")
  .option("--data <file>", "file that keeps the state between runs")
  .option("--save-every <ms>", "longest time until a change is in --data", "1000")
  .option("--log <format>", "format of the request log on stderr: text or json", "text")
  .option("--quiet", "do not log requests")
  .enablePositionalOptions()
  .action(async (options) => (await import("./emulator/command.js")).serve(options));
emulator
  .command("exec")
  .description("run a command with STREAM_BASE_URL, STREAM_API_KEY and STREAM_API_SECRET set for the emulator")
  .usage("-- COMMAND")
  .argument("<command...>")
  .passThroughOptions()
  .exitOverride()
  .action(async (words: string[]) => (await import("./emulator/command.js")).exec(emulator.opts(), words));

withUsers(
  command(
    "import",
    "create or replace users from a file",
    'getstream-users import users.csv --map "E-Mail=custom.email" --report refused.ndjson',
  ),
  "id, name, custom.age:number",
).action(async (file, options) => (await import("./commands/import.js")).importUsers(file, options));

withUsers(
  command("update", "change some fields of users, and keep the others", "getstream-users update roles.csv"),
  "name, custom.age:number",
)
  .option("--unset <field...>", "remove these fields from every user in the file")
  .action(async (file, options) => (await import("./commands/import.js")).updateUsers(file, options));

withUsers(
  command(
    "sync",
    "make the app's users equal to a file: create, change what differs, remove with --missing",
    "getstream-users sync users.csv --missing deactivate --dry-run",
  ),
  "name, custom.age:number",
)
  .option("--missing <what>", "users that are not in the file: keep, deactivate or delete", "keep")
  .option("--hard", "with --missing delete: delete permanently, with messages and conversations")
  .option("--allow-many", "deactivate or delete even more than a tenth of all users")
  .option("--yes", "do not ask")
  .action(async (file, options) => (await import("./commands/sync.js")).sync(file, options));

withIds(command("delete", "delete users", "getstream-users delete --hard --file ids.txt --yes"))
  .option("--hard", "delete permanently, with messages and conversations; otherwise softly, which restore undoes")
  .option("--yes", "do not ask")
  .action(async (ids, options) => (await import("./commands/ids.js")).run("delete", ids, options));
withIds(command("deactivate", "deactivate users", "getstream-users deactivate ada bob"))
  .option("--mark-messages-deleted", "mark their messages as deleted")
  .action(async (ids, options) => (await import("./commands/ids.js")).run("deactivate", ids, options));
withIds(command("reactivate", "bring deactivated users back", "getstream-users reactivate --file ids.txt")).action(
  async (ids, options) => (await import("./commands/ids.js")).run("reactivate", ids, options),
);
withIds(command("restore", "bring softly deleted users back", "getstream-users restore ada")).action(
  async (ids, options) => (await import("./commands/ids.js")).run("restore", ids, options),
);

withCredentials(
  command("query", "show the users that match a filter", `getstream-users query '{"role":"admin"}' --limit 20`),
)
  .argument("[filter]", "conditions as JSON; all users when left out")
  .option("--limit <number>", "maximum number of users", "30")
  .option("--sort <field...>", "order; -field is descending")
  .option("--include-deactivated", "include deactivated users")
  .option("--fields <names>", "columns, separated by commas; custom.color is a field of custom data")
  .option("--json", "print a line of JSON for each user")
  .action(async (filter, options) => (await import("./commands/query.js")).query(filter, options));

withCredentials(
  command(
    "export",
    "write the users that match a filter as NDJSON or CSV, or download all data of single users (GDPR)",
    'getstream-users export --filter \'{"teams":{"$in":["red"]}}\' --output red.csv',
  ),
)
  .argument("[ids...]", "ids of users whose data, including messages, a task exports and the command downloads")
  .option("--filter <json>", "conditions as JSON; all users when left out", "{}")
  .option("--output <file>", "file to write [stdout]; for exports by id, a folder [.]")
  .option("--format <format>", "ndjson or csv [by the file's name, ndjson otherwise]")
  .option("--include-deactivated", "include deactivated users")
  .option("--json", "print the result as JSON")
  .action(async (ids, options) => (await import("./commands/export.js")).exportUsers(ids, options));

const token = command("token", "mint, read and verify tokens", "getstream-users token mint ada --for 1h");
withCredentials(token.command("mint").description("print a token for a user; nothing is sent"))
  .argument("<user>", "id of the user")
  .option("--for <time>", "how long it is valid: 90s, 15m, 1h, 7d", "1h")
  .option("--permanent", "valid until it is revoked")
  .option("--claim <name=json...>", "a custom claim")
  .option("--json", "print token and claims as JSON")
  .exitOverride()
  .action(async (user, options) => (await import("./commands/token.js")).mint(user, options));
token
  .command("inspect")
  .description("print a token's claims, without verifying it")
  .argument("<token>", "the token; - is stdin")
  .option("--json", "print it as JSON")
  .exitOverride()
  .action(async (text, options) => (await import("./commands/token.js")).inspect(text, options));
withCredentials(token.command("verify").description("check a token's signature and times with the app's secret"))
  .argument("<token>", "the token; - is stdin")
  .option("--json", "print it as JSON")
  .exitOverride()
  .action(async (text, options) => (await import("./commands/token.js")).verify(text, options));

withCredentials(command("task", "show a task", "getstream-users task 4f2c… --wait"))
  .argument("<id>", "the task's id")
  .option("--wait", "wait until it has ended")
  .option("--timeout <seconds>", "how long to wait", "600")
  .option("--json", "print it as JSON")
  .action(async (id, options) => (await import("./commands/task.js")).task(id, options));

const webhook = command("webhook", "receive and check webhooks", "getstream-users webhook listen --port 9000");
withCredentials(webhook.command("listen").description("receive webhooks, check them and print their events"))
  .option("--port <port>", "port to listen on; 0 picks a free one", "0")
  .option("--json", "print each event as a line of JSON")
  .option("--register", "add this receiver to the app's hooks, until it stops")
  .exitOverride()
  .action(async (options) => (await import("./commands/webhook.js")).listen(options));
withCredentials(webhook.command("verify").description("check the signature of a body"))
  .argument("<file>", "file with the body, unchanged; - is stdin")
  .requiredOption("--signature <hex>", "the request's X-Signature header")
  .option("--json", "print the event as JSON")
  .exitOverride()
  .action(async (file, options) => (await import("./commands/webhook.js")).verify(file, options));

withCredentials(
  command("doctor", "check key, secret, clock, limits and the connection to the API", "getstream-users doctor"),
)
  .option("--json", "print the checks as JSON")
  .action(async (options) => (await import("./commands/doctor.js")).doctor(options));

command(
  "migrate",
  "change imports of @stream-io/node-sdk to this package, and list what to change by hand, also for stream-chat",
  "getstream-users migrate --check src/",
)
  .argument("<path...>", "files and folders")
  .option("--check", "change nothing; exit with 1 if changes are left")
  .option("--json", "print the result as JSON")
  .action(async (roots, options) => (await import("./commands/migrate.js")).migrate(roots, options));

/** Ends the program as what was thrown says. */
async function endedBy(thrown: unknown): Promise<number> {
  if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? EXIT.ok : EXIT.usage;
  if (thrown instanceof Interrupted) return EXIT.interrupted;
  const { explained } = await import("./failures.js");
  const { message, exitCode, details } = explained(thrown);
  if (process.argv.includes("--json")) printJson({ error: { message, ...details } });
  tell(`${err.red("error:")} ${message}`);
  return exitCode;
}

try {
  await program.parseAsync();
} catch (thrown) {
  process.exitCode = await endedBy(thrown);
}
