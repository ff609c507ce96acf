// A real OpenID provider (npm's oidc-provider, certified) with made-up people, for tests. Who signs in types the name of
// one of them; there are no passwords.
//
// `node provider.mjs '{"redirectUris": […], "afterSignOut": […], "port": 0}'` says `{"issuer": …}` in its first line and ends
// when its standard input does. `POST /control/rotate` gives it another key, `POST /control/person` changes a person's claims.
import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import { pathToFileURL } from "node:url";
import Provider from "oidc-provider";

export const CLIENT = { id: "omasote", secret: "a-secret-that-only-tests-know-0123456789" };

/** Individual numbers 900–999 are never given to real people. */
function people() {
  return {
    tessa: { hetu: "010280-952L", given_name: "Tessa", family_name: "Testilä", municipality: "Kajaani" },
    olli: { hetu: "010594Y9032", given_name: "Olli", family_name: "Outo" },
    wrong: { hetu: "010190-999K", given_name: "Väärä", family_name: "Tunnus" },
    nobody: { given_name: "Nimi", family_name: "Tunnukseton" },
    hanna: { account: "Hanna.Huotari@Kainuu.example" },
    kaisa: { account: "kaisa.karhu@kainuu.example" },
    impostor: { account: "hanna.huotari@kainuu.example" },
  };
}

let keys = 0;
function newKey() {
  keys += 1;
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return { ...privateKey.export({ format: "jwk" }), kid: `key-${keys}`, use: "sig", alg: "RS256" };
}

function makeProvider(issuer, key, known, { redirectUris, afterSignOut = [] }) {
  const provider = new Provider(issuer, {
    clients: [{
      client_id: CLIENT.id,
      client_secret: CLIENT.secret,
      redirect_uris: redirectUris,
      post_logout_redirect_uris: afterSignOut,
    }],
    jwks: { keys: [key] },
    cookies: { keys: ["only-for-tests"] },
    claims: { openid: ["sub"], profile: ["given_name", "family_name", "municipality", "hetu", "account"] },
    features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: true, logoutSource } },
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    pkce: { required: () => true },
    findAccount: (_, id) => (known[id] && { accountId: id, claims: () => ({ sub: id, ...known[id] }) }),
    // Nobody is asked whether their data may go to the service: it was the service that asked.
    async loadExistingGrant(context) {
      const grant = new provider.Grant({ clientId: context.oidc.client.clientId, accountId: context.oidc.session.accountId });
      grant.addOIDCScope("openid profile");
      await grant.save();
      return grant;
    },
  });
  return provider;
}

/** Signing out is confirmed by itself, as providers in health care do. */
function logoutSource(context, form) {
  context.body = `<!doctype html><html lang="fi"><title>Uloskirjautuminen</title><body>${form}
    <button form="op.logoutForm" name="logout" value="yes" id="confirm">Kirjaudu ulos</button></body></html>`;
}

function page(uid) {
  return `<!doctype html><html lang="fi"><title>Tunnistautuminen</title><body><h1>Tunnistautuminen</h1>
    <form method="post" action="/interaction/${uid}"><label>Kuka olet? <input name="who" autofocus></label>
    <button name="do" value="sign-in">Tunnistaudu</button> <button name="do" value="cancel">Keskeytä</button></form></body></html>`;
}

async function bodyOf(request) {
  let text = "";
  for await (const chunk of request) text += chunk;
  return text;
}

export async function startProvider(settings) {
  const known = people();
  let issuer, provider;
  const renew = () => { provider = makeProvider(issuer, newKey(), known, settings); };
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, issuer);
    if (pathname === "/control/rotate") {
      renew();
      return response.end("{}");
    }
    if (pathname === "/control/person") {
      const { name, claims } = JSON.parse(await bodyOf(request));
      known[name] = claims;
      return response.end("{}");
    }
    const uid = pathname.match(/^\/interaction\/([\w-]+)$/)?.[1];
    if (!uid) return provider.callback()(request, response);
    if (request.method === "GET") {
      return response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(page(uid));
    }
    const form = new URLSearchParams(await bodyOf(request));
    const result = form.get("do") === "cancel"
      ? { error: "access_denied", error_description: "<script>alert('of the provider')</script>" }
      : { login: { accountId: form.get("who") } };
    return provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  });
  await new Promise((resolve) => { server.listen(settings.port ?? 0, "127.0.0.1", resolve); });
  issuer = `http://127.0.0.1:${server.address().port}`;
  renew();
  return { issuer, close: () => { server.closeAllConnections(); server.close(); } };
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { issuer } = await startProvider(JSON.parse(process.argv[2] ?? "{}"));
  console.log(JSON.stringify({ issuer }));
  process.stdin.resume().on("end", () => process.exit(0));
}
