// Fetching from Suomi.fi for whom one may act: there, back, and for this session only. The register is a stand-in.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  LANGUAGES, checkPage, fi, identityCode, openBrowser, openMyData, openWindow, ownData, signIn, takePicture, texts,
} from "./browser.mjs";
import { CLIENT, HEALTH, startRegister } from "./mandates/register.mjs";
import { freeAddress, startServer } from "./server.mjs";

const LUMI = { givenName: "Lumi", familyName: "Leinonen", birthDate: `${new Date().getFullYear() - 6}-01-01` };

let browser, register, server;

before(async () => {
  const people = [{ code: identityCode(LUMI, false), name: "Leinonen Lumi", byRole: true }];
  register = await startRegister(people);
  const file = `
    base_url = "${register.base}"
    client_id = "${CLIENT.id}"
    api_key_file = "api-key"
    oauth_password_file = "password"
    [[mandate]]
    issue = "${HEALTH}"
    scopes = ["messages", "tasks", "appointments"]
  `;
  const files = { "valtuudet.toml": file, "api-key": CLIENT.apiKey, password: CLIENT.password };
  server = await startServer(await freeAddress(), { valtuudet_file: "{folder}/valtuudet.toml" }, files);
  browser = await openBrowser();
  const { context, page } = await open();
  await page.locator("button[lang=fi]").click();
  await signIn(page, "Timo Leinonen");
  people.push({ code: identityCode(await ownData(page), true), name: "Leinonen Timo", issues: [HEALTH] });
  await context.close();
});
after(async () => {
  await browser?.close();
  register?.close();
  await server?.stop();
});

const open = (options = {}) => openWindow(browser, "citizen", { baseURL: server.base, ...options });

/** Goes to Suomi.fi by the button, and does something there. */
async function visit(page, names, button, language = "fi") {
  await page.getByRole("button", { name: texts[language]["suomi_fi.fetch"] }).click();
  await page.waitForURL(`${register.base}/**`);
  for (const name of names) await page.getByLabel(name).check();
  await page.getByRole("button", { name: button }).click();
  await page.waitForURL(`${server.base}/omat-tiedot/toisen-puolesta**`);
}

test("a citizen fetches two people from Suomi.fi, acts for one, and has neither in the next session", async () => {
  const { context, page, unharmed } = await open();
  await page.locator("button[lang=fi]").click();
  await signIn(page, "Birgitta Lindholm");
  await openMyData(page, "represented.title");
  await page.getByRole("button", { name: fi("suomi_fi.fetch") }).waitFor();
  await checkPage(page, "before fetching from Suomi.fi");
  await takePicture(page, "mandates-before");

  await visit(page, ["Leinonen Timo", "Leinonen Lumi"], "Valitse");
  await page.getByText(fi("suomi_fi.found_other", { count: 2 })).waitFor();
  assert.equal(new URL(page.url()).search, "", "the answer is not left in the address");
  await page.getByRole("listitem").filter({ hasText: "Lumi Leinonen" }).getByText(fi("represented.guardian")).waitFor();
  await checkPage(page, "after fetching from Suomi.fi");
  await takePicture(page, "mandates-found");
  await page.setViewportSize({ width: 320, height: 700 });
  await checkPage(page, "after fetching from Suomi.fi, on a phone");
  await takePicture(page, "mandates-found-320");
  await page.setViewportSize({ width: 1280, height: 900 });

  await page.reload();
  const card = page.getByRole("listitem").filter({ hasText: "Timo Leinonen" });
  await card.getByRole("button", { name: fi("acting.begin") }).waitFor();
  assert.equal(await page.getByText(fi("suomi_fi.found_other", { count: 2 })).count(), 0, "told once");
  await card.getByRole("button", { name: fi("acting.begin") }).click();
  const bar = page.getByRole("region", { name: fi("acting.bar_label") });
  await bar.getByText(fi("acting.bar", { name: "Timo Leinonen" })).waitFor();

  // Timo sees it among his own, and where it came from.
  const timo = await open();
  await timo.page.locator("button[lang=fi]").click();
  await signIn(timo.page, "Timo Leinonen");
  await openMyData(timo.page, "proxies.title");
  const right = timo.page.getByRole("listitem").filter({ hasText: "Birgitta Lindholm" });
  await right.getByText(fi("proxy.source_suomi_fi")).waitFor();
  await checkPage(timo.page, "a right from Suomi.fi, as the person sees it");
  await takePicture(timo.page, "mandates-of-the-person");

  await page.getByRole("button", { name: fi("session.sign_out") }).click();
  await signIn(page, "Birgitta Lindholm");
  await openMyData(page, "represented.title");
  await page.getByText(fi("represented.none")).waitFor();
  await timo.page.reload();
  await timo.page.getByRole("heading", { name: fi("proxies.now") }).waitFor();
  await timo.page.getByText(fi("care.proxies_none")).waitFor();
  timo.unharmed();
  unharmed();
  await timo.context.close();
  await context.close();
});

