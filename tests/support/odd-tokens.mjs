// Tokens that are signed with the right secret, and odd: libraries disagree about some of them.

import { createHmac } from "node:crypto";

const encoded = (text) => Buffer.from(text).toString("base64url");

/** Signs a header and claims as they are written. */
export function signed(secret, header, claims, algorithm = "sha256") {
  const begin = `${encoded(header)}.${encoded(claims)}`;
  return `${begin}.${createHmac(algorithm, secret).update(begin).digest("base64url")}`;
}

const HEADER = '{"alg":"HS256","typ":"JWT"}';

/**
 * @param {number} now in seconds since 1970
 * @returns {Record<string, string>} tokens by what is odd about them
 */
export function oddTokens(secret, now) {
  const of = (claims, header = HEADER) => signed(secret, header, claims);
  const ann = '"user_id":"ann"';
  const good = of(`{${ann}}`);
  const [header, claims, signature] = good.split(".");
  return {
    "nothing odd": good,
    "no type in the header": of(`{${ann}}`, '{"alg":"HS256"}'),
    "another type in the header": of(`{${ann}}`, '{"alg":"HS256","typ":"at+jwt"}'),
    "a member of its own in the header": of(`{${ann}}`, '{"alg":"HS256","typ":"JWT","kid":"1"}'),
    "white space in the header": of(`{${ann}}`, '{ "alg": "HS256",\n"typ": "JWT" }'),
    "an extension that must be understood": of(`{${ann}}`, '{"alg":"HS256","crit":["x"],"x":1}'),
    "claims that are not encoded": of(`{${ann}}`, '{"alg":"HS256","b64":false,"crit":["b64"]}'),
    "a header that is an array": of(`{${ann}}`, '["HS256"]'),
    "an algorithm in small letters": of(`{${ann}}`, '{"alg":"hs256"}'),
    "no algorithm": of(`{${ann}}`, '{"typ":"JWT"}'),
    "the algorithm none, without a signature": `${encoded('{"alg":"none"}')}.${claims}.`,
    "HS384, signed so": signed(secret, '{"alg":"HS384","typ":"JWT"}', `{${ann}}`, "sha384"),
    "HS512 in the header, signed by HS256": of(`{${ann}}`, '{"alg":"HS512","typ":"JWT"}'),
    "claims that are an array": of("[1]"),
    "claims that are a text": of('"ann"'),
    "claims that are null": of("null"),
    "claims that are no JSON": of("{"),
    "a mark of the byte order before the claims": of(`\ufeff{${ann}}`),
    "a claim twice": of(`{"user_id":"ben",${ann}}`),
    "white space around the claims": of(` {${ann}} \n`),
    "a user that is a number": of('{"user_id":7}'),
    "an end as a text": of(`{${ann},"exp":"${now + 600}"}`),
    "an end with a fraction": of(`{${ann},"exp":${now + 600}.5}`),
    "an end with an exponent": of(`{${ann},"exp":1e12}`),
    "an end that is null": of(`{${ann},"exp":null}`),
    "an end that is true": of(`{${ann},"exp":true}`),
    "an end before 1970": of(`{${ann},"exp":-5}`),
    "an end of 0": of(`{${ann},"exp":0}`),
    "an end far beyond": of(`{${ann},"exp":99999999999999999999}`),
    "an end a minute ago": of(`{${ann},"exp":${now - 60}}`),
    "a beginning in a minute": of(`{${ann},"nbf":${now + 60}}`),
    "a beginning as a text": of(`{${ann},"nbf":"${now - 60}"}`),
    "issued in an hour": of(`{${ann},"iat":${now + 3_600}}`),
    "issued, as a text": of(`{${ann},"iat":"${now - 60}"}`),
    "an end before it was issued": of(`{${ann},"iat":${now + 300},"exp":${now + 200}}`),
    "an audience": of(`{${ann},"aud":"somebody"}`),
    "a subject that is a number": of(`{${ann},"sub":7}`),
    "an issuer that is a number": of(`{${ann},"iss":7}`),
    "an id that is a number": of(`{${ann},"jti":7}`),
    "padding after the signature": `${good}=`,
    "padding after the claims": of(`{${ann}} `).replace(/\./g, "=."),
    "the signature in base64 with + and /": inBase64(secret),
    "a line end behind it": `${good}\n`,
    "a blank before it": ` ${good}`,
    "a fourth part": `${good}.e30`,
    "two parts": `${header}.${claims}`,
    "an empty signature": `${header}.${claims}.`,
    "a signature cut by a letter": `${header}.${claims}.${signature.slice(0, -1)}`,
    "another last letter, of the same bytes": `${good.slice(0, -1)}${sameBytes(good.at(-1))}`,
    "letters that base64url has not": `${header}.${claims}.${signature.slice(0, 5)}*${signature.slice(5)}`,
  };
}

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** 32 bytes leave two bits of the last letter unused. */
function sameBytes(letter) {
  return LETTERS[LETTERS.indexOf(letter) ^ 1];
}

/** Signed by a signature that base64 writes with + or /, and written so: one of many claims has such a one. */
function inBase64(secret) {
  for (let n = 0; ; n++) {
    const token = signed(secret, HEADER, `{"user_id":"ann","n":${n}}`);
    const signature = token.split(".")[2];
    if (/[-_]/.test(signature)) {
      return token.slice(0, -signature.length) + signature.replaceAll("-", "+").replaceAll("_", "/");
    }
  }
}
