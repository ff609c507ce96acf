// Third-party programs: an administrator registers them, a citizen lets one in and takes that back. The programs are made
// with a certified OAuth library that knows nothing of us but the server's address.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import * as oauth from "oauth4webapi";
import { LANGUAGES, checkPage, eventually, fi, openBrowser, openMyData, openWindow, signIn, takePicture, texts } from "./browser.mjs";

const BASE = process.env.BASE_URL ?? "http://127.0.0.1:8080";
const INSECURE = { [oauth.allowInsecureRequests]: true };

let browser;
let server;
before(async () => {
  browser = await openBrowser();
  const issuer = new URL(BASE);
  const found = await oauth.discoveryRequest(issuer, { algorithm: "oauth2", ...INSECURE });
  server = await oauth.processDiscoveryResponse(issuer, found);
});
after(async () => { await browser.close(); });

/** Registers a program on the administrator's page; gives back its id. */
async function register(page, name, fill) {
  await page.getByLabel(fi("programs.name")).fill(name);
  await fill();
  await page.getByRole("button", { name: fi("programs.register_now"), exact: true }).click();
  const card = page.getByRole("listitem").filter({ hasText: name }).first();
  await card.waitFor();
  const id = /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(await card.innerText())[0];
  return { id, card };
}

/** An app of somebody else, to which browsers come back. */
async function startApp() {
  const visits = [];
  const app = createServer((request, answer) => {
    visits.push(new URL(request.url, "http://127.0.0.1"));
    answer.setHeader("content-type", "text/html; charset=utf-8");
    answer.end("<!doctype html><html lang=fi><title>Mittari</title><h1>Mittari</h1>");
  });
  await new Promise((resolve) => { app.listen(0, "127.0.0.1", resolve); });
  const redirect = `http://127.0.0.1:${app.address().port}/paluu`;
  const back = () => visits.findLast((url) => url.pathname === "/paluu");
  return { redirect, back, stop: () => app.close() };
}

test("a system is registered, has its secret, reads its unit's inbox, and is shut out", async () => {
  const { page, context, unharmed } = await openWindow(browser, "professional");
  await signIn(page, "Jari Mustonen");
  await page.getByRole("link", { name: fi("nav.programs") }).click();
  await page.getByRole("heading", { name: fi("programs.title"), level: 1 }).waitFor();
  await page.getByRole("button", { name: fi("programs.register_now"), exact: true }).click();
  await page.locator("[aria-invalid=true]").first().waitFor();
  await checkPage(page, "what is missing of a program");
  await takePicture(page, "programs-refused");
  let unit;
  const { id, card } = await register(page, "Kajaanin ajanvaraus", async () => {
    const choice = page.getByLabel(fi("programs.unit"), { exact: true });
    await choice.locator("option").nth(1).waitFor({ state: "attached" });
    unit = await choice.locator("option").nth(1).getAttribute("value");
    await choice.selectOption(unit);
  });
  await card.getByRole("button", { name: fi("programs.secret") }).click();
  await card.locator(".confirm").getByRole("button", { name: fi("programs.secret") }).click();
  const secret = await card.locator("code").innerText();
  await checkPage(page, "a secret");
  await takePicture(page, "programs-secret");

  const client = { client_id: id };
  const ask = () => oauth.clientCredentialsGrantRequest(
    server, client, oauth.ClientSecretBasic(secret), new URLSearchParams({ scope: "messages:read" }), INSECURE,
  );
  const { access_token: token } = await oauth.processClientCredentialsResponse(server, client, await ask());
  const inbox = new URL(`/api/v1/units/${unit}/inbox`, BASE);
  const read = () => oauth.protectedResourceRequest(token, "GET", inbox, undefined, undefined, INSECURE);
  assert.ok(Array.isArray((await (await read()).json()).items));

  await card.getByRole("button", { name: fi("programs.shut"), exact: true }).click();
  await card.locator(".confirm").getByRole("button", { name: fi("programs.shut"), exact: true }).click();
  await card.getByText(fi("programs.shut_out"), { exact: true }).waitFor();
  await assert.rejects(read);
  await assert.rejects(async () => oauth.processClientCredentialsResponse(server, client, await ask()));
  await card.getByRole("button", { name: fi("programs.reopen") }).click();
  await card.getByRole("button", { name: fi("programs.shut"), exact: true }).waitFor();
  unharmed();
  await context.close();
});

