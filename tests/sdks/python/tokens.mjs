// Mints and reads tokens with the package, for `test_tokens.py`: JSON comes in, JSON goes out.

import { StreamClient } from "getstream-users";
import { oddTokens } from "../../support/odd-tokens.mjs";

const { secret, users, tokens, now } = JSON.parse(Buffer.concat(await process.stdin.toArray()).toString());
const client = new StreamClient("key", secret);

function read(token) {
  try {
    return client.verifyToken(token);
  } catch {
    return null;
  }
}

const odd = Object.entries(oddTokens(secret, now)).map(([what, token]) => ({
  what,
  token,
  ours: read(token) !== null,
}));
const minted = users.flatMap((user_id) => [
  { user_id, token: client.generateUserToken({ user_id, validity_in_seconds: 600, team: "red" }) },
  { user_id, token: client.createToken(user_id) },
]);
console.log(JSON.stringify({ read: tokens.map(read), minted, odd }));
