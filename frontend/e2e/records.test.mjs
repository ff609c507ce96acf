// Into the patient record: with a patient information system that is down, that is up and knows nobody, and that takes the entry.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  LANGUAGES, checkPage, fi, identityCode, openBrowser, openWindow, ownData, signIn, takePicture, texts,
  writeTo,
} from "./browser.mjs";
import { CLIENT, startPeer } from "./ehr/peer.mjs";
import { freeAddress, startServer } from "./server.mjs";

const UNIT = "Terveysaseman vastaanotto, Kuhmo";
const WORDS = "Verenpaineeni on ollut koholla viikon";
let browser, server, peer, address;

before(async () => {
  address = await freeAddress();
  const file = `
    base_url = "http://${address}/fhir"
    token_url = "http://${address}/token"
    client_id = "${CLIENT.id}"
    client_secret_file = "ehr-secret"
    launch_url = "http://${address}/launch?patient={patient}"
    timeout_seconds = 2
  `;
  const settings = { ehr_file: "{folder}/ehr.toml" };
  server = await startServer(await freeAddress(), settings, { "ehr.toml": file, "ehr-secret": CLIENT.secret });
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  peer?.close();
  await server?.stop();
});

const open = (app, options = {}) => openWindow(browser, app, { baseURL: server.base, ...options });

/** The same in each language, as it stands on a narrow screen and at a desk. */
async function look(page, key, name) {
  for (const language of LANGUAGES) {
    await page.locator(`button[lang=${language}]`).click();
    await page.locator(".records").getByText(texts[language][key]).first().waitFor();
    await checkPage(page, `${name} in ${language}`);
    await page.locator(".records").scrollIntoViewIfNeeded();
    await takePicture(page, `${name}-${language}`);
  }
  await page.locator("button[lang=fi]").click();
}

test("an entry waits while the other system is down, fails while it knows nobody, and is saved once", async () => {
  const citizen = await open("citizen", { width: 320, height: 700 });
  const professional = await open("professional");
  const [aino, hanna] = [citizen.page, professional.page];
  await signIn(aino, "Aino Kemppainen");
  await signIn(hanna, "Hanna Huotari");
  await writeTo(aino, UNIT, WORDS);
  const own = await ownData(aino);
  const inbox = hanna.getByRole("region", { name: fi("inbox.threads") });
  await inbox.getByRole("listitem").filter({ hasText: WORDS }).getByRole("link").click();
  await hanna.locator(".message", { hasText: WORDS }).waitFor();

  // By keyboard.
  await hanna.locator(".records > summary").focus();
  await hanna.keyboard.press("Enter");
  await hanna.getByRole("button", { name: fi("records.save") }).press("Enter");
  const summary = hanna.getByLabel(fi("records.summary"), { exact: true });
  await summary.waitFor();
  assert.ok((await summary.inputValue()).includes(WORDS), "the messages are proposed");
  const message = hanna.getByRole("group", { name: fi("records.messages") }).getByRole("checkbox");
  await message.press("Space");
  assert.ok(!(await summary.inputValue()).includes(WORDS), "and only those chosen");
  await hanna.getByRole("button", { name: fi("records.send") }).press("Enter");
  await hanna.getByText(fi("field.required")).waitFor();
  await checkPage(hanna, "a refused entry for the record");
  await message.press("Space");
  await hanna.getByLabel(fi("records.kind")).selectOption("assessment");
  await look(hanna, "records.summary_hint", "record-form");
  await summary.fill("RR koholla viikon. Sovittu kotimittaukset.");
  await hanna.setViewportSize({ width: 320, height: 700 });
  await checkPage(hanna, "the form for the record at 320 px");
  await takePicture(hanna, "record-form-320");
  await hanna.getByRole("button", { name: fi("records.send") }).press("Enter");

  const records = hanna.locator(".records");
  await records.getByText(fi("records.unreachable")).waitFor();
  await look(hanna, "records.waiting_hint", "record-waiting-320");
  await aino.reload();
  await aino.locator(".message", { hasText: WORDS }).waitFor();
  assert.equal(await aino.getByText(fi("records.stamp")).count(), 0, "nothing is called saved");

  peer = await startPeer({ port: Number(address.split(":")[1]) });
  await records.getByText(fi("records.no_patient")).waitFor({ timeout: 30_000 });
  await look(hanna, "records.no_patient", "record-failed-320");
  assert.equal(await hanna.getByRole("link", { name: fi("records.open_patient") }).count(), 0);

  const patient = await peer.addPatient(identityCode(own, false));
  await hanna.setViewportSize({ width: 1280, height: 900 });
  await records.getByRole("button", { name: fi("records.retry") }).press("Enter");
  await records.getByText(fi("records.stamp")).waitFor();
  const link = hanna.getByRole("link", { name: fi("records.open_patient") });
  assert.equal(await link.getAttribute("href"), `http://${address}/launch?patient=${patient.id}`);
  await look(hanna, "records.stamp", "record-saved");
  await aino.getByText(fi("records.stamp")).waitFor();
  await checkPage(aino, "the stamp of the record");
  await takePicture(aino, "record-stamp-320");
  const kinds = (await peer.store()).map((resource) => resource.resourceType).sort();
  assert.deepEqual(kinds, ["Communication", "Communication", "DocumentReference", "Patient"]);
  citizen.unharmed();
  professional.unharmed();
  await citizen.context.close();
  await professional.context.close();
});

test("without a patient information system the app says so", async () => {
  const { context, page, unharmed } = await openWindow(browser, "professional");
  await signIn(page, "Hanna Huotari");
  const inbox = page.getByRole("region", { name: fi("inbox.threads") });
  await inbox.getByRole("listitem").filter({ hasText: "Aino Kemppainen" }).getByRole("link").first().click();
  await page.locator(".records > summary").click();
  await page.getByText(fi("records.not_connected")).waitFor();
  assert.equal(await page.getByRole("button", { name: fi("records.save") }).count(), 0);
  await checkPage(page, "no patient information system");
  await takePicture(page, "record-not-connected");
  unharmed();
  await context.close();
});
