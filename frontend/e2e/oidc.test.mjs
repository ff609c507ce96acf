// Signing in through a provider: a real one, with its own pages, on another port.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { checkPage, fi, openBrowser, openWindow, takePicture, texts } from "./browser.mjs";
import { CLIENT, startProvider } from "./oidc/provider.mjs";
import { freeAddress, startServer } from "./server.mjs";

let browser, provider, server;

before(async () => {
  const listen = await freeAddress();
  const base = `http://${listen}`;
  const callback = (id) => `${base}/api/v1/sessions/oidc/${id}/callback`;
  provider = await startProvider({
    redirectUris: [callback("suomi-fi"), callback("directory")],
    afterSignOut: [`${base}/`, `${base}/pro/`],
  });
  const entry = (id, app, claim, name) => `
    [[provider]]
    id = "${id}"
    app = "${app}"
    name = { fi = "${name}", sv = "${name}", en = "${name}" }
    issuer = "${provider.issuer}"
    client_id = "${CLIENT.id}"
    client_secret_file = "client-secret"
    scopes = ["profile"]
    claims = { ${claim} }
  `;
  const providers = entry("suomi-fi", "citizen", 'identity_code = "hetu"', "Suomi.fi")
    + entry("directory", "professional", 'directory_name = "account"', "Kainuun hyvinvointialue");
  const settings = { oidc_file: "{folder}/oidc.toml" };
  server = await startServer(listen, settings, { "oidc.toml": providers, "client-secret": CLIENT.secret });
  server.run(["user", "create", "--directory-name", "hanna.huotari@kainuu.example", "--given-name", "Hanna", "--family-name",
    "Huotari", "--title", "sairaanhoitaja", "--unit", "Terveysaseman vastaanotto, Kuhmo"]);
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  provider?.close();
  await server?.stop();
});

const open = (app, options = {}) => openWindow(browser, app, { baseURL: server.base, ...options });

async function identify(page, link, who) {
  await page.getByRole("link", { name: link }).click();
  await page.getByLabel("Kuka olet?").fill(who);
  await page.getByRole("button", { name: "Tunnistaudu" }).click();
}

test("a citizen identifies herself at the provider, comes back to her page, and signs out at both", async () => {
  const { context, page, unharmed } = await open("citizen");
  await page.locator("button[lang=fi]").click();
  const link = fi("sign_in.with_strong", { name: "Suomi.fi" });
  await page.getByRole("link", { name: link }).waitFor();
  await checkPage(page, "signing in through a provider");
  await takePicture(page, "sign-in-provider");
  await page.goto("/omat-tiedot");
  await identify(page, link, "tessa");

  await page.getByRole("button", { name: fi("session.sign_out") }).waitFor();
  assert.equal(new URL(page.url()).pathname, "/omat-tiedot", "where she was going");
  assert.ok((await page.locator(".person-name").innerText()).includes("Tessa Testilä"));
  await checkPage(page, "signed in through a provider");

  await page.getByRole("button", { name: fi("session.sign_out") }).click();
  await page.waitForURL(`${provider.issuer}/**`);
  await page.locator("#confirm").click();
  await page.waitForURL(`${server.base}/`);
  await page.getByRole("link", { name: link }).click();
  await page.getByLabel("Kuka olet?").waitFor();
  assert.ok(page.url().startsWith(provider.issuer), "the provider asks again who she is");
  unharmed();
  await context.close();
});

test("who turns back at the provider is told so once, in each language", async () => {
  const { context, page, unharmed } = await open("citizen", { width: 320, height: 700 });
  await page.locator("button[lang=sv]").click();
  await page.getByRole("link", { name: texts.sv["sign_in.with_strong"].replace("{name}", "Suomi.fi") }).click();
  await page.getByRole("button", { name: "Keskeytä" }).click();
  const told = page.getByText(texts.sv["sign_in.problem_cancelled"]);
  await told.waitFor();
  assert.equal(new URL(page.url()).search, "");
  await checkPage(page, "a sign-in that was cancelled");
  await takePicture(page, "sign-in-cancelled-320");
  await page.locator("button[lang=en]").click();
  await page.getByText(texts.en["sign_in.problem_cancelled"]).waitFor();
  await page.reload();
  await page.getByRole("link", { name: /Suomi\.fi/ }).waitFor();
  assert.equal(await page.getByRole("alert").count(), 0);
  unharmed();
  await context.close();
});

test("a professional comes in by the organisation's directory, a stranger does not", async () => {
  const { context, page, unharmed } = await open("professional");
  await page.locator("button[lang=fi]").click();
  const link = fi("sign_in.with_directory", { name: "Kainuun hyvinvointialue" });
  await page.getByRole("link", { name: link }).waitFor();
  await checkPage(page, "signing in by the directory");
  await identify(page, link, "kaisa");
  await page.getByText(fi("sign_in.problem_unknown_person")).waitFor();
  await context.clearCookies();
  await identify(page, link, "hanna");
  await page.getByRole("button", { name: fi("session.sign_out") }).waitFor();
  assert.ok((await page.locator(".person-name").innerText()).includes("Hanna Huotari"));
  unharmed();
  await context.close();
});
