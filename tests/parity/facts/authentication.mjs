// Who is let in, and what the others are told. The order of the checks is shown by requests with two faults.

import assert from "node:assert/strict";
import { fact } from "../fact.mjs";
import { refused } from "../refused.mjs";
import { development, sign } from "../tokens.mjs";

const auth = (evidence, text, run) => fact("Authentication", evidence, text, run);

const USERS = "/api/v2/users";
const EVERYBODY = { payload: { filter_conditions: {}, limit: 1 } };
const JWT = { "stream-auth-type": "jwt" };
const SEGMENTS = "JWTAuth error: token contains an invalid number of segments";
const now = () => Math.floor(Date.now() / 1000);

/** A query as somebody. */
const query = ({ raw }, request) => raw("GET", USERS, { ...request, query: { ...EVERYBODY, ...request.query } });

/** Shows that requests are refused with the same answer. */
async function all(context, requests, kind, reason) {
  for (const request of requests) await refused(query(context, request), kind, "QueryUsers", reason);
}

export const facts = [
  auth("issue", "requires an API key before anything else", async (context) => {
    const missing = [{ query: { api_key: null } }, { query: { api_key: "" } }];
    const faulty = { token: "nonsense", headers: { "stream-auth-type": "none" }, query: { api_key: null } };
    await all(context, [...missing, faulty], "401/2", "api_key not provided");
  }),

  auth("issue", "refuses an unknown API key, whatever else is wrong", async (context) => {
    const query = { api_key: "another-key" };
    const faulty = { token: "nonsense", headers: { "stream-auth-type": "none" }, query };
    await all(context, [{ query }, faulty], "401/2", "api_key not valid");
    await refused(context.server(context.apiSecret, "another-key").queryUsers(EVERYBODY), "401/2", "QueryUsers");
  }),

  auth("issue", "requires the scheme next", async (context) => {
    const headers = { "stream-auth-type": "none" };
    const requests = [{ headers }, { headers, token: "nonsense" }, { headers: { "stream-auth-type": "" } }];
    await all(context, requests, "401/5", "stream-auth-type missing or invalid");
  }),

  auth("issue", "refuses a token that does not have three parts", async (context) => {
    const texts = ["nonsense", "a.b", "a.b.c.d", ""].map((token) => ({ token }));
    await all(context, [...texts, { token: null, headers: JWT }], "401/5", SEGMENTS);
  }),

  auth("issue", "refuses claims that cannot be read", async (context) => {
    const requests = ["hello", "truth"].map((text) => ({ token: context.token(text) }));
    await all(context, requests, "401/5", /^JWTAuth error: invalid character '[a-z]' /);
  }),

  auth("issue", "refuses claims of another type, with Go's message", async (context) => {
    for (const [claims, reason] of [
      [{ user_id: 1 }, "cannot unmarshal number into Go struct field StreamJWTClaims.user_id of type string"],
      [{ user_id: "a", exp: {} }, "cannot unmarshal object into Go struct field StreamJWTClaims.exp of type int64"],
    ]) {
      const request = { token: context.token(claims) };
      await all(context, [request], "401/5", `JWTAuth error: json: ${reason}`);
    }
  }),

  auth("issue", "refuses a token with another signature", async (context) => {
    const [id] = await context.people(1);
    const tokens = [
      sign({ server: true }, "another secret"),
      sign({ user_id: id }, "another secret"),
      context.token({ server: true }).replace(/.{6}$/, "AAAAAA"),
    ];
    await all(
      context,
      tokens.map((token) => ({ token })),
      "401/5",
      "Token signature is invalid",
    );
    await refused(context.server("another secret").upsertUsers([{ id }]), "401/5", "UpdateUsers");
  }),

  auth("sdk code", "refuses a token of another algorithm, or of none", async (context) => {
    const claims = { server: true };
    const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const unsigned = `${part({ alg: "none", typ: "JWT" })}.${part(claims)}.`;
    for (const token of [context.token(claims, { alg: "HS512", typ: "JWT" }), unsigned]) {
      await refused(query(context, { token }), "401/5", "QueryUsers");
    }
  }),

  auth("issue", "refuses development tokens by default", async (context) => {
    const [id] = await context.people(1);
    const reason = "development tokens are not allowed for this application";
    await all(context, [{ token: development(id) }], "401/5", reason);
  }),

  auth("issue", "checks the signature before the times", async (context) => {
    const token = sign({ user_id: "ann", exp: now() - 60 }, "another secret");
    await all(context, [{ token }], "401/5", "Token signature is invalid");
  }),

  auth("docs", "refuses a token that has expired, with code 40", async (context) => {
    const [id] = await context.people(1);
    const token = context.userToken(id, { exp: now() - 1 });
    await all(context, [{ token }], "401/40", "JWTAuth error: token is expired (exp)");
  }),

  auth("docs", "refuses a token that is not valid yet, with code 41", async (context) => {
    const [id] = await context.people(1);
    await all(context, [{ token: context.userToken(id, { nbf: now() + 60 }) }], "401/41");
  }),

  auth("issue", "refuses a token from the future, with code 42 and no tolerance", async (context) => {
    const [id] = await context.people(1);
    const token = context.userToken(id, { iat: now() + 5 });
    await all(context, [{ token }], "401/42", "JWTAuth error: token used before issue at (iat)");
  }),

  auth(
    "sdk code",
    "treats a signed token without claims as a server's, because Python's SDK sends it",
    async (context) => {
      const { raw, token } = context;
      const answer = await raw("PATCH", "/api/v2/app", { token: token({}), body: {} });
      assert.equal(answer.status, 200, answer.text);
      await all(context, [{ token: sign({}, "another secret") }], "401/5", "Token signature is invalid");
    },
  ),

  auth("inferred", "treats a signed token without a user as a server's, whatever its other claims", async (context) => {
    for (const claims of [{ iat: now() }, { server: false }]) {
      const answer = await context.raw("GET", "/api/v2/rate_limits", { token: context.token(claims) });
      assert.equal(answer.status, 200, answer.text);
    }
  }),

  auth(
    "sdk test",
    "accepts user tokens with any signature if the app has disabled authentication checks",
    async (context) => {
      await context.own({}, async (context) => {
        const { sdk, people } = context;
        const [id] = await people(1);
        const tampered = sign({ user_id: id }, "another secret");
        await all(context, [{ token: tampered }], "401/5", "Token signature is invalid");
        await sdk.updateApp({ disable_auth_checks: true });
        assert.equal((await query(context, { token: tampered })).status, 200);
        await all(
          context,
          [{ token: sign({ server: true }, "another secret") }],
          "401/5",
          "Token signature is invalid",
        );
      });
    },
  ),

  auth("issue", "refuses the tokens of deactivated and deleted users", async (context) => {
    const { sdk, people, userToken, ended } = context;
    const [asleep, gone] = await people(2);
    await sdk.deactivateUser({ user_id: asleep });
    await ended(await sdk.deleteUsers({ user_ids: [gone] }));
    await all(context, [{ token: userToken(asleep) }], "404/16", `the user ${asleep} was deactivated`);
    await all(context, [{ token: userToken(gone) }], "404/16", `the user ${gone} was deleted`);
  }),

  auth("inferred", "reports an expired token before the user's deactivation", async (context) => {
    const [id] = await context.people(1);
    await context.sdk.deactivateUser({ user_id: id });
    await all(context, [{ token: context.userToken(id, { exp: now() - 1 }) }], "401/40");
  }),

  auth("inferred", "refuses unauthenticated callers before it checks permissions", async ({ raw, people }) => {
    const [id] = await people(1);
    const call = raw("POST", `${USERS}/${id}/deactivate`, { token: sign({ user_id: id }, "another secret") });
    await refused(call, "401/5", "DeactivateUser", "Token signature is invalid");
  }),

  auth("sdk code", "accepts server tokens of the SDK, which have no times", async ({ sdk, people, read }) => {
    const [id] = await people(1);
    await sdk.updateUsersPartial({ users: [{ id, set: { color: "red" } }] });
    assert.deepEqual((await read(id)).custom, { color: "red" });
  }),

  auth("sdk code", "accepts every kind of user token that the SDK creates", async ({ sdk, as, people }) => {
    const [id] = await people(1);
    for (const token of [
      sdk.generateUserToken({ user_id: id }),
      sdk.generateUserToken({ user_id: id, validity_in_seconds: 60 }),
      sdk.generatePermanentUserToken({ user_id: id }),
      sdk.generateCallToken({ user_id: id, call_cids: ["default:1"], role: "admin" }),
      sdk.createToken(id),
    ]) {
      const { users } = await as(token).queryUsers({ payload: { filter_conditions: { id } } });
      assert.equal(users[0].id, id);
    }
  }),

  auth("sdk code", "accepts unknown claims", async ({ as, userToken, people }) => {
    const [id] = await people(1);
    await as(userToken(id, { channel_cids: ["messaging:1"], nested: { a: 1 } })).queryUsers(EVERYBODY);
  }),

  auth("sdk code", "ignores the case of header names", async ({ url, apiKey, token }) => {
    const payload = encodeURIComponent(JSON.stringify(EVERYBODY.payload));
    const headers = { "Stream-Auth-Type": "jwt", Authorization: token({ server: true }) };
    const response = await fetch(`${url}${USERS}?api_key=${apiKey}&payload=${payload}`, { headers });
    assert.equal(response.status, 200);
  }),

  auth("sdk code", "treats an empty Authorization header of an anonymous caller as missing", async (context) => {
    const answer = await query(context, { token: null, headers: { authorization: "" } });
    assert.equal(answer.status, 200);
  }),

  auth("sdk code", "treats the token `null` of an anonymous caller as missing", async (context) => {
    const guest = { user: { id: context.unique("guest") } };
    const request = { token: "null", headers: { "stream-auth-type": "anonymous" }, body: guest };
    assert.equal((await context.raw("POST", "/api/v2/guest", request)).status, 201);
  }),

  auth("sdk code", "reads scheme and token from the query for clients that cannot set headers", async (context) => {
    const { url, apiKey, token } = context;
    const parameters = {
      api_key: apiKey,
      "stream-auth-type": "jwt",
      authorization: token({ server: true }),
      payload: JSON.stringify(EVERYBODY.payload),
    };
    const answer = await fetch(`${url}${USERS}?${new URLSearchParams(parameters)}`);
    assert.equal(answer.status, 200, await answer.text());
  }),

  auth("issue", "refuses an anonymous caller with a token of somebody else", async (context) => {
    const [id] = await context.people(1);
    const headers = { "stream-auth-type": "anonymous" };
    const tokens = [context.userToken(id), context.token({ server: true })];
    const requests = tokens.map((token) => ({ token, headers }));
    await all(context, requests, "401/5", "anon auth token must have user_id claim equal to '!anon'");
    assert.equal((await query(context, { token: context.userToken("!anon"), headers })).status, 200);
  }),

  auth("choice", "creates the user of a token if it does not exist", async (context) => {
    const id = context.unique("lazy");
    const answer = await query(context, { token: context.userToken(id) });
    assert.equal(answer.status, 200);
    assert.equal((await context.read(id)).role, "user");
  }),
];
