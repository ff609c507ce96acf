// A provider that lies: its issuer's path names the lie. All else of it is right, so that a refusal is for the lie alone.
//
// `node hostile.mjs '{}'` says `{"base": …}` in its first line and ends when its standard input does.
import { createHmac, createPublicKey, generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import { SignJWT, UnsecuredJWT, exportJWK, exportSPKI } from "jose";

const pair = () => generateKeyPairSync("rsa", { modulusLength: 2048 });
const published = pair(), other = pair();
const jwk = { ...(await exportJWK(published.publicKey)), kid: "the-key", use: "sig", alg: "RS256" };
const pem = await exportSPKI(createPublicKey(published.privateKey));

const now = () => Math.floor(Date.now() / 1000);
const encode = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
const sign = (claims, key = published.privateKey, kid = "the-key") =>
  new SignJWT(claims).setProtectedHeader({ alg: "RS256", kid }).sign(key);
function hmac(claims, key) {
  const input = `${encode({ alg: "HS256", kid: "the-key", typ: "JWT" })}.${encode(claims)}`;
  return `${input}.${createHmac("sha256", key).update(input).digest("base64url")}`;
}

/** How each lie makes the ID token of claims that are true. */
const LIES = {
  "no-lie": (claims) => sign(claims),
  "wrong-nonce": (claims) => sign({ ...claims, nonce: "of another sign-in" }),
  "no-nonce": ({ nonce, ...claims }) => sign(claims),
  "wrong-audience": (claims) => sign({ ...claims, aud: "another-service" }),
  "more-audiences": (claims) => sign({ ...claims, aud: [claims.aud, "another-service"] }),
  "wrong-issuer": (claims) => sign({ ...claims, iss: `${claims.iss}-other` }),
  expired: (claims) => sign({ ...claims, iat: now() - 500, exp: now() - 200 }),
  old: (claims) => sign({ ...claims, iat: now() - 86_400 }),
  "of-tomorrow": (claims) => sign({ ...claims, iat: now() + 86_400, exp: now() + 90_000 }),
  "alg-none": (claims) => new UnsecuredJWT(claims).encode(),
  "alg-none-named": (claims) => `${encode({ alg: "none", kid: "the-key" })}.${encode(claims)}.`,
  "hmac-with-the-public-key": (claims) => hmac(claims, pem),
  "hmac-with-the-modulus": (claims) => hmac(claims, Buffer.from(jwk.n, "base64url")),
  "hmac-with-the-client-secret": (claims) => hmac(claims, "a-secret-that-only-tests-know-0123456789"),
  "unpublished-key": (claims) => sign(claims, other.privateKey, "another-key"),
  "unpublished-key-of-a-known-name": (claims) => sign(claims, other.privateKey),
  "key-in-the-token": async (claims) => new SignJWT(claims)
    .setProtectedHeader({ alg: "RS256", kid: "mine", jwk: await exportJWK(other.publicKey) }).sign(other.privateKey),
  "changed-after-signing": async (claims) => {
    const [head, , signature] = (await sign(claims)).split(".");
    return `${head}.${encode({ ...claims, hetu: "010594Y9032" })}.${signature}`;
  },
  "of-another-access-token": (claims) => sign({ ...claims, at_hash: "AAAAAAAAAAAAAAAAAAAAAA" }),
  "no-id-token": () => undefined,
};

const nonces = new Map();
const server = createServer(async (request, response) => {
  const url = new URL(request.url, base);
  const [, lie, ...rest] = url.pathname.split("/");
  const issuer = `${base}/${lie}`;
  const json = (value) => response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(value));
  switch (rest.join("/")) {
    case ".well-known/openid-configuration":
      return json({
        issuer: lie === "discovery-of-another" ? `${issuer}-other` : issuer,
        authorization_endpoint: `${issuer}/auth`, token_endpoint: `${issuer}/token`, jwks_uri: `${issuer}/keys`,
        response_types_supported: ["code"], subject_types_supported: ["public"],
        // It would gladly sign with anything.
        id_token_signing_alg_values_supported: ["RS256", "HS256", "none"],
      });
    case "keys":
      return json({ keys: [jwk] });
    case "auth": {
      const { redirect_uri: back, state, nonce } = Object.fromEntries(url.searchParams);
      const code = `code-${nonces.size}`;
      nonces.set(code, nonce);
      const iss = lie === "answer-of-another" ? "&iss=https://other.example" : "";
      return response.writeHead(302, { location: `${back}?code=${code}&state=${state}${iss}` }).end();
    }
    case "token": {
      let body = "";
      for await (const chunk of request) body += chunk;
      const nonce = nonces.get(new URLSearchParams(body).get("code"));
      const claims = {
        iss: issuer, aud: "omasote", sub: "1", nonce, iat: now(), exp: now() + 300,
        hetu: "010280-952L", given_name: "Tessa", family_name: "Testilä",
      };
      const token = await (LIES[lie] ?? LIES["no-lie"])(claims);
      return json({ access_token: "access", token_type: "Bearer", id_token: token });
    }
    default:
      return response.writeHead(404).end();
  }
});
await new Promise((resolve) => { server.listen(0, "127.0.0.1", resolve); });
const base = `http://127.0.0.1:${server.address().port}`;
console.log(JSON.stringify({ base, lies: [...Object.keys(LIES), "discovery-of-another", "answer-of-another"] }));
process.stdin.resume().on("end", () => process.exit(0));
