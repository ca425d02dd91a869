// Lists users who have not been active for a while, and deletes them with --delete.
import { parseArgs } from "node:util";
import { deleteMany } from "getstream-users/bulk";
import { clientFromEnvironment, ENVIRONMENT, run } from "./client.mjs";

const HELP = `Usage: node delete-inactive.mjs --days NUMBER [--role ROLE] [--delete] [--hard]

Finds users who were last active at least so many days ago, or were created then and never active. Prints their ids.

  --days NUMBER   how long they have not been active
  --role ROLE     their role; user by default, so that nobody deletes admins by accident
  --delete        deletes them; without it nothing is changed
  --hard          deletes them permanently, with their messages; otherwise \`restoreUsers\` brings them back
  --help

${ENVIRONMENT}`;
const DAY_MS = 24 * 60 * 60 * 1000;

function inactiveSince(time, role) {
  const lately = time.toISOString();
  return {
    role,
    $or: [
      { last_active: { $lte: lately } },
      { $and: [{ last_active: { $exists: false } }, { created_at: { $lte: lately } }] },
    ],
  };
}

async function* idsOf(list) {
  for await (const user of list) {
    console.log(user.id);
    yield user.id;
  }
}

async function main() {
  const { values } = parseArgs({
    options: {
      days: { type: "string" },
      role: { type: "string", default: "user" },
      delete: { type: "boolean" },
      hard: { type: "boolean" },
      help: { type: "boolean" },
    },
  });
  const days = Number(values.days);
  if (values.help || !(days > 0)) {
    console.log(HELP);
    return values.help ? 0 : 2;
  }
  const client = clientFromEnvironment();
  const since = new Date(Date.now() - days * DAY_MS);
  const ids = idsOf(client.users(inactiveSince(since, values.role), { include_deactivated_users: true }));

  if (!values.delete) {
    let found = 0;
    for await (const _ of ids) found += 1;
    console.error(`${found} users not active since ${since.toISOString()}; --delete deletes them`);
    return 0;
  }
  const how = values.hard ? "hard" : "soft";
  const { succeeded, failed } = await deleteMany(client, ids, { request: { user: how, messages: how } });
  for (const { id, error } of failed) console.error(`${id}: ${error.message}`);
  console.error(`${succeeded} deleted, ${failed.length} not`);
  return failed.length > 0 ? 1 : 0;
}

await run(main);