test("who turns back, chooses nobody or finds Suomi.fi broken is told so, in each language", async () => {
  for (const language of LANGUAGES) {
    const { context, page, unharmed } = await open({ width: 320, height: 700 });
    const say = (key) => page.getByText(texts[language][key]);
    await page.locator(`button[lang=${language}]`).click();
    await page.getByRole("button", { name: /Birgitta Lindholm/ }).click();
    await page.getByRole("button", { name: texts[language]["session.sign_out"] }).waitFor();
    await page.goto("/omat-tiedot/toisen-puolesta");
    await page.getByRole("heading", { name: texts[language]["suomi_fi.title"] }).evaluate((title) => title.scrollIntoView());
    await takePicture(page, `mandates-offer-${language}-320`);

    await visit(page, [], "Keskeytä", language);
    await say("suomi_fi.cancelled").waitFor();
    assert.equal(new URL(page.url()).search, "");
    await checkPage(page, `a fetch that was cancelled, ${language}`);
    await takePicture(page, `mandates-cancelled-${language}-320`);

    await visit(page, [], "Valitse", language);
    await say("suomi_fi.nobody").waitFor();

    register.breakDown(true);
    await page.getByRole("button", { name: texts[language]["suomi_fi.fetch"] }).click();
    await say("suomi_fi.unavailable").waitFor();
    await checkPage(page, `a fetch that cannot begin, ${language}`);
    register.breakDown(false);
    unharmed();
    await context.close();
  }
});

test("an answer that is opened in another session gives nothing", async () => {
  const { context, page, unharmed } = await open();
  await page.locator("button[lang=fi]").click();
  await signIn(page, "Birgitta Lindholm");
  await openMyData(page, "represented.title");
  let answer;
  await page.route("**/api/v1/me/mandates", (route) => {
    answer = JSON.parse(route.request().postData());
    return route.abort();
  });
  await visit(page, ["Leinonen Timo"], "Valitse");
  await page.getByText(fi("suomi_fi.unavailable")).waitFor();

  const other = await open();
  await other.page.locator("button[lang=fi]").click();
  await signIn(other.page, "Matti Kemppainen");
  await other.page.goto(`/omat-tiedot/toisen-puolesta?${new URLSearchParams(answer)}`);
  await other.page.getByText(fi("suomi_fi.over")).waitFor();
  await checkPage(other.page, "an answer of another session");
  assert.equal(await other.page.getByText("Timo Leinonen").count(), 0);
  await other.page.goto("/omat-tiedot/toisen-puolesta?error=server_error&state=x");
  await other.page.getByText(fi("suomi_fi.failed")).waitFor();
  other.unharmed();
  unharmed();
  await other.context.close();
  await context.close();
});

test("where nothing is fetched from Suomi.fi, nothing is said of it", async () => {
  const { context, page, unharmed } = await openWindow(browser, "citizen");
  await page.locator("button[lang=fi]").click();
  await signIn(page, "Birgitta Lindholm");
  await openMyData(page, "represented.title");
  await page.getByRole("heading", { name: fi("represented.code_title") }).waitFor();
  await page.waitForLoadState("networkidle");
  assert.equal(await page.getByRole("heading", { name: fi("suomi_fi.title") }).count(), 0);
  unharmed();
  await context.close();
});
