// Mints a user's token. Nothing is sent anywhere.
import { parseArgs } from "node:util";
import { clientFromEnvironment, ENVIRONMENT, run } from "./client.mjs";

const HELP = `Usage: node mint-token.mjs USER_ID [--seconds NUMBER | --permanent]

Prints a token for a user, who need not exist yet.

  --seconds NUMBER   how long it holds; 3600 when left out
  --permanent        it holds until tokens are revoked
  --help

${ENVIRONMENT}`;

function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      seconds: { type: "string", default: "3600" },
      permanent: { type: "boolean" },
      help: { type: "boolean" },
    },
  });
  const [user_id] = positionals;
  if (values.help || !user_id) {
    console.log(HELP);
    return values.help ? 0 : 2;
  }
  const client = clientFromEnvironment();
  const token = values.permanent
    ? client.generatePermanentUserToken({ user_id })
    : client.generateUserToken({ user_id, validity_in_seconds: Number(values.seconds) });
  console.log(token);

  const { exp } = client.verifyToken(token);
  console.error(`for ${user_id}, ${exp ? `until ${new Date(exp * 1000).toISOString()}` : "without an end"}`);
  return 0;
}

await run(main);