test("a system proves itself by a key that never leaves it", async () => {
  const { page, context, unharmed } = await openWindow(browser, "professional");
  await signIn(page, "Jari Mustonen");
  await page.goto("/pro/ohjelmat");
  const pair = await oauth.generateKeyPair("ES256", { extractable: true });
  const jwk = { ...(await crypto.subtle.exportKey("jwk", pair.publicKey)), kid: "1", alg: "ES256" };
  const { kty, crv, x, y, kid, alg } = jwk;
  const { id } = await register(page, "Kajaanin laboratorio", async () => {
    const choice = page.getByLabel(fi("programs.unit"), { exact: true });
    await choice.locator("option").nth(1).waitFor({ state: "attached" });
    await choice.selectOption(await choice.locator("option").nth(1).getAttribute("value"));
    await page.getByLabel(fi("programs.auth_key")).check();
    const keys = page.getByLabel(fi("programs.keys"));
    await keys.fill(JSON.stringify({ keys: [jwk, { kty, kid, alg, d: "x" }] }));
    await page.getByRole("button", { name: fi("programs.register_now"), exact: true }).click();
    await page.getByText(fi("programs.invalid_keys")).waitFor();
    await keys.fill(JSON.stringify({ keys: [{ kty, crv, x, y, kid, alg }] }));
  });
  const client = { client_id: id };
  const proof = oauth.PrivateKeyJwt({ key: pair.privateKey, kid: "1" });
  const answer = await oauth.clientCredentialsGrantRequest(server, client, proof, new URLSearchParams(), INSECURE);
  const tokens = await oauth.processClientCredentialsResponse(server, client, answer);
  assert.equal(tokens.scope, "messages:read");
  unharmed();
  await context.close();
});

test("a citizen lets an app in, sees it, and takes that back", async () => {
  const app = await startApp();
  const office = await openWindow(browser, "professional");
  await signIn(office.page, "Jari Mustonen");
  await office.page.goto("/pro/ohjelmat");
  const { id } = await register(office.page, "Verenpainepäiväkirja", async () => {
    await office.page.getByLabel(fi("programs.kind_app")).check();
    await office.page.getByLabel(fi("programs.auth_none")).check();
    await office.page.getByLabel(fi("programs.redirects")).fill(app.redirect);
    await office.page.getByLabel(fi("program_scope.messages_write")).check();
  });
  await office.context.close();

  const client = { client_id: id };
  const verifier = oauth.generateRandomCodeVerifier();
  const address = new URL(server.authorization_endpoint);
  const parameters = {
    client_id: id, response_type: "code", redirect_uri: app.redirect, scope: "messages:read messages:write",
    state: oauth.generateRandomState(), code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
  };
  for (const [name, value] of Object.entries(parameters)) address.searchParams.set(name, value);

  const { page, context, unharmed } = await openWindow(browser, "citizen", { width: 390, height: 844 });
  await page.goto(address.href);
  await signIn(page, "Eetu");
  const title = fi("consent.title", { name: "Verenpainepäiväkirja" });
  await page.getByRole("heading", { name: title, level: 1 }).waitFor();
  for (const language of LANGUAGES) {
    await page.locator(`button[lang=${language}]`).click();
    await page.getByRole("button", { name: texts[language]["consent.allow"], exact: true }).waitFor();
    await checkPage(page, `an app asks, in ${language}`);
    await takePicture(page, `consent-${language}`);
  }
  await page.locator("button[lang=fi]").click();
  await page.getByRole("button", { name: fi("consent.refuse") }).click();
  await page.getByRole("heading", { name: "Mittari" }).waitFor();
  assert.throws(() => oauth.validateAuthResponse(server, client, app.back(), parameters.state), /access_denied|error/);

  await page.goto(address.href);
  await page.getByRole("button", { name: fi("consent.allow"), exact: true }).click();
  await page.getByRole("heading", { name: "Mittari" }).waitFor();
  const answer = oauth.validateAuthResponse(server, client, app.back(), parameters.state);
  const exchanged = await oauth.authorizationCodeGrantRequest(
    server, client, oauth.None(), answer, app.redirect, verifier, INSECURE,
  );
  const tokens = await oauth.processAuthorizationCodeResponse(server, client, exchanged);
  const threads = new URL("/api/v1/citizens/me/threads", BASE);
  const read = (token) => oauth.protectedResourceRequest(token, "GET", threads, undefined, undefined, INSECURE);
  assert.equal((await read(tokens.access_token)).status, 200);
  const renewed = await oauth.refreshTokenGrantRequest(server, client, oauth.None(), tokens.refresh_token, INSECURE);
  const next = await oauth.processRefreshTokenResponse(server, client, renewed);

  await page.goto("/");
  await openMyData(page, "apps.title");
  await page.getByText("Verenpainepäiväkirja", { exact: true }).waitFor();
  await checkPage(page, "an app that was let in");
  await takePicture(page, "apps");
  await page.getByRole("button", { name: fi("apps.revoke") }).click();
  await page.locator(".confirm").getByRole("button", { name: fi("apps.revoke") }).click();
  await page.getByText(fi("apps.none")).waitFor();
  await assert.rejects(() => read(next.access_token));
  // What was done is in the log once it is sealed, a moment later.
  const line = page.getByText(fi("audit.program", { name: "Verenpainepäiväkirja" })).first();
  await eventually(async () => {
    await page.goto("/omat-tiedot/kaytto");
    return line.waitFor({ timeout: 3_000 }).then(() => true, () => false);
  }, true, "the app is in the log");
  await takePicture(page, "apps-in-the-log");

  await page.goto(address.href.replace("S256", "plain"));
  await page.getByText(fi("consent.wrong")).waitFor();
  await checkPage(page, "an app that asks otherwise than it must");
  await takePicture(page, "consent-wrong");
  unharmed();
  await context.close();
  app.stop();
});
